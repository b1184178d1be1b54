// The rows of a mirror: through a lineage only its own device's, also where many devices share the table.
import type { z } from 'zod';
import { pageMetaOf, type PageMeta } from '@/server/contract/common';
import {
  listMirrorRowsInput,
  type ListMirrorRowsInput,
  type MirrorRow,
  type MirrorRows,
} from '@/server/contract/rows';
import type { Db } from '@/server/db/client';
import { mirrorTable } from '@/server/db/identifier';
import { rfc3339 } from '@/server/db/time';
import type { Clock } from '@/server/lib/clock';
import { requirePermission } from '../auth/permissions';
import { requireProject } from '../auth/project-scope';
import type { Ctx } from '../context/context';
import { Refusal } from '../errors/errors';
import { parseInput } from '../errors/parse-input';
import { requireLineage } from '../lineages/require-lineage';
import { keyBefore } from '../paging/bookmarks';
import { boundedRead } from '../paging/bounded-read';
import { invalidCursor } from '../paging/cursor';
import { countText } from '../paging/list-page';
import { parseKey } from '../paging/row-conditions';
import { cursorAt, nextCursor, startOfCursor, type Start } from './mirror-cursor';
import { checkMirrorQuery, type MirrorQuery } from './mirror-query';
import {
  isIndexedFilter,
  isKeyOrder,
  keyAfter,
  orderColumns,
  readRows,
  refuseBadValue,
  scopeOf,
  type MirrorSource,
  type ReadRow,
} from './mirror-select';
import { mirrorOfLineage, type MirrorView } from './read-mirror';
import { showCell, type ShownValue } from './show-cell';

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
  const { mirror, deviceId } = await requireMirrorOf(ctx, projectId, lineageId);
  return readMirrorRows(ctx, mirror, deviceId, page);
}

/** The mirror of a lineage in the caller's scope. 404 `edge_mirror_not_provisioned` where there is none. */
export async function requireMirrorOf(
  ctx: Ctx,
  projectId: string,
  lineageId: string,
): Promise<{ mirror: MirrorView; deviceId: string; fleetId: string }> {
  const project = await requireProject(ctx, projectId);
  const lineage = await requireLineage(ctx, project, lineageId);
  const mirror = await mirrorOfLineage(ctx.db.sql, lineage.id);
  if (mirror === null) {
    throw new Refusal(
      404,
      'edge_mirror_not_provisioned',
      'This lineage has no mirror table yet: its schema has not been approved. Approve its review first; until then its rows are staged.',
    );
  }
  return { mirror, deviceId: lineage.device_id, fleetId: lineage.fleet_id };
}

/** A page of a mirror's rows: of one device, or with null of all of them, by device and then by key. */
export async function readMirrorRows(
  { db, clock }: Pick<Ctx, 'db' | 'clock'>,
  mirror: MirrorView,
  deviceId: string | null,
  page: ListMirrorRowsInput,
): Promise<MirrorRows & { meta: PageMeta }> {
  const source: MirrorSource = { sql: db.sql, mirror, deviceId, query: checkMirrorQuery(mirror, page) };
  const [read, count] = await Promise.all([
    boundedRead(db, (tx) => readPage({ ...source, sql: tx.sql }, page, clock)),
    countRows(db, source, page),
  ]);
  return {
    mirror_table_name: mirror.mirror_table_name,
    source: mirror.source,
    columns: source.query.columns,
    key_columns: mirror.keyColumnNames,
    by_index: { sort: isKeyOrder(source), filter: isIndexedFilter(source) },
    rows: read.rows.map((row) => toMirrorRow(row, source.query)),
    meta: {
      ...pageMetaOf(page, count.total, read.next, count.estimated),
      previous_cursor: read.previous,
    },
  };
}

/** The contract's shape of a row. */
export const toMirrorRow = (
  { device_id, created_at, updated_at, cells, key }: ReadRow,
  query: MirrorQuery,
): MirrorRow => ({
  device_id,
  materialized_at: { created_at: rfc3339(created_at), updated_at: rfc3339(updated_at) },
  key,
  data: Object.fromEntries(
    query.columns.map(({ name, type }, i): [string, ShownValue] => [name, showCell(cells[i] ?? null, type)]),
  ),
});

/** Up to here rows are simply skipped. */
const SKIPPED_MAX = 200;

interface ReadPage {
  rows: ReadRow[];
  next: string | null;
  previous: string | null;
}

async function readPage(source: MirrorSource, page: ListMirrorRowsInput, clock: Clock): Promise<ReadPage> {
  const { query } = source;
  const backward = page.direction === 'backward';
  const asked = askedStart(source, page);
  const start = backward ? asked : await nearStart(source, asked, clock);
  const turned = backward ? { ...source, query: { ...query, descending: !query.descending } } : source;
  const read = start === null ? [] : await readRows(turned, start, page.limit + 1);
  const shown = read.slice(0, page.limit);
  const last = read.length > page.limit ? shown.at(-1) : undefined;
  const isAtEnd = page.cursor === undefined && page.seek === undefined && (backward || page.page === 1);
  const [first] = shown;
  // Of a key that no cursor can hold there is no way back.
  const back = isAtEnd || first === undefined ? null : cursorAt(query, first.position);
  if (backward) {
    const onward = last === undefined ? null : cursorAt(query, last.position);
    return { rows: shown.reverse(), next: back, previous: onward };
  }
  const onward =
    last === undefined ? null : nextCursor(query, last.position, after(asked, first, page.limit));
  return { rows: shown, next: onward, previous: back };
}

/** The start `rows` rows after `start`; the row that was gone to counts as the first. */
const after = (start: Start, first: ReadRow | undefined, rows: number): Start => {
  const isFirst =
    start.isInclusive === true && JSON.stringify(first?.position) === JSON.stringify(start.after);
  return { after: start.after, offset: start.offset + rows - (isFirst ? 1 : 0) };
};

function askedStart(
  source: MirrorSource,
  { cursor, seek, page, limit, direction }: ListMirrorRowsInput,
): Start {
  if (cursor === undefined) {
    if (seek !== undefined) return { after: soughtKey(source, seek), offset: 0, isInclusive: true };
    return { after: null, offset: direction === 'backward' ? 0 : (page - 1) * limit };
  }
  const start = startOfCursor(cursor, source.query, orderColumns(source).length);
  // A cursor that counts rows leads one way only.
  if (direction === 'backward' && (start.offset > 0 || start.after === null)) throw invalidCursor();
  return start;
}

/** The same start from a key near by, where that is cheaper; null where the list ends before it. */
async function nearStart(source: MirrorSource, start: Start, clock: Clock): Promise<Start | null> {
  const { mirror, query, deviceId } = source;
  // In an order that no index has, every hop would sort the whole table again.
  if (start.after !== null || start.offset <= SKIPPED_MAX || !isKeyOrder(source)) return start;
  const list = JSON.stringify([
    query.descending,
    query.sort?.name ?? null,
    mirror.mirror_table_name,
    deviceId,
    query.conditions,
  ]);
  const near = await keyBefore({ list, clock }, start.offset, (key, rows) => keyAfter(source, key, rows));
  return near === null ? null : { after: near, offset: 0 };
}

function soughtKey(source: MirrorSource, seek: string): (string | null)[] {
  const key = parseKey('seek', seek);
  const refuse = (detail: string) => new Refusal(400, 'invalid_parameter', detail);
  if (!isKeyOrder(source))
    throw refuse('A key is found in the order of the key: leave "sort" out, or sort by its first column.');
  const columns = orderColumns(source);
  if (key.length > columns.length)
    throw refuse(`"seek" has ${key.length} values, the key has ${columns.length} columns.`);
  return key;
}

/** A count that takes too long is the planner's estimate. */
async function countRows(db: Db, source: MirrorSource, page: ListMirrorRowsInput) {
  const { text, parameters } = scopeOf(source);
  const rows = { text: `from ${mirrorTable(source.mirror.mirror_table_name)} t where ${text}`, parameters };
  const estimate = { total: 'estimate' } as const;
  try {
    return await boundedRead(db, ({ sql }) => countText(sql, rows, page).catch(refuseBadValue));
  } catch (error) {
    if (error instanceof Refusal && error.code === 'query_too_slow' && page.total !== 'exact')
      return countText(db.sql, rows, estimate);
    throw error;
  }
}
