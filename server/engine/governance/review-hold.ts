// Sets or clears the pause cause `schema_review` from what is in the tables. Called by whatever may have
// changed the answer; nothing else touches this cause.
import { and, eq } from 'drizzle-orm';
import { lineage, schemaReview, schemaVersion, type ReviewStatus } from '@/server/db/schema/governance';
import type { Ctx } from '../context/context';
import type { LineageRow } from '../lineages/lineage-row';
import { addPauseCause, clearPauseCause } from '../lineages/pause-causes';
import { scheduleReplay, type ReplayTrigger } from '../staging/replay-intent';
import { schemaReviewHolds } from './pause';

/**
 * Re-derives the cause for a locked lineage. Where it has just ended, what was staged meanwhile is scheduled
 * for replay, whichever way the review ended.
 */
export async function refreshReviewHold(
  ctx: Ctx,
  locked: LineageRow,
  trigger: ReplayTrigger = { actionKind: 'resume', actionVersion: 0, reviewId: null },
): Promise<void> {
  const reviews = await ctx.db.orm
    .select({ status: schemaReview.status })
    .from(schemaReview)
    .where(eq(schemaReview.lineageId, locked.id));
  const shared = await ctx.db.sql<{ status: ReviewStatus }[]>`
    select q.status from tidegate.schema_version v
    join tidegate.registry_review q on q.registry_id = v.registry_entry_id
    where v.lineage_id = ${locked.id} and v.status = 'pending' and q.status in ('queued', 'in_review')`;
  const [current] = await ctx.db.orm
    .select({ status: schemaVersion.status })
    .from(schemaVersion)
    .innerJoin(
      lineage,
      and(eq(lineage.id, schemaVersion.lineageId), eq(lineage.currentSchemaHash, schemaVersion.schemaHash)),
    )
    .where(eq(lineage.id, locked.id));
  const holds = schemaReviewHolds({
    reviewStatuses: [...reviews, ...shared].map((r) => r.status),
    currentVersionStatus: current?.status ?? 'pending',
  });
  if (holds) {
    await addPauseCause(ctx, locked, 'schema_review', holdDetail(current?.status));
    return;
  }
  await clearPauseCause(ctx, locked, 'schema_review');
  await scheduleReplay(ctx, locked, trigger);
}

function holdDetail(status: 'pending' | 'approved' | 'deferred' | 'rejected' | undefined): string {
  switch (status) {
    case 'rejected':
      return 'The device still sends a schema that was rejected. Reopen the review, or return the device to an approved schema.';
    case 'deferred':
      return 'The approval left a required column undecided. Reopen the review and decide it.';
    case 'approved':
      return 'Another schema of this table still waits for a decision.';
    case 'pending':
    case undefined:
      return 'A schema of this table waits for a decision.';
  }
}
