/**
 * A device for tests of agents: a folder, an SQLite file that is written by the sqlite3 program as any other
 * application would, a fake cloud, and agents on them. Everything is closed with `close`.
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canonicalJson } from '@/server/protocol/canonical-json';
import { parseExactJson } from '@/server/protocol/exact-json';
import { encodeRowJson, type SqlValue } from '@/server/protocol/row-batch-encode';
import { affinityOf } from '@/server/protocol/affinity';
import { startAgent, type RunningAgent } from '@/server/agent/agent';
import { parseAgentConfig, type AgentConfig } from '@/server/agent/config';
import type { DeliveryTimes } from '@/server/agent/deliveries';
import type { LogFields } from '@/server/agent/log';
import { wireValue } from '@/server/agent/journal-reader';
import { encodingOf } from '@/server/agent/source-tables';
import { Sqlite, textOf } from '@/server/agent/sqlite';
import { FakeCloud } from '@/server/testing/fake-cloud';

const DEVICE = 'pump-01';
const FAST: Partial<DeliveryTimes> = {
  resendBaseMs: 100,
  resendCapMs: 400,
  rejectedBaseMs: 300,
  rejectedCapMs: 600,
};

export interface LogLine {
  readonly level: 'info' | 'warn' | 'error';
  readonly event: string;
  readonly fields: LogFields;
}

export class AgentFixture {
  readonly folder = mkdtempSync(join(tmpdir(), 'tidegate-agent-'));
  readonly sourcePath = join(this.folder, 'source.db');
  readonly statePath = join(this.folder, 'state.db');
  readonly lines: LogLine[] = [];
  private agent: RunningAgent | null = null;
  private readonly woken = new Set<() => void>();

  private constructor(public cloud: FakeCloud) {}

  static async open(): Promise<AgentFixture> {
    return new AgentFixture(await FakeCloud.start(`/${DEVICE}`));
  }

  /** Runs SQL with the sqlite3 program, in a process and with settings of its own. */
  sql(script: string): string {
    return execFileSync('sqlite3', ['-cmd', '.timeout 10000', this.sourcePath], {
      input: `.bail on\n${script}\n`,
      encoding: 'utf8',
    });
  }

  /** Runs `script` over and over in a sqlite3 program beside the test, until the returned function kills it. */
  writer(script: string): () => Promise<void> {
    const program = spawn('sqlite3', ['-cmd', '.timeout 10000', this.sourcePath], {
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    const ended = new Promise<void>((resolve) => program.once('close', () => resolve()));
    const feed = (error?: Error | null): void => {
      if (!error && program.exitCode === null && program.signalCode === null)
        program.stdin.write(`${script}\n`, feed);
    };
    program.stdin.on('error', () => undefined);
    feed();
    return async () => {
      program.kill('SIGKILL');
      await ended;
    };
  }

  /** Holds the source's write lock until the returned function is called. */
  lock(): () => void {
    const db = Sqlite.openExisting(this.sourcePath, 10_000);
    db.exec('BEGIN IMMEDIATE');
    return () => {
      db.exec('ROLLBACK');
      db.close();
    };
  }

  config(extra = ''): AgentConfig {
    return parseAgentConfig(this.yaml(extra));
  }

  yaml(extra = ''): string {
    return [
      `device: ${DEVICE}`,
      `source_db: ${this.sourcePath}`,
      `state_db: ${this.statePath}`,
      `mqtt: { url: '${this.cloud.url}' }`,
      'flush_ms: 30',
      'poll_ms: 10',
      extra,
    ].join('\n');
  }

  async start(options: { extra?: string; times?: Partial<DeliveryTimes> } = {}): Promise<void> {
    const note =
      (level: LogLine['level']) =>
      (event: string, fields: LogFields = {}): void => {
        this.lines.push({ level, event, fields });
        for (const wake of [...this.woken]) wake();
      };
    const log = { info: note('info'), warn: note('warn'), error: note('error') };
    this.agent = await startAgent({
      config: this.config(options.extra),
      log,
      times: { ...FAST, ...options.times },
    });
  }

  async stop(): Promise<void> {
    await this.agent?.stop();
    this.agent = null;
  }

  /** Resolves once the agent has logged `event` (about `table`, where given). */
  async logged(event: string, table?: string): Promise<LogLine> {
    for (;;) {
      const line = this.lines.find(
        (l) => l.event === event && (table === undefined || l.fields['table'] === table),
      );
      if (line !== undefined) return line;
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          this.woken.delete(wake);
          resolve();
        };
        this.woken.add(wake);
      });
    }
  }

  /** True when the mirror of each table equals the file. */
  isInSync(...tables: string[]): boolean {
    return tables.every((table) => isMirrorOf(this.cloud.mirror(table), sourceRows(this.sourcePath, table)));
  }

  async synced(...tables: string[]): Promise<void> {
    await this.cloud.until(() => this.isInSync(...tables));
  }

  async close(): Promise<void> {
    await this.stop();
    await this.cloud.stop();
    rmSync(this.folder, { recursive: true });
  }
}

/**
 * A table as it stands in the file, in the form of `FakeCloud.mirror`: by key the rows that have it. More than one
 * can have a key with a NULL in it, and the mirror then holds one of them.
 */
export function sourceRows(path: string, table: string): Map<string, string[]> {
  const db = Sqlite.openExisting(path, 10_000);
  try {
    return readRows(db, table);
  } finally {
    db.close();
  }
}

export function isMirrorOf(
  mirror: ReadonlyMap<string, string>,
  source: ReadonlyMap<string, readonly string[]>,
): boolean {
  if (mirror.size !== source.size) return false;
  return [...mirror].every(([key, row]) => source.get(key)?.includes(row) === true);
}

function readRows(db: Sqlite, table: string): Map<string, string[]> {
  const encoding = encodingOf(db);
  const quoted = `"${table.replaceAll('"', '""')}"`;
  const columns = db
    .all('SELECT CAST(name AS BLOB), type, pk FROM pragma_table_info(?)', [table])
    .map(([name, type, pk]) => ({
      name: textOf(name, encoding),
      affinity: affinityOf(String(type)),
      pk: Number(pk),
    }));
  const list = columns.map(({ name }) => {
    const column = `"${name.replaceAll('"', '""')}"`;
    return `typeof(${column}), CASE typeof(${column}) WHEN 'text' THEN CAST(${column} AS BLOB) ELSE ${column} END`;
  });
  const canonical = (row: Map<string, SqlValue>): string => canonicalJson(parseExactJson(encodeRowJson(row)));
  const result = new Map<string, string[]>();
  for (const cells of db.all(`SELECT ${list.join(', ')} FROM ${quoted}`)) {
    const row = new Map<string, SqlValue>();
    for (const [i, { name, affinity }] of columns.entries()) {
      const cell = cells[2 * i + 1] ?? null;
      row.set(
        name,
        wireValue(cell, { isText: cells[2 * i] === 'text', isBlobColumn: affinity === 'BLOB', encoding }),
      );
    }
    const key = new Map(columns.filter(({ pk }) => pk > 0).map(({ name }) => [name, row.get(name) ?? null]));
    result.set(canonical(key), [...(result.get(canonical(key)) ?? []), canonical(row)]);
  }
  return result;
}
