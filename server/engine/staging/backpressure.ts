// The cap on a lineage's backlog (storage, "Backpressure"). Above it the device is asked to wait; rows that
// still arrive are staged, never refused.
import { eq } from 'drizzle-orm';
import { lineage, type PauseCauseKind } from '@/server/db/schema/governance';
import type { PolicyFields } from '@/server/contract/fleet';
import type { Ctx } from '../context/context';
import type { LineageIdentity } from '../lineages/lineage-row';
import { addPauseCause, clearPauseCause } from '../lineages/pause-causes';
import { effectivePolicy } from '../policy/effective-policy';
import { replayStranded } from './replay-intent';

export interface Backlog {
  stagedRows: number;
  stagedBytes: number;
}

type Caps = Pick<
  PolicyFields,
  'max_pending_rows_per_lineage' | 'max_pending_bytes_per_lineage' | 'resume_threshold_percent'
>;

/** Where a backlog stands: over a cap, below the resume threshold in both measures, or between. */
export function backlogState({ stagedRows, stagedBytes }: Backlog, caps: Caps): 'over' | 'between' | 'below' {
  const { max_pending_rows_per_lineage: rowsMax, max_pending_bytes_per_lineage: bytesMax } = caps;
  if (stagedRows > rowsMax || stagedBytes > bytesMax) return 'over';
  const share = caps.resume_threshold_percent / 100;
  return stagedRows < rowsMax * share && stagedBytes < bytesMax * share ? 'below' : 'between';
}

/** Whether `checkBackpressure` would change anything for a lineage with this backlog, held for `causes`. */
export function mayChangeBackpressure(
  backlog: Backlog,
  caps: Caps,
  causes: readonly PauseCauseKind[],
): boolean {
  const state = backlogState(backlog, caps);
  return state === 'over' || (state === 'below' && causes.includes('backpressure'));
}

const count = new Intl.NumberFormat('en-GB');

/** Sets or clears the cause `backpressure` of a locked lineage from its counters. */
export async function checkBackpressure(ctx: Ctx, locked: LineageIdentity): Promise<void> {
  const [now] = await ctx.db.orm
    .select({
      stagedRows: lineage.stagedRows,
      stagedBytes: lineage.stagedBytes,
    })
    .from(lineage)
    .where(eq(lineage.id, locked.id));
  if (now === undefined) return;
  const { fields } = await effectivePolicy(ctx.db, locked);
  switch (backlogState(now, fields)) {
    case 'over':
      await addPauseCause(
        ctx,
        locked,
        'backpressure',
        `${count.format(now.stagedRows)} rows (${count.format(now.stagedBytes)} bytes) are staged; the cap is ${count.format(fields.max_pending_rows_per_lineage)} rows or ${count.format(fields.max_pending_bytes_per_lineage)} bytes.`,
      );
      return;
    case 'below':
      if (await clearPauseCause(ctx, locked, 'backpressure')) await replayStranded(ctx, locked);
      return;
    case 'between':
      return;
  }
}
