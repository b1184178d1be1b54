import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createDb, type RootDb } from '@/server/db/client';
import { verifyPassword } from '@/server/lib/password';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import { makeTenancy, type TestTenancy } from '@/server/testing/tenancy';
import { createFleet } from './create-fleet';
import { deleteDevice } from './delete-device';
import { getDevice } from './get-device';
import { listDevices } from './list-devices';
import { listFleets } from './list-fleets';
import { mqttConnectionDetails } from './mqtt-connection-details';
import { registerDevice } from './register-device';
import { removeDemo } from './remove-demo';
import { rotateCredentials } from './rotate-credentials';

let database: TestDatabase;
let db: RootDb;
let place: TestTenancy;
const brokerUrl = 'mqtt://127.0.0.1:1883';

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

const at = () => ({
  ctx: place.people.operator.ctx,
  projectId: place.projectId,
  fleetId: place.fleetId,
  brokerUrl,
});
const register = (name: string) => registerDevice({ ...at(), input: { name } });

it('registers a device whose password works and is kept only as a hash', async () => {
  const { device, mqtt } = await register('pump-1');
  expect(mqtt).toMatchObject({ broker_url: brokerUrl, client_id: 'pump-1', root_topic: device.root_topic });
  expect(device.root_topic).toMatch(/^p-[0-9a-f]{8}\/pump-1$/);
  expect(device.id[14]).toBe('4');
  const [kept] = await db.sql<{ username: string; password_hash: string }[]>`
    select username, password_hash from tidegate.device_credential where device_id = ${device.id}`;
  expect(kept?.username).toBe(mqtt.username);
  expect(await verifyPassword(mqtt.password, kept?.password_hash ?? '')).toBe(true);
  const events = await db.sql`select data from tidegate.event where device_id = ${device.id}`;
  expect(events).toHaveLength(1);
  expect(JSON.stringify(events)).not.toContain(mqtt.password);

  const { password } = await rotateCredentials({ ...at(), deviceId: device.id });
  const [rotated] = await db.sql<{ password_hash: string }[]>`
    select password_hash from tidegate.device_credential where device_id = ${device.id}`;
  expect(await verifyPassword(password, rotated?.password_hash ?? '')).toBe(true);
  expect(await verifyPassword(mqtt.password, rotated?.password_hash ?? '')).toBe(false);
});

it('removes the demo and nothing else, and says each removal in the events', async () => {
  const demo = await Promise.all(
    ['demo-1', 'demo-2'].map((name) => registerDevice({ ...at(), input: { name, isDemo: true } })),
  );
  const { device: kept } = await register('pump-1');
  await expect(removeDemo({ ...at(), ctx: place.people.viewer.ctx })).rejects.toMatchObject({ status: 403 });
  expect(await removeDemo(at())).toEqual({ devices: 2, lineages: 0, staged_rows: 0 });
  const { items } = await listDevices({ ...at(), input: {} });
  expect(items.map(({ id }) => id)).toEqual([kept.id]);
  const events = await db.sql<{ device_id: string }[]>`
    select device_id from tidegate.event where project_id = ${place.projectId} and kind = 'device.deleted'`;
  expect(events.map((event) => event.device_id).sort()).toEqual(demo.map(({ device }) => device.id).sort());
  expect(await removeDemo(at())).toEqual({ devices: 0, lineages: 0, staged_rows: 0 });
});

it.each(['', 'a/b', 'a+b', 'a#b', 'a b', 'a\u00a0b', 'a\0b', 'x'.repeat(64), '\ud800'])(
  'refuses the device name %j',
  async (name) => {
    await expect(register(name)).rejects.toMatchObject({ status: 422, code: 'invalid_device_name' });
  },
);

it('takes 63 characters of any script', async () => {
  expect((await register('ü'.repeat(63))).device.name).toHaveLength(63);
});

it('gives a name once per project, and once among all projects without a slug', async () => {
  const { device } = await register('pump');
  await expect(register('pump')).rejects.toMatchObject({
    status: 409,
    code: 'device_name_already_in_use',
    extra: { data: { device_id: device.id } },
  });
  const { stranger } = place;
  const theirs = { ctx: stranger.ctx, projectId: stranger.projectId, fleetId: stranger.fleetId, brokerUrl };
  await registerDevice({ ...theirs, input: { name: 'pump' } });

  await db.sql`
    update tidegate.project set topic_slug = null where id in (${place.projectId}, ${stranger.projectId})`;
  expect((await register('bare')).device.root_topic).toBe('/bare');
  const clash = registerDevice({ ...theirs, input: { name: 'bare' } });
  await expect(clash).rejects.toMatchObject({ code: 'device_name_already_in_use' });
  await expect(clash).rejects.not.toMatchObject({ extra: { data: expect.anything() } });
});

it('says which UUID a device has when it is asked for by name, and tells a stranger nothing', async () => {
  const { device } = await register('pump');
  await expect(getDevice({ ...at(), deviceId: 'pump' })).rejects.toMatchObject({
    status: 400,
    detail: expect.stringContaining(device.id),
  });
  for (const deviceId of [device.id, 'pump']) {
    await expect(
      getDevice({ ctx: place.stranger.ctx, projectId: place.stranger.projectId, deviceId }),
    ).rejects.toMatchObject({ status: 404, code: 'device_not_found' });
  }
  expect((await mqttConnectionDetails({ ...at(), deviceId: device.id })).publish_filters).toContain(
    `${device.root_topic}/sync/rows/batch`,
  );
});

it('walks a list by cursor without skipping or repeating, and counts it', async () => {
  for (const name of ['e', 'b', 'd', 'a', 'c']) await register(name);
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listDevices({ ...at(), input: { limit: 2, ...(cursor ? { cursor } : {}) } });
    expect(page.meta.total_items).toBe(5);
    seen.push(...page.items.map(({ name }) => name));
    cursor = page.meta.next_cursor ?? undefined;
  } while (cursor !== undefined);
  expect(seen).toEqual(['a', 'b', 'c', 'd', 'e']);
  const second = await listDevices({ ...at(), input: { limit: 2, page: 2 } });
  expect(second.items.map(({ name }) => name)).toEqual(['c', 'd']);
  const made = Buffer.from(JSON.stringify(['name', 'a', 'not-a-uuid'])).toString('base64url');
  for (const bad of ['%', 'AAAA', made]) {
    await expect(listDevices({ ...at(), input: { cursor: bad } })).rejects.toMatchObject({
      status: 400,
      code: 'invalid_cursor',
    });
  }
});

it('takes the signs of LIKE literally in a search', async () => {
  await register('a_b');
  await register('axb');
  const found = await listDevices({ ...at(), input: { q: 'a_b' } });
  expect(found.items.map(({ name }) => name)).toEqual(['a_b']);
});

it('counts a fleet and refuses its name twice', async () => {
  await register('pump');
  const { ctx, projectId } = at();
  await createFleet({ ctx, projectId, input: { name: 'Valves' } });
  await expect(createFleet({ ctx, projectId, input: { name: 'Valves' } })).rejects.toMatchObject({
    status: 409,
  });
  const { items } = await listFleets({ ctx, projectId, input: {} });
  expect(items.map(({ name, device_count }) => [name, device_count])).toEqual([
    ['Pumps', 1],
    ['Valves', 0],
  ]);
});

it('deletes a device with its credentials and keeps the event', async () => {
  const { device } = await register('pump');
  await deleteDevice({ ...at(), deviceId: device.id });
  await expect(getDevice({ ...at(), deviceId: device.id })).rejects.toMatchObject({ status: 404 });
  const left = await db.sql`select 1 from tidegate.device_credential where device_id = ${device.id}`;
  expect(left).toHaveLength(0);
  const kinds = await db.sql<{ kind: string }[]>`
    select kind from tidegate.event where device_id = ${device.id} order by seq`;
  expect(kinds.map(({ kind }) => kind)).toEqual(['device.registered', 'device.deleted']);
});

it('answers whoever comes second to a device that is deleted at the same moment', async () => {
  const { device } = await register('pump');
  const target = { ...at(), deviceId: device.id };
  const done = await Promise.allSettled([
    rotateCredentials(target),
    deleteDevice(target),
    deleteDevice(target),
    rotateCredentials(target),
  ]);
  expect(done.filter(({ status }) => status === 'rejected')).not.toHaveLength(0);
  for (const one of done) {
    if (one.status === 'rejected')
      expect(one.reason).toMatchObject({ status: 404, code: 'device_not_found' });
  }
  const deleted = await db.sql`
    select 1 from tidegate.event where device_id = ${device.id} and kind = 'device.deleted'`;
  expect(deleted).toHaveLength(1);
});
