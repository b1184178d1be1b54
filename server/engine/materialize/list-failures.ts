import type { FailureGroup } from '@/server/contract/rows';
import { mayReadRows, requirePermission } from '../auth/permissions';
import { requireProject } from '../auth/project-scope';
import type { Ctx } from '../context/context';
import { requireLineage } from '../lineages/require-lineage';
import { readGroups, toFailureGroup } from './failure-group';

/** The failed rows of a lineage by column and kind of error, the largest group first. 404 `lineage_not_found`. */
export async function listFailures({
  ctx,
  projectId,
  lineageId,
}: {
  ctx: Ctx;
  projectId: string;
  lineageId: string;
}): Promise<FailureGroup[]> {
  requirePermission(ctx, 'PROJECT_CAN_VIEW');
  const project = await requireProject(ctx, projectId);
  const lineage = await requireLineage(ctx, project, lineageId);
  const groups = await readGroups(ctx.db.sql, lineage.id);
  return groups.map((group) => toFailureGroup(group, mayReadRows(ctx)));
}
