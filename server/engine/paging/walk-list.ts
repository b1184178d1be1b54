// Every row of a list by its key, a page at a time, for files: what is held is one page, whatever the length.
import type { Fragment } from 'postgres';
import type { Sql } from '@/server/db/client';
import type { Key } from './bookmarks';
import { readRows, withoutKey, type KeyColumns, type ListOrder } from './list-page';

const PAGE_ROWS = 1000;

export interface WalkedList<Row, Item> {
  sql: Sql;
  columns: Fragment;
  from: Fragment;
  /** Joined by `and`; the scope of the tenant is among them. */
  where: readonly Fragment[];
  order: ListOrder;
  toItem(row: Row): Item;
}

/** The pages in order; each page is read when the one before it has been taken. */
export async function* walkList<Row, Item>(list: WalkedList<Row, Item>): AsyncGenerator<Item[]> {
  const source = { ...list, db: { sql: list.sql }, page: { limit: PAGE_ROWS - 1 } };
  let after: Key | null = null;
  for (;;) {
    const rows: (Row & KeyColumns)[] = await readRows<Row & KeyColumns>(source, after, 0);
    if (rows.length > 0) yield rows.map((row) => list.toItem(withoutKey(row)));
    after = rows.at(-1)?.list_key ?? null;
    if (rows.length < PAGE_ROWS) return;
  }
}
