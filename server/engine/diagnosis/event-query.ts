// The one way events are found, for the list, the stream and the export: by project, and by whatever filters.
import type { Fragment } from 'postgres';
import type { Event, EventFilter } from '@/server/contract/fleet';
import type { Sql } from '@/server/db/client';
import { rfc3339 } from '@/server/db/time';
import type { ProjectScope } from '../auth/project-scope';
import type { Ctx } from '../context/context';
import { requireDeviceId } from '../devices/find-device';

export interface EventRow {
  id: string;
  kind: string;
  at: string;
  actor_kind: Event['actor']['kind'];
  actor_id: string;
  actor_label: string;
  subject_kind: string;
  subject_id: string;
  fleet_id: string | null;
  device_id: string | null;
  lineage_id: string | null;
  fleet_name: string | null;
  device_name: string | null;
  source_table: string | null;
  data: Event['data'];
  correlation_id: string;
  token_id: string | null;
  address: string | null;
}

/** The columns of `tidegate.event e`, and the names of what it happened to, as long as that is there. */
export const eventColumns = (sql: Sql): Fragment => sql`e.id, e.kind, e.at, e.actor_kind, e.actor_id,
  e.actor_label, e.subject_kind, e.subject_id, e.fleet_id, e.device_id, e.lineage_id, e.data, e.correlation_id,
  e.token_id, e.address,
  (select f.name from tidegate.fleet f where f.id = e.fleet_id and f.project_id = e.project_id) as fleet_name,
  (select d.name from tidegate.device d where d.id = e.device_id and d.project_id = e.project_id) as device_name,
  (select l.source_table from tidegate.lineage l where l.id = e.lineage_id and l.project_id = e.project_id) as source_table`;

/** The conditions, the tenant's scope among them. `kind` may end in `*`: it then finds all of a family. */
export async function eventConditions(
  ctx: Ctx,
  project: ProjectScope,
  filter: EventFilter,
): Promise<Fragment[]> {
  const { sql } = ctx.db;
  return [
    sql`e.project_id = ${project.id}`,
    sql`e.org_id = ${project.orgId}`,
    ...(await eventNarrowing(ctx, project, filter)),
  ];
}

/** What of the conditions is the filter's. */
export async function eventNarrowing(
  ctx: Ctx,
  project: ProjectScope,
  filter: EventFilter,
): Promise<Fragment[]> {
  const {
    kind,
    device_id: device,
    fleet_id: fleet,
    lineage_id: lineage,
    subject_id: subject,
    since,
    until,
    actor_id: actor,
    correlation_id: correlation,
  } = filter;
  const { sql } = ctx.db;
  const deviceId = device === undefined ? undefined : await requireDeviceId(ctx, project, device);
  return [
    ...(deviceId === undefined ? [] : [sql`e.device_id = ${deviceId}`]),
    ...(kind === undefined
      ? []
      : [kind.endsWith('*') ? sql`starts_with(e.kind, ${kind.slice(0, -1)})` : sql`e.kind = ${kind}`]),
    ...(fleet === undefined ? [] : [sql`e.fleet_id = ${fleet}`]),
    ...(lineage === undefined ? [] : [sql`e.lineage_id = ${lineage}`]),
    ...(subject === undefined ? [] : [sql`e.subject_id = any(${subject.split(',')}::text[])`]),
    ...(actor === undefined ? [] : [sql`e.actor_id = ${actor}`]),
    ...(correlation === undefined ? [] : [sql`e.correlation_id = ${correlation}`]),
    ...(until === undefined ? [] : [sql`e.at <= ${until}::text::timestamptz`]),
    ...(since === undefined ? [] : [sql`e.at >= ${since}::text::timestamptz`]),
  ];
}

/** The contract's shape of an event. */
export const toEvent = (row: EventRow): Event => ({
  id: row.id,
  kind: row.kind,
  at: rfc3339(row.at),
  actor: { kind: row.actor_kind, id: row.actor_id, label: row.actor_label },
  subject: { kind: row.subject_kind, id: row.subject_id },
  fleet_id: row.fleet_id,
  device_id: row.device_id,
  lineage_id: row.lineage_id,
  fleet_name: row.fleet_name,
  device_name: row.device_name,
  source_table: row.source_table,
  data: row.data,
  correlation_id: row.correlation_id,
  token_id: row.token_id,
  address: row.address,
});
