import type { Policy } from '@/server/contract/fleet';
import { requirePermission } from '../auth/permissions';
import { requireFleet, requireProject } from '../auth/project-scope';
import type { Ctx } from '../context/context';
import { effectivePolicy } from './effective-policy';

/** The effective policy of a project, or of one of its fleets. */
export async function getPolicy({
  ctx,
  projectId,
  fleetId,
}: {
  ctx: Ctx;
  projectId: string;
  fleetId?: string;
}): Promise<Policy> {
  requirePermission(ctx, 'PROJECT_CAN_VIEW');
  const project = await requireProject(ctx, projectId);
  const fleet = fleetId === undefined ? null : await requireFleet(ctx, project, fleetId);
  const { fields, origins } = await effectivePolicy(ctx.db, {
    projectId: project.id,
    fleetId: fleet?.id ?? null,
  });
  return { ...fields, origins };
}
