// How every verb on a review begins: scope check, lineage lock, review lock (invariant 7), then the version
// that the caller saw. A stale version is refused with the current state, so that two operators cannot
// overwrite each other.
import { and, eq } from 'drizzle-orm';
import type { EventOf } from '@/server/contract/event-kinds';
import { schemaReview, schemaVersion } from '@/server/db/schema/governance';
import type { Ctx } from '../context/context';
import { conflict, notFound } from '../errors/errors';
import { recordEvent } from '../events/record-event';
import { lockLineage, type LineageRow } from '../lineages/lineage-row';

export type ReviewRow = typeof schemaReview.$inferSelect;
export type VersionRow = typeof schemaVersion.$inferSelect;

export interface LockedReview {
  lineage: LineageRow;
  review: ReviewRow;
  version: VersionRow;
}

/** A review that the caller's organisation has, without a lock. Throws 404. */
export async function findReview(ctx: Ctx, projectId: string, reviewId: string): Promise<ReviewRow> {
  const [row] = await ctx.db.orm
    .select()
    .from(schemaReview)
    .where(
      and(
        eq(schemaReview.id, reviewId),
        eq(schemaReview.projectId, projectId),
        ctx.orgId === null ? undefined : eq(schemaReview.orgId, ctx.orgId),
      ),
    );
  if (row === undefined) throw notFound('schema review', reviewId);
  return row;
}

/** The schema version that a review decides. */
export async function versionOf(ctx: Ctx, review: ReviewRow): Promise<VersionRow> {
  const [version] = await ctx.db.orm
    .select()
    .from(schemaVersion)
    .where(eq(schemaVersion.id, review.schemaVersionId));
  if (version === undefined) throw notFound('schema review', review.id);
  return version;
}

/** Locks lineage and review until the transaction ends. Throws 404, or 409 where `actionVersion` is stale. */
export async function lockReview(
  ctx: Ctx,
  projectId: string,
  reviewId: string,
  actionVersion: number | null,
): Promise<LockedReview> {
  const found = await findReview(ctx, projectId, reviewId);
  const lineage = await lockLineage(ctx, projectId, found.lineageId);
  const [review] = await ctx.db.orm
    .select()
    .from(schemaReview)
    .where(eq(schemaReview.id, reviewId))
    .for('update');
  if (review === undefined) throw notFound('schema review', reviewId);
  if (actionVersion !== null && review.actionVersion !== actionVersion) {
    throw conflict(
      'stale_action_version',
      `The review has changed since you saw it: it is ${review.status} at version ${review.actionVersion}, you sent version ${actionVersion}. Look at it again and repeat the action.`,
      stateOf(review),
    );
  }
  return { lineage, review, version: await versionOf(ctx, review) };
}

/** What a 409 shows of a review. */
export const stateOf = (review: ReviewRow): Record<string, unknown> => ({
  id: review.id,
  status: review.status,
  action_version: review.actionVersion,
  claimed_by: review.claimedBy,
  claimed_at: review.claimedAt?.toISOString() ?? null,
});

/** Refuses with 409 unless the review is in one of `statuses`. */
export function requireStatus(
  review: ReviewRow,
  statuses: readonly ReviewRow['status'][],
  verb: string,
): void {
  if (statuses.includes(review.status)) return;
  throw conflict(
    'review_status_conflict',
    `A review that is ${review.status} cannot be ${verb}; it has to be ${statuses.join(' or ')}.`,
    stateOf(review),
  );
}

/** Refuses with 409 unless the caller is the claimant: only one person edits at a time. */
export function requireClaimant(ctx: Ctx, review: ReviewRow): void {
  requireStatus(review, ['in_review'], 'decided');
  if (review.claimedBy === ctx.actor.id) return;
  throw conflict(
    'not_the_claimant',
    'Another operator has claimed this review. Take it over first; the draft comes with it.',
    stateOf(review),
  );
}

/** Writes a change of a review, raises its version and records the event. */
export async function changeReview(
  ctx: Ctx,
  { review, lineage }: Pick<LockedReview, 'review' | 'lineage'>,
  kind: EventOf<'edge_schema_review'>,
  change: Partial<typeof schemaReview.$inferInsert>,
  data: Record<string, unknown> = {},
): Promise<ReviewRow> {
  const [after] = await ctx.db.orm
    .update(schemaReview)
    .set({ ...change, actionVersion: review.actionVersion + 1, updatedAt: ctx.clock.now() })
    .where(eq(schemaReview.id, review.id))
    .returning();
  if (after === undefined) throw notFound('schema review', review.id);
  await recordEvent(ctx, {
    kind: `edge_schema_review.${kind}`,
    subject: { kind: 'schema_review', id: review.id },
    orgId: lineage.orgId,
    projectId: lineage.projectId,
    fleetId: lineage.fleetId,
    deviceId: lineage.deviceId,
    lineageId: lineage.id,
    data: { before: stateOf(review), after: stateOf(after), source_table: review.sourceTable, ...data },
  });
  return after;
}
