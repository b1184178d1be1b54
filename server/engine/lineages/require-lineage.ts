// One lineage inside the caller's scope, for reading; `lockLineage` is its counterpart for changing.
import { isUuid } from '@/server/lib/uuid';
import type { ProjectScope } from '../auth/project-scope';
import type { Ctx } from '../context/context';
import { notFound } from '../errors/errors';
import { lineageColumns, lineageFrom, type LineageViewRow } from './read-lineage';

/** The lineage, or 404 `lineage_not_found`. */
export async function requireLineage(
  { db: { sql } }: Ctx,
  project: ProjectScope,
  lineageId: string,
): Promise<LineageViewRow> {
  if (!isUuid(lineageId)) throw notFound('lineage', lineageId);
  const [row] = await sql<LineageViewRow[]>`
    select ${lineageColumns(sql)} from ${lineageFrom(sql)}
    where l.id = ${lineageId} and l.project_id = ${project.id} and l.org_id = ${project.orgId}`;
  if (row === undefined) throw notFound('lineage', lineageId);
  return row;
}
