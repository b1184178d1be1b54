// The filter becomes a counted set in one statement: what comes later is not in it, and what it had counted stays,
// with the version of each review as it was then.
import type { Fragment } from 'postgres';
import type { bulkLineageFilter, bulkReviewFilter, PreviewBulkInput } from '@/server/contract/bulk';
import { BULK_ITEMS_MAX } from '@/server/contract/bulk-limits';
import type { z } from 'zod';
import type { ProjectScope } from '../auth/project-scope';
import type { Ctx } from '../context/context';
import { unacceptable } from '../errors/errors';
import { lineageConditions } from '../lineages/list-lineages';
import { join } from '../paging/list-page';
import { queueConditions, queueRows } from '../registry/review-queue';

/** Writes the items of a job that has been written, and answers how many. 422 `too_many_items` above the limit. */
export async function freezeSet(
  ctx: Ctx,
  project: ProjectScope,
  jobId: string,
  input: PreviewBulkInput,
): Promise<number> {
  const found =
    input.action === 'reset'
      ? await lineagesFound(ctx, project, input.filter)
      : await reviewsFound(ctx, project, input.filter);
  const { count } = await ctx.db.sql`
    insert into tidegate.bulk_job_item
      (job_id, position, subject_kind, subject_id, device_name, source_table, schema_hash, action_version, status)
    select ${jobId}, row_number() over (order by s.created_at, s.id), s.kind, s.id, s.device_name, s.source_table,
      s.schema_hash, s.action_version, 'pending'
    from (${found}) s
    limit ${BULK_ITEMS_MAX + 1}`;
  if (count > BULK_ITEMS_MAX) {
    throw unacceptable(
      'too_many_items',
      `More than ${String(BULK_ITEMS_MAX)} match. Narrow the filter, for instance to one table or one fleet, and do the rest in a second job.`,
      [{ path: 'filter', code: 'too_many_items', detail: `at most ${String(BULK_ITEMS_MAX)}` }],
    );
  }
  return count;
}

async function reviewsFound(
  ctx: Ctx,
  project: ProjectScope,
  { ids, ...filter }: z.output<typeof bulkReviewFilter>,
): Promise<Fragment[]> {
  const { sql } = ctx.db;
  const conditions = await queueConditions(ctx, project, filter);
  const chosen = ids === undefined ? [] : [sql`r.id = any(${ids}::uuid[])`];
  const open = sql`r.status in ('queued', 'in_review')`;
  // In an array: a fragment is a promise too, and would be sent as a statement where it was awaited.
  return [
    sql`
      select case r.kind when 'device' then 'schema_review' else 'registry_review' end as kind, r.id, r.created_at,
        coalesce(d.name, case when r.fleet_id is null then 'the whole project' else 'fleet ' || f.name end)
          as device_name,
        r.source_table, r.schema_hash, r.action_version
      from ${queueRows(sql)}
      left join tidegate.device d on d.id = r.device_id
      left join tidegate.fleet f on f.id = r.fleet_id
      where ${join(sql, [...conditions, ...chosen, open], sql` and `)}`,
  ];
}

async function lineagesFound(
  ctx: Ctx,
  project: ProjectScope,
  { ids, ...filter }: z.output<typeof bulkLineageFilter>,
): Promise<Fragment[]> {
  const { sql } = ctx.db;
  const conditions = await lineageConditions(ctx, project, filter);
  const chosen = ids === undefined ? [] : [sql`l.id = any(${ids}::uuid[])`];
  return [
    sql`
      select 'lineage' as kind, l.id, l.created_at, d.name as device_name, l.source_table,
        l.current_schema_hash as schema_hash, null::int as action_version
      from tidegate.lineage l join tidegate.device d on d.id = l.device_id
      where ${join(sql, [...conditions, ...chosen], sql` and `)}`,
  ];
}
