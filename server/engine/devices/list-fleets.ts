import type { z } from 'zod';
import type { Page } from '@/server/contract/common';
import { listFleetsInput, type Fleet } from '@/server/contract/fleet';
import { requirePermission } from '../auth/permissions';
import { requireProject } from '../auth/project-scope';
import type { Ctx } from '../context/context';
import { parseInput } from '../errors/parse-input';
import { listPage } from '../paging/list-page';
import { fleetColumns, toFleet, type FleetRow } from './fleet-row';

/** The fleets of a project, by name. */
export async function listFleets({
  ctx,
  projectId,
  input,
}: {
  ctx: Ctx;
  projectId: string;
  input: z.input<typeof listFleetsInput>;
}): Promise<Page<Fleet>> {
  requirePermission(ctx, 'PROJECT_CAN_VIEW');
  const query = parseInput(listFleetsInput, input, 'query');
  const project = await requireProject(ctx, projectId);
  const { sql } = ctx.db;
  return listPage<FleetRow, Fleet>({
    db: ctx.db,
    page: query,
    columns: fleetColumns(sql, ctx.clock.now()),
    from: sql`tidegate.fleet f`,
    where: [sql`f.project_id = ${project.id}`],
    order: {
      name: 'name',
      descending: false,
      keys: [
        { expression: sql`f.name`, type: 'text' },
        { expression: sql`f.id`, type: 'uuid' },
      ],
    },
    toItem: toFleet,
  });
}
