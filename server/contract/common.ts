// Pieces that every contract shares: identifiers, times, paging.
import { z } from 'zod';

/** A UUID in its textual form. */
export const uuid = z.uuid();

/** An RFC 3339 time in UTC. */
export const time = z.iso.datetime({ offset: true });

export const LIMIT_DEFAULT = 20;
export const LIMIT_MAX = 500;

/** Characters of a cursor: one that names the longest source table fits, and it fits into a URL. */
export const CURSOR_CHARS_MAX = 4500;

/** `page` from 1 and `limit`, or `cursor` to walk by key at constant cost. */
export const pageQuery = z.strictObject({
  page: z.coerce.number().int().min(1).default(1),
  limit: z.coerce.number().int().min(1).max(LIMIT_MAX).default(LIMIT_DEFAULT),
  cursor: z.string().max(CURSOR_CHARS_MAX).optional(),
  /**
   * `exact` counts all items, also where there are so many that `total_items` would be an estimate; `estimate`
   * counts none, so that a page of a large list costs its own rows alone.
   */
  total: z.enum(['exact', 'estimate']).optional(),
});
export type PageQuery = z.infer<typeof pageQuery>;

export const pageMeta = z.object({
  current_page: z.number().int(),
  items_per_page: z.number().int(),
  total_items: z.number().int(),
  total_pages: z.number().int(),
  total_items_estimated: z.boolean().optional(),
  next_cursor: z.string().nullable(),
  /** Of lists that are read in both directions: what `cursor` with `direction=backward` goes on from. */
  previous_cursor: z.string().nullable().optional(),
});
export type PageMeta = z.infer<typeof pageMeta>;

/** What every list verb answers. */
export interface Page<T> {
  items: T[];
  meta: PageMeta;
}

/** The meta block of a page. */
export function pageMetaOf(
  query: PageQuery,
  total: number,
  nextCursor: string | null,
  estimated = false,
): PageMeta {
  return {
    current_page: query.page,
    items_per_page: query.limit,
    total_items: total,
    total_pages: Math.ceil(total / query.limit),
    next_cursor: nextCursor,
    ...(estimated ? { total_items_estimated: true } : {}),
  };
}
