import type { Project } from '@/server/contract/fleet';
import type { Page, PageQuery } from '@/server/contract/common';
import type { Ctx } from '../context/context';
import { listPage } from '../paging/list-page';
import { requirePermission } from './permissions';
import { toProject, type ProjectRow } from './project-row';

/** The projects of the organisation, by name. */
export async function listProjects({ ctx, input }: { ctx: Ctx; input: PageQuery }): Promise<Page<Project>> {
  requirePermission(ctx, 'PROJECT_CAN_VIEW');
  const { sql } = ctx.db;
  return listPage<ProjectRow, Project>({
    db: ctx.db,
    page: input,
    columns: sql`p.id, p.org_id, p.name, p.topic_slug, p.created_at`,
    from: sql`tidegate.project p`,
    where: [sql`p.org_id = ${ctx.orgId}`],
    order: {
      name: 'name',
      descending: false,
      keys: [
        { expression: sql`p.name`, type: 'text' },
        { expression: sql`p.id`, type: 'uuid' },
      ],
    },
    toItem: (row) =>
      toProject({
        id: row.id,
        org_id: row.org_id,
        name: row.name,
        topic_slug: row.topic_slug,
        created_at: row.created_at,
      }),
  });
}
