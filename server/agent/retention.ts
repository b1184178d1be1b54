/**
 * The journal's size limit. A device that is offline or paused for weeks must not fill its disk, so the oldest
 * entries go; inserts and updates first, since a snapshot can send those rows again, while a lost delete leaves
 * a row in the mirror for good. What went is recorded, and a snapshot of the table is due.
 */
import type { Clock } from '@/server/lib/clock';
import { OP_CODES } from '@/server/agent/journal-schema';
import type { AgentLog } from '@/server/agent/log';
import type { Shape } from '@/server/agent/shapes';
import { startSnapshot } from '@/server/agent/snapshot';
import { writeWithLease, type Journal } from '@/server/agent/source';
import { bigintOf, intOf, type Sqlite } from '@/server/agent/sqlite';
import type { AgentState } from '@/server/agent/state';

const CHUNK_ROWS = 5_000;
/** Trimmed to this share of the limit, so that it is not done again at once. */
const TARGET_RATIO = 0.9;

/** The bytes of the journal's pages; exact, and read only when the file as a whole is above the limit. */
export function journalBytes(db: Sqlite): number {
  const sql =
    "SELECT coalesce(sum(pgsize), 0) FROM dbstat WHERE name = '_tidegate_journal' AND aggregate = 1";
  return intOf(db.value(sql));
}

/** The bytes of the whole file. */
export const fileBytes = (db: Sqlite): number =>
  intOf(db.value('PRAGMA page_count')) * intOf(db.value('PRAGMA page_size'));

/** Drops the oldest entries while the journal is above `limitBytes`; returns how many went. */
export function trimJournal(
  journal: Journal,
  { state, log, clock, limitBytes }: { state: AgentState; log: AgentLog; clock: Clock; limitBytes: number },
): number {
  if (fileBytes(journal.db) <= limitBytes || journalBytes(journal.db) <= limitBytes) return 0;
  let dropped = 0;
  for (const condition of [`op <> ${OP_CODES.delete}`, '1']) {
    while (journalBytes(journal.db) > limitBytes * TARGET_RATIO) {
      const gaps = dropOldest(journal, state, condition);
      if (gaps.length === 0) break;
      for (const gap of gaps) {
        dropped += gap.rows;
        const at = clock.now().toISOString();
        const reason = `local retention of ${limitBytes} bytes`;
        state.recordGap({ ...gap, sourceTable: gap.shape.sourceTable, epoch: journal.epoch, reason, at });
        log.error('journal_gap', {
          table: gap.shape.sourceTable,
          first_commit_seq: gap.first,
          last_commit_seq: gap.last,
          rows: gap.rows,
          reason,
          next: 'the table is sent whole again once it can be sent',
        });
      }
    }
  }
  return dropped;
}

interface Gap {
  readonly shape: Shape;
  readonly first: bigint;
  readonly last: bigint;
  readonly rows: number;
}

function dropOldest(journal: Journal, state: AgentState, condition: string): Gap[] {
  const { db, shapes } = journal;
  return writeWithLease(journal, state, () => {
    const oldest = `SELECT commit_seq FROM _tidegate_journal WHERE ${condition}
      AND commit_seq < (SELECT max(commit_seq) FROM _tidegate_journal) ORDER BY commit_seq LIMIT ${CHUNK_ROWS}`;
    const groups = db.all(
      `SELECT shape, min(commit_seq), max(commit_seq), count(*) FROM _tidegate_journal
       WHERE commit_seq IN (${oldest}) GROUP BY shape`,
    );
    db.run(`DELETE FROM _tidegate_journal WHERE commit_seq IN (${oldest})`);
    return groups.flatMap(([id, first, last, rows]) => {
      const shape = shapes.find((s) => s.id === intOf(id));
      if (shape === undefined) return [];
      const live = shapes.find((s) => s.isLive && s.sourceTable === shape.sourceTable);
      if (live !== undefined) startSnapshot(db, live.id);
      return [{ shape, first: bigintOf(first), last: bigintOf(last), rows: intOf(rows) }];
    });
  });
}
