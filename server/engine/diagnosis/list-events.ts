// The audit log of a project, newest first. It lives here and not beside recordEvent because it resolves
// devices and projects, which the recording of an event must not depend on.
import type { z } from 'zod';
import type { Page } from '@/server/contract/common';
import { listEventsInput, type Event } from '@/server/contract/fleet';
import { requirePermission } from '../auth/permissions';
import { requireProject, scopedProjectId } from '../auth/project-scope';
import type { Ctx } from '../context/context';
import { parseInput } from '../errors/parse-input';
import { listPage } from '../paging/list-page';
import { eventColumns, eventNarrowing, toEvent, type EventRow } from './event-query';

/** `kind` may end in `*`: `edge_schema_review.*` finds all of a family. */
export async function listEvents({
  ctx,
  projectId,
  input,
}: {
  ctx: Ctx;
  projectId: string;
  input: z.input<typeof listEventsInput>;
}): Promise<Page<Event>> {
  requirePermission(ctx, 'PROJECT_CAN_VIEW');
  const query = parseInput(listEventsInput, input, 'query');
  const project = await requireProject(ctx, projectId);
  const { sql } = ctx.db;
  const narrowed = [
    ...(query.event_id === undefined ? [] : [sql`e.id = ${query.event_id}`]),
    ...(await eventNarrowing(ctx, project, query)),
  ];
  return listPage<EventRow, Event>({
    db: ctx.db,
    page: query,
    columns: eventColumns(sql),
    from: sql`tidegate.event e`,
    where: [sql`e.project_id = ${project.id}`, sql`e.org_id = ${project.orgId}`, ...narrowed],
    skipped: [sql`e.project_id = ${scopedProjectId(sql, project)}`, ...narrowed],
    order: { name: '-seq', descending: true, keys: [{ expression: sql`e.seq`, type: 'bigint' }] },
    toItem: toEvent,
  });
}
