// One lineage inside the caller's scope, for reading; `lockLineage` is its counterpart for changing.
import type { Fragment } from 'postgres';
import { isUuid } from '@/server/lib/uuid';
import type { ProjectScope } from '../auth/project-scope';
import type { Ctx } from '../context/context';
import { notFound } from '../errors/errors';
import { lineageColumns, lineageFrom, type LineageViewRow } from './read-lineage';

/** What reading a lineage's rows or numbers needs of it: one row by its key. */
export type LineageScope = Pick<
  LineageViewRow,
  | 'id'
  | 'project_id'
  | 'fleet_id'
  | 'device_id'
  | 'source_table'
  | 'staged_rows'
  | 'staged_bytes'
  | 'created_at'
>;

async function requireRow<R extends object>(
  { db: { sql } }: Ctx,
  project: ProjectScope,
  lineageId: string,
  select: Fragment,
): Promise<R> {
  if (!isUuid(lineageId)) throw notFound('lineage', lineageId);
  const [row] = await sql<R[]>`
    ${select} where l.id = ${lineageId} and l.project_id = ${project.id} and l.org_id = ${project.orgId}`;
  if (row === undefined) throw notFound('lineage', lineageId);
  return row as R;
}

/** The lineage, or 404 `lineage_not_found`. */
export const requireLineage = (ctx: Ctx, project: ProjectScope, lineageId: string): Promise<LineageScope> =>
  requireRow(
    ctx,
    project,
    lineageId,
    ctx.db.sql`
      select l.id, l.project_id, l.fleet_id, l.device_id, l.source_table, l.staged_rows, l.staged_bytes,
        l.created_at
      from tidegate.lineage l`,
  );

/** The lineage as people see it, with its rate, causes and controls, or 404 `lineage_not_found`. */
export const requireLineageView = (
  ctx: Ctx,
  project: ProjectScope,
  lineageId: string,
): Promise<LineageViewRow> =>
  requireRow(
    ctx,
    project,
    lineageId,
    ctx.db.sql`select ${lineageColumns(ctx.db.sql)} from ${lineageFrom(ctx.db.sql)}`,
  );
