// Finds one device inside the caller's scope. People know a device by its name and APIs by its UUID: the
// wrong one of the two is answered with the right one.
import { isUuid } from '@/server/lib/uuid';
import type { ProjectScope } from '../auth/project-scope';
import type { Ctx } from '../context/context';
import { notFound, Refusal } from '../errors/errors';
import { deviceColumns, type DeviceRow } from './device-row';

/** The device, or 404 `device_not_found`; 400 `device_id_is_a_name` with the UUID where a name was given. */
export async function requireDevice(
  ctx: Ctx,
  project: ProjectScope,
  deviceId: string,
  fleetId?: string,
): Promise<DeviceRow> {
  const id = await requireDeviceId(ctx, project, deviceId);
  const { sql } = ctx.db;
  const [row] = await sql<DeviceRow[]>`
    select ${deviceColumns(sql)} from tidegate.device d
    where d.id = ${id} and d.project_id = ${project.id} and d.org_id = ${project.orgId}
      and (${fleetId ?? null}::text is null or d.fleet_id::text = lower(${fleetId ?? null}::text))`;
  if (row === undefined) throw notFound('device', deviceId);
  return row;
}

/**
 * `given` where it is a UUID. A name is refused with 400 and the UUID it has; what is neither, with 404.
 * A UUID is not looked up: a filter by an unknown device simply finds nothing.
 */
export async function requireDeviceId({ db }: Ctx, project: ProjectScope, given: string): Promise<string> {
  if (isUuid(given)) return given;
  const [named] = await db.sql<{ id: string }[]>`
    select id from tidegate.device
    where project_id = ${project.id} and org_id = ${project.orgId} and name = ${given.replaceAll('\0', '')}`;
  if (named === undefined) throw notFound('device', given);
  throw new Refusal(
    400,
    'device_id_is_a_name',
    `"${given}" is a device's name; the API knows devices by UUID. This one is ${named.id}.`,
    { data: { device_id: named.id } },
  );
}

/**
 * Holds the device until the transaction ends; 404 where it was deleted since it was found. Without it, what is
 * then written for the device meets its foreign key, which is a fault and no answer.
 */
export async function holdDevice({ db }: Ctx, deviceId: string): Promise<void> {
  const held = await db.sql`select 1 from tidegate.device where id = ${deviceId} for key share`;
  if (held.length === 0) throw notFound('device', deviceId);
}
