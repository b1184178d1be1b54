// The audit log as a file, oldest first, read page by page: its length is not the memory's.
import type { Event, EventFilter } from '@/server/contract/fleet';
import { only } from '@/server/lib/assert';
import { requirePermission } from '../auth/permissions';
import { requireProject } from '../auth/project-scope';
import type { Ctx } from '../context/context';
import { join } from '../paging/list-page';
import { eventColumns, eventConditions, toEvent, type EventRow } from './event-query';

const PAGE_ROWS = 500;

/** Checks, then answers the pages; what is written after the call began is not among them. */
export async function exportEvents({
  ctx,
  projectId,
  filter,
}: {
  ctx: Ctx;
  projectId: string;
  filter: EventFilter;
}): Promise<AsyncGenerator<Event[]>> {
  requirePermission(ctx, 'PROJECT_CAN_VIEW');
  const project = await requireProject(ctx, projectId);
  const { sql } = ctx.db;
  const where = join(sql, await eventConditions(ctx, project, filter), sql` and `);
  const { last } = only(
    await sql<{ last: string }[]>`
      select coalesce(max(seq), 0)::text as last from tidegate.event where project_id = ${project.id}`,
  );
  return (async function* pages() {
    let after = '0';
    for (;;) {
      const rows = await sql<(EventRow & { seq: string })[]>`
        select ${eventColumns(sql)}, e.seq::text as seq from tidegate.event e
        where ${where} and e.seq > ${after}::text::bigint and e.seq <= ${last}::text::bigint
        order by e.seq limit ${PAGE_ROWS}`;
      if (rows.length > 0) yield rows.map(toEvent);
      if (rows.length < PAGE_ROWS) return;
      after = rows.at(-1)?.seq ?? last;
    }
  })();
}
