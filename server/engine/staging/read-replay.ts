// Replays as the console and the API show them.
import type { ReplayIntent } from '@/server/contract/governance';
import type { Db } from '@/server/db/client';
import { rfc3339 } from '@/server/db/time';

type CountName = 'total_rows' | 'done_rows' | 'failure_count';
type ReplayRow = Omit<ReplayIntent, CountName> & Record<CountName, string>;

const toReplay = (row: ReplayRow): ReplayIntent => ({
  ...row,
  total_rows: Number(row.total_rows),
  done_rows: Number(row.done_rows),
  failure_count: Number(row.failure_count),
  created_at: rfc3339(row.created_at),
  updated_at: rfc3339(row.updated_at),
});

/** The newest replay of a lineage: it has at most one that is not finished. */
export async function newestReplay(db: Db, lineageId: string): Promise<ReplayIntent | null> {
  const [row] = await db.sql<ReplayRow[]>`
    select id, status, action_kind, action_version, total_rows, done_rows, failed_rows as failure_count,
      last_error, created_at, updated_at
    from tidegate.replay_intent where lineage_id = ${lineageId}
    order by created_at desc, id desc limit 1`;
  return row === undefined ? null : toReplay(row);
}

/** The replay that an approval scheduled; null before one. */
export async function replayOfReview(db: Db, reviewId: string): Promise<ReplayIntent | null> {
  const [row] = await db.sql<ReplayRow[]>`
    select id, status, action_kind, action_version, total_rows, done_rows, failed_rows as failure_count,
      last_error, created_at, updated_at
    from tidegate.replay_intent where review_id = ${reviewId}
    order by created_at desc, id desc limit 1`;
  return row === undefined ? null : toReplay(row);
}
