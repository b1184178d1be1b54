import type { SchemaReview } from '@/server/contract/governance';
import { isUuid } from '@/server/lib/uuid';
import { requirePermission } from '../auth/permissions';
import { requireProject } from '../auth/project-scope';
import type { Ctx } from '../context/context';
import { notFound } from '../errors/errors';
import { reviewColumns, reviewFrom, toSchemaReview, type ReviewRow } from './review-row';

/** One review as the lists show it. 404 `schema_review_not_found`. */
export async function showReview({
  ctx,
  projectId,
  reviewId,
}: {
  ctx: Ctx;
  projectId: string;
  reviewId: string;
}): Promise<SchemaReview> {
  requirePermission(ctx, 'PROJECT_CAN_VIEW');
  const project = await requireProject(ctx, projectId);
  if (!isUuid(reviewId)) throw notFound('schema review', reviewId);
  const { sql } = ctx.db;
  const [row] = await sql<ReviewRow[]>`
    select ${reviewColumns(sql)} from ${reviewFrom(sql)}
    where r.id = ${reviewId} and r.project_id = ${project.id} and r.org_id = ${project.orgId}`;
  if (row === undefined) throw notFound('schema review', reviewId);
  return toSchemaReview(row);
}
