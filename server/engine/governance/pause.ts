// When a lineage is held for its schema, and what may still move while it is paused. Pure arithmetic over
// what is in the tables: no code sets a status (invariant 2).
import type { PauseCauseKind, ReviewStatus, VersionStatus } from '@/server/db/schema/governance';
import type { StagingReason } from '@/server/db/schema/rows';

/** Whether the cause `schema_review` holds, given every review of the lineage and its newest batch's version. */
export function schemaReviewHolds(state: {
  reviewStatuses: readonly ReviewStatus[];
  currentVersionStatus: VersionStatus;
}): boolean {
  const open = state.reviewStatuses.some((s) => s === 'queued' || s === 'in_review');
  return open || state.currentVersionStatus !== 'approved';
}

/** Where the rows of a batch go. */
export function routeOf(
  causes: readonly PauseCauseKind[],
  versionStatus: VersionStatus,
): 'mirror' | Exclude<StagingReason, 'materialization_failed'> {
  if (versionStatus !== 'approved' || causes.includes('schema_review')) return 'schema_review';
  return causes.length > 0 ? 'lineage_paused' : 'mirror';
}
