// The circuit breaker's arithmetic (storage, "Materialization"): one batch or replay chunk with at least one
// permanently failing row adds 1, a clean one sets the count to 0, and the fifth in a row opens the breaker.
import { eq } from 'drizzle-orm';
import { lineage } from '@/server/db/schema/governance';
import type { Ctx } from '../context/context';
import { failureTitle } from '@/server/contract/failure-kinds';
import type { FailureGroup } from '@/server/contract/rows';
import type { LineageRow } from '../lineages/lineage-row';
import { addPauseCause } from '../lineages/pause-causes';

export const BREAKER_THRESHOLD = 5;

/**
 * Counts one unit of a locked lineage: `failure` is its first permanent one, null where it was clean. What is
 * kept of it names column and kind and no value: lineages, causes, controls and events are read by people who may
 * not read rows. The full sentence stays with the staged row.
 */
export async function countFailure(
  ctx: Ctx,
  locked: LineageRow,
  failure: Pick<FailureGroup, 'column' | 'kind'> | null,
): Promise<void> {
  if (failure === null) {
    if (locked.failureCount > 0) {
      await ctx.db.orm.update(lineage).set({ failureCount: 0 }).where(eq(lineage.id, locked.id));
    }
    return;
  }
  const error = failureTitle(failure);
  const failureCount = locked.failureCount + 1;
  await ctx.db.orm
    .update(lineage)
    .set({ failureCount, lastError: error, lastErrorAt: ctx.clock.now() })
    .where(eq(lineage.id, locked.id));
  if (failureCount >= BREAKER_THRESHOLD) {
    await addPauseCause(
      ctx,
      locked,
      'circuit_breaker',
      `${failureCount} batches in a row held rows that cannot be written. The last error: ${error}`,
    );
  }
}
