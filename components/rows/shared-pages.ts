// What of pages that are read on, or read anew, stays the same object: a row that is, is not drawn again. Pure.
import { replaceEqualDeep, type InfiniteData } from '@tanstack/react-query';

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/**
 * `now`, with the objects of `was` for whatever is equal in both. A page is compared with the one that was asked for in
 * the same way: by its place, all would be compared with their neighbours once one before them has been let go.
 */
export function sharedPages<P, A>(
  was: InfiniteData<P, A> | undefined,
  now: InfiniteData<P, A>,
): InfiniteData<P, A> {
  if (was === undefined) return now;
  const held = new Set<P>(was.pages);
  const pages = now.pages.map((page, i) => {
    if (held.has(page)) return page;
    const same = was.pageParams.findIndex((asked) => isSame(asked, now.pageParams[i]));
    const before = was.pages[same === -1 ? i : same];
    return before === undefined ? page : replaceEqualDeep(before, page);
  });
  const isAsItWas = pages.length === was.pages.length && pages.every((page, i) => page === was.pages[i]);
  return isAsItWas ? was : { pages, pageParams: now.pageParams };
}
