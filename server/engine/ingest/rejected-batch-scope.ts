// Which rejected batches a caller may see: those of the project, and, for administrators of the
// installation's first organisation, those that belong to no project (an unknown device's).
import type { Fragment } from 'postgres';
import { scopedProjectId, type ProjectScope } from '../auth/project-scope';
import type { Ctx } from '../context/context';

/** A condition on `tidegate.rejected_batch b`. */
export function rejectedBatchScope(ctx: Ctx, project: ProjectScope): Fragment {
  const { sql } = ctx.db;
  const own = sql`(b.project_id = ${project.id} and b.org_id = ${project.orgId})`;
  return seesUnknown(ctx) ? sql`(${own} or (${unknownIn(ctx, project)}))` : own;
}

/** The same as conditions on one side each: an index on the project answers one of them without the table. */
export function rejectedBatchScopes(ctx: Ctx, project: ProjectScope): [Fragment, ...Fragment[]] {
  const { sql } = ctx.db;
  const own = sql`b.project_id = ${scopedProjectId(sql, project)}`;
  return seesUnknown(ctx) ? [own, unknownIn(ctx, project)] : [own];
}

const seesUnknown = ({ permissions }: Ctx): boolean => permissions.has('ORG_CAN_ADMIN');

const unknownIn = ({ db: { sql } }: Ctx, { orgId }: ProjectScope): Fragment => sql`
  b.project_id is null and ${orgId} = (select o.id from tidegate.org o order by o.created_at, o.id limit 1)`;
