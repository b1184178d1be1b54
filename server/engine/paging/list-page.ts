// The one way a list is read: by page, or by cursor at constant cost, in an order that is total.
// Every order ends in a unique key and has no NULLs, so that no item is skipped or shown twice. A page beyond
// the first ones is found by keys alone and then read as a cursor would: to join and format the rows that a
// page skips cost seconds.
import type { Fragment } from 'postgres';
import type { Db, Sql } from '@/server/db/client';
import type { Clock } from '@/server/lib/clock';
import { sqlState } from '@/server/db/sqlstate';
import { pageMetaOf, type Page, type PageQuery } from '@/server/contract/common';
import { Refusal } from '../errors/errors';
import { keyBefore, type Key } from './bookmarks';
import { decodeCursor, encodeCursor } from './cursor';

/** Counting stops here; above it the planner's estimate is shown, marked as such, unless asked otherwise. */
export const EXACT_COUNT_MAX = 10_000;

/** Up to here rows are simply skipped. */
const SKIPPED_MAX = 200;

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

export interface ListSource {
  db: Db;
  page: PageQuery;
  columns: Fragment;
  /** `from` with its joins. */
  from: Fragment;
  /** `from` with only what conditions and order need, for counting and skipping; else all of it. */
  walked?: Fragment;
  /** Joined by `and`; the scope of the tenant is among them. */
  where: readonly Fragment[];
  /** `where` in other words, which an index answers without the table: for skipping and counting. */
  skipped?: readonly Fragment[];
  order: ListOrder;
  /** Where pages deep inside are to cost what the first one costs: what tells this list from every other. */
  deep?: { list: string; clock: Clock };
}

/** What reading rows needs of a list. */
interface ReadSource extends Pick<ListSource, 'columns' | 'from' | 'where' | 'order'> {
  db: Pick<Db, 'sql'>;
  page: Pick<PageQuery, 'limit'>;
}

export interface ListQuery<Row, Item> extends ListSource {
  /** Where the exact total is already known. */
  total?: number;
  /** `key` is the row's place in the order. */
  toItem(row: Row, key: Key): Item;
}

/** One page. A full page's meta carries the cursor of the next one. */
export async function listPage<Row, Item>(query: ListQuery<Row, Item>): Promise<Page<Item>> {
  const { page, order } = query;
  const [rows, count] = await Promise.all([
    readPage<Row & KeyColumns>(query).catch(refuseBadCursor),
    countOfList(query),
  ]);
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  const next =
    rows.length > page.limit && last !== undefined ? encodeCursor(order.name, last.list_key) : null;
  return {
    items: shown.map((row) => query.toItem(withoutKey(row), row.list_key)),
    meta: pageMetaOf(page, count.total, next, count.estimated),
  };
}

export interface KeyColumns {
  list_key: string[];
}

/** The row as its query asked for it: what a list hands on whole must not show how it is walked. */
export function withoutKey<Row>({ list_key: _key, ...row }: Row & KeyColumns): Row {
  return row as Row;
}

async function readPage<Row>(query: ListSource): Promise<Row[]> {
  const { page, order } = query;
  if (page.cursor !== undefined) {
    return readRows(query, decodeCursor(page.cursor, order.name, order.keys.length), 0);
  }
  const offset = (page.page - 1) * page.limit;
  if (offset <= SKIPPED_MAX) return readRows(query, null, offset);
  const hop = (after: Key | null, rows: number) => keyAfter(query, after, rows);
  const after =
    query.deep === undefined
      ? await hop(null, offset)
      : await keyBefore(deepOf(query.deep, order), offset, hop);
  return after === null ? [] : readRows(query, after, 0);
}

const deepOf = ({ list, clock }: NonNullable<ListSource['deep']>, { name }: ListOrder) => ({
  list: JSON.stringify([list, name]),
  clock,
});

const orderBy = (sql: Sql, { keys, descending }: ListOrder): Fragment =>
  join(
    sql,
    keys.map(({ expression }) => sql`${expression} ${descending ? sql`desc` : sql`asc`}`),
    sql`, `,
  );

const listKey = (sql: Sql, { keys }: ListOrder): Fragment => {
  const texts = keys.map((key) => keyText(sql, key));
  return sql`array[${join(sql, texts, sql`, `)}] as list_key`;
};

/** One row more than the page has, after `after` or, where told so, from it on. */
export function readRows<Row>(
  { db: { sql }, page, columns, from, where, order }: ReadSource,
  after: Key | null,
  offset: number,
  isInclusive = false,
): Promise<Row[]> {
  const bound = after === null ? [] : [afterKey(sql, order, after, isInclusive)];
  return sql<(Row & object)[]>`
    select ${columns}, ${listKey(sql, order)}
    from ${from}
    where ${join(sql, [...where, ...bound], sql` and `)}
    order by ${orderBy(sql, order)}
    limit ${page.limit + 1} offset ${offset}`.then((rows) => [...rows]);
}

/** The key of the row that is `rows` rows after `after`: an index on the order answers it without the table. */
async function keyAfter(source: ListSource, after: Key | null, rows: number): Promise<Key | null> {
  const { db, from, walked = from, where, skipped = where, order } = source;
  const { sql } = db;
  const bound = after === null ? [] : [afterKey(sql, order, after)];
  const [row] = await sql<KeyColumns[]>`
    select ${listKey(sql, order)} from ${walked}
    where ${join(sql, [...skipped, ...bound], sql` and `)}
    order by ${orderBy(sql, order)}
    limit 1 offset ${rows - 1}`;
  return row?.list_key ?? null;
}

/** `(a, b) > (x, y)`, which one index on (a, b) answers. A key may be shorter than the order: its left part. */
function afterKey(sql: Sql, order: ListOrder, values: Key, isInclusive = false): Fragment {
  const used = order.keys.slice(0, values.length);
  const keys = join(
    sql,
    used.map(({ expression }) => expression),
    sql`, `,
  );
  const bounds = join(
    sql,
    used.map(({ type }, i) => typed(sql, values[i] ?? '', type)),
    sql`, `,
  );
  const than = sql.unsafe(`${order.descending ? '<' : '>'}${isInclusive ? '=' : ''}`);
  return sql`(${keys}) ${than} (${bounds})`;
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

/** The number of items of a list, as its page asks for it. */
export async function countOfList(list: Omit<ListQuery<never, never>, 'toItem'>): Promise<Count> {
  const { db, from, walked = from, where, skipped, page, total } = list;
  if (total !== undefined) return { total, estimated: false };
  const { sql } = db;
  const rows = (conditions: readonly Fragment[]) =>
    sql`from ${walked} where ${join(sql, conditions, sql` and `)}`;
  return countOf(sql, rows(where), page, skipped && rows(skipped));
}

interface Count {
  total: number;
  estimated: boolean;
}

/** Runs a statement that begins with `head` before the rows that are counted; one that guesses reads none. */
type CountRun = <Row>(head: string, tail: string, isGuess: boolean) => Promise<Row | undefined>;

/**
 * The number of rows of `source` (`from … where …`), as `total` asks for it. `counted` says the same so that it costs
 * less to count; the planner's guess is of `source`, whose values it knows how often there are.
 */
export const countOf = (
  sql: Sql,
  source: Fragment,
  { total }: Pick<PageQuery, 'total'>,
  counted: Fragment = source,
): Promise<Count> =>
  countBy(async <Row>(head: string, tail: string, isGuess: boolean) => {
    const rows = isGuess ? source : counted;
    const [row] = await sql<(Row & object)[]>`${sql.unsafe(head)} ${rows} ${sql.unsafe(tail)}`;
    return row as Row | undefined;
  }, total);

/** `countOf` over a text with numbered parameters. */
export const countText = (
  sql: Sql,
  source: { text: string; parameters: readonly string[] },
  { total }: Pick<PageQuery, 'total'>,
): Promise<Count> =>
  countBy(async <Row>(head: string, tail: string) => {
    const [row] = await sql.unsafe<(Row & object)[]>(`${head} ${source.text} ${tail}`, [
      ...source.parameters,
    ]);
    return row as Row | undefined;
  }, total);

async function countBy(run: CountRun, total: PageQuery['total']): Promise<Count> {
  if (total === 'estimate') return { total: await estimated(run), estimated: true };
  const head =
    total === 'exact' ? 'select count(*)::float8 as n' : 'select count(*)::float8 as n from (select 1';
  const tail = total === 'exact' ? '' : `limit ${EXACT_COUNT_MAX + 1}) as counted`;
  const n = (await run<{ n: number }>(head, tail, false))?.n ?? 0;
  if (total === 'exact' || n <= EXACT_COUNT_MAX) return { total: n, estimated: false };
  return { total: Math.max(n, await estimated(run)), estimated: true };
}

/** The planner's guess, which reads no row. */
async function estimated(run: CountRun): Promise<number> {
  const plan = await run<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] | string }>(
    'explain (format json) select 1',
    '',
    true,
  );
  const text = plan?.['QUERY PLAN'];
  const parsed = (typeof text === 'string' ? JSON.parse(text) : text) as
    [{ Plan: { 'Plan Rows': number } }] | undefined;
  return parsed?.[0].Plan['Plan Rows'] ?? 0;
}

/** A cursor made up by the caller decodes to text that is not of the key's type. */
export function refuseBadCursor(error: unknown): never {
  if (['22007', '22008', '22P02', '22003', '22023'].includes(sqlState(error) ?? '')) {
    throw new Refusal(
      400,
      'invalid_cursor',
      'This cursor was not made by this list. Start again without a cursor.',
    );
  }
  throw error;
}
