/** What each mutation route needs to succeed, and the event that it has to leave: for the test of the audit log. */
import type { RootDb } from '@/server/db/client';
import { createToken } from '@/server/engine/auth/create-token';
import { claimReview } from '@/server/engine/governance/claim-review';
import { rejectReview } from '@/server/engine/governance/reject-review';
import { listFailures } from '@/server/engine/materialize/list-failures';
import { pauseLineage } from '@/server/engine/staging/pause-lineage';
import { hashPassword } from '@/server/lib/password';
import { CHANNELS } from '@/server/protocol/topics';
import { approveNewest, DEVICE_STATE, drainReplays, makeDevice, newestReview, put } from './engine';
import type { Call } from './http';
import { mirrorEvery } from './registry';
import { makeWebhook } from './webhooks';
import { makeTenancy, type TestPerson, type TestTenancy } from './tenancy';

interface Prepared {
  caller: TestPerson;
  params: Record<string, string>;
  body?: unknown;
  query?: string;
}

export interface Mutation {
  /** The kind of event that the call has to leave. */
  kind: string;
  /** Whether something was one thing before and is another now: the event then says both. */
  changes: boolean;
  prepare(db: RootDb): Promise<Prepared>;
}

/** A fixture whose event says what there is from now on, or was until now. */
export const once = (kind: string, prepare: Mutation['prepare']): Mutation => ({
  kind,
  changes: false,
  prepare,
});

/** A fixture whose event says what was before, and what is after. */
export const change = (kind: string, prepare: Mutation['prepare']): Mutation => ({
  kind,
  changes: true,
  prepare,
});

const P = '/projects/{project_id}';
const F = `${P}/fleets/{fleet_id}`;
const LINEAGE = `${P}/edge/lineages/{lineage_id}`;
const REVIEW = `${P}/edge/schema-reviews/{schema_review_id}`;
const WEBHOOK = `${P}/webhooks/{webhook_id}`;

export const placeOf = ({ projectId, fleetId }: TestTenancy): Record<string, string> => ({
  project_id: projectId,
  fleet_id: fleetId,
});

const as =
  (role: 'viewer' | 'operator' | 'admin', what: (place: TestTenancy) => Partial<Prepared> = () => ({})) =>
  async (db: RootDb): Promise<Prepared> => {
    const place = await makeTenancy(db);
    return { caller: place.people[role], params: placeOf(place), ...what(place) };
  };

/** A device with one lineage and a queued review. */
async function waiting(db: RootDb) {
  const device = await makeDevice(db);
  await device.send(DEVICE_STATE, [put(1, { id: 1, mode: 'a', setpoint: 1 })]);
  const [lineage] = await db.sql<{ id: string }[]>`
    select id from tidegate.lineage where device_id = ${device.id}`;
  const { tenancy } = device;
  const review = await newestReview(db, device.id);
  const lineageId = lineage?.id ?? '';
  return {
    device,
    target: { ctx: device.operator, projectId: tenancy.projectId },
    reviewId: review.id,
    lineageId,
    caller: tenancy.people.operator,
    params: {
      ...placeOf(tenancy),
      device_id: device.id,
      lineage_id: lineageId,
      schema_review_id: review.id,
    },
  };
}

async function claimed(db: RootDb) {
  const made = await waiting(db);
  await claimReview({ ...made.target, reviewId: made.reviewId, input: { action_version: 1 } });
  return made;
}

/** A device that has sent what is no JSON. */
async function refused(db: RootDb) {
  const made = await waiting(db);
  await made.device.sendRaw('{', CHANNELS.rowsBatch);
  const [kept] = await db.sql<{ id: string; cause: string }[]>`
    select id, cause from tidegate.rejected_batch where device_id = ${made.device.id}`;
  const params = { ...made.params, rejected_batch_id: kept?.id ?? '' };
  return { ...made, params, cause: kept?.cause ?? '' };
}

/** A lineage whose approved schema has met a value that does not fit. */
async function failed(db: RootDb) {
  const made = await waiting(db);
  await approveNewest(db, made.device, DEVICE_STATE);
  await drainReplays(db);
  await made.device.send(DEVICE_STATE, [put(2, { id: 2, mode: 'b', setpoint: 'warm' })]);
  return made;
}

const decided = { action_version: 2, column_actions: mirrorEvery(DEVICE_STATE) };

const people: Record<string, Mutation> = {
  'POST /projects': once(
    'project.created',
    as('admin', () => ({ body: { name: 'Another' } })),
  ),
  'POST /tokens': once(
    'auth.token_created',
    as('viewer', () => ({ body: { name: 'script' } })),
  ),
  'DELETE /tokens/{token_id}': change('auth.token_revoked', async (db) => {
    const { people: of } = await makeTenancy(db);
    const { id } = await createToken({ ctx: of.operator.ctx, input: { name: 'old' } });
    return { caller: of.operator, params: { token_id: id } };
  }),
  'POST /members': once(
    'auth.member_added',
    as('admin', ({ orgId }) => ({ body: { email: `new-${orgId}@example.test`, role: 'viewer' } })),
  ),
  'PATCH /members/{user_id}': change(
    'auth.member_role_changed',
    as('admin', (place) => ({
      params: { user_id: place.people.viewer.userId },
      body: { role: 'operator' },
    })),
  ),
  'DELETE /members/{user_id}': change(
    'auth.member_removed',
    as('admin', (place) => ({ params: { user_id: place.people.viewer.userId } })),
  ),
  'POST /members/{user_id}/password': once(
    'auth.password_reset',
    as('admin', (place) => ({ params: { user_id: place.people.viewer.userId } })),
  ),
  'POST /me/password': once('auth.password_changed', async (db) => {
    const place = await makeTenancy(db);
    const caller = place.people.viewer;
    const body = { current_password: 'the present one', new_password: 'a new and longer one' };
    await db.sql`
      update tidegate.app_user set password_hash = ${await hashPassword(body.current_password)}
      where id = ${caller.userId}`;
    return { caller, params: {}, body };
  }),
};

const fleet: Record<string, Mutation> = {
  [`POST ${P}/fleets`]: once(
    'fleet.created',
    as('operator', () => ({ body: { name: 'Valves' } })),
  ),
  [`PATCH ${F}`]: once(
    'fleet.renamed',
    as('operator', () => ({ body: { name: 'Valves' } })),
  ),
  [`DELETE ${F}`]: once(
    'fleet.deleted',
    as('operator', () => ({})),
  ),
  [`POST ${F}/devices`]: once(
    'device.registered',
    as('operator', () => ({ body: { name: 'pump-9' } })),
  ),
  [`DELETE ${F}/devices/{device_id}`]: once('device.deleted', waiting),
  [`POST ${F}/devices/{device_id}/mqtt_credentials`]: once('device.credentials_rotated', waiting),
  [`POST ${P}/devices/{device_id}/data-points`]: once('device_data_point.created', async (db) => ({
    ...(await waiting(db)),
    body: { name: 'p', value_type: 'numeric' },
  })),
  [`PATCH ${P}/edge/policy`]: change(
    'policy.changed',
    as('operator', () => ({ body: { resume_threshold_percent: 71 } })),
  ),
  [`PATCH ${F}/edge/policy`]: change(
    'policy.changed',
    as('operator', () => ({ body: { resume_threshold_percent: 72 } })),
  ),
  [`POST ${P}/edge/rejected-batches/{rejected_batch_id}/retry`]: once('edge_batch.retried', refused),
  [`POST ${P}/edge/rejected-batches/retry`]: once('edge_batch.retried', async (db) => {
    const made = await refused(db);
    return { ...made, body: { cause: made.cause } };
  }),
};

const lineages: Record<string, Mutation> = {
  [`POST ${LINEAGE}/pause`]: change('edge_table_lineage.ingestion_paused', async (db) => ({
    ...(await waiting(db)),
    body: { reason: 'maintenance' },
  })),
  [`POST ${LINEAGE}/resume`]: change('edge_table_lineage.pause_cause_cleared', async (db) => {
    const made = await waiting(db);
    await pauseLineage({ ...made.target, lineageId: made.lineageId, input: { reason: 'maintenance' } });
    return made;
  }),
  [`POST ${LINEAGE}/reset-materialization`]: change('edge_table_lineage.materialization_reset', failed),
  [`POST ${LINEAGE}/failures/{group_id}/retry`]: once('edge_table_lineage.failures_retried', async (db) => {
    const made = await failed(db);
    const [group] = await listFailures({ ...made.target, lineageId: made.lineageId });
    const params = { ...made.params, group_id: group?.id ?? '' };
    return { ...made, params, body: { remedy: 'null_value' } };
  }),
  [`POST ${LINEAGE}/discard-staged`]: once('edge_table_lineage.staged_discarded', async (db) => ({
    ...(await waiting(db)),
    body: { expected_rows: 1 },
  })),
  [`DELETE ${LINEAGE}`]: once('edge_table_lineage.deleted', async (db) => ({
    ...(await waiting(db)),
    query: '?expected_staged_rows=1',
  })),
};

const reviews: Record<string, Mutation> = {
  [`POST ${REVIEW}/claim`]: change('edge_schema_review.claimed', async (db) => ({
    ...(await waiting(db)),
    body: { action_version: 1 },
  })),
  [`POST ${REVIEW}/release`]: change('edge_schema_review.released', async (db) => ({
    ...(await claimed(db)),
    body: { action_version: 2 },
  })),
  [`PUT ${REVIEW}/draft`]: change('edge_schema_review.draft_saved', async (db) => ({
    ...(await claimed(db)),
    body: { column_actions: mirrorEvery(DEVICE_STATE) },
  })),
  [`POST ${REVIEW}/comments`]: once('edge_schema_review.commented', async (db) => ({
    ...(await waiting(db)),
    body: { body: 'looks right' },
  })),
  [`POST ${REVIEW}/approve`]: change('edge_schema_review.approved', async (db) => ({
    ...(await claimed(db)),
    body: decided,
  })),
  [`POST ${REVIEW}/reject`]: change('edge_schema_review.rejected', async (db) => ({
    ...(await claimed(db)),
    body: { action_version: 2, reason: 'not wanted' },
  })),
  [`POST ${REVIEW}/amend`]: change('edge_schema_review.amended', async (db) => {
    const made = await waiting(db);
    await approveNewest(db, made.device, DEVICE_STATE, { mode: { action: 'ignore' } });
    return { ...made, body: { ...decided, action_version: 3 } };
  }),
  [`POST ${REVIEW}/reopen`]: change('edge_schema_review.reopened', async (db) => {
    const made = await claimed(db);
    const input = { action_version: 2, reason: 'not wanted' };
    await rejectReview({ ...made.target, reviewId: made.reviewId, input });
    return { ...made, body: { action_version: 3 } };
  }),
};

/** A webhook with a message that waits, for its administrator. */
const hooked = (body?: unknown) => async (db: RootDb) => {
  const place = await makeTenancy(db);
  const params = { ...placeOf(place), ...(await makeWebhook(db, place)) };
  return { caller: place.people.admin, params, ...(body === undefined ? {} : { body }) };
};

const webhooks: Record<string, Mutation> = {
  [`POST ${P}/webhooks`]: once(
    'webhook.created',
    as('admin', () => ({
      body: { name: 'on call', url: 'https://hooks.example.org/s3cret', kinds: ['review_waits'] },
    })),
  ),
  [`PATCH ${WEBHOOK}`]: change('webhook.changed', hooked({ enabled: false })),
  [`DELETE ${WEBHOOK}`]: once('webhook.deleted', hooked()),
  [`POST ${WEBHOOK}/rotate-secret`]: once('webhook.secret_rotated', hooked()),
  [`POST ${WEBHOOK}/test`]: once('webhook.tested', hooked()),
  [`POST ${WEBHOOK}/deliveries/{delivery_id}/redeliver`]: once('webhook.redelivered', hooked()),
};

/** By method and path: every mutation but those of the registry. */
export const MUTATIONS: Readonly<Record<string, Mutation>> = {
  ...people,
  ...fleet,
  ...lineages,
  ...reviews,
  ...webhooks,
};

/** A prepared mutation as a call from `address`. */
export const callOf = (prepared: Prepared, address: string, correlationId: string): Call => ({
  token: prepared.caller.token,
  params: prepared.params,
  ...(prepared.query === undefined ? {} : { query: prepared.query }),
  ...(prepared.body === undefined ? {} : { body: prepared.body }),
  headers: { 'x-tidegate-peer': address, 'x-correlation-id': correlationId },
});
