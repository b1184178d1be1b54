// What people say about a review: plain text that is never changed.
import { z } from 'zod';
import { pageQuery, time, uuid } from './common';

export const COMMENT_CHARS_MAX = 4000;

export const reviewComment = z.object({
  id: uuid,
  review_id: uuid,
  author_id: z.string(),
  author_label: z.string(),
  body: z.string(),
  created_at: time,
});
export type ReviewComment = z.infer<typeof reviewComment>;

export const addCommentInput = z.strictObject({
  /** Plain text; nothing in it is interpreted. */
  body: z
    .string()
    .trim()
    .min(1)
    .max(COMMENT_CHARS_MAX)
    .refine((text) => !text.includes('\0') && text.isWellFormed(), 'text that cannot be stored'),
});

export const listCommentsInput = pageQuery;
