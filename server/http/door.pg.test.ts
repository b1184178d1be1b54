// The door itself: envelope, strictness, limits, sessions, idempotency.
import { encode } from 'next-auth/jwt';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { createDb, type RootDb } from '@/server/db/client';
import { uuidV4 } from '@/server/lib/uuid';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import { call, testHost, TEST_SECRET, type Call } from '@/server/testing/http';
import { makeLineage, makeReview } from '@/server/testing/lineages';
import { makeTenancy, type TestTenancy } from '@/server/testing/tenancy';
import { route } from './contract';
import { unknownRoute } from './not-found';
import { BODY_BYTES_MAX } from './read-request';
import { getFleetDevice, getFleetDevices, postFleetDevice } from './routes/devices';
import { getLineages, postRetryFailures } from './routes/lineages';
import { getControls, patchProjectPolicy } from './routes/records';
import { postPreview } from './routes/reviews';
import { getFleets, getOrgs, getProjects, postFleet, postProject, postToken } from './routes/tenancy';

let database: TestDatabase;
let db: RootDb;
let place: TestTenancy;

beforeAll(async () => {
  database = await createTestDatabase();
  db = createDb(database.url);
});
afterAll(async () => {
  await db.end();
  await database.drop();
});
beforeEach(async () => {
  place = await makeTenancy(db);
});

type Target = Parameters<typeof call>[1];
const as = (role: 'viewer' | 'operator' | 'owner', target: Target, options: Call = {}) =>
  call(testHost(db), target, {
    token: place.people[role].token,
    params: { project_id: place.projectId, fleet_id: place.fleetId },
    ...options,
  });

describe('the envelope', () => {
  it('holds a list with its paging', async () => {
    const reply = await as('viewer', getFleets);
    expect(reply.status).toBe(200);
    expect(reply.json).toEqual({
      ok: 1,
      data: [expect.objectContaining({ name: 'Pumps', device_count: 0 })],
      meta: { current_page: 1, items_per_page: 20, total_items: 1, total_pages: 1, next_cursor: null },
    });
    expect(reply.headers.get('content-type')).toMatch(/^application\/json/);
    expect(reply.headers.get('cache-control')).toBe('no-store');
  });

  it('holds one object with a meta of null, and says what was made with 201', async () => {
    const made = await as('operator', postFleetDevice, { body: { name: 'pump' } });
    expect(made.status).toBe(201);
    expect(made.json).toMatchObject({
      ok: 1,
      data: { mqtt: { broker_url: 'mqtt://broker.test:1883' } },
      meta: null,
    });
  });

  it('carries the correlation id of the caller into the event, and makes one otherwise', async () => {
    const id = `run-${uuidV4()}`;
    const reply = await as('operator', postFleet, {
      body: { name: 'A' },
      headers: { 'x-correlation-id': id },
    });
    expect(reply.headers.get('x-correlation-id')).toBe(id);
    expect(await db.sql`select 1 from tidegate.event where correlation_id = ${id}`).toHaveLength(1);
    const made = await as('viewer', getFleets, { headers: { 'x-correlation-id': 'a b\tc' } });
    expect(made.headers.get('x-correlation-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('tells nothing of a fault but the correlation id, and logs no value', async () => {
    const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const broken = route(
      {
        method: 'GET',
        path: '/projects/{project_id}/broken',
        summary: '',
        permission: null,
        query: z.strictObject({}),
        body: null,
        output: z.unknown(),
      },
      async ({ ctx }) => ({ data: await ctx.db.sql`select ${'a private value'}::text::bigint` }),
    );
    const reply = await as('viewer', broken);
    expect(reply.status).toBe(500);
    expect(reply.json.message).toBe('internal_error');
    expect(reply.json.detail).toContain(reply.headers.get('x-correlation-id'));
    expect(reply.text).not.toMatch(/private|server\/|at async/);
    const [line] = logged.mock.calls.map(([text]) => String(text));
    logged.mockRestore();
    expect(line).toContain('SQLSTATE 22P02');
    expect(line).toContain(reply.headers.get('x-correlation-id'));
    expect(line).not.toContain('private');
  });

  it('answers a path that is no route', async () => {
    const reply = unknownRoute(new Request('http://x/core/api/v1/nope', { method: 'POST' }));
    expect(reply.status).toBe(404);
    expect(await reply.json()).toMatchObject({ ok: 0, message: 'route_not_found' });
    const odd = unknownRoute(new Request('http://x/core/api/v1/method-that-is-not-known'));
    expect(odd.status).toBe(405);
    expect(odd.headers.get('allow')).toContain('PATCH');
    expect(await odd.json()).toMatchObject({ ok: 0, message: 'method_not_allowed' });
  });
});

describe('strictness', () => {
  it.each([
    ['?staus=active', 400, 'unknown_parameter', '"staus"'],
    ['?limit=501', 400, 'invalid_parameter', 'limit'],
    ['?limit=0', 400, 'invalid_parameter', 'limit'],
    ['?page=0', 400, 'invalid_parameter', 'page'],
    ['?status=broken', 400, 'invalid_parameter', 'status'],
    ['?fleet_id=x', 400, 'invalid_parameter', 'fleet_id'],
    ['?status=active&status=paused', 400, 'invalid_parameter', 'status'],
    ['?q=%00', 400, 'invalid_parameter', 'q'],
    ['?cursor=abc', 400, 'invalid_cursor', 'cursor'],
  ])('refuses the query %s', async (query, status, message, named) => {
    const reply = await as('viewer', getLineages, { query });
    expect(reply).toMatchObject({ status, json: { ok: 0, message } });
    expect(reply.json.detail).toContain(named);
  });

  it.each([
    ['{"name":"a","nmae":1}', 400, 'unknown_parameter'],
    ['{"name":', 400, 'invalid_json'],
    ['[]', 400, 'invalid_json'],
    ['null', 400, 'invalid_json'],
    [new Uint8Array([0x7b, 0xff]), 400, 'invalid_json'],
    ['{"name":"a\\u0000"}', 400, 'invalid_parameter'],
    ['{"name":"\\ud800"}', 400, 'invalid_parameter'],
    ['{"name":5}', 422, 'validation_failed'],
    ['{}', 422, 'validation_failed'],
    ['{"name":"  "}', 422, 'validation_failed'],
  ])('refuses the body %s', async (body, status, message) => {
    const reply = await as('operator', postFleet, { body });
    expect(reply).toMatchObject({ status, json: { ok: 0, message } });
    if (status === 422) expect(reply.json.errors?.[0]?.path).toBe('name');
  });

  it('refuses another content type, a body that is too large, and a body where none belongs', async () => {
    const text = await as('operator', postFleet, {
      body: '{"name":"a"}',
      headers: { 'content-type': 'text/plain' },
    });
    expect(text).toMatchObject({ status: 400, json: { message: 'unsupported_content_type' } });
    const large = await as('operator', postFleet, { body: `{"name":"${'a'.repeat(BODY_BYTES_MAX)}"}` });
    expect(large).toMatchObject({ status: 413, json: { message: 'payload_too_large' } });
    const stray = await as('operator', { ...postFleet, body: null }, { body: { name: 'a' } });
    expect(stray).toMatchObject({ status: 400, json: { message: 'unknown_parameter' } });
  });

  it('takes per_device for none', async () => {
    const reply = await as('operator', patchProjectPolicy, {
      body: { schema_coalescing_mode: 'per_device' },
    });
    expect(reply.json.data).toMatchObject({
      schema_coalescing_mode: 'none',
      origins: { schema_coalescing_mode: 'project' },
    });
  });

  it('names the UUID of a device that is asked for by name, in a path and in a filter', async () => {
    const made = await as('operator', postFleetDevice, { body: { name: 'pump' } });
    const { device } = made.json.data as { device: { id: string } };
    const params = { project_id: place.projectId, fleet_id: place.fleetId, device_id: 'pump' };
    for (const reply of [
      await as('viewer', getFleetDevice, { params }),
      await as('viewer', getLineages, { query: '?device_id=pump' }),
      await as('viewer', getControls, { query: '?device_id=pump' }),
    ]) {
      expect(reply.status).toBe(400);
      expect(reply.json.detail).toContain(device.id);
    }
  });
});

describe('what is not named by a UUID', () => {
  it('reaches its verb', async () => {
    const made = await makeLineage(db, place);
    const reply = await as('operator', postRetryFailures, {
      params: {
        project_id: place.projectId,
        lineage_id: made.lineageId,
        group_id: '0123456789abcdef',
      },
      body: { remedy: 'as_is' },
    });
    expect(reply).toMatchObject({ status: 404, json: { message: 'failure_group_not_found' } });
  });
});

describe('organisations', () => {
  it('are named by a header where there are several', async () => {
    const { token, userId } = place.people.owner;
    await db.sql`
      insert into tidegate.membership (user_id, org_id, role)
      values (${userId}, ${place.stranger.orgId}, 'viewer')`;
    const host = testHost(db);
    expect(await call(host, getProjects, { token })).toMatchObject({
      status: 400,
      json: { message: 'org_id_required' },
    });
    expect((await call(host, getOrgs, { token })).json.data).toHaveLength(2);
    const there = { 'org-id': place.stranger.orgId };
    const listed = await call(host, getProjects, { token, headers: there });
    expect(listed.json.data).toMatchObject([{ id: place.stranger.projectId }]);
    const refused = await call(host, postProject, { token, headers: there, body: { name: 'x' } });
    expect(refused.status).toBe(403);
    const wrong = await call(host, getProjects, { token, headers: { 'org-id': uuidV4() } });
    expect(wrong.status).toBe(404);
  });
});

describe('a browser session', () => {
  const cookie = async (secret = TEST_SECRET): Promise<string> => {
    const jwt = await encode({ token: { sub: place.people.operator.userId }, secret });
    return `other=1; next-auth.session-token=${jwt}`;
  };
  const browse = async (target: Target, headers: Record<string, string>, body?: unknown) =>
    call(testHost(db), target, {
      params: { project_id: place.projectId, fleet_id: place.fleetId },
      headers: { cookie: await cookie(), ...headers },
      ...(body === undefined ? {} : { body }),
    });

  it('reads, and changes from its own origin alone', async () => {
    expect((await browse(getFleets, { 'sec-fetch-site': 'same-origin' })).status).toBe(200);
    expect((await browse(getFleets, {})).status).toBe(200);
    const body = () => ({ name: `f-${uuidV4()}` });
    expect((await browse(postFleet, { 'sec-fetch-site': 'same-origin' }, body())).status).toBe(201);
    expect((await browse(postFleet, { origin: 'http://tidegate.test' }, body())).status).toBe(201);
    for (const headers of [
      {},
      { origin: 'http://evil.test' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'none' },
      { 'sec-fetch-site': 'same-origin', origin: 'http://evil.test' },
    ] as Record<string, string>[]) {
      const reply = await browse(postFleet, headers, body());
      expect(reply).toMatchObject({ status: 403, json: { message: 'cross_origin_refused' } });
    }
    expect((await browse(getFleets, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await browse(getFleets, { origin: 'http://evil.test' })).status).toBe(403);
  });

  it('ends with the account, and is not believed with another signature', async () => {
    const forged = await call(testHost(db), getFleets, {
      params: { project_id: place.projectId },
      headers: { cookie: await cookie('another-secret-000000000000000000') },
    });
    expect(forged.status).toBe(401);
    await db.sql`
      update tidegate.app_user set disabled_at = now() where id = ${place.people.operator.userId}`;
    expect((await browse(getFleets, {})).status).toBe(401);
  });

  it('follows the project into its organisation, and into no other', async () => {
    await db.sql`
      insert into tidegate.membership (user_id, org_id, role)
      values (${place.people.operator.userId}, ${place.stranger.orgId}, 'viewer')`;
    expect((await browse(getFleets, {})).status).toBe(200);
    const outside = await makeTenancy(db);
    const reply = await call(testHost(db), getFleets, {
      params: { project_id: outside.projectId },
      headers: { cookie: await cookie() },
    });
    expect(reply).toMatchObject({ status: 404, json: { message: 'project_not_found' } });
  });
});

describe('an idempotency key', () => {
  it('runs once however many come at the same time, and gives all the same answer', async () => {
    const headers = { 'idempotency-key': uuidV4() };
    const replies = await Promise.all(
      Array.from({ length: 50 }, () => as('operator', postFleetDevice, { body: { name: 'pump' }, headers })),
    );
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(replies.map(({ text }) => text)).size).toBe(1);
    expect(replies.filter((reply) => !reply.headers.has('idempotency-replayed'))).toHaveLength(1);
    const listed = await as('viewer', getFleetDevices);
    expect(listed.json.data).toHaveLength(1);
    const events = await db.sql`
      select 1 from tidegate.event where project_id = ${place.projectId} and kind = 'device.registered'`;
    expect(events).toHaveLength(1);
  });

  it('is refused with another request, and is its own for each caller', async () => {
    const headers = { 'idempotency-key': 'nightly-1' };
    expect((await as('operator', postFleet, { body: { name: 'A' }, headers })).status).toBe(201);
    const other = await as('operator', postFleet, { body: { name: 'B' }, headers });
    expect(other).toMatchObject({ status: 422, json: { message: 'idempotency_key_reused' } });
    const elsewhere = await as('operator', patchProjectPolicy, {
      body: { resume_threshold_percent: 70 },
      headers,
    });
    expect(elsewhere.json.message).toBe('idempotency_key_reused');
    const owners = await as('owner', postFleet, { body: { name: 'B' }, headers });
    expect(owners.status).toBe(201);
    // Each has its own answer again, whoever else has used the key.
    expect((await as('owner', postFleet, { body: { name: 'B' }, headers })).text).toBe(owners.text);
    expect((await as('operator', postFleet, { body: { name: 'A' }, headers })).json).toMatchObject({
      data: { name: 'A' },
    });
  });

  it('keeps a refusal, and leaves nothing of what was refused', async () => {
    const headers = { 'idempotency-key': uuidV4() };
    const first = await as('operator', postFleet, { body: { name: 'Pumps' }, headers });
    expect(first).toMatchObject({ status: 409, json: { message: 'fleet_name_already_in_use' } });
    await db.sql`delete from tidegate.fleet where project_id = ${place.projectId}`;
    const second = await as('operator', postFleet, { body: { name: 'Pumps' }, headers });
    expect(second.text).toBe(first.text);
  });

  it('ends after 24 hours', async () => {
    const headers = { 'idempotency-key': uuidV4() };
    await as('operator', postFleet, { body: { name: 'A' }, headers });
    await db.sql`update tidegate.idempotency_key set created_at = now() - interval '25 hours'`;
    expect((await as('operator', postFleet, { body: { name: 'B' }, headers })).status).toBe(201);
  });

  it('keeps no secret that can be read without it', async () => {
    const headers = { 'idempotency-key': uuidV4() };
    const made = await as('operator', postToken, { body: { name: 'x' }, headers });
    const { token } = made.json.data as { token: string };
    const kept = JSON.stringify(await db.sql`select * from tidegate.idempotency_key`);
    expect(kept).not.toContain(token);
    expect(kept).not.toContain(headers['idempotency-key']);
    const again = await as('operator', postToken, { body: { name: 'x' }, headers });
    expect((again.json.data as { token: string }).token).toBe(token);
  });

  it('does not turn a simulation into an approval', async () => {
    const made = await makeLineage(db, place);
    const reviewId = await makeReview(db, place, made);
    const reply = await as('operator', postPreview, {
      params: { project_id: place.projectId, schema_review_id: reviewId },
      headers: { 'idempotency-key': uuidV4() },
      body: {
        action_version: 1,
        column_actions: [
          { source_column_name: 'id', action: 'mirror' },
          { source_column_name: 'price', action: 'mirror' },
        ],
      },
    });
    expect(reply.status).toBe(200);
    expect((reply.json.data as { ddl: string[] }).ddl).toHaveLength(1);
    expect(await db.sql`select 1 from tidegate.mirror where project_id = ${place.projectId}`).toHaveLength(0);
    expect(
      await db.sql`select 1 from tidegate.column_binding where lineage_id = ${made.lineageId}`,
    ).toHaveLength(0);
  });
});
