// A replay intent is a durable job: made in the transaction that decides, drained by any worker, and there
// again after any restart. A lineage has at most one open intent; a later decision takes over the rest.
import { and, eq, inArray } from 'drizzle-orm';
import { lineage } from '@/server/db/schema/governance';
import { replayIntent } from '@/server/db/schema/rows';
import { ring } from '@/server/db/notify';
import { uuidV7 } from '@/server/lib/uuid';
import type { Ctx } from '../context/context';
import { recordEvent } from '../events/record-event';
import type { LineageIdentity } from '../lineages/lineage-row';

export interface ReplayTrigger {
  actionKind: 'approve' | 'amend' | 'resume' | 'reset' | 'retry';
  actionVersion: number;
  reviewId: string | null;
}

/**
 * Schedules a replay where approved rows are staged that no replay has tried and none will: they came while
 * backpressure alone held a locked lineage, behind the cursor of its replay or after its end. True where it did.
 */
export async function replayStranded(ctx: Ctx, locked: LineageIdentity): Promise<boolean> {
  const [found] = await ctx.db.sql<{ stranded: boolean }[]>`
    select not exists (select from tidegate.replay_intent i
                       where i.lineage_id = ${locked.id} and i.status in ('pending', 'running'))
       and exists (select from tidegate.staged_row s
                   join tidegate.schema_version v on v.lineage_id = s.lineage_id and v.schema_hash = s.schema_hash
                   where s.lineage_id = ${locked.id} and v.status = 'approved'
                     and s.staging_reason <> 'materialization_failed') as stranded`;
  if (found?.stranded !== true) return false;
  await scheduleReplay(ctx, locked, { actionKind: 'resume', actionVersion: 0, reviewId: null });
  return true;
}

/** Schedules a replay of whatever a locked lineage has staged. Null where there is nothing, for an approval too. */
export async function scheduleReplay(
  ctx: Ctx,
  locked: LineageIdentity,
  trigger: ReplayTrigger,
): Promise<string | null> {
  const [now] = await ctx.db.orm
    .select({ stagedRows: lineage.stagedRows })
    .from(lineage)
    .where(eq(lineage.id, locked.id));
  const total = now?.stagedRows ?? 0;
  if (total === 0 && trigger.actionKind !== 'approve') return null;
  const at = ctx.clock.now();
  await ctx.db.orm
    .update(replayIntent)
    .set({
      status: 'completed',
      finishedAt: at,
      updatedAt: at,
      lastError: 'taken over by the replay of a later decision',
    })
    .where(and(eq(replayIntent.lineageId, locked.id), inArray(replayIntent.status, ['pending', 'running'])));
  const id = uuidV7();
  await ctx.db.orm.insert(replayIntent).values({
    id,
    lineageId: locked.id,
    reviewId: trigger.reviewId,
    actionKind: trigger.actionKind,
    actionVersion: trigger.actionVersion,
    status: 'pending',
    totalRows: total,
    notBefore: at,
    createdAt: at,
    updatedAt: at,
  });
  await recordEvent(ctx, {
    kind: 'edge_replay.scheduled',
    subject: { kind: 'replay_intent', id },
    orgId: locked.orgId,
    projectId: locked.projectId,
    fleetId: locked.fleetId,
    deviceId: locked.deviceId,
    lineageId: locked.id,
    data: { total_rows: total, action_kind: trigger.actionKind },
  });
  await ring(ctx.db, 'replay', locked.id);
  return id;
}
