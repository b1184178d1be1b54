// Apart from the review itself: these counts cost more than its page may, and change with every batch.
import type { ReviewFacts } from '@/server/contract/review-facts';
import { requirePermission } from '../auth/permissions';
import type { Ctx } from '../context/context';
import { inSnapshot } from '../paging/snapshot';
import { blastRadius } from './blast-radius';
import { inferColumns } from './infer-columns';
import { findReview, versionOf } from './locked-review';
import { stagedFacts } from './staged-facts';

/** What waits and who is concerned, in counts. 404 `schema_review_not_found`. */
export async function getReviewFacts(args: {
  ctx: Ctx;
  projectId: string;
  reviewId: string;
}): Promise<ReviewFacts> {
  requirePermission(args.ctx, 'PROJECT_CAN_VIEW');
  return inSnapshot(args.ctx, async (ctx) => {
    const review = await findReview(ctx, args.projectId, args.reviewId);
    const version = await versionOf(ctx, review);
    const columns = version.columns ?? (await inferColumns(ctx.db, review.lineageId, review.schemaHash));
    return {
      review_id: review.id,
      source_table: review.sourceTable,
      schema_hash: review.schemaHash,
      staged_row_count: version.stagedRows,
      ...(await stagedFacts(ctx.db, review, columns)),
      // A device's review is asked about the whole project: the same decision may wait in each of its fleets.
      blast_radius: await blastRadius(ctx, { ...review, fleetId: null }),
    };
  });
}
