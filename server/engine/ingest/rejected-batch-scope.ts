// Which rejected batches a caller may see: those of the project, and, for administrators of the
// installation's first organisation, those that belong to no project (an unknown device's).
import type { Fragment } from 'postgres';
import type { ProjectScope } from '../auth/project-scope';
import type { Ctx } from '../context/context';

/** A condition on `tidegate.rejected_batch b`. */
export function rejectedBatchScope({ db: { sql }, permissions }: Ctx, project: ProjectScope): Fragment {
  const own = sql`(b.project_id = ${project.id} and b.org_id = ${project.orgId})`;
  if (!permissions.has('ORG_CAN_ADMIN')) return own;
  return sql`(${own} or (b.project_id is null and ${project.orgId} = (
    select o.id from tidegate.org o order by o.created_at, o.id limit 1)))`;
}
