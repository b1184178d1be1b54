import type { Fragment } from 'postgres';
import type { z } from 'zod';
import type { Page } from '@/server/contract/common';
import { listLineagesInput, type Lineage, type LineageFilter } from '@/server/contract/governance';
import type { Sql } from '@/server/db/client';
import { containsPattern, idPattern } from '@/server/db/like';
import { requirePermission } from '../auth/permissions';
import { requireProject, scopedProjectId, type ProjectScope } from '../auth/project-scope';
import type { Ctx } from '../context/context';
import { requireDeviceId } from '../devices/find-device';
import { parseInput } from '../errors/parse-input';
import { listPage, type ListOrder, type OrderKey } from '../paging/list-page';
import { lineageColumns, lineageFrom, toLineage, type LineageViewRow } from './read-lineage';

/** The lineages of a project. A device is named by its UUID; a name is refused with the UUID it has. */
export async function listLineages({
  ctx,
  projectId,
  input,
}: {
  ctx: Ctx;
  projectId: string;
  input: z.input<typeof listLineagesInput>;
}): Promise<Page<Lineage>> {
  requirePermission(ctx, 'PROJECT_CAN_VIEW');
  const query = parseInput(listLineagesInput, input, 'query');
  const project = await requireProject(ctx, projectId);
  return listPage<LineageViewRow, Lineage>({
    db: ctx.db,
    page: query,
    ...(await lineagesWhere(ctx, project, query)),
  });
}

/** Which lineages a filter means, in which order, and what is read of each. */
export async function lineagesWhere(ctx: Ctx, project: ProjectScope, filter: LineageFilter) {
  const { sql } = ctx.db;
  const { device_id: device, sort } = filter;
  const deviceId = device === undefined ? undefined : await requireDeviceId(ctx, project, device);
  const isByDevice = sort.endsWith('device_name');
  const narrowed = [
    ...(await narrowing(ctx, project, { ...filter, device_id: deviceId })),
    // Few have failed, and an index has those alone.
    ...(sort.endsWith('last_error_at') ? [sql`l.last_error_at is not null`] : []),
  ];
  return {
    columns: lineageColumns(sql),
    from: lineageFrom(sql),
    ...(isByDevice
      ? {}
      : {
          walked: sql`tidegate.lineage l`,
          skipped: [sql`l.project_id = ${scopedProjectId(sql, project)}`, ...narrowed],
        }),
    where: [
      ...scopeOf(sql, project),
      ...narrowed,
      // The device's own index then has them in the order of its name.
      ...(isByDevice ? [sql`d.project_id = ${project.id}`] : []),
    ],
    order: orderOf(sql, sort),
    toItem: toLineage,
  };
}

/** What narrows a list of lineages. */
export type LineageConditions = Omit<LineageFilter, 'sort'>;

/** The conditions of `filter` on lineages `l`, the scope of the tenant among them (invariant 10). */
export async function lineageConditions(
  ctx: Ctx,
  project: ProjectScope,
  filter: LineageConditions,
): Promise<Fragment[]> {
  return [...scopeOf(ctx.db.sql, project), ...(await narrowing(ctx, project, filter))];
}

const scopeOf = (sql: Sql, project: ProjectScope): Fragment[] => [
  sql`l.project_id = ${project.id}`,
  sql`l.org_id = ${project.orgId}`,
];

async function narrowing(
  { db: { sql } }: Ctx,
  project: ProjectScope,
  filter: LineageConditions,
): Promise<Fragment[]> {
  const { device_id, q } = filter;
  return [
    ...(device_id === undefined ? [] : [sql`l.device_id = ${device_id}`]),
    ...filters(sql, filter),
    ...(q === undefined ? [] : await search(sql, project.id, q)),
  ];
}

function filters(sql: Sql, query: LineageConditions): Fragment[] {
  const { fleet_id, status, pause_cause, source_table, failing } = query;
  const paused = sql`exists (select from tidegate.pause_cause p where p.lineage_id = l.id)`;
  return [
    ...(fleet_id === undefined ? [] : [sql`l.fleet_id = ${fleet_id}`]),
    ...(status === undefined ? [] : [status === 'paused' ? paused : sql`not ${paused}`]),
    ...(pause_cause === undefined
      ? []
      : [
          sql`exists (select from tidegate.pause_cause p
                      where p.lineage_id = l.id and p.cause = ${pause_cause})`,
        ]),
    ...(source_table === undefined ? [] : [sql`l.source_table = ${source_table}`]),
    ...(failing === undefined ? [] : [sql`l.last_error is not null`]),
  ];
}

/**
 * What `q` finds: it is compared with each name once, not with each lineage's. There are far fewer names of
 * tables and devices than lineages.
 */
async function search(sql: Sql, projectId: string, q: string): Promise<Fragment[]> {
  const pattern = containsPattern(q);
  const [tables, devices] = await Promise.all([
    sql<{ name: string }[]>`
      with recursive tables as (
        (select source_table as name from tidegate.lineage where project_id = ${projectId}
         order by source_table limit 1)
        union all
        select (select l.source_table from tidegate.lineage l where l.project_id = ${projectId}
                  and l.source_table > t.name order by l.source_table limit 1)
        from tables t where t.name is not null)
      select name from tables where name ilike ${pattern}`,
    sql<{ id: string }[]>`
      select id from tidegate.device where project_id = ${projectId} and name ilike ${pattern}`,
  ]);
  const named = sql`l.source_table = any(${tables.map(({ name }) => name)}::text[])
    or l.device_id = any(${devices.map(({ id }) => id)}::uuid[])`;
  const id = idPattern(q);
  // In an array: a fragment is a promise too, and a function that gave one back would send it as a statement.
  return [id === null ? sql`(${named})` : sql`(${named} or l.id::text like ${id})`];
}

function orderOf(sql: Sql, sort: LineageFilter['sort']): ListOrder {
  const descending = sort.startsWith('-');
  const by: Record<string, OrderKey> = {
    last_batch_at: { expression: sql`l.last_batch_at`, type: 'timestamptz' },
    source_table: { expression: sql`l.source_table`, type: 'text' },
    device_name: { expression: sql`d.name`, type: 'text' },
    staged_row_count: { expression: sql`l.staged_rows`, type: 'bigint' },
    last_error_at: { expression: sql`l.last_error_at`, type: 'timestamptz' },
  };
  const key = by[sort.replace('-', '')];
  const id: OrderKey = { expression: sql`l.id`, type: 'uuid' };
  return { name: sort, descending, keys: key === undefined ? [id] : [key, id] };
}
