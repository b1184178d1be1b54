// The list of lineages as a file, in its order and with its filter, read page by page.
import type { z } from 'zod';
import { exportLineagesInput, type Lineage } from '@/server/contract/governance';
import { requirePermission } from '../auth/permissions';
import { requireProject } from '../auth/project-scope';
import type { Ctx } from '../context/context';
import { parseInput } from '../errors/parse-input';
import { walkList } from '../paging/walk-list';
import { lineagesWhere } from './list-lineages';
import type { LineageViewRow } from './read-lineage';

/** Checks, then answers the pages; each lineage comes at most once. */
export async function exportLineages({
  ctx,
  projectId,
  input,
}: {
  ctx: Ctx;
  projectId: string;
  input: z.input<typeof exportLineagesInput>;
}): Promise<AsyncGenerator<Lineage[]>> {
  requirePermission(ctx, 'PROJECT_CAN_VIEW');
  const { format: _, ...filter } = parseInput(exportLineagesInput, input, 'query');
  const project = await requireProject(ctx, projectId);
  return walkList<LineageViewRow, Lineage>({
    sql: ctx.db.sql,
    ...(await lineagesWhere(ctx, project, filter)),
  });
}
