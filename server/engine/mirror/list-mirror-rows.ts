// The rows of a mirror: through a lineage only its own device's, also where many devices share the table.
import type { z } from 'zod';
import { pageMetaOf, type PageMeta, type PageQuery } from '@/server/contract/common';
import {
  listMirrorRowsInput,
  type ListMirrorRowsInput,
  type MirrorRow,
  type MirrorRows,
} from '@/server/contract/rows';
import type { Sql } from '@/server/db/client';
import { mirrorTable, quoteIdentifier } from '@/server/db/identifier';
import { classifySqlError } from '@/server/db/sqlstate';
import { rfc3339 } from '@/server/db/time';
import type { Clock } from '@/server/lib/clock';
import { requirePermission } from '../auth/permissions';
import { requireProject } from '../auth/project-scope';
import type { Ctx } from '../context/context';
import { Refusal } from '../errors/errors';
import { parseInput } from '../errors/parse-input';
import { requireLineage } from '../lineages/require-lineage';
import { keyBefore, type Key } from '../paging/bookmarks';
import { countOf } from '../paging/list-page';
import { nextCursor, startOfCursor, type Start } from './mirror-cursor';
import { keysetBranches, keysetOrder, type KeysetColumn } from './keyset';
import { checkMirrorQuery, type MirrorQuery } from './mirror-query';
import { mirrorOfLineage, type MirrorView } from './read-mirror';
import { showCell, shownExpression, type ShownValue } from './show-cell';

/** 404 `edge_mirror_not_provisioned` before an approval has made the mirror. */
export async function listMirrorRows({
  ctx,
  projectId,
  lineageId,
  input,
}: {
  ctx: Ctx;
  projectId: string;
  lineageId: string;
  input: z.input<typeof listMirrorRowsInput>;
}): Promise<MirrorRows & { meta: PageMeta }> {
  requirePermission(ctx, 'PROJECT_CAN_READ_ROWS');
  const page = parseInput(listMirrorRowsInput, input, 'query');
  const project = await requireProject(ctx, projectId);
  const lineage = await requireLineage(ctx, project, lineageId);
  const { sql } = ctx.db;
  const mirror = await mirrorOfLineage(sql, lineage.id);
  if (mirror === null) {
    throw new Refusal(
      404,
      'edge_mirror_not_provisioned',
      'This lineage has no mirror table yet: its schema has not been approved. Approve its review first; until then its rows are staged.',
    );
  }
  return readMirrorRows(ctx, mirror, lineage.device_id, page);
}

/** A page of a mirror's rows: of one device, or with null of all of them, by device and then by key. */
export async function readMirrorRows(
  { db: { sql }, clock }: Pick<Ctx, 'db' | 'clock'>,
  mirror: MirrorView,
  deviceId: string | null,
  page: ListMirrorRowsInput,
): Promise<MirrorRows & { meta: PageMeta }> {
  const query = checkMirrorQuery(mirror, page);
  const source = { sql, mirror, deviceId, query, clock };
  const [{ rows, next }, count] = await Promise.all([readPage(source, page), countRows(source, page)]);
  return {
    mirror_table_name: mirror.mirror_table_name,
    source: mirror.source,
    columns: query.columns,
    rows: rows.map((row) => toMirrorRow(row, query)),
    meta: pageMetaOf(page, count.total, next, count.estimated),
  };
}

interface ReadRow {
  device_id: string;
  created_at: string;
  updated_at: string;
  cells: (string | null)[];
  position: (string | null)[];
}

const toMirrorRow = (
  { device_id, created_at, updated_at, cells }: ReadRow,
  query: MirrorQuery,
): MirrorRow => ({
  device_id,
  materialized_at: { created_at: rfc3339(created_at), updated_at: rfc3339(updated_at) },
  data: Object.fromEntries(
    query.columns.map(({ name, type }, i): [string, ShownValue] => [name, showCell(cells[i] ?? null, type)]),
  ),
});

/** The columns of the order: the sorted one, then the key, which makes it total; of many devices, theirs before it. */
function orderColumns(mirror: MirrorView, { sort }: MirrorQuery, deviceId: string | null): KeysetColumn[] {
  const columnOf = (name: string): KeysetColumn => ({
    identifier: `t.${quoteIdentifier(name)}`,
    type: mirror.columns.find((column) => column.name === name)?.type ?? 'text',
  });
  const key = mirror.keyColumnNames.filter((name) => name !== sort?.name).map(columnOf);
  return [
    ...(sort === null ? [] : [columnOf(sort.name)]),
    ...(deviceId === null ? [{ identifier: 't.device_id', type: 'uuid' }] : []),
    ...key,
  ];
}

const asText = ({ identifier, type }: KeysetColumn): string =>
  type === 'bytea' ? `'\\x' || encode(${identifier}, 'hex')` : `${identifier}::text`;

interface Source {
  sql: Sql;
  mirror: MirrorView;
  /** Null: every device of the mirror. */
  deviceId: string | null;
  query: MirrorQuery;
  clock: Clock;
}

/** Up to here rows are simply skipped. */
const SKIPPED_MAX = 200;

async function readPage(source: Source, page: PageQuery): Promise<{ rows: ReadRow[]; next: string | null }> {
  const { query, mirror, deviceId } = source;
  const asked = askedStart(page, query, orderColumns(mirror, query, deviceId).length);
  const start = await nearStart(source, asked);
  const read = start === null ? [] : await readRows(source, start, page.limit + 1);
  const last = read[page.limit - 1];
  const next =
    read.length > page.limit && last !== undefined
      ? nextCursor(query, last.position, { ...asked, offset: asked.offset + page.limit })
      : null;
  return { rows: read.slice(0, page.limit), next };
}

const askedStart = ({ cursor, page, limit }: PageQuery, query: MirrorQuery, length: number): Start =>
  cursor === undefined ? { after: null, offset: (page - 1) * limit } : startOfCursor(cursor, query, length);

/** The same start from a key near by, where that is cheaper; null where the list ends before it. */
async function nearStart(source: Source, start: Start): Promise<Start | null> {
  const { mirror, query, deviceId, clock } = source;
  const { after, offset } = start;
  // In an order that no index has, every hop would sort the whole table again.
  if (after !== null || offset <= SKIPPED_MAX || !isKeyOrder(source)) return start;
  const list = JSON.stringify([
    query.descending,
    query.sort?.name ?? null,
    mirror.mirror_table_name,
    deviceId,
    query.filter,
  ]);
  const near = await keyBefore({ list, clock }, offset, (key, rows) => keyAfter(source, key, rows));
  return near === null ? null : { after: near, offset: 0 };
}

/** Whether the index of device and key has the rows in this order. */
const isKeyOrder = ({ mirror, query: { sort }, deviceId }: Source): boolean =>
  sort === null || (deviceId !== null && sort.name === mirror.keyColumnNames[0]);

/** Rows of the lineage after `start`, with the columns `inner` reads of each. */
function selectRows(
  { mirror, deviceId, query }: Source,
  { after, offset }: Start,
  limit: number,
  inner: string,
): { rows: string; sorted: string; parameters: (string | null)[] } | null {
  const order = orderColumns(mirror, query, deviceId);
  const parameters: (string | null)[] = [
    ...(deviceId === null ? [] : [deviceId]),
    ...(query.filter === null ? [] : [query.filter.value]),
  ];
  const branches = after === null ? ['true'] : branchesAfter(order, after, query.descending, parameters);
  if (branches.length === 0) return null;
  const sorted = `order by ${keysetOrder(order, query.descending) || 't.device_id'}`;
  const branch = (condition: string) => `
    (select ${inner} from ${mirrorTable(mirror.mirror_table_name)} t
     where ${scopeCondition(query, deviceId)} and ${condition} ${sorted} limit ${offset + limit})`;
  return {
    rows: `(${branches.map(branch).join(' union all ')}) t`,
    sorted: `${sorted} limit ${limit} offset ${offset}`,
    parameters,
  };
}

// As JSON: in an array, postgres.js reads NULL as the text "NULL".
const positionOf = (order: readonly KeysetColumn[]): string =>
  `to_json(array[${order.map(asText).join(', ')}]::text[]) as position`;

async function readRows(source: Source, start: Start, limit: number): Promise<ReadRow[]> {
  const { sql, mirror, query, deviceId } = source;
  const selected = selectRows(source, start, limit, 't.*');
  if (selected === null) return [];
  const cells = query.columns.map((column) => shownExpression(column.name, column.type)).join(', ');
  const text = `
    select t.device_id, t.created_at, t.updated_at, to_json(array[${cells}]::text[]) as cells,
      ${positionOf(orderColumns(mirror, query, deviceId))}
    from ${selected.rows} ${selected.sorted}`;
  return sql.unsafe<ReadRow[]>(text, selected.parameters).catch(refuseBadValue);
}

/** The key of the row that is `rows` rows after `after`; the index of the key answers it without the table. */
async function keyAfter(source: Source, after: Key | null, rows: number): Promise<Key | null> {
  const order = orderColumns(source.mirror, source.query, source.deviceId);
  const keys = order.map(({ identifier }) => identifier).join(', ');
  const selected = selectRows(source, { after, offset: rows - 1 }, 1, keys || 't.device_id');
  if (selected === null) return null;
  const text = `select ${positionOf(order)} from ${selected.rows} ${selected.sorted}`;
  const [row] = await source.sql
    .unsafe<Pick<ReadRow, 'position'>[]>(text, selected.parameters)
    .catch(refuseBadValue);
  return row?.position ?? null;
}

/** The first parameter is the device where one is asked for, the next the filter's value where there is one. */
function scopeCondition({ filter }: MirrorQuery, deviceId: string | null): string {
  const device = deviceId === null ? [] : ['t.device_id = $1::text::uuid'];
  const value =
    filter === null
      ? []
      : [`t.${quoteIdentifier(filter.name)} = ${filterValue(filter.type, device.length + 1)}`];
  return ['true', ...device, ...value].join(' and ');
}

const filterValue = (type: string, number: number): string =>
  type === 'bytea' ? `decode($${number}::text, 'base64')` : `$${number}::text::${type}`;

function branchesAfter(
  order: readonly KeysetColumn[],
  position: Key,
  descending: boolean,
  parameters: (string | null)[],
): string[] {
  const first = parameters.length + 1;
  // Postgres must be told the type of every parameter, also of one that no branch uses.
  const used = position.map((_, i) => `$${first + i}::text is not distinct from $${first + i}::text`);
  parameters.push(...position);
  return keysetBranches(order, position, descending, first).map((branch) => [branch, ...used].join(' and '));
}

function countRows({ sql, mirror, deviceId, query }: Source, page: PageQuery) {
  const table = sql.unsafe(mirrorTable(mirror.mirror_table_name));
  const device = deviceId === null ? sql`true` : sql`t.device_id = ${deviceId}`;
  const rows = sql`from ${table} t where ${device}`;
  if (query.filter === null) return countOf(sql, rows, page);
  const { name, type, value } = query.filter;
  const column = sql.unsafe(`t.${quoteIdentifier(name)}`);
  const typed =
    type === 'bytea' ? sql`decode(${value}::text, 'base64')` : sql`${value}::text::${sql.unsafe(type)}`;
  return countOf(sql, sql`${rows} and ${column} = ${typed}`, page).catch(refuseBadValue);
}

/** A filter value or a cursor that does not cast to its column's type. */
function refuseBadValue(error: unknown): never {
  if (classifySqlError(error) !== 'data') throw error;
  throw new Refusal(
    400,
    'invalid_parameter',
    "The filter's value, or the cursor, does not fit the type of its column. Check the column's type in `columns`.",
  );
}
