// What people say about a review. A comment decides nothing: it raises no version and takes no lock.
import type { z } from 'zod';
import type { Page } from '@/server/contract/common';
import { addCommentInput, listCommentsInput, type ReviewComment } from '@/server/contract/review-comments';
import { reviewComment } from '@/server/db/schema/governance';
import { requirePermission } from '../auth/permissions';
import { inTransaction, type Ctx } from '../context/context';
import { parseInput } from '../errors/parse-input';
import { recordEvent } from '../events/record-event';
import { commentOf, commentPage, newComment } from './comments';
import { findReview } from './locked-review';

/** The review's comments, the oldest first. 404 `schema_review_not_found`. */
export async function listReviewComments(args: {
  ctx: Ctx;
  projectId: string;
  reviewId: string;
  input: z.input<typeof listCommentsInput>;
}): Promise<Page<ReviewComment>> {
  const { ctx } = args;
  requirePermission(ctx, 'PROJECT_CAN_VIEW');
  const query = parseInput(listCommentsInput, args.input, 'query');
  const review = await findReview(ctx, args.projectId, args.reviewId);
  return commentPage(ctx, query, ctx.db.sql`tidegate.review_comment c`, review.id);
}

/** Adds a comment, with its event. Its text is not in the event: the audit log outlives the review. */
export async function addReviewComment(args: {
  ctx: Ctx;
  projectId: string;
  reviewId: string;
  input: z.input<typeof addCommentInput>;
}): Promise<ReviewComment> {
  requirePermission(args.ctx, 'PROJECT_CAN_MANAGE_DEVICES');
  const { body } = parseInput(addCommentInput, args.input, 'body');
  return inTransaction(args.ctx, async (ctx) => {
    const review = await findReview(ctx, args.projectId, args.reviewId);
    const comment = newComment(ctx, review.id, body);
    await ctx.db.orm.insert(reviewComment).values(comment);
    await recordEvent(ctx, {
      kind: 'edge_schema_review.commented',
      subject: { kind: 'schema_review', id: review.id },
      orgId: review.orgId,
      projectId: review.projectId,
      fleetId: review.fleetId,
      deviceId: review.deviceId,
      lineageId: review.lineageId,
      data: { comment_id: comment.id, source_table: review.sourceTable, characters: body.length },
    });
    return commentOf(comment);
  });
}
