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
  'id' | 'project_id' | 'fleet_id' | 'device_id' | 'source_table' | 'staged_rows' | 'staged_bytes'
>;

const inScope = ({ db: { sql } }: Ctx, project: ProjectScope, lineageId: string): Fragment =>
  sql`where l.id = ${lineageId} and l.project_id = ${project.id} and l.org_id = ${project.orgId}`;

/** The lineage, or 404 `lineage_not_found`. */
export async function requireLineage(
  ctx: Ctx,
  project: ProjectScope,
  lineageId: string,
): Promise<LineageScope> {
  if (!isUuid(lineageId)) throw notFound('lineage', lineageId);
  const [row] = await ctx.db.sql<LineageScope[]>`
    select l.id, l.project_id, l.fleet_id, l.device_id, l.source_table, l.staged_rows, l.staged_bytes
    from tidegate.lineage l ${inScope(ctx, project, lineageId)}`;
  if (row === undefined) throw notFound('lineage', lineageId);
  return row;
}

/** The lineage as people see it, with its rate, causes and controls, or 404 `lineage_not_found`. */
export async function requireLineageView(
  ctx: Ctx,
  project: ProjectScope,
  lineageId: string,
): Promise<LineageViewRow> {
  if (!isUuid(lineageId)) throw notFound('lineage', lineageId);
  const [row] = await ctx.db.sql<LineageViewRow[]>`
    select ${lineageColumns(ctx.db.sql)} from ${lineageFrom(ctx.db.sql)} ${inScope(ctx, project, lineageId)}`;
  if (row === undefined) throw notFound('lineage', lineageId);
  return row;
}
