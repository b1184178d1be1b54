// The one way a list is read: by page, or by cursor at constant cost, in an order that is total.
// Every order ends in a unique key and has no NULLs, so that no item is skipped or shown twice.
import type { Fragment } from 'postgres';
import type { Db, Sql } from '@/server/db/client';
import { sqlState } from '@/server/db/sqlstate';
import { pageMetaOf, type Page, type PageQuery } from '@/server/contract/common';
import { Refusal } from '../errors/errors';
import { decodeCursor, encodeCursor } from './cursor';

/** Counting stops here; above it the planner's estimate is shown, marked as such. */
export const EXACT_COUNT_MAX = 10_000;

export type KeyType = 'timestamptz' | 'uuid' | 'text' | 'bigint' | 'bytea';

export interface OrderKey {
  /** A column or expression that is never NULL. */
  expression: Fragment;
  type: KeyType;
}

export interface ListOrder {
  /** Goes into the cursor. */
  name: string;
  descending: boolean;
  /** All in the same direction; the last one unique. */
  keys: readonly OrderKey[];
}

interface ListSource {
  db: Db;
  page: PageQuery;
  columns: Fragment;
  /** `from` with its joins. */
  from: Fragment;
  /** Joined by `and`; the scope of the tenant is among them. */
  where: readonly Fragment[];
  order: ListOrder;
}

export interface ListQuery<Row, Item> extends ListSource {
  /** Where the exact total is already known. */
  total?: number;
  toItem(row: Row): Item;
}

/** One page. A full page's meta carries the cursor of the next one. */
export async function listPage<Row, Item>(query: ListQuery<Row, Item>): Promise<Page<Item>> {
  const { db, page, order } = query;
  const rows = await readRows<Row & KeyColumns>(query).catch(refuseBadCursor);
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  const next =
    rows.length > page.limit && last !== undefined ? encodeCursor(order.name, last.list_key) : null;
  const count =
    query.total === undefined
      ? await countUpTo(db.sql, sqlOf(db.sql, query))
      : { total: query.total, estimated: false };
  return {
    items: shown.map((row) => query.toItem(withoutKey(row))),
    meta: pageMetaOf(page, count.total, next, count.estimated),
  };
}

interface KeyColumns {
  list_key: string[];
}

/** The row as its query asked for it: what a list hands on whole must not show how it is walked. */
function withoutKey<Row>({ list_key: _key, ...row }: Row & KeyColumns): Row {
  return row as Row;
}

function readRows<Row>({ db: { sql }, page, columns, from, where, order }: ListSource): Promise<Row[]> {
  const direction = order.descending ? sql`desc` : sql`asc`;
  const keys = order.keys.map(({ expression }) => expression);
  const after = page.cursor === undefined ? [] : [afterCursor(sql, order, page.cursor)];
  const offset = page.cursor === undefined ? (page.page - 1) * page.limit : 0;
  return sql<(Row & object)[]>`
    select ${columns}, array[${join(
      sql,
      order.keys.map((key) => keyText(sql, key)),
      sql`, `,
    )}] as list_key
    from ${from}
    where ${join(sql, [...where, ...after], sql` and `)}
    order by ${join(
      sql,
      keys.map((key) => sql`${key} ${direction}`),
      sql`, `,
    )}
    limit ${page.limit + 1} offset ${offset}`.then((rows) => [...rows]);
}

/** `(a, b) > (x, y)`, which one index on (a, b) answers. */
function afterCursor(sql: Sql, order: ListOrder, cursor: string): Fragment {
  const values = decodeCursor(cursor, order.name, order.keys.length);
  const keys = join(
    sql,
    order.keys.map(({ expression }) => expression),
    sql`, `,
  );
  const bounds = join(
    sql,
    order.keys.map(({ type }, i) => typed(sql, values[i] ?? '', type)),
    sql`, `,
  );
  return order.descending ? sql`(${keys}) < (${bounds})` : sql`(${keys}) > (${bounds})`;
}

const keyText = (sql: Sql, { expression, type }: OrderKey): Fragment =>
  type === 'bytea' ? sql`encode(${expression}, 'hex')` : sql`(${expression})::text`;

function typed(sql: Sql, value: string, type: KeyType): Fragment {
  switch (type) {
    case 'timestamptz':
      return sql`${value}::text::timestamptz`;
    case 'uuid':
      return sql`${value}::text::uuid`;
    case 'text':
      return sql`${value}::text`;
    case 'bigint':
      return sql`${value}::text::bigint`;
    case 'bytea':
      return sql`decode(${value}::text, 'hex')`;
  }
}

/** Fragments with `separator` between them. */
export const join = (sql: Sql, parts: readonly Fragment[], separator: Fragment): Fragment =>
  parts.slice(1).reduce((all, part) => sql`${all}${separator}${part}`, parts[0] ?? sql``);

const sqlOf = (sql: Sql, { from, where }: Pick<ListSource, 'from' | 'where'>): Fragment =>
  sql`from ${from} where ${join(sql, where, sql` and `)}`;

/** The number of rows of `source` (`from … where …`), exact up to `EXACT_COUNT_MAX`. */
export async function countUpTo(sql: Sql, source: Fragment): Promise<{ total: number; estimated: boolean }> {
  const [counted] = await sql<{ n: number }[]>`
    select count(*)::int as n from (select 1 ${source} limit ${EXACT_COUNT_MAX + 1}) as counted`;
  const n = counted?.n ?? 0;
  if (n <= EXACT_COUNT_MAX) return { total: n, estimated: false };
  const [plan] = await sql<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] | string }[]>`
    explain (format json) select 1 ${source}`;
  const text = plan?.['QUERY PLAN'];
  const parsed = (typeof text === 'string' ? JSON.parse(text) : text) as
    [{ Plan: { 'Plan Rows': number } }] | undefined;
  return { total: Math.max(n, parsed?.[0].Plan['Plan Rows'] ?? n), estimated: true };
}

/** A cursor made up by the caller decodes to text that is not of the key's type. */
function refuseBadCursor(error: unknown): never {
  if (['22007', '22008', '22P02', '22003', '22023'].includes(sqlState(error) ?? '')) {
    throw new Refusal(
      400,
      'invalid_cursor',
      'This cursor was not made by this list. Start again without a cursor.',
    );
  }
  throw error;
}
