// A list that is read in both directions and from any place, without counting: what lies before a row costs what
// lies after it. Backward the index is read the other way round and the rows are turned back.
import { pageMetaOf, type Page } from '@/server/contract/common';
import type { Key } from './bookmarks';
import { decodeCursor, encodeCursor } from './cursor';
import {
  countOfList,
  listPage,
  readRows,
  refuseBadCursor,
  withoutKey,
  type KeyColumns,
  type ListQuery,
} from './list-page';

export interface TwoWayQuery<Row, Item> extends ListQuery<Row, Item> {
  /** With a cursor the page before it, without one the last page. */
  backward: boolean;
  /** The page begins at the first row from this key on; a key may be the left part of one. */
  startAt: Key | null;
}

/** One page, whose meta has the cursors of both its neighbours. */
export function listTwoWayPage<Row, Item>(query: TwoWayQuery<Row, Item>): Promise<Page<Item>> {
  return query.backward || query.startAt !== null ? turnedPage(query) : forwardPage(query);
}

async function forwardPage<Row, Item>(query: TwoWayQuery<Row, Item>): Promise<Page<Item>> {
  const { page, order } = query;
  const { items, meta } = await listPage<Row, { item: Item; key: Key }>({
    ...query,
    toItem: (row, key) => ({ item: query.toItem(row, key), key }),
  });
  const isFirst = page.cursor === undefined && page.page === 1;
  const [first] = items;
  return {
    items: items.map(({ item }) => item),
    meta: {
      ...meta,
      previous_cursor: isFirst || first === undefined ? null : cursorOf(order.name, first.key),
    },
  };
}

async function turnedPage<Row, Item>(query: TwoWayQuery<Row, Item>): Promise<Page<Item>> {
  const { page, order, backward, startAt } = query;
  const turned = backward ? { ...query, order: { ...order, descending: !order.descending } } : query;
  const after = page.cursor === undefined ? null : decodeCursor(page.cursor, order.name, order.keys.length);
  const [rows, count] = await Promise.all([
    readRows<Row & KeyColumns>(turned, after ?? startAt, 0, after === null).catch(refuseBadCursor),
    countOfList(query),
  ]);
  const shown = rows.slice(0, page.limit);
  const [first] = shown;
  const last = shown.at(-1);
  const onward = rows.length > page.limit && last !== undefined ? cursorOf(order.name, last.list_key) : null;
  const isAtEnd = backward && page.cursor === undefined;
  const back = isAtEnd || first === undefined ? null : cursorOf(order.name, first.list_key);
  const [next, previous] = backward ? [back, onward] : [onward, back];
  return {
    items: (backward ? shown.reverse() : shown).map((row) => query.toItem(withoutKey(row), row.list_key)),
    meta: { ...pageMetaOf(page, count.total, next, count.estimated), previous_cursor: previous },
  };
}

const cursorOf = (name: string, key: Key): string =>
  encodeCursor(
    name,
    key.map((part) => part ?? ''),
  );
