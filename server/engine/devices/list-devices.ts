import type { z } from 'zod';
import type { Page } from '@/server/contract/common';
import {
  deviceCount,
  listDevicesInput,
  type DeviceCount,
  type ListDevicesInput,
  type ListedDevice,
} from '@/server/contract/fleet';
import type { Sql } from '@/server/db/client';
import { containsPattern, idPattern } from '@/server/db/like';
import { requirePermission } from '../auth/permissions';
import { requireFleet, requireProject } from '../auth/project-scope';
import type { Ctx } from '../context/context';
import { parseInput } from '../errors/parse-input';
import { listPage, type ListOrder, type OrderKey } from '../paging/list-page';
import { countedThings, figureColumns, type FigureColumns } from './device-figures';
import { deviceColumns, toDevice, type DeviceRow } from './device-row';
import { presenceCondition } from './presence';

const toListed = (row: DeviceRow & FigureColumns): ListedDevice => ({
  ...toDevice(row),
  fleet_name: row.fleet_name,
  lineage_count: row.lineage_count,
  paused_lineage_count: row.paused_lineage_count,
  rejected_batch_count: row.rejected_batch_count,
  pending_control_count: row.pending_control_count,
});

const isCount = (name: string): name is DeviceCount => (deviceCount.options as string[]).includes(name);

function orderOf(sql: Sql, sort: ListDevicesInput['sort']): ListOrder {
  const by: Record<string, OrderKey> = {
    name: { expression: sql`d.name`, type: 'text' },
    created_at: { expression: sql`d.created_at`, type: 'timestamptz' },
    last_seen_at: { expression: sql`coalesce(d.last_seen_at, '-infinity')`, type: 'timestamptz' },
  };
  const key = by[sort.replace('-', '')] ?? { expression: sql`coalesce(n.n, 0)`, type: 'bigint' };
  return {
    name: sort,
    descending: sort.startsWith('-'),
    keys: [key, { expression: sql`d.id`, type: 'uuid' }],
  };
}

/** The devices of a project; with `fleetId`, or the filter of that name, those of one fleet. */
export async function listDevices({
  ctx,
  projectId,
  fleetId,
  input,
}: {
  ctx: Ctx;
  projectId: string;
  fleetId?: string;
  input: z.input<typeof listDevicesInput>;
}): Promise<Page<ListedDevice>> {
  requirePermission(ctx, 'PROJECT_CAN_VIEW');
  const query = parseInput(listDevicesInput, input, 'query');
  const project = await requireProject(ctx, projectId);
  if (fleetId !== undefined) await requireFleet(ctx, project, fleetId);
  const { sql } = ctx.db;
  const idCondition = (q: string) => {
    const id = idPattern(q);
    return id === null ? sql`false` : sql`d.id::text like ${id}`;
  };
  const counted = query.sort.replace('-', '');
  const join = isCount(counted)
    ? sql`left join (
        select t.device_id, count(*) as n from (${countedThings(sql, project.id, counted)}) t group by t.device_id
      ) n on n.device_id = d.id`
    : sql``;
  return listPage<DeviceRow & FigureColumns, ListedDevice>({
    db: ctx.db,
    page: query,
    columns: sql`${deviceColumns(sql)}, ${figureColumns(sql)}`,
    from: sql`tidegate.device d ${join}`,
    where: [
      sql`d.project_id = ${project.id}`,
      sql`d.org_id = ${project.orgId}`,
      ...[fleetId, query.fleet_id].flatMap((id) => (id === undefined ? [] : [sql`d.fleet_id = ${id}`])),
      ...(query.name === undefined ? [] : [sql`d.name = ${query.name}`]),
      ...(query.connected === undefined ? [] : [sql`d.connected = ${query.connected === 'true'}`]),
      ...(query.presence === undefined ? [] : [presenceCondition(sql, query.presence, ctx.clock.now())]),
      ...(query.having === undefined ? [] : [sql`d.id in (${countedThings(sql, project.id, query.having)})`]),
      ...(query.q === undefined
        ? []
        : [sql`(d.name ilike ${containsPattern(query.q)} or ${idCondition(query.q)})`]),
    ],
    order: orderOf(sql, query.sort),
    toItem: toListed,
  });
}
