// The audit log of a project, newest first. It lives here and not beside recordEvent because it resolves
// devices and projects, which the recording of an event must not depend on.
import type { Fragment } from 'postgres';
import type { z } from 'zod';
import type { Page } from '@/server/contract/common';
import { listEventsInput, type Event, type ListEventsInput } from '@/server/contract/fleet';
import type { Sql } from '@/server/db/client';
import { rfc3339 } from '@/server/db/time';
import { requirePermission } from '../auth/permissions';
import { requireProject } from '../auth/project-scope';
import type { Ctx } from '../context/context';
import { requireDeviceId } from '../devices/find-device';
import { parseInput } from '../errors/parse-input';
import { listPage } from '../paging/list-page';

interface EventRow {
  id: string;
  kind: string;
  at: string;
  actor_kind: Event['actor']['kind'];
  actor_id: string;
  actor_label: string;
  subject_kind: string;
  subject_id: string;
  data: Event['data'];
  correlation_id: string;
}

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
  const deviceId =
    query.device_id === undefined ? undefined : await requireDeviceId(ctx, project, query.device_id);
  const { sql } = ctx.db;
  return listPage<EventRow, Event>({
    db: ctx.db,
    page: query,
    columns: sql`e.id, e.kind, e.at, e.actor_kind, e.actor_id, e.actor_label, e.subject_kind, e.subject_id,
      e.data, e.correlation_id`,
    from: sql`tidegate.event e`,
    where: [
      sql`e.project_id = ${project.id}`,
      sql`e.org_id = ${project.orgId}`,
      ...(deviceId === undefined ? [] : [sql`e.device_id = ${deviceId}`]),
      ...filters(sql, query),
    ],
    order: { name: '-seq', descending: true, keys: [{ expression: sql`e.seq`, type: 'bigint' }] },
    toItem: toEvent,
  });
}

function filters(sql: Sql, { kind, fleet_id, lineage_id, subject_id, since }: ListEventsInput): Fragment[] {
  return [
    ...(kind === undefined
      ? []
      : [kind.endsWith('*') ? sql`starts_with(e.kind, ${kind.slice(0, -1)})` : sql`e.kind = ${kind}`]),
    ...(fleet_id === undefined ? [] : [sql`e.fleet_id = ${fleet_id}`]),
    ...(lineage_id === undefined ? [] : [sql`e.lineage_id = ${lineage_id}`]),
    ...(subject_id === undefined ? [] : [sql`e.subject_id = ${subject_id}`]),
    ...(since === undefined ? [] : [sql`e.at >= ${since}::text::timestamptz`]),
  ];
}

const toEvent = (row: EventRow): Event => ({
  id: row.id,
  kind: row.kind,
  at: rfc3339(row.at),
  actor: { kind: row.actor_kind, id: row.actor_id, label: row.actor_label },
  subject: { kind: row.subject_kind, id: row.subject_id },
  data: row.data,
  correlation_id: row.correlation_id,
});
