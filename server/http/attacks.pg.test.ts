// What a caller with some rights may try in order to get more: another's objects in bodies, cursors of other lists,
// names that programs give a meaning, tokens that make tokens.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDb, type RootDb } from '@/server/db/client';
import { uuidV4 } from '@/server/lib/uuid';
import { makeApiWorld, WORLD_MS_MAX, type ApiWorld } from '@/server/testing/api-world';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import { DEVICE_STATE, makeDeviceIn, newestReview, put, type TestTable } from '@/server/testing/engine';
import { call, testHost, type Call, type Reply } from '@/server/testing/http';
import { mirrorEvery } from '@/server/testing/registry';
import { OPERATIONS } from './catalogue';
import type { Route } from './contract';

let database: TestDatabase;
let db: RootDb;
let world: ApiWorld;

beforeAll(async () => {
  database = await createTestDatabase();
  db = createDb(database.url);
  world = await makeApiWorld(db);
}, WORLD_MS_MAX);
afterAll(async () => {
  await db.end();
  await database.drop();
});

const routeNamed = (name: string): Route => {
  const found = OPERATIONS.find(([operation]) => operation === name);
  if (found === undefined) throw new Error(`there is no operation ${name}`);
  return found[1];
};

type Who = 'viewer' | 'operator' | 'admin' | 'owner';

const as = (who: Who, operation: string, { params = {}, ...options }: Call = {}): Promise<Reply> =>
  call(testHost(db), routeNamed(operation), {
    token: world.tenancy.people[who].token,
    params: { project_id: world.tenancy.projectId, fleet_id: world.tenancy.fleetId, ...params },
    ...options,
  });

const asStranger = (operation: string, query = ''): Promise<Reply> =>
  call(testHost(db), routeNamed(operation), {
    token: world.tenancy.stranger.token,
    params: { project_id: world.tenancy.stranger.projectId, fleet_id: world.tenancy.stranger.fleetId },
    query,
  });

const LISTS = OPERATIONS.filter(([, { isList, path }]) => isList && !/\{(?!project_id|fleet_id)/.test(path));

/** A review that the operator has claimed. */
async function claimed(table: TestTable) {
  const device = await makeDeviceIn(db, world.tenancy, `d-${uuidV4()}`);
  await device.send(table, [put(1, { id: 1, mode: 'a', setpoint: 1 })]);
  const { id } = await newestReview(db, device.id);
  const params = { schema_review_id: id };
  await as('operator', 'postClaim', { params, body: { action_version: 1 } });
  const decide = (actions: Parameters<typeof mirrorEvery>[1], operation = 'postApprove') =>
    as('operator', operation, {
      params,
      body: { action_version: 2, column_actions: mirrorEvery(table, actions) },
    });
  return { device, decide };
}

describe("another's objects in a decision", () => {
  it('are not there: a data point of another organisation, or of another device', async () => {
    const { decide } = await claimed(DEVICE_STATE);
    const details = new Set<string | undefined>();
    for (const device_data_point_id of [
      ...(world.foreign['data_point_id'] ?? []),
      ...(world.own['data_point_id'] ?? []),
      uuidV4(),
    ]) {
      for (const operation of ['postApprove', 'postPreview']) {
        const reply = await decide({ mode: { action: 'map', device_data_point_id } }, operation);
        expect(reply).toMatchObject({ status: 422, json: { message: 'column_actions_invalid' } });
        details.add(reply.json.detail?.replace(device_data_point_id, 'X'));
      }
    }
    // The same words whether there is such a data point somewhere or not.
    expect(details.size).toBe(1);
  });

  it('cannot be written to: a mirror table is named by Tidegate alone', async () => {
    const { device, decide } = await claimed({ ...DEVICE_STATE, name: `t${uuidV4()}` });
    const tables = await db.sql<{ table_name: string }[]>`select table_name from tidegate.mirror`;
    for (const mirror_table_name of [
      tables[0]?.table_name ?? '',
      'tidegate.lineage',
      'x"; drop table y; --',
    ]) {
      for (const operation of ['postApprove', 'postPreview']) {
        const reply = await decide({ mode: { mirror_table_name } }, operation);
        expect(reply).toMatchObject({
          status: 422,
          json: {
            message: 'mirror_table_differs',
            errors: [{ path: 'column_actions[1].mirror_table_name', code: 'mirror_table_differs' }],
          },
        });
      }
    }
    expect(await db.sql`select from tidegate.mirror where scope_id = ${device.id}`).toHaveLength(0);
    const shown = await as('operator', 'getReview', {
      params: { schema_review_id: (await newestReview(db, device.id)).id },
    });
    const { mirror_table_name } = shown.json.data as { mirror_table_name: string };
    expect((await decide({ mode: { mirror_table_name } })).status).toBe(200);
  });

  it('cannot be gone on in: a column that is not one of its own mirror', async () => {
    const { decide } = await claimed({ ...DEVICE_STATE, name: `t${uuidV4()}` });
    for (const rename_of of ['price', 'device_id', '__proto__', 'constructor', 'version_seq'])
      expect((await decide({ mode: { rename_of } })).status).toBe(422);
  });
});

describe('names that programs give a meaning', () => {
  it('are names like any other, from the device to the mirror', async () => {
    const names = ['__proto__', 'constructor', 'hasOwnProperty', 'toString', 'a,b', 'a'];
    const table: TestTable = {
      name: '__proto__',
      columns: [
        { name: 'id', decl_type_affinity: 'INTEGER', pk_ordinal: 1, not_null: true },
        ...names.map((name) => ({
          name,
          decl_type_affinity: 'TEXT' as const,
          pk_ordinal: 0,
          not_null: false,
        })),
      ],
    };
    const device = await makeDeviceIn(db, world.tenancy, `d-${uuidV4()}`);
    const row = JSON.parse(
      `{"id":1,${names.map((name) => `${JSON.stringify(name)}:${JSON.stringify(`is ${name}`)}`).join(',')}}`,
    ) as { id: number };
    await device.send(table, [put(1, row)]);
    const { id, lineageId } = await newestReview(db, device.id);
    const params = { schema_review_id: id, lineage_id: lineageId };
    await as('operator', 'postClaim', { params, body: { action_version: 1 } });
    const body = { action_version: 2, column_actions: mirrorEvery(table) };
    expect((await as('operator', 'postPreview', { params, body })).json.data).toMatchObject({
      landing_rows: 1,
    });
    expect((await as('operator', 'postApprove', { params, body })).status).toBe(200);
    await device.send(table, [put(2, row)]);
    for (const query of [
      '',
      `?columns=${encodeURIComponent(['id', ...names].join(','))}`,
      '?sort=-__proto__',
    ]) {
      const read = await as('operator', 'getMirrorRows', { params, query });
      const [shown] = (read.json.data as { rows: { data: Record<string, unknown> }[] }).rows;
      expect(Object.entries(shown?.data ?? {}).sort()).toEqual(Object.entries(row).sort());
    }
    const only = await as('operator', 'getMirrorRows', {
      params,
      query: '?columns=a,b,constructor&filter=__proto__:is __proto__',
    });
    expect((only.json.data as { rows: { data: unknown }[] }).rows).toMatchObject([
      { data: { 'a,b': 'is a,b', constructor: 'is constructor' } },
    ]);
  });
});

describe('a cursor', () => {
  it.each(LISTS.map(([name]) => name))('of a stranger’s %s leads to nothing of theirs', async (name) => {
    const theirs = await asStranger(name, '?limit=1');
    const cursor = (theirs.json.meta as { next_cursor: string | null } | null)?.next_cursor;
    if (cursor === null || cursor === undefined) return;
    const reply = await as('owner', name, { query: `?limit=500&cursor=${cursor}` });
    expect(reply.status).toBe(200);
    expect(reply.text).not.toContain(world.foreignWord);
  });

  it.each(LISTS.map(([name]) => name))('of no kind makes a fault of %s', async (name) => {
    const first = await as('owner', name, { query: '?limit=1' });
    const own = (first.json.meta as { next_cursor: string | null } | null)?.next_cursor ?? 'WyIiXQ';
    const [order, ...key] = JSON.parse(Buffer.from(own, 'base64url').toString()) as string[];
    const made = (parts: unknown) => Buffer.from(JSON.stringify(parts)).toString('base64url');
    for (const cursor of [
      made(key),
      made([order]),
      made([order, ...key, 'x']),
      made([order, ...key.map(() => "' or 1=1 --")]),
      made([order, ...key.map(() => '\ud800')]),
      made([order, ...key.map(() => null)]),
      made([order, ...key.map(() => '9'.repeat(400))]),
      made([order, ...key.map(() => 'infinity')]),
      made(['__proto__', ...key]),
      made({ order, key }),
      `${own}.`,
      'A'.repeat(4500),
    ]) {
      const reply = await as('owner', name, { query: `?cursor=${cursor}` });
      expect([200, 400], cursor).toContain(reply.status);
      expect(reply.text).not.toContain(world.foreignWord);
    }
  });
});

describe('a token', () => {
  const made = async (who: Who, body: object): Promise<{ id: string; token: string }> =>
    (await as(who, 'postToken', { body: { name: 'made', ...body } })).json.data as {
      id: string;
      token: string;
    };

  it('makes none that outlives it', async () => {
    const soon = new Date(Date.now() + 3_600_000).toISOString();
    const later = new Date(Date.now() + 7_200_000).toISOString();
    const short = await made('operator', { expires_at: soon });
    const by = (body: object) =>
      as('operator', 'postToken', { token: short.token, body: { name: 'n', ...body } });
    expect(await by({ expires_at: later })).toMatchObject({
      status: 403,
      json: { message: 'permission_denied' },
    });
    const silent = await by({});
    expect(silent.status).toBe(201);
    expect(Date.parse((silent.json.data as { expires_at: string }).expires_at)).toBe(Date.parse(soon));
  });

  it('ends itself, and none that may do more', async () => {
    const reads = await made('operator', { scopes: ['PROJECT_CAN_VIEW'] });
    const writes = await made('operator', {});
    const revoke = (id: string, token: string) =>
      as('operator', 'deleteToken', { token, params: { token_id: id } });
    expect(await revoke(writes.id, reads.token)).toMatchObject({
      status: 403,
      json: { message: 'permission_denied' },
    });
    expect((await as('operator', 'getTokens', { token: writes.token })).status).toBe(200);
    expect((await revoke(reads.id, reads.token)).status).toBe(200);
    expect((await as('operator', 'getTokens', { token: reads.token })).status).toBe(401);
  });
});

it('keeps who reached for rows that they may not read, and not each time', async () => {
  const params = { lineage_id: world.own['lineage_id']?.[0] ?? '' };
  for (let n = 0; n < 20; n += 1) expect((await as('viewer', 'getStagedRows', { params })).status).toBe(403);
  const events = await db.sql<{ data: { code: string }; lineage_id: string }[]>`
    select data, lineage_id from tidegate.event
    where kind = 'request.refused' and actor_id = ${world.tenancy.people.viewer.userId}`;
  expect(events).toHaveLength(10);
  expect(events[0]).toMatchObject({ data: { code: 'permission_denied' }, lineage_id: params.lineage_id });
});
