import type { Fragment } from 'postgres';
import type { z } from 'zod';
import type { Page } from '@/server/contract/common';
import { listReviewsInput, type ListReviewsInput, type SchemaReview } from '@/server/contract/governance';
import type { Sql } from '@/server/db/client';
import { containsPattern, hashPattern, idPattern } from '@/server/db/like';
import { requirePermission } from '../auth/permissions';
import { requireProject } from '../auth/project-scope';
import type { Ctx } from '../context/context';
import { requireDeviceId } from '../devices/find-device';
import { parseInput } from '../errors/parse-input';
import { join, listPage, type ListOrder } from '../paging/list-page';
import { reviewColumns, reviewFrom, toSchemaReview, type ReviewRow } from './review-row';

/** The review queue of a project, the longest waiting first unless asked otherwise. */
export async function listReviews({
  ctx,
  projectId,
  input,
}: {
  ctx: Ctx;
  projectId: string;
  input: z.input<typeof listReviewsInput>;
}): Promise<Page<SchemaReview>> {
  requirePermission(ctx, 'PROJECT_CAN_VIEW');
  const query = parseInput(listReviewsInput, input, 'query');
  const project = await requireProject(ctx, projectId);
  const deviceId =
    query.device_id === undefined ? undefined : await requireDeviceId(ctx, project, query.device_id);
  const { sql } = ctx.db;
  return listPage<ReviewRow, SchemaReview>({
    db: ctx.db,
    page: query,
    columns: reviewColumns(sql),
    from: reviewFrom(sql),
    walked: sql`tidegate.schema_review r`,
    where: [
      sql`r.project_id = ${project.id}`,
      sql`r.org_id = ${project.orgId}`,
      ...(deviceId === undefined ? [] : [sql`r.device_id = ${deviceId}`]),
      ...filters(sql, query),
      ...(query.q === undefined ? [] : await search(sql, project.id, query.q)),
    ],
    order: orderOf(sql, query.sort),
    toItem: toSchemaReview,
  });
}

function statusFilter(sql: Sql, status: ListReviewsInput['status']): Fragment[] {
  if (status === undefined) return [];
  return [status === 'open' ? sql`r.status in ('queued', 'in_review')` : sql`r.status = ${status}`];
}

function filters(sql: Sql, query: ListReviewsInput): Fragment[] {
  const { status, lineage_id, fleet_id, source_table, schema_hash, classification, claimed_by } = query;
  return [
    ...statusFilter(sql, status),
    ...(lineage_id === undefined ? [] : [sql`r.lineage_id = ${lineage_id}`]),
    ...(fleet_id === undefined ? [] : [sql`r.fleet_id = ${fleet_id}`]),
    ...(source_table === undefined ? [] : [sql`r.source_table = ${source_table}`]),
    ...(schema_hash === undefined ? [] : [sql`r.schema_hash = ${schema_hash}`]),
    ...(classification === undefined ? [] : [sql`r.classification = ${classification}`]),
    ...(claimed_by === undefined ? [] : [sql`r.claimed_by = ${claimed_by}`]),
  ];
}

/** Names of devices are looked through once, not once a review. */
async function search(sql: Sql, projectId: string, q: string): Promise<Fragment[]> {
  const [pattern, id, hash] = [containsPattern(q), idPattern(q), hashPattern(q)];
  const devices = await sql<{ id: string }[]>`
    select id from tidegate.device where project_id = ${projectId} and name ilike ${pattern}`;
  const found = [
    sql`r.source_table ilike ${pattern}`,
    sql`r.device_id = any(${devices.map((d) => d.id)}::uuid[])`,
    ...(hash === null ? [] : [sql`r.schema_hash like ${hash}`]),
    ...(id === null ? [] : [sql`r.id::text like ${id}`]),
  ];
  return [sql`(${join(sql, found, sql` or `)})`];
}

function orderOf(sql: Sql, sort: ListReviewsInput['sort']): ListOrder {
  const id = { expression: sql`r.id`, type: 'uuid' } as const;
  const by = sort.endsWith('source_table')
    ? ({ expression: sql`r.source_table`, type: 'text' } as const)
    : ({ expression: sql`r.created_at`, type: 'timestamptz' } as const);
  return { name: sort, descending: sort.startsWith('-'), keys: [by, id] };
}
