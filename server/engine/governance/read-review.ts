// One review in the shape that every caller sees.
import type { SchemaReview } from '@/server/contract/governance';
import type { Ctx } from '../context/context';
import { notFound } from '../errors/errors';
import { reviewColumns, reviewFrom, toSchemaReview, type ReviewRow } from './review-row';

/** Throws 404 where the caller's organisation has no such review in the project. */
export async function readReview(ctx: Ctx, projectId: string, reviewId: string): Promise<SchemaReview> {
  const { sql } = ctx.db;
  const [row] = await sql<ReviewRow[]>`
    select ${reviewColumns(sql)} from ${reviewFrom(sql)}
    where r.id = ${reviewId} and r.project_id = ${projectId} ${ctx.orgId === null ? sql`` : sql`and r.org_id = ${ctx.orgId}`}`;
  if (row === undefined) throw notFound('schema review', reviewId);
  return toSchemaReview(row);
}
