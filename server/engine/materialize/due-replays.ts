// Which replays are due, and what to do with one that could not go on for a reason that is no row's.
import { and, asc, eq, inArray, lte } from 'drizzle-orm';
import { replayIntent } from '@/server/db/schema/rows';
import { classifySqlError, sqlMessage } from '@/server/db/sqlstate';
import { backoffMs } from '@/server/lib/backoff';
import { inTransaction, type Ctx } from '../context/context';
import { lockIntent } from './lock-intent';
import { noteReplay } from './note-replay';

const RETRY = { baseMs: 500, capMs: 60_000 };

/** The ids of open intents that are due, the longest waiting first. */
export async function dueReplays(ctx: Ctx, limit: number): Promise<string[]> {
  const rows = await ctx.db.orm
    .select({ id: replayIntent.id })
    .from(replayIntent)
    .where(
      and(inArray(replayIntent.status, ['pending', 'running']), lte(replayIntent.notBefore, ctx.clock.now())),
    )
    .orderBy(asc(replayIntent.updatedAt))
    .limit(limit);
  return rows.map((r) => r.id);
}

/** Tries before an error that is not the database's passing trouble is taken for a fault that trying cannot cure. */
const FATAL_TRIES = 5;

/**
 * Puts an intent off that could not go on; it never counts towards the breaker. What no try can cure gives the replay
 * up: its rows stay staged, and a reset or the next decision starts another.
 */
export async function putOffReplay(ctx: Ctx, intentId: string, error: unknown): Promise<'later' | 'failed'> {
  return inTransaction(ctx, async (inner) => {
    const found = await lockIntent(inner, intentId);
    if (found === null) return 'later';
    const { intent, locked } = found;
    const attempts = intent.attempts + 1;
    const now = inner.clock.now();
    const lastError = sqlMessage(error);
    const isFailed = attempts >= FATAL_TRIES && classifySqlError(error) !== 'transient';
    await inner.db.orm
      .update(replayIntent)
      .set({
        attempts,
        lastError,
        updatedAt: now,
        ...(isFailed
          ? { status: 'failed', finishedAt: now }
          : { notBefore: new Date(now.getTime() + backoffMs(attempts, RETRY)) }),
      })
      .where(eq(replayIntent.id, intent.id));
    if (isFailed) await noteReplay(inner, 'failed', intent, locked, { error: lastError });
    return isFailed ? 'failed' : 'later';
  });
}
