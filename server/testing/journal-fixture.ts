/** The journal alone, without agent and network, for tests of what the triggers write. */
import { spawnSync } from 'node:child_process';
import { expect } from 'vitest';
import { assert } from '@/server/lib/assert';
import { systemClock } from '@/server/lib/clock';
import { uuidV7 } from '@/server/lib/uuid';
import { canonicalJson } from '@/server/protocol/canonical-json';
import { parseRowBatch, type RowChange } from '@/server/protocol/row-batch';
import { encodeRowBatch } from '@/server/protocol/row-batch-encode';
import { parseAgentConfig, type AgentConfig } from '@/server/agent/config';
import { cutRows } from '@/server/agent/journal-reader';
import { snapshotChunk } from '@/server/agent/snapshot';
import { openJournal } from '@/server/agent/source';
import type { AgentState } from '@/server/agent/state';
import { isMirrorOf, sourceRows } from '@/server/testing/agent-fixture';

/** Runs a script in the sqlite3 program, which passes over a statement that a constraint refuses. */
export function write(path: string, script: string): void {
  spawnSync('sqlite3', [path], {
    input: `PRAGMA foreign_keys = ON;\nPRAGMA synchronous = OFF;\n${script}\n`,
  });
}

const configOf = (path: string): AgentConfig =>
  parseAgentConfig(`{ device: d, source_db: '${path}', state_db: unused, mqtt: { url: 'mqtt://unused' } }`);

/** The agent's first run: triggers, and the rows that are there, in chunks as small as can be. */
export function install(path: string, state: AgentState): void {
  const { journal } = openJournal({ config: configOf(path), state, clock: systemClock });
  for (const shape of journal.shapes) {
    const table = journal.tables.get(shape.sourceTable);
    assert(table !== undefined, shape.sourceTable);
    let isComplete = false;
    while (!isComplete)
      isComplete = journal.db.write(() =>
        snapshotChunk(journal.db, { table, shape: shape.id, rows: 2 }),
      ).isComplete;
  }
  journal.db.close();
}

/** Everything in the journal, through the wire format, in commit order. */
export function journaled(path: string, state: AgentState): { table: string; change: RowChange }[] {
  const { journal } = openJournal({ config: configOf(path), state, clock: systemClock });
  try {
    const changes = journal.shapes.flatMap((shape) => {
      const cut = cutRows(journal.db, { shape, after: 0n, encoding: journal.encoding });
      if (cut === null) return [];
      const { schemaHash, sourceTable, columns } = shape;
      const header = { batchId: uuidV7(), journalEpoch: journal.epoch, sourceTable, schemaHash };
      const text = encodeRowBatch({ ...header, schemaColumns: columns, rows: cut.rows });
      const parsed = parseRowBatch(Buffer.from(text));
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.rejection));
      expect(parsed.batch.schemaProblem).toBeNull();
      return parsed.batch.rows.map((change) => ({ table: sourceTable, change }));
    });
    return changes.sort((a, b) => (a.change.commitSeq < b.change.commitSeq ? -1 : 1));
  } finally {
    journal.db.close();
  }
}

/** What the mirrors hold once everything in the journal is applied in commit order. */
export function published(path: string, state: AgentState): Map<string, Map<string, string>> {
  const mirrors = new Map<string, Map<string, string>>();
  for (const { table, change } of journaled(path, state)) {
    const mirror = mirrors.get(table) ?? new Map<string, string>();
    mirrors.set(table, mirror);
    if (change.row === null) mirror.delete(canonicalJson(change.pk));
    else mirror.set(canonicalJson(change.pk), canonicalJson(change.row));
  }
  return mirrors;
}

/** Fails when the mirror of a table is not what the file holds. */
export function expectMirror(
  mirrors: ReadonlyMap<string, ReadonlyMap<string, string>>,
  path: string,
  table: string,
): void {
  const mirror = mirrors.get(table) ?? new Map<string, string>();
  const source = sourceRows(path, table);
  if (isMirrorOf(mirror, source)) return;
  expect({ table, rows: Object.fromEntries(mirror) }).toEqual({ table, rows: Object.fromEntries(source) });
}
