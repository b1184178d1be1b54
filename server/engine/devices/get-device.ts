import type { Device } from '@/server/contract/fleet';
import { requirePermission } from '../auth/permissions';
import { requireFleet, requireProject } from '../auth/project-scope';
import type { Ctx } from '../context/context';
import { toDevice } from './device-row';
import { requireDevice } from './find-device';

/** One device; with `fleetId`, only where it is in that fleet. */
export async function getDevice({
  ctx,
  projectId,
  fleetId,
  deviceId,
}: {
  ctx: Ctx;
  projectId: string;
  fleetId?: string;
  deviceId: string;
}): Promise<Device> {
  requirePermission(ctx, 'PROJECT_CAN_VIEW');
  const project = await requireProject(ctx, projectId);
  if (fleetId !== undefined) await requireFleet(ctx, project, fleetId);
  return toDevice(await requireDevice(ctx, project, deviceId, fleetId));
}
