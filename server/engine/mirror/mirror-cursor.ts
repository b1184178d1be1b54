// A cursor of mirror rows names the last row of a page by the values that it is sorted by. A value of a device can be
// longer than any URL: then the cursor says how many rows after its own beginning the next page begins.
import { CURSOR_CHARS_MAX } from '@/server/contract/common';
import type { Key } from '../paging/bookmarks';
import { encodeCursor, invalidCursor, readCursor } from '../paging/cursor';
import type { MirrorQuery } from './mirror-query';

/** Where a page begins: `offset` rows after a key, or after the beginning. */
export interface Start {
  after: Key | null;
  offset: number;
  /** The row at `after` itself is the first; `after` may then be the left part of a key. */
  isInclusive?: boolean;
}

const nameOf = ({ sort, descending }: MirrorQuery, kind: 'mirror' | 'mirror+'): string =>
  `${kind} ${descending ? '-' : ''}${sort?.name ?? ''}`;

/** A value is marked, so that NULL and the empty text differ. */
const marked = (key: Key): string[] => key.map((part) => (part === null ? '' : `=${part}`));

/** The cursor at a row, which leads both ways; null where its key is longer than a cursor. */
export function cursorAt(query: MirrorQuery, key: Key): string | null {
  const cursor = encodeCursor(nameOf(query, 'mirror'), marked(key));
  return cursor.length <= CURSOR_CHARS_MAX ? cursor : null;
}

/** The cursor of the page that begins after `last`, which is the same as at `next`. */
export function nextCursor(query: MirrorQuery, last: Key, next: Start): string {
  return (
    cursorAt(query, last) ??
    encodeCursor(nameOf(query, 'mirror+'), [String(next.offset), ...marked(next.after ?? [])])
  );
}

/** Where the page of a cursor begins; `length` is that of a key. Refuses with 400 `invalid_cursor`. */
export function startOfCursor(cursor: string, query: MirrorQuery, length: number): Start {
  const { order, key } = readCursor(cursor);
  const isCounted = order === nameOf(query, 'mirror+');
  if (!isCounted && order !== nameOf(query, 'mirror')) throw invalidCursor();
  const [count = '', ...rest] = isCounted ? key : ['0', ...key];
  if (!/^\d{1,15}$/.test(count) || (rest.length !== length && !(isCounted && rest.length === 0))) {
    throw invalidCursor();
  }
  const after = rest.map((part) => (part.startsWith('=') ? part.slice(1) : null));
  return { after: rest.length === 0 ? null : after, offset: Number(count) };
}
