// Removes a device with its cloud state: credentials, lineages, reviews, staged rows, controls. Mirror
// tables, rejected batches and events stay: they are the data and the audit log.
// Lock order (invariant 7): lineages before everything that hangs on them.
import type { Sql } from '@/server/db/client';
import { requirePermission } from '../auth/permissions';
import { requireFleet, requireProject } from '../auth/project-scope';
import { inTransaction, type Ctx } from '../context/context';
import { notFound } from '../errors/errors';
import { recordEvent } from '../events/record-event';
import { requireDevice } from './find-device';

export interface DeletedDevice {
  id: string;
  deleted_lineages: number;
  deleted_staged_rows: number;
}

/** Counts what went with the device. */
export async function deleteDevice({
  ctx,
  projectId,
  fleetId,
  deviceId,
}: {
  ctx: Ctx;
  projectId: string;
  fleetId: string;
  deviceId: string;
}): Promise<DeletedDevice> {
  requirePermission(ctx, 'PROJECT_CAN_MANAGE_DEVICES');
  const project = await requireProject(ctx, projectId);
  const fleet = await requireFleet(ctx, project, fleetId);
  const device = await requireDevice(ctx, project, deviceId, fleet.id);
  return inTransaction(ctx, async (tx) => {
    const { lineages, stagedRows } = await deleteCloudState(tx.db.sql, device.id);
    await recordEvent(tx, {
      kind: 'device.deleted',
      orgId: project.orgId,
      projectId: project.id,
      fleetId: fleet.id,
      deviceId: device.id,
      subject: { kind: 'device', id: device.id },
      data: { name: device.name, lineages, staged_rows: stagedRows },
    });
    return { id: device.id, deleted_lineages: lineages, deleted_staged_rows: stagedRows };
  });
}

async function deleteCloudState(
  sql: Sql,
  deviceId: string,
): Promise<{ lineages: number; stagedRows: number }> {
  await sql`select 1 from tidegate.lineage where device_id = ${deviceId} order by id for update`;
  // From here on no batch can start a new lineage for this device: its foreign key waits for us.
  const held = await sql`select 1 from tidegate.device where id = ${deviceId} for update`;
  if (held.length === 0) throw notFound('device', deviceId);
  const staged = await sql`
    delete from tidegate.staged_row
    where lineage_id in (select id from tidegate.lineage where device_id = ${deviceId})`;
  const lineages = await sql`delete from tidegate.lineage where device_id = ${deviceId}`;
  await sql`delete from tidegate.device where id = ${deviceId}`;
  return { lineages: lineages.count, stagedRows: staged.count };
}
