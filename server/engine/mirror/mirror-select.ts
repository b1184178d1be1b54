// The statements that read rows of a mirror from a place in an order, in either direction: by device, key and
// version guard's own unique index wherever the order is the key's.
import type { RowOperator } from '@/server/contract/row-operators';
import type { Sql } from '@/server/db/client';
import { mirrorTable, quoteIdentifier } from '@/server/db/identifier';
import { classifySqlError } from '@/server/db/sqlstate';
import { Refusal } from '../errors/errors';
import type { Key } from '../paging/bookmarks';
import { keysetBranches, keysetOrder, keysetSame, type KeysetColumn } from './keyset';
import type { Start } from './mirror-cursor';
import type { MirrorCondition, MirrorQuery } from './mirror-query';
import type { MirrorView } from './read-mirror';
import { shownExpression } from './show-cell';

export interface MirrorSource {
  sql: Sql;
  mirror: MirrorView;
  /** Null: every device of the mirror. */
  deviceId: string | null;
  query: MirrorQuery;
}

export interface ReadRow {
  device_id: string;
  created_at: string;
  updated_at: string;
  cells: (string | null)[];
  position: (string | null)[];
  key: (string | null)[];
}

/** The columns of the order: the sorted one, then the key, which makes it total; of many devices, theirs before it. */
export function orderColumns({ mirror, query: { sort }, deviceId }: MirrorSource): KeysetColumn[] {
  const key = mirror.keyColumnNames.filter((name) => name !== sort?.name);
  return [
    ...(sort === null ? [] : [columnOf(mirror, sort.name)]),
    ...(deviceId === null ? [{ identifier: 't.device_id', type: 'uuid' }] : []),
    ...key.map((name) => columnOf(mirror, name)),
  ];
}

const columnOf = (mirror: MirrorView, name: string): KeysetColumn => ({
  identifier: `t.${quoteIdentifier(name)}`,
  type: mirror.columns.find((column) => column.name === name)?.type ?? 'text',
});

/** Whether the index of device and key has the rows in this order. */
export const isKeyOrder = ({ mirror, query: { sort }, deviceId }: MirrorSource): boolean =>
  sort === null || (deviceId !== null && sort.name === mirror.keyColumnNames[0]);

const RANGES: ReadonlySet<RowOperator> = new Set(['eq', 'lt', 'lte', 'gt', 'gte', 'is_null']);

/** Whether the conditions narrow the index of device and key: one is on the first column of the key. */
export const isIndexedFilter = ({ mirror, query: { conditions }, deviceId }: MirrorSource): boolean =>
  conditions.length === 0 ||
  (deviceId !== null &&
    conditions.some(({ name, op }) => name === mirror.keyColumnNames[0] && RANGES.has(op)));

const asText = ({ identifier, type }: KeysetColumn): string =>
  type === 'bytea' ? `'\\x' || encode(${identifier}, 'hex')` : `${identifier}::text`;

// As JSON: in an array, postgres.js reads NULL as the text "NULL".
const textsOf = (columns: readonly KeysetColumn[], name: string): string =>
  `to_json(array[${columns.map(asText).join(', ')}]::text[]) as ${name}`;

/** A condition over the row `t` whose value is parameter `number`. */
function conditionText({ name, type, op }: MirrorCondition, number: number): string {
  const column = `t.${quoteIdentifier(name)}`;
  const value = type === 'bytea' ? `decode($${number}::text, 'base64')` : `$${number}::text::${type}`;
  switch (op) {
    case 'eq':
      return `${column} = ${value}`;
    case 'ne':
      return `${column} is distinct from ${value}`;
    case 'lt':
      return `${column} < ${value}`;
    case 'lte':
      return `${column} <= ${value}`;
    case 'gt':
      return `${column} > ${value}`;
    case 'gte':
      return `${column} >= ${value}`;
    case 'starts_with':
      return `starts_with(${column}::text, $${number}::text)`;
    case 'contains':
      return type === 'bytea'
        ? `position(${value} in ${column}) > 0`
        : `strpos(${column}::text, $${number}::text) > 0`;
    case 'is_null':
      return `${column} is null`;
    case 'not_null':
      return `${column} is not null`;
  }
}

/** Device and conditions, with their parameters from `$1` on. */
export function scopeOf({ query: { conditions }, deviceId }: MirrorSource): {
  text: string;
  parameters: string[];
} {
  const parameters = deviceId === null ? [] : [deviceId];
  const texts = deviceId === null ? ['true'] : ['t.device_id = $1::text::uuid'];
  for (const condition of conditions) {
    if (condition.value !== null) parameters.push(condition.value);
    texts.push(conditionText(condition, parameters.length));
  }
  return { text: texts.join(' and '), parameters };
}

function branchesFrom(
  source: MirrorSource,
  { after, isInclusive = false }: Start,
  parameters: (string | null)[],
): string[] {
  if (after === null) return ['true'];
  const order = orderColumns(source).slice(0, after.length);
  const first = parameters.length + 1;
  // Postgres must be told the type of every parameter, also of one that no branch uses.
  const used = after.map((_, i) => `$${first + i}::text is not distinct from $${first + i}::text`);
  parameters.push(...after);
  const branches = keysetBranches(order, after, source.query.descending, first);
  const all = isInclusive ? [keysetSame(order, after, first), ...branches] : branches;
  return all.map((branch) => [branch, ...used].join(' and '));
}

/** Rows of the source from `start` on, with the columns `inner` reads of each; null where none can be there. */
function selectRows(source: MirrorSource, start: Start, limit: number, inner: string) {
  const { mirror, query } = source;
  const order = orderColumns(source);
  const scope = scopeOf(source);
  const parameters: (string | null)[] = scope.parameters;
  const branches = branchesFrom(source, start, parameters);
  if (branches.length === 0) return null;
  const sorted = `order by ${keysetOrder(order, query.descending) || 't.device_id'}`;
  const branch = (condition: string) => `
    (select ${inner} from ${mirrorTable(mirror.mirror_table_name)} t
     where ${scope.text} and ${condition} ${sorted} limit ${start.offset + limit})`;
  return {
    rows: `(${branches.map(branch).join(' union all ')}) t`,
    sorted: `${sorted} limit ${limit} offset ${start.offset}`,
    parameters,
  };
}

const shownColumns = (source: MirrorSource): string => {
  const cells = source.query.columns.map(({ name, type }) => shownExpression(name, type)).join(', ');
  const key = source.mirror.keyColumnNames.map((name) => columnOf(source.mirror, name));
  return `t.device_id, t.created_at, t.updated_at, to_json(array[${cells}]::text[]) as cells,
    ${textsOf(orderColumns(source), 'position')}, ${textsOf(key, 'key')}`;
};

/** Up to `limit` rows from `start` on. */
export async function readRows(source: MirrorSource, start: Start, limit: number): Promise<ReadRow[]> {
  const selected = selectRows(source, start, limit, 't.*');
  if (selected === null) return [];
  const text = `select ${shownColumns(source)} from ${selected.rows} ${selected.sorted}`;
  return source.sql.unsafe<ReadRow[]>(text, selected.parameters).catch(refuseBadValue);
}

/** All rows in an order that no index has, sorted once and handed out `rows` at a time. */
export function readSorted(source: MirrorSource, rows: number): AsyncIterable<ReadRow[]> {
  const { text, parameters } = scopeOf(source);
  const statement = `select ${shownColumns(source)} from ${mirrorTable(source.mirror.mirror_table_name)} t
    where ${text} order by ${keysetOrder(orderColumns(source), source.query.descending)}`;
  return source.sql.unsafe<ReadRow[]>(statement, parameters).cursor(rows);
}

/** The key of the row that is `rows` rows after `after`; the index of the key answers it without the table. */
export async function keyAfter(source: MirrorSource, after: Key | null, rows: number): Promise<Key | null> {
  const order = orderColumns(source);
  const keys = order.map(({ identifier }) => identifier).join(', ');
  const selected = selectRows(source, { after, offset: rows - 1 }, 1, keys || 't.device_id');
  if (selected === null) return null;
  const text = `select ${textsOf(order, 'position')} from ${selected.rows} ${selected.sorted}`;
  const [row] = await source.sql
    .unsafe<Pick<ReadRow, 'position'>[]>(text, selected.parameters)
    .catch(refuseBadValue);
  return row?.position ?? null;
}

/** A filter value or a cursor that does not cast to its column's type. */
export function refuseBadValue(error: unknown): never {
  if (classifySqlError(error) !== 'data') throw error;
  throw new Refusal(
    400,
    'invalid_parameter',
    "A condition's value, the key to go to, or the cursor, does not fit the type of its column. Check the column's type in `columns`.",
  );
}
