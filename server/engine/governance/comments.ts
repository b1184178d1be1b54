// A comment on a review of either kind: how it is made, shown and listed.
import type { Fragment } from 'postgres';
import type { Page } from '@/server/contract/common';
import type { listCommentsInput, ReviewComment } from '@/server/contract/review-comments';
import type { z } from 'zod';
import { rfc3339 } from '@/server/db/time';
import { uuidV7 } from '@/server/lib/uuid';
import type { Ctx } from '../context/context';
import { listPage } from '../paging/list-page';

interface CommentRow {
  id: string;
  reviewId: string;
  authorId: string;
  authorLabel: string;
  body: string;
  createdAt: Date;
}

/** A comment of the caller's, as it is stored. */
export const newComment = (ctx: Ctx, reviewId: string, body: string): CommentRow => ({
  id: uuidV7(),
  reviewId,
  authorId: ctx.actor.id,
  authorLabel: ctx.actor.label,
  body,
  createdAt: ctx.clock.now(),
});

/** As people see it. */
export const commentOf = (comment: CommentRow): ReviewComment => ({
  id: comment.id,
  review_id: comment.reviewId,
  author_id: comment.authorId,
  author_label: comment.authorLabel,
  body: comment.body,
  created_at: comment.createdAt.toISOString(),
});

/** The comments of one review, the oldest first; `from` is their table as `c`. */
export function commentPage(
  { db }: Ctx,
  page: z.output<typeof listCommentsInput>,
  from: Fragment,
  reviewId: string,
): Promise<Page<ReviewComment>> {
  const { sql } = db;
  return listPage<ReviewComment, ReviewComment>({
    db,
    page,
    columns: sql`c.id, c.review_id, c.author_id, c.author_label, c.body, c.created_at`,
    from,
    where: [sql`c.review_id = ${reviewId}`],
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
