// Makes a data point that columns can be mapped to.
import type { z } from 'zod';
import { createDataPointInput, type CreatedDataPoint } from '@/server/contract/telemetry';
import { sqlState } from '@/server/db/sqlstate';
import { requirePermission } from '../auth/permissions';
import { requireProject } from '../auth/project-scope';
import { inTransaction, type Ctx } from '../context/context';
import { holdDevice, requireDevice } from '../devices/find-device';
import { conflict } from '../errors/errors';
import { parseInput } from '../errors/parse-input';
import { insertDataPoint } from './data-points';

const UNIQUE_VIOLATION = '23505';

/** 409 `data_point_name_taken` where the device has one of this name. */
export async function createDataPoint(args: {
  ctx: Ctx;
  projectId: string;
  deviceId: string;
  input: z.input<typeof createDataPointInput>;
}): Promise<CreatedDataPoint> {
  requirePermission(args.ctx, 'PROJECT_CAN_MANAGE_DEVICES');
  const { name, value_type: valueType, unit } = parseInput(createDataPointInput, args.input, 'body');
  const project = await requireProject(args.ctx, args.projectId);
  const device = await requireDevice(args.ctx, project, args.deviceId);
  const place = {
    orgId: project.orgId,
    projectId: project.id,
    fleetId: device.fleet_id,
    deviceId: device.id,
  };
  const created = args.ctx.clock.now().toISOString();
  const id = await inTransaction(args.ctx, async (ctx) => {
    await holdDevice(ctx, device.id);
    return insertDataPoint(ctx, place, { name, valueType, unit });
  }).catch((error: unknown) => {
    if (sqlState(error) !== UNIQUE_VIOLATION) throw error;
    throw conflict('data_point_name_taken', `This device has a data point "${name}". Choose another name.`);
  });
  return { id, device_id: device.id, name, value_type: valueType, unit, latest: null, created_at: created };
}
