// Which replays are due, and what to do with one that could not go on for a reason that passes.
import { and, asc, eq, inArray, lte, sql } from 'drizzle-orm';
import { replayIntent } from '@/server/db/schema/rows';
import { backoffMs } from '@/server/lib/backoff';
import type { Ctx } from '../context/context';

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

/** Puts an intent off after a transient failure; it never counts towards the breaker. */
export async function putOffReplay(ctx: Ctx, intentId: string, error: string): Promise<void> {
  const [row] = await ctx.db.orm
    .update(replayIntent)
    .set({ attempts: sql`${replayIntent.attempts} + 1`, lastError: error, updatedAt: ctx.clock.now() })
    .where(eq(replayIntent.id, intentId))
    .returning({ attempts: replayIntent.attempts });
  if (row === undefined) return;
  await ctx.db.orm
    .update(replayIntent)
    .set({ notBefore: new Date(ctx.clock.now().getTime() + backoffMs(row.attempts, RETRY)) })
    .where(eq(replayIntent.id, intentId));
}
