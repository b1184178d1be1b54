/** What walks over all routes call them with: one of everything that a path can name, and a body that each takes. */
import type { RootDb } from '@/server/db/client';
import { registerDevice } from '@/server/engine/devices/register-device';
import type { Route } from '@/server/http/contract';
import { uuidV4 } from '@/server/lib/uuid';
import { makeBulkJob, makeSavedView } from './bulk';
import { makeLineage, makeReview } from './lineages';
import { makeRegistry } from './registry';
import type { TestTenancy } from './tenancy';
import { makeWebhook } from './webhooks';

const LINEAGE = '/projects/{project_id}/edge/lineages/{lineage_id}';

/** A body that the route's schema takes, where it takes one. */
const BODIES: Record<string, unknown> = {
  claim: { action_version: 1 },
  release: { action_version: 1 },
  reopen: { action_version: 1 },
  approve: { action_version: 1, column_actions: [{ source_column_name: 'id', action: 'mirror' }] },
  amend: { action_version: 1, column_actions: [{ source_column_name: 'id', action: 'mirror' }] },
  preview: { action_version: 1, column_actions: [{ source_column_name: 'id', action: 'mirror' }] },
  pause: { reason: 'maintenance' },
  retry: { remedy: 'as_is' },
  'discard-staged': { expected_rows: 0 },
  reject: { action_version: 1, reason: 'no' },
  abandon: { action_version: 1, reason: 'no' },
  consolidate: { dry_run: true },
  reconcile: { dry_run: true },
  'drop-old-mirrors': { expected_mirrors: 0 },
  draft: { column_actions: [] },
  comments: { body: 'looks right' },
  'data-points': { name: 'p', value_type: 'numeric' },
  policy: { resume_threshold_percent: 70 },
  'bulk-jobs': { action: 'claim', filter: { status: 'open', schema_hash: 'none' } },
  decide: {
    kind: 'schema_review',
    source_table: 't',
    schema_hash: 'none',
    column_actions: [{ source_column_name: 'id', action: 'mirror' }],
  },
  start: { expected_items: 1 },
  '{saved_view_id}': { name: 'renamed' },
  '{user_id}': { role: 'viewer' },
  webhooks: { name: 'on call', url: 'https://hooks.example.org/', kinds: ['review_waits'] },
  password: { current_password: 'not the one', new_password: 'a new and longer one' },
};

/** A query that the route cannot do without. */
export const queryOf = ({ method, path }: Route): string =>
  method === 'DELETE' && path === LINEAGE ? '?expected_staged_rows=0' : '';

/** `GET /path`. */
export const nameOf = ({ method, path }: Pick<Route, 'method' | 'path'>): string => `${method} ${path}`;

/** A body for the route; undefined where it takes none. */
export function bodyOf({ body, path }: Route): unknown {
  if (body === null) return undefined;
  if (path === '/members') return { email: `${uuidV4()}@example.test`, role: 'viewer' };
  const last = path.split('/').at(-1) ?? '';
  // A person's names are unique, and the walk comes by more than once.
  if (last === 'saved-views') return { page: 'reviews', name: `n-${uuidV4()}`, search: 'status=open' };
  if (path.endsWith('/rejected-batches/retry')) return { cause: 'none' };
  return BODIES[last] ?? { name: `n-${uuidV4()}` };
}

/** One of everything that a path can name. */
export async function makeObjects(db: RootDb, place: TestTenancy): Promise<Record<string, string>> {
  const { projectId, fleetId, people } = place;
  const made = await makeLineage(db, place);
  const { device } = await registerDevice({
    ctx: people.operator.ctx,
    projectId,
    fleetId,
    input: { name: `d-${uuidV4()}` },
    brokerUrl: 'mqtt://x',
  });
  const rejected = uuidV4();
  await db.sql`
    insert into tidegate.rejected_batch
      (id, org_id, project_id, topic, code, detail, payload, bytes, received_at)
    values (${rejected}, ${place.orgId}, ${projectId}, 't', 'invalid_json', 'x', ${Buffer.from('x')}, 1, now())`;
  await db.sql`
    insert into tidegate.control (id, device_id, source_table, control_kind, reason, next_send_at, created_at)
    values (${uuidV4()}, ${device.id}, 't', 'pause_lineage', 'x', now(), now())`;
  await db.sql`
    insert into tidegate.mqtt_access_event (id, kind, at, project_id, fleet_id, device_id, username)
    values (${uuidV4()}, 'auth_failed', now(), ${projectId}, ${fleetId}, ${device.id}, 'x')`;
  const [token] = await db.sql<{ id: string }[]>`
    select id from tidegate.api_token where user_id = ${people.viewer.userId}`;
  return {
    project_id: projectId,
    fleet_id: fleetId,
    device_id: device.id,
    lineage_id: made.lineageId,
    group_id: '0123456789abcdef',
    schema_review_id: await makeReview(db, place, made),
    ...(await makeRegistry(db, place)),
    bulk_job_id: await makeBulkJob(db, place),
    saved_view_id: await makeSavedView(db, place, people.owner.userId),
    rejected_batch_id: rejected,
    token_id: token?.id ?? '',
    ...(await makeWebhook(db, place)),
    user_id: people.viewer.userId,
  };
}

/** The parameters of its path. Throws where `values` lacks one. */
export const paramsOf = (route: Route, values: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => {
      const value = values[name];
      if (value === undefined) throw new Error(`no object for {${name}}: add it to makeObjects`);
      return [name, value];
    }),
  );
