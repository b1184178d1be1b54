// Takes the demo's devices out of a project, each as an operator would delete it: their agents and writers end by
// themselves. A device a transaction: one that fails leaves the others gone, and a second try takes up what is left.
import { requirePermission } from '../auth/permissions';
import { requireProject } from '../auth/project-scope';
import type { Ctx } from '../context/context';
import { deleteDevice } from './delete-device';

export interface RemovedDemo {
  devices: number;
  lineages: number;
  staged_rows: number;
}

/** Counts what went. Mirror tables, rejected batches and events stay, as with every device. */
export async function removeDemo({ ctx, projectId }: { ctx: Ctx; projectId: string }): Promise<RemovedDemo> {
  requirePermission(ctx, 'PROJECT_CAN_MANAGE_DEVICES');
  const project = await requireProject(ctx, projectId);
  const demo = await ctx.db.sql<{ id: string; fleet_id: string }[]>`
    select id, fleet_id from tidegate.device
    where project_id = ${project.id} and org_id = ${project.orgId} and is_demo order by name`;
  const removed: RemovedDemo = { devices: 0, lineages: 0, staged_rows: 0 };
  for (const { id, fleet_id: fleetId } of demo) {
    const gone = await deleteDevice({ ctx, projectId: project.id, fleetId, deviceId: id });
    removed.devices += 1;
    removed.lineages += gone.deleted_lineages;
    removed.staged_rows += gone.deleted_staged_rows;
  }
  return removed;
}
