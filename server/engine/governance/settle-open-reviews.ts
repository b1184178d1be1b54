// After each decision the other open reviews of the lineage are looked at again. Their reasons are stated against
// the last approved version, which has just changed; and one whose difference has become empty asks a question
// that has been answered, so it closes itself.
import { and, asc, eq, inArray } from 'drizzle-orm';
import { schemaReview, schemaVersion } from '@/server/db/schema/governance';
import type { SchemaChangeReason } from '@/server/contract/governance';
import type { Ctx } from '../context/context';
import { Refusal } from '../errors/errors';
import type { LineageRow } from '../lineages/lineage-row';
import { approvedColumns } from './approved-version';
import { approvedTwin, carryDecision } from './carry-decision';
import { classify } from './classify';
import { changeReview, type ReviewRow, type VersionRow } from './locked-review';

interface OpenReview {
  review: ReviewRow;
  version: VersionRow;
}

/** The open reviews of a locked lineage with their versions, the oldest first. */
export const openReviewsOf = (ctx: Ctx, lineageId: string): Promise<OpenReview[]> =>
  ctx.db.orm
    .select({ review: schemaReview, version: schemaVersion })
    .from(schemaReview)
    .innerJoin(schemaVersion, eq(schemaVersion.id, schemaReview.schemaVersionId))
    .where(and(eq(schemaReview.lineageId, lineageId), inArray(schemaReview.status, ['queued', 'in_review'])))
    .orderBy(asc(schemaReview.createdAt), asc(schemaReview.id));

/** Closes or restates every open review of a locked lineage. The caller then refreshes the review hold. */
export async function settleOpenReviews(ctx: Ctx, lineage: LineageRow): Promise<void> {
  for (const open of await openReviewsOf(ctx, lineage.id)) {
    if (!(await closeWhereEmpty(ctx, lineage, open))) await restate(ctx, lineage, open);
  }
}

/** True where the review is closed now. Rows are bound as those of the approved hash with the same columns. */
async function closeWhereEmpty(
  ctx: Ctx,
  lineage: LineageRow,
  { review, version }: OpenReview,
): Promise<boolean> {
  const { columns, schemaHash } = version;
  if (!version.verified || columns === null) return false;
  const from = await approvedTwin(ctx, lineage.id, columns);
  if (from === null) return false;
  try {
    const { actions } = await ctx.db.savepoint((db) =>
      carryDecision({ ...ctx, db }, lineage, { schemaHash, columns }, from),
    );
    const why = `Its columns are exactly those of the approved schema ${from}, so there was nothing left to decide.`;
    await changeReview(
      ctx,
      { review, lineage },
      'superseded',
      { status: 'superseded', reason: why, columnActions: actions, decidedAt: ctx.clock.now() },
      { why, same_columns_as: from },
    );
    return true;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return false;
  }
}

const wordsOf = (reasons: readonly SchemaChangeReason[]): string =>
  JSON.stringify(reasons.map((r) => [r.column, r.change, r.from ?? null, r.to ?? null]));

/** Writes classification and reasons anew where they have changed; the review rises in version by it. */
async function restate(ctx: Ctx, lineage: LineageRow, { review, version }: OpenReview): Promise<void> {
  const { columns, verified } = version;
  const { classification, reasons } = classify(
    { columns, verified },
    await approvedColumns(ctx, lineage.id, { schemaVersionId: version.id, decidedAt: null }),
  );
  if (classification === review.classification && wordsOf(reasons) === wordsOf(review.reasons)) return;
  await ctx.db.orm
    .update(schemaVersion)
    .set({ classification, reasons })
    .where(eq(schemaVersion.id, version.id));
  await changeReview(
    ctx,
    { review, lineage },
    'restated',
    { classification, reasons },
    {
      classification: { before: review.classification, after: classification },
      reasons: { before: review.reasons, after: reasons },
    },
  );
}
