import type { ColumnAction } from '@/server/contract/governance';
import { rfc3339OrNull } from '@/server/db/time';
import { isUuid } from '@/server/lib/uuid';
import { requirePermission } from '../auth/permissions';
import { requireProject } from '../auth/project-scope';
import type { Ctx } from '../context/context';
import { notFound } from '../errors/errors';

export interface ReviewDraft {
  column_actions: ColumnAction[] | null;
  draft_at: string | null;
}

/** The unfinished decision of a review; null before the first save. */
export async function getDraft({
  ctx,
  projectId,
  reviewId,
}: {
  ctx: Ctx;
  projectId: string;
  reviewId: string;
}): Promise<ReviewDraft> {
  requirePermission(ctx, 'PROJECT_CAN_VIEW');
  const project = await requireProject(ctx, projectId);
  if (!isUuid(reviewId)) throw notFound('schema review', reviewId);
  const [row] = await ctx.db.sql<{ draft: ColumnAction[] | null; draft_at: string | null }[]>`
    select draft, draft_at from tidegate.schema_review
    where id = ${reviewId} and project_id = ${project.id} and org_id = ${project.orgId}`;
  if (row === undefined) throw notFound('schema review', reviewId);
  return { column_actions: row.draft, draft_at: rfc3339OrNull(row.draft_at) };
}
