// What seconds do: a backlog that has drained lets its device go on, also where no row of it moves again, and the
// windows of the rate limits end.
import { eq } from 'drizzle-orm';
import type { Db } from '@/server/db/client';
import { lineage, pauseCause } from '@/server/db/schema/governance';
import type { Clock } from '@/server/lib/clock';
import { uuidV7 } from '@/server/lib/uuid';
import { inTransaction, type Ctx } from '@/server/engine/context/context';
import { sweepRateWindows } from '@/server/engine/auth/rate-limit';
import { sweepAccessEvents } from '@/server/engine/devices/record-access';
import { checkBackpressure } from '@/server/engine/staging/backpressure';

async function sweepBackpressure(ctx: Ctx): Promise<void> {
  const held = await ctx.db.orm
    .select({ lineageId: pauseCause.lineageId })
    .from(pauseCause)
    .where(eq(pauseCause.cause, 'backpressure'));
  for (const { lineageId } of held) {
    await inTransaction(ctx, async (inner) => {
      const [locked] = await inner.db.orm
        .select()
        .from(lineage)
        .where(eq(lineage.id, lineageId))
        .for('update');
      if (locked !== undefined) await checkBackpressure(inner, locked);
    });
  }
}

/** One round of both. */
export async function sweep(db: Db, clock: Clock): Promise<void> {
  const ctx: Ctx = {
    db,
    clock,
    actor: { kind: 'system', id: 'worker', label: 'worker' },
    orgId: null,
    permissions: new Set(),
    correlationId: uuidV7(),
  };
  await sweepBackpressure(ctx);
  await sweepRateWindows(ctx);
  await sweepAccessEvents(ctx);
}
