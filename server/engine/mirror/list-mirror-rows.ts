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
import { requirePermission } from '../auth/permissions';
import { requireProject } from '../auth/project-scope';
import type { Ctx } from '../context/context';
import { Refusal } from '../errors/errors';
import { parseInput } from '../errors/parse-input';
import { requireLineage } from '../lineages/require-lineage';
import { countUpTo } from '../paging/list-page';
import { decodeCursor, encodeCursor } from '../paging/cursor';
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
  return readMirrorRows(sql, mirror, lineage.device_id, page);
}

/** A page of a mirror's rows: of one device, or with null of all of them, by device and then by key. */
export async function readMirrorRows(
  sql: Sql,
  mirror: MirrorView,
  deviceId: string | null,
  page: ListMirrorRowsInput,
): Promise<MirrorRows & { meta: PageMeta }> {
  const query = checkMirrorQuery(mirror, page);
  const { rows, next } = await readRows(sql, mirror, deviceId, query, page);
  const count = await countRows(sql, mirror, deviceId, query);
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

async function readRows(
  sql: Sql,
  mirror: MirrorView,
  deviceId: string | null,
  query: MirrorQuery,
  page: PageQuery,
): Promise<{ rows: ReadRow[]; next: string | null }> {
  const order = orderColumns(mirror, query, deviceId);
  const name = `mirror ${query.descending ? '-' : ''}${query.sort?.name ?? ''}`;
  const parameters: (string | null)[] = [
    ...(deviceId === null ? [] : [deviceId]),
    ...(query.filter === null ? [] : [query.filter.value]),
  ];
  const scope = scopeCondition(query, deviceId);
  const branches =
    page.cursor === undefined
      ? ['true']
      : branchesAfter(order, page.cursor, name, query.descending, parameters);
  const sorted = `order by ${keysetOrder(order, query.descending) || 't.device_id'} limit ${page.limit + 1}`;
  const select = (branch: string, offset: number) => `
    select t.* from ${mirrorTable(mirror.mirror_table_name)} t
    where ${scope} and ${branch} ${sorted} offset ${offset}`;
  const offset = page.cursor === undefined ? (page.page - 1) * page.limit : 0;
  // As JSON: in an array, postgres.js reads NULL as the text "NULL".
  const text = `
    select t.device_id, t.created_at, t.updated_at,
      to_json(array[${query.columns.map((column) => shownExpression(column.name, column.type)).join(', ')}]::text[]) as cells,
      to_json(array[${order.map(asText).join(', ')}]::text[]) as position
    from (${branches.map((branch) => `(${select(branch, offset)})`).join(' union all ')}) t
    ${sorted}`;
  const read =
    branches.length === 0 ? [] : await sql.unsafe<ReadRow[]>(text, parameters).catch(refuseBadValue);
  const last = read[page.limit - 1];
  const next = read.length > page.limit && last !== undefined ? encodePosition(name, last.position) : null;
  return { rows: read.slice(0, page.limit), next };
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
  cursor: string,
  name: string,
  descending: boolean,
  parameters: (string | null)[],
): string[] {
  const position = decodeCursor(cursor, name, order.length).map((part) =>
    part.startsWith('=') ? part.slice(1) : null,
  );
  const first = parameters.length + 1;
  // Postgres must be told the type of every parameter, also of one that no branch uses.
  const used = position.map((_, i) => `$${first + i}::text is not distinct from $${first + i}::text`);
  parameters.push(...position);
  return keysetBranches(order, position, descending, first).map((branch) => [branch, ...used].join(' and '));
}

/** A value is marked, so that NULL and the empty text differ. */
const encodePosition = (name: string, position: ReadRow['position']): string =>
  encodeCursor(
    name,
    position.map((part) => (part === null ? '' : `=${part}`)),
  );

async function countRows(sql: Sql, mirror: MirrorView, deviceId: string | null, query: MirrorQuery) {
  const table = sql.unsafe(mirrorTable(mirror.mirror_table_name));
  const device = deviceId === null ? sql`true` : sql`t.device_id = ${deviceId}`;
  if (query.filter === null) return countUpTo(sql, sql`from ${table} t where ${device}`);
  const { name, type, value } = query.filter;
  const column = sql.unsafe(`t.${quoteIdentifier(name)}`);
  const typed =
    type === 'bytea' ? sql`decode(${value}::text, 'base64')` : sql`${value}::text::${sql.unsafe(type)}`;
  return countUpTo(sql, sql`from ${table} t where ${device} and ${column} = ${typed}`);
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
