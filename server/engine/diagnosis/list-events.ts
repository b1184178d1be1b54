// The audit log of a project, newest first. It lives here and not beside recordEvent because it resolves
// devices and projects, which the recording of an event must not depend on.
import type { z } from 'zod';
import type { Page } from '@/server/contract/common';
import { listEventsInput, type Event } from '@/server/contract/fleet';
import { requirePermission } from '../auth/permissions';
import { requireProject } from '../auth/project-scope';
import type { Ctx } from '../context/context';
import { parseInput } from '../errors/parse-input';
import { listPage } from '../paging/list-page';
import { eventColumns, eventConditions, toEvent, type EventRow } from './event-query';

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
  return listPage<EventRow, Event>({
    db: ctx.db,
    page: query,
    columns: eventColumns(sql),
    from: sql`tidegate.event e`,
    where: await eventConditions(ctx, project, query),
    order: { name: '-seq', descending: true, keys: [{ expression: sql`e.seq`, type: 'bigint' }] },
    toItem: toEvent,
  });
}
