import type { z } from 'zod';
import type { Page } from '@/server/contract/common';
import { listDevicesInput, type Device } from '@/server/contract/fleet';
import { containsPattern, idPattern } from '@/server/db/like';
import { requirePermission } from '../auth/permissions';
import { requireFleet, requireProject } from '../auth/project-scope';
import type { Ctx } from '../context/context';
import { parseInput } from '../errors/parse-input';
import { listPage } from '../paging/list-page';
import { deviceColumns, toDevice, type DeviceRow } from './device-row';

/** The devices of a project by name; with `fleetId`, or the filter of that name, those of one fleet. */
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
}): Promise<Page<Device>> {
  requirePermission(ctx, 'PROJECT_CAN_VIEW');
  const query = parseInput(listDevicesInput, input, 'query');
  const project = await requireProject(ctx, projectId);
  if (fleetId !== undefined) await requireFleet(ctx, project, fleetId);
  const { sql } = ctx.db;
  const idCondition = (q: string) => {
    const id = idPattern(q);
    return id === null ? sql`false` : sql`d.id::text like ${id}`;
  };
  return listPage<DeviceRow, Device>({
    db: ctx.db,
    page: query,
    columns: deviceColumns(sql),
    from: sql`tidegate.device d`,
    where: [
      sql`d.project_id = ${project.id}`,
      sql`d.org_id = ${project.orgId}`,
      ...[fleetId, query.fleet_id].flatMap((id) => (id === undefined ? [] : [sql`d.fleet_id = ${id}`])),
      ...(query.name === undefined ? [] : [sql`d.name = ${query.name}`]),
      ...(query.connected === undefined ? [] : [sql`d.connected = ${query.connected === 'true'}`]),
      ...(query.q === undefined
        ? []
        : [sql`(d.name ilike ${containsPattern(query.q)} or ${idCondition(query.q)})`]),
    ],
    order: {
      name: 'name',
      descending: false,
      keys: [
        { expression: sql`d.name`, type: 'text' },
        { expression: sql`d.id`, type: 'uuid' },
      ],
    },
    toItem: toDevice,
  });
}
