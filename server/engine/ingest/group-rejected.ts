// The inbox by cause: a firmware that writes one field wrong refuses a million batches for one reason, and that is one
// line. Counted by the database over all of them, from an index that holds what is counted.
import type { Fragment } from 'postgres';
import type { z } from 'zod';
import { rejectedGroupsInput, type RejectedGroup, type RejectedGroups } from '@/server/contract/rows';
import type { Sql } from '@/server/db/client';
import { rfc3339 } from '@/server/db/time';
import { requirePermission } from '../auth/permissions';
import { requireProject } from '../auth/project-scope';
import type { Ctx } from '../context/context';
import { parseInput } from '../errors/parse-input';
import { join } from '../paging/list-page';
import { wordsOfCode } from './rejected-batch-row';
import { rejectedBatchScope, rejectedBatchScopes } from './rejected-batch-scope';
import { rejectedNarrowing } from './rejected-conditions';

/** More lines than these nobody reads; the filters narrow them. */
const GROUPS_SHOWN = 200;

interface GroupRow {
  cause: string;
  code: string;
  source_table: string | null;
  place: string | null;
  detail: string;
  devices: number;
  device_id: string | null;
  device_name: string | null;
  batches: number;
  waiting: number;
  first_at: string;
  last_at: string;
  newest_id: string;
  total_groups: number;
  total_batches: number;
}

/** The groups that were seen last, with exact counts. */
export async function groupRejected({
  ctx,
  projectId,
  input,
}: {
  ctx: Ctx;
  projectId: string;
  input: z.input<typeof rejectedGroupsInput>;
}): Promise<RejectedGroups> {
  requirePermission(ctx, 'PROJECT_CAN_VIEW');
  const { by, ...filter } = parseInput(rejectedGroupsInput, input, 'query');
  const project = await requireProject(ctx, projectId);
  const { sql } = ctx.db;
  const narrowing = await rejectedNarrowing(ctx, project, filter);
  const where = join(sql, [rejectedBatchScope(ctx, project), ...narrowing], sql` and `);
  const keys = by === 'device' ? sql`cause, device` : sql`cause`;
  const lines = rejectedBatchScopes(ctx, project).map((scope) =>
    linesOf(sql, join(sql, [scope, ...narrowing], sql` and `), by === 'device'),
  );
  const rows = await sql<GroupRow[]>`
    with lines as (${join(sql, lines, sql` union all `)}),
    groups as (
      select cause, (sum(named) + max(unnamed))::int as devices,
        case when sum(named) + max(unnamed) = 1 then min(device)::uuid end as device_id,
        sum(batches)::int as batches, sum(waiting)::int as waiting, min(first_at) as first_at, max(last_at) as last_at
      from lines group by ${keys}),
    shown as (
      select g.*, (count(*) over ())::int as total_groups, (sum(batches) over ())::int as total_batches
      from groups g order by last_at desc, cause, device_id limit ${GROUPS_SHOWN})
    select s.*, n.id as newest_id, n.code, n.source_table, n.place, n.detail, d.name as device_name
    from shown s
    cross join lateral (
      select b.id, b.code, b.source_table, b.place, b.detail from tidegate.rejected_batch b
      where ${where} and b.cause = s.cause and b.received_at = s.last_at
        and (s.device_id is null or b.device_id = s.device_id)
      order by b.id desc limit 1) n
    left join tidegate.device d on d.id = s.device_id
    order by s.last_at desc, s.cause, s.device_id`;
  return {
    groups: rows.map(toGroup),
    total_groups: rows[0]?.total_groups ?? 0,
    total_batches: rows[0]?.total_batches ?? 0,
  };
}

/**
 * The groups of one scope. An index holds its batches in their order: where no filter asks for more than it has, they
 * are counted as they come. Batches without a device count as one.
 */
const linesOf = (sql: Sql, where: Fragment, isByDevice: boolean): Fragment => sql`
  select b.cause, min(b.device_id::text) as device, count(distinct b.device_id) as named,
    (count(*) > count(b.device_id))::int as unnamed, count(*) as batches, min(b.received_at) as first_at,
    max(b.received_at) as last_at, count(*) filter (where b.retry_outcome is distinct from 'accepted') as waiting
  from tidegate.rejected_batch b where ${where}
  group by ${isByDevice ? sql`b.cause, b.device_id` : sql`b.cause`}`;

function toGroup({ total_groups: _, total_batches: __, ...row }: GroupRow): RejectedGroup {
  return {
    ...row,
    ...wordsOfCode(row.code),
    first_at: rfc3339(row.first_at),
    last_at: rfc3339(row.last_at),
  };
}
