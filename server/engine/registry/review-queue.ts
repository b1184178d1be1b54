// One queue for both kinds of reviews: an operator who looked only at the devices' would leave those waiting for which
// the most devices wait. Filters and order are asked of both tables by their own indexes; what a row shows besides is
// joined for the page's rows alone.
import type { Fragment } from 'postgres';
import type { z } from 'zod';
import type { Page } from '@/server/contract/common';
import {
  listReviewQueueInput,
  type ListReviewQueueInput,
  type QueuedReview,
  type ReviewFilter,
} from '@/server/contract/review-queue';
import type { Sql } from '@/server/db/client';
import { containsPattern, hashPattern, idPattern } from '@/server/db/like';
import { rfc3339, rfc3339OrNull } from '@/server/db/time';
import { requirePermission } from '../auth/permissions';
import { requireProject, type ProjectScope } from '../auth/project-scope';
import type { Ctx } from '../context/context';
import { parseInput } from '../errors/parse-input';
import { registryReviewInstead } from '../governance/review-row';
import { join, listPage, type ListOrder } from '../paging/list-page';

/** Every review of either kind, as `r`. */
export const queueRows = (sql: Sql): Fragment => sql`(
  select 'device' as kind, id, org_id, project_id, fleet_id, source_table, schema_hash, classification, reasons,
    status, action_version, claimed_by, claimed_at, created_at, updated_at, device_id, lineage_id,
    schema_version_id, null::uuid as registry_id, null::text as scope
  from tidegate.schema_review
  union all
  select 'registry', id, org_id, project_id, fleet_id, source_table, schema_hash, classification, reasons,
    status, action_version, claimed_by, claimed_at, created_at, updated_at, null, null, null, registry_id, scope
  from tidegate.registry_review) r`;

/** What a row shows besides: names, and what waits. */
const queueJoins = (sql: Sql): Fragment => sql`
  left join tidegate.device d on d.id = r.device_id
  left join tidegate.fleet f on f.id = r.fleet_id
  left join tidegate.app_user u on u.id = r.claimed_by
  left join tidegate.schema_version v on v.id = r.schema_version_id
  left join tidegate.registry_entry e on e.id = r.registry_id
  left join lateral (
    select count(*) as lineages, coalesce(sum(x.staged_rows), 0) as staged_rows
    from tidegate.schema_version x
    where x.registry_entry_id = r.registry_id and x.status in ('pending', 'rejected')
      and r.status in ('queued', 'in_review', 'rejected')) w on r.registry_id is not null`;

interface QueueRow extends Omit<QueuedReview, 'staged_row_count' | 'waiting_lineages'> {
  staged_rows: string | null;
  waiting_lineages: string | null;
}

const queueColumns = (sql: Sql): Fragment => sql`
  r.kind, r.id, r.source_table, r.schema_hash, r.classification, coalesce(v.verified, e.verified) as verified,
  r.reasons, r.status, r.action_version, r.claimed_by, u.name as claimed_by_name, r.claimed_at,
  coalesce(v.staged_rows, w.staged_rows) as staged_rows,
  case when r.kind = 'device' then ${registryReviewInstead(sql)} end as use_registry_review_id,
  r.created_at, r.updated_at, r.device_id, d.name as device_name, r.lineage_id, r.registry_id, r.scope,
  w.lineages as waiting_lineages, r.fleet_id, f.name as fleet_name`;

const toItem = ({ staged_rows, ...row }: QueueRow): QueuedReview => ({
  ...row,
  staged_row_count: Number(staged_rows ?? 0),
  waiting_lineages: row.waiting_lineages === null ? null : Number(row.waiting_lineages),
  claimed_at: rfc3339OrNull(row.claimed_at),
  created_at: rfc3339(row.created_at),
  updated_at: rfc3339(row.updated_at),
});

/** The queue of a project, the longest waiting first unless asked otherwise. */
export async function listReviewQueue({
  ctx,
  projectId,
  input,
}: {
  ctx: Ctx;
  projectId: string;
  input: z.input<typeof listReviewQueueInput>;
}): Promise<Page<QueuedReview>> {
  requirePermission(ctx, 'PROJECT_CAN_VIEW');
  const query = parseInput(listReviewQueueInput, input, 'query');
  const project = await requireProject(ctx, projectId);
  const { sql } = ctx.db;
  return listPage<QueueRow, QueuedReview>({
    db: ctx.db,
    page: query,
    columns: queueColumns(sql),
    from: sql`${queueRows(sql)} ${queueJoins(sql)}`,
    walked: queueRows(sql),
    where: await queueConditions(ctx, project, query),
    order: orderOf(sql, query.sort),
    toItem,
  });
}

/** The conditions of `filter` on rows `r` of the queue, the scope of the tenant among them (invariant 10). */
export async function queueConditions(
  ctx: Ctx,
  project: ProjectScope,
  filter: ReviewFilter,
): Promise<Fragment[]> {
  const { sql } = ctx.db;
  const { kind, classification, source_table, schema_hash, fleet_id, change } = filter;
  return [
    sql`r.project_id = ${project.id}`,
    sql`r.org_id = ${project.orgId}`,
    ...statusFilter(sql, filter.status),
    ...(kind === undefined ? [] : [sql`r.kind = ${kind}`]),
    ...(classification === undefined ? [] : [sql`r.classification = ${classification}`]),
    ...(source_table === undefined ? [] : [sql`r.source_table = ${source_table}`]),
    ...(schema_hash === undefined ? [] : [sql`r.schema_hash = ${schema_hash}`]),
    ...(fleet_id === undefined ? [] : [sql`r.fleet_id = ${fleet_id}`]),
    ...(change === undefined ? [] : [sql`r.reasons @> ${JSON.stringify([{ change }])}::text::jsonb`]),
    ...claimantFilter(ctx, filter.claimant),
    ...waitingFilters(ctx, filter),
    ...(filter.device_id === undefined ? [] : [ofDevice(sql, filter.device_id)]),
    ...(filter.q === undefined ? [] : await search(sql, project.id, filter.q)),
  ];
}

function statusFilter(sql: Sql, status: ReviewFilter['status']): Fragment[] {
  if (status === undefined) return [];
  return [status === 'open' ? sql`r.status in ('queued', 'in_review')` : sql`r.status = ${status}`];
}

function claimantFilter({ db: { sql }, actor }: Ctx, claimant: ReviewFilter['claimant']): Fragment[] {
  switch (claimant) {
    case undefined:
      return [];
    case 'me':
      return [sql`r.claimed_by = ${actor.id}`];
    case 'nobody':
      return [sql`r.claimed_by is null`];
    case 'other':
      return [sql`r.claimed_by <> ${actor.id}`];
  }
}

function waitingFilters({ db: { sql }, clock }: Ctx, filter: ReviewFilter): Fragment[] {
  const { staged, min_age_minutes: minutes } = filter;
  const some = sql`exists (
    select from tidegate.schema_version x
    where (x.id = r.schema_version_id or x.registry_entry_id = r.registry_id) and x.staged_rows > 0)`;
  return [
    ...(staged === undefined ? [] : [staged === 'some' ? some : sql`not ${some}`]),
    ...(minutes === undefined
      ? []
      : [
          sql`r.created_at <= ${new Date(clock.now().getTime() - minutes * 60_000).toISOString()}::text::timestamptz`,
        ]),
  ];
}

/** The device's own reviews, and the registry's that it waits for. */
const ofDevice = (
  sql: Sql,
  deviceId: string,
): Fragment => sql`(r.device_id = ${deviceId} or r.registry_id in (
  select x.registry_entry_id from tidegate.lineage l join tidegate.schema_version x on x.lineage_id = l.id
  where l.device_id = ${deviceId} and x.registry_entry_id is not null))`;

/** Names of devices are looked through once, not once a review. */
async function search(sql: Sql, projectId: string, q: string): Promise<Fragment[]> {
  const pattern = containsPattern(q);
  const devices = await sql<{ id: string }[]>`
    select id from tidegate.device where project_id = ${projectId} and name ilike ${pattern}`;
  const [id, hash] = [idPattern(q), hashPattern(q)];
  const found = [
    sql`r.source_table ilike ${pattern}`,
    sql`r.device_id = any(${devices.map((d) => d.id)}::uuid[])`,
    ...(hash === null ? [] : [sql`r.schema_hash like ${hash}`]),
    ...(id === null ? [] : [sql`r.id::text like ${id}`, sql`r.lineage_id::text like ${id}`]),
  ];
  return [sql`(${join(sql, found, sql` or `)})`];
}

function orderOf(sql: Sql, sort: ListReviewQueueInput['sort']): ListOrder {
  const id = { expression: sql`r.id`, type: 'uuid' } as const;
  const by = sort.endsWith('source_table')
    ? ({ expression: sql`r.source_table`, type: 'text' } as const)
    : ({ expression: sql`r.created_at`, type: 'timestamptz' } as const);
  return { name: sort, descending: sort.startsWith('-'), keys: [by, id] };
}
