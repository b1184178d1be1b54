// What people say about a review of the registry, as about a device's: it decides nothing and takes no lock.
import type { z } from 'zod';
import type { Page } from '@/server/contract/common';
import { addCommentInput, listCommentsInput, type ReviewComment } from '@/server/contract/review-comments';
import { registryReviewComment } from '@/server/db/schema/registry';
import { requirePermission } from '../auth/permissions';
import { inTransaction } from '../context/context';
import { parseInput } from '../errors/parse-input';
import { recordEvent } from '../events/record-event';
import { commentOf, commentPage, newComment } from '../governance/comments';
import { findRegistryReview, type ReviewTarget } from './locked-registry-review';
import { registryEvent } from './registry-event';

/** The review's comments, the oldest first. 404 `registry_review_not_found`. */
export async function listRegistryComments(
  args: ReviewTarget & { input: z.input<typeof listCommentsInput> },
): Promise<Page<ReviewComment>> {
  const { ctx } = args;
  requirePermission(ctx, 'PROJECT_CAN_VIEW');
  const query = parseInput(listCommentsInput, args.input, 'query');
  const review = await findRegistryReview(ctx, args);
  return commentPage(ctx, query, ctx.db.sql`tidegate.registry_review_comment c`, review.id);
}

/** Adds a comment, with its event. Its text is not in the event: the audit log outlives the review. */
export async function addRegistryComment(
  args: ReviewTarget & { input: z.input<typeof addCommentInput> },
): Promise<ReviewComment> {
  requirePermission(args.ctx, 'PROJECT_CAN_MANAGE_DEVICES');
  const { body } = parseInput(addCommentInput, args.input, 'body');
  return inTransaction(args.ctx, async (ctx) => {
    const review = await findRegistryReview(ctx, args);
    const comment = newComment(ctx, review.id, body);
    await ctx.db.orm.insert(registryReviewComment).values(comment);
    const entry = { ...review, id: review.registryId };
    await recordEvent(
      ctx,
      registryEvent(entry, 'edge_registry_review.commented', review.id, {
        comment_id: comment.id,
        characters: body.length,
      }),
    );
    return commentOf(comment);
  });
}
