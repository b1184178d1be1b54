// What people say about a review. A comment decides nothing: it raises no version and takes no lock.
import type { z } from 'zod';
import type { Page } from '@/server/contract/common';
import { addCommentInput, listCommentsInput, type ReviewComment } from '@/server/contract/review-comments';
import { reviewComment } from '@/server/db/schema/governance';
import { rfc3339 } from '@/server/db/time';
import { uuidV7 } from '@/server/lib/uuid';
import { requirePermission } from '../auth/permissions';
import { inTransaction, type Ctx } from '../context/context';
import { parseInput } from '../errors/parse-input';
import { recordEvent } from '../events/record-event';
import { listPage } from '../paging/list-page';
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
  const { sql } = ctx.db;
  return listPage<ReviewComment, ReviewComment>({
    db: ctx.db,
    page: query,
    columns: sql`c.id, c.review_id, c.author_id, c.author_label, c.body, c.created_at`,
    from: sql`tidegate.review_comment c`,
    where: [sql`c.review_id = ${review.id}`],
    order: {
      name: 'created_at',
      descending: false,
      keys: [
        { expression: sql`c.created_at`, type: 'timestamptz' },
        { expression: sql`c.id`, type: 'uuid' },
      ],
    },
    toItem: (row) => ({ ...row, created_at: rfc3339(row.created_at) }),
  });
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
    const comment = {
      id: uuidV7(),
      reviewId: review.id,
      authorId: ctx.actor.id,
      authorLabel: ctx.actor.label,
      body,
      createdAt: ctx.clock.now(),
    };
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
    return {
      id: comment.id,
      review_id: review.id,
      author_id: comment.authorId,
      author_label: comment.authorLabel,
      body,
      created_at: comment.createdAt.toISOString(),
    };
  });
}
