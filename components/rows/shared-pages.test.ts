import type { InfiniteData } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import { sharedPages } from './shared-pages';

interface Page {
  rows: { id: number }[];
}
type Pages = InfiniteData<Page, { cursor: number }>;

const page = (cursor: number): Page => ({ rows: [{ id: cursor }, { id: cursor + 1 }] });
const pagesAt = (...cursors: number[]): Pages => ({
  pages: cursors.map(page),
  pageParams: cursors.map((cursor) => ({ cursor })),
});
const rowsOf = ({ pages }: Pages) => pages.flatMap(({ rows }) => rows);

describe('pages that are read on', () => {
  it('keep every row as it is when the first is let go', () => {
    const was = pagesAt(0, 2, 4);
    const now = {
      pages: [...was.pages.slice(1), page(6)],
      pageParams: [...was.pageParams.slice(1), { cursor: 6 }],
    };
    const shared = sharedPages(was, now);
    expect(
      rowsOf(shared)
        .slice(0, 4)
        .every((row, i) => row === rowsOf(was)[i + 2]),
    ).toBe(true);
    expect(rowsOf(shared).map(({ id }) => id)).toEqual([2, 3, 4, 5, 6, 7]);
  });
});

describe('pages that are read anew', () => {
  it('are the same object where nothing has changed', () => {
    const was = pagesAt(0, 2);
    expect(sharedPages(was, pagesAt(0, 2))).toBe(was);
    expect(sharedPages(undefined, was)).toBe(was);
  });

  it('have new objects for the rows that have changed, and no others', () => {
    const was = pagesAt(0, 2);
    const now = pagesAt(0, 2);
    now.pages[1] = { rows: [{ id: 2 }, { id: 99 }] };
    const [a, b, c, d] = rowsOf(sharedPages(was, now));
    expect([a, b, c]).toEqual(rowsOf(was).slice(0, 3));
    expect([a, b, c].every((row, i) => row === rowsOf(was)[i])).toBe(true);
    expect(d).toEqual({ id: 99 });
  });

  it('know a page by what was asked for, also where another has come before it', () => {
    const was = pagesAt(2, 4);
    const rows = rowsOf(sharedPages(was, pagesAt(0, 2, 4)));
    expect(rows.slice(2).every((row, i) => row === rowsOf(was)[i])).toBe(true);
  });
});
