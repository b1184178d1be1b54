// One worker at a time. The lock is the transaction's own: a worker that dies lets go of it with its connection,
// and a step is a row of short transactions that can be stopped, and taken up again, between any two.
import { sqlState } from '@/server/db/sqlstate';
import { inTransaction, type Ctx } from '../context/context';

const LOCK_KEY = 7_104_033_022;
const LOCK_NOT_AVAILABLE = '55P03';
/** Ingest must not queue behind a partition for longer. */
const LOCK_WAIT_MS_MAX = 1_000;

/**
 * Runs `work` in a transaction of its own. Null where another worker is at it, or where a table was in use for
 * longer than a second: both are left to the next round.
 */
export async function alone<T>(ctx: Ctx, work: (ctx: Ctx) => Promise<T>): Promise<T | null> {
  try {
    return await inTransaction(ctx, async (inner) => {
      await inner.db.sql`select set_config('lock_timeout', ${`${LOCK_WAIT_MS_MAX}ms`}, true)`;
      const [lock] = await inner.db.sql<{ taken: boolean }[]>`
        select pg_try_advisory_xact_lock(${LOCK_KEY}) as taken`;
      return lock?.taken === true ? await work(inner) : null;
    });
  } catch (error) {
    if (sqlState(error) === LOCK_NOT_AVAILABLE) return null;
    throw error;
  }
}

/** Runs a chunk over and over until one is not full, another worker is at it, or `signal` aborts. Returns the sum. */
export async function inChunks(
  ctx: Ctx,
  signal: AbortSignal,
  rowsMax: number,
  chunk: (ctx: Ctx, rowsMax: number) => Promise<number>,
): Promise<number> {
  let sum = 0;
  while (!signal.aborted) {
    const removed = await alone(ctx, (inner) => chunk(inner, rowsMax));
    sum += removed ?? 0;
    if (removed === null || removed < rowsMax) break;
  }
  return sum;
}
