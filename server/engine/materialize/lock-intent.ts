// How everything on a replay begins: its lineage locked first (invariant 7), then the intent as it is under that lock.
import { eq } from 'drizzle-orm';
import { lineage } from '@/server/db/schema/governance';
import { replayIntent } from '@/server/db/schema/rows';
import type { Ctx } from '../context/context';
import type { LineageRow } from '../lineages/lineage-row';

export interface LockedIntent {
  intent: typeof replayIntent.$inferSelect;
  locked: LineageRow;
}

/** An open intent with its lineage, locked until the transaction ends; null where it is done, given up or gone. */
export async function lockIntent(ctx: Ctx, intentId: string): Promise<LockedIntent | null> {
  const byId = eq(replayIntent.id, intentId);
  const [seen] = await ctx.db.orm.select().from(replayIntent).where(byId);
  if (seen === undefined) return null;
  const [locked] = await ctx.db.orm
    .select()
    .from(lineage)
    .where(eq(lineage.id, seen.lineageId))
    .for('update');
  if (locked === undefined) return null;
  // Under the lineage's lock nobody else changes its intents.
  const [intent] = await ctx.db.orm.select().from(replayIntent).where(byId);
  if (intent === undefined || intent.status === 'completed' || intent.status === 'failed') return null;
  return { intent, locked };
}
