import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { startBroker, WORKER, type Broker } from '@/server/broker/broker';
import { PgHooks } from '@/server/broker/pg-hooks';
import { createDb, type RootDb } from '@/server/db/client';
import { event } from '@/server/db/schema/operations';
import { device, deviceCredential, fleet, org, project } from '@/server/db/schema/tenancy';
import { systemClock } from '@/server/lib/clock';
import { hashPassword } from '@/server/lib/password';
import { WORKER_FILTERS } from '@/server/protocol/topics';
import {
  brokerFolder,
  bundleBroker,
  startBrokerProcess,
  type BrokerFolder,
} from '@/server/testing/broker-process';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import { connectClient, endClients, type TestClient } from '@/server/testing/mqtt-client';

const WORKER_PASSWORD = 'made for this test';
const PASSWORD = 'device password';
const QOS1 = { qos: 1 } as const;

let database: TestDatabase;
let db: RootDb;
let hooks: PgHooks;
let folder: BrokerFolder;
let broker: Broker;

/** Makes a device with a credential; returns its root topic. */
async function addDevice(slug: string | null, name: string): Promise<string> {
  const [orgId, projectId, fleetId, id] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const rootTopic = `${slug ?? ''}/${name}`;
  await db.orm.insert(org).values({ id: orgId, name: orgId });
  await db.orm.insert(project).values({ id: projectId, orgId, name: 'p', topicSlug: slug });
  await db.orm.insert(fleet).values({ id: fleetId, projectId, name: 'f' });
  await db.orm.insert(device).values({ id, orgId, projectId, fleetId, name, rootTopic });
  await db.orm
    .insert(deviceCredential)
    .values({ deviceId: id, username: rootTopic, passwordHash: await hashPassword(PASSWORD) });
  return rootTopic;
}

const names = (): string => `s${randomUUID().slice(0, 8)}`;

function connectDevice(
  username: string,
  options: { clientId?: string; password?: string; port?: number } = {},
) {
  const { clientId = username, password = PASSWORD, port = broker.port } = options;
  return connectClient(port, { clientId, username, password, clean: false });
}

async function connectWorker({ clientId = 'slot-1', port = broker.port } = {}): Promise<TestClient> {
  const worker = await connectClient(port, {
    clientId,
    username: WORKER,
    password: WORKER_PASSWORD,
    clean: false,
  });
  await worker.client.subscribeAsync([...WORKER_FILTERS], QOS1);
  return worker;
}

const payloads = ({ received }: TestClient): string[] => received.map(({ payload }) => payload);

beforeAll(async () => {
  database = await createTestDatabase();
  db = createDb(database.url);
});

afterAll(async () => {
  await db.end();
  await database.drop();
});

beforeEach(async () => {
  folder = brokerFolder();
  hooks = new PgHooks(db, systemClock, () => undefined);
  const { dataDir } = folder;
  broker = await startBroker({
    port: 0,
    dataDir,
    workerPassword: WORKER_PASSWORD,
    hooks,
    log: () => undefined,
    checkEveryMs: 50,
  });
});

afterEach(async () => {
  await endClients();
  await broker.close();
  await hooks.stop();
  folder.remove();
});

describe('who may connect', () => {
  test('a device with its password, and nobody else', async () => {
    const root = await addDevice(names(), 'd1');
    await expect(connectDevice(root, { password: 'wrong' })).rejects.toThrow(/Bad username or password/);
    await expect(connectDevice('nobody/d1')).rejects.toThrow(/Bad username or password/);
    await expect(connectDevice('d1')).rejects.toThrow(/Bad username or password/);
    await expect(connectDevice(root)).resolves.toBeDefined();
  });

  test('a wrong password does not become right, nor a right one wrong, by asking again', async () => {
    const root = await addDevice(names(), 'd1');
    await connectDevice(root);
    await expect(connectDevice(root, { password: 'wrong' })).rejects.toThrow(/Bad username/);
    await expect(connectDevice(root, { password: 'wrong' })).rejects.toThrow(/Bad username/);
    await expect(connectDevice(root)).resolves.toBeDefined();
  });

  test('nobody as the worker without its secret', async () => {
    await expect(connectDevice(WORKER, { password: 'guess' })).rejects.toThrow(/Bad username or password/);
  });

  test('a second worker stands by, the same slot takes its place again', async () => {
    await connectWorker({ clientId: 'slot-1' });
    await expect(connectWorker({ clientId: 'slot-2' })).rejects.toThrow(/Server unavailable/);
    await expect(connectWorker({ clientId: 'slot-1' })).resolves.toBeDefined();
  });

  test('a revoked credential ends the connection and lets nobody in again', async () => {
    const root = await addDevice(names(), 'd1');
    const { client } = await connectDevice(root);
    await db.orm
      .update(deviceCredential)
      .set({ revokedAt: new Date() })
      .where(eq(deviceCredential.username, root));
    await expect.poll(() => client.connected).toBe(false);
    await expect(connectDevice(root)).rejects.toThrow(/Bad username or password/);
  });
});

test('a device that has gone was last seen when it went, not when the broker looks next', async () => {
  const told: string[] = [];
  const own = brokerFolder();
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const looking = await startBroker({
    port: 0,
    dataDir: own.dataDir,
    workerPassword: WORKER_PASSWORD,
    hooks: {
      authenticateDevice: () => Promise.resolve(true),
      revokedAmong: () => Promise.resolve([]),
      deviceConnected: (name) => told.push(`${name} connected`),
      deviceDisconnected: (name) => told.push(`${name} gone`),
      devicesSeen: (all) => told.push(`${all.join()} seen`),
      denied: () => undefined,
    },
    log: () => undefined,
    checkEveryMs: 50,
  });
  const [brief, lasting] = [
    await connectDevice('a/brief', { port: looking.port }),
    await connectDevice('a/lasting', { port: looking.port }),
  ];
  for (const { client } of [brief, lasting])
    await client.publishAsync(`${client.options.username ?? ''}/rows/batch`, '{}', QOS1);
  await brief.client.endAsync();
  await expect.poll(() => told).toContain('a/brief gone');
  vi.advanceTimersByTime(50);
  expect(told).toEqual(['a/brief connected', 'a/lasting connected', 'a/brief gone', 'a/lasting seen']);
  vi.useRealTimers();
  await endClients();
  await looking.close();
  own.remove();
});

describe('topics', () => {
  test('what a device publishes under its root reaches the worker', async () => {
    const root = await addDevice(null, names());
    const worker = await connectWorker();
    const { client } = await connectDevice(root);
    await client.publishAsync(`${root}/sync/rows/batch`, 'rows', QOS1);
    await expect.poll(() => worker.received).toEqual([{ topic: `${root}/sync/rows/batch`, payload: 'rows' }]);
  });

  test.each([
    ['another device’s root', (_own: string, other: string) => `${other}/sync/rows/batch`],
    ['its own control topic', (own: string) => `${own}/sync/ingest/control`],
    ['its own receipt topic', (own: string) => `${own}/sync/ingest/receipt`],
  ])('publishing to %s ends the connection and reaches nobody', async (_where, topicOf) => {
    const slug = names();
    const [own, other] = [await addDevice(slug, 'd1'), await addDevice(names(), 'd1')];
    const worker = await connectWorker();
    const victim = await connectDevice(other);
    await victim.client.subscribeAsync(`${other}/#`, QOS1);
    const intruder = await connectDevice(own);
    intruder.client.publish(topicOf(own, other), 'forged', QOS1);
    await expect.poll(() => intruder.client.connected).toBe(false);
    await victim.client.publishAsync(`${other}/sync/rows/batch`, 'honest', QOS1);
    await expect.poll(() => payloads(worker)).toEqual(['honest']);
    await expect.poll(() => payloads(victim)).toEqual(['honest']);
    await expect
      .poll(
        async () => (await db.orm.select().from(event).where(eq(event.kind, 'device.denied'))).at(-1)?.data,
      )
      .toMatchObject({ action: 'publish', topic: topicOf(own, other) });
  });

  test('a device hears its own control messages and nobody else’s', async () => {
    const [own, other] = [await addDevice(names(), 'd1'), await addDevice(names(), 'd1')];
    const worker = await connectWorker();
    const { client, received } = await connectDevice(own);
    const refused = ['#', '+/+/sync/ingest/control', `${other}/sync/ingest/control`];
    // One request for several filters: what is refused must not ride on what is granted.
    const grants = new Promise<unknown>((resolve) => {
      client.on('packetreceive', (packet) => packet.cmd === 'suback' && resolve(packet.granted));
    });
    client.subscribe([...refused, `${own}/sync/ingest/control`], QOS1);
    expect(await grants).toEqual([128, 128, 128, 1]);
    await worker.client.publishAsync(`${other}/sync/ingest/control`, 'theirs', QOS1);
    await worker.client.publishAsync(`${own}/sync/ingest/control`, 'mine', QOS1);
    await expect.poll(() => received.map(({ payload }) => payload)).toEqual(['mine']);
  });

  test('a payload above the limit reaches the worker to be rejected; a far larger packet ends the connection', async () => {
    const root = await addDevice(names(), 'd1');
    const worker = await connectWorker();
    const { client } = await connectDevice(root);
    await client.publishAsync(`${root}/sync/rows/batch`, 'x'.repeat(600 * 1024), QOS1);
    await expect.poll(() => payloads(worker).map((text) => text.length)).toEqual([600 * 1024]);
    client.publish(`${root}/sync/rows/batch`, 'x'.repeat(2 * 1024 * 1024), QOS1);
    await expect.poll(() => client.connected).toBe(false);
    expect(worker.received).toHaveLength(1);
  });
});

describe('sessions', () => {
  test('equal client ids of two devices do not throw each other off', async () => {
    const [a, b] = [await addDevice(names(), 'd1'), await addDevice(names(), 'd1')];
    const first = await connectDevice(a, { clientId: 'd1' });
    const second = await connectDevice(b, { clientId: 'd1' });
    await second.client.publishAsync(`${b}/sync/rows/batch`, 'b', QOS1);
    await first.client.publishAsync(`${a}/sync/rows/batch`, 'a', QOS1);
    expect([first.client.connected, second.client.connected]).toEqual([true, true]);
  });

  test('a device with another’s client id neither ends nor reads the other’s session', async () => {
    const [victim, thief] = [await addDevice(names(), 'd1'), await addDevice(names(), 'd1')];
    const online = await connectDevice(victim);
    await online.client.subscribeAsync(`${victim}/sync/ingest/control`, QOS1);
    await online.kill();
    const worker = await connectWorker();
    await worker.client.publishAsync(`${victim}/sync/ingest/control`, 'for the victim', QOS1);
    const stolen = await connectDevice(thief, { clientId: victim });
    expect(stolen.sessionPresent).toBe(false);
    const back = await connectDevice(victim);
    await expect.poll(() => payloads(back)).toEqual(['for the victim']);
    expect(stolen.received).toEqual([]);
  });

  test('what the worker has not acknowledged comes again to its next connection', async () => {
    const root = await addDevice(names(), 'd1');
    const deaf = await connectWorker();
    deaf.client.handleMessage = () => undefined;
    const { client } = await connectDevice(root);
    const sent = Array.from({ length: 20 }, (_, i) => `m${i}`);
    await Promise.all(sent.map((payload) => client.publishAsync(`${root}/sync/rows/batch`, payload, QOS1)));
    await deaf.kill();
    const worker = await connectWorker();
    await expect.poll(() => payloads(worker)).toEqual(sent);
  });

  test('messages that come faster than they are acknowledged all arrive, in order', async () => {
    const root = await addDevice(names(), 'd1');
    const worker = await connectWorker();
    const { client } = await connectDevice(root);
    const sent = Array.from({ length: 1_000 }, (_, i) => `m${i}`);
    await Promise.all(sent.map((payload) => client.publishAsync(`${root}/sync/rows/batch`, payload, QOS1)));
    await expect.poll(() => worker.received.length, { timeout: 20_000 }).toBe(1_000);
    expect(payloads(worker)).toEqual(sent);
  });

  test('a clean start of the worker does not throw away what waits for it', async () => {
    const root = await addDevice(names(), 'd1');
    const { client } = await connectDevice(root);
    await client.publishAsync(`${root}/sync/rows/batch`, 'early', QOS1);
    const worker = await connectClient(broker.port, {
      clientId: 'slot-1',
      username: WORKER,
      password: WORKER_PASSWORD,
      clean: true,
    });
    await expect.poll(() => payloads(worker)).toEqual(['early']);
  });
});

describe('Postgres', () => {
  const connectedOf = async (root: string) =>
    (await db.orm.select().from(device).where(eq(device.rootTopic, root)))[0]?.connected;

  test('knows who is connected, with an event each time', async () => {
    const root = await addDevice(names(), 'd1');
    const { kill } = await connectDevice(root);
    await expect.poll(() => connectedOf(root)).toBe(true);
    await kill();
    await expect.poll(() => connectedOf(root)).toBe(false);
    const [row] = await db.orm.select().from(device).where(eq(device.rootTopic, root));
    const events = await db.orm
      .select()
      .from(event)
      .where(eq(event.deviceId, row?.id ?? ''));
    expect(events.map(({ kind }) => kind)).toEqual(['device.connected', 'device.disconnected']);
  });
});

describe('kill -9', () => {
  test('of the broker loses nothing that it has acknowledged: 200 of 200', async () => {
    const bundle = await bundleBroker();
    const root = await addDevice(names(), 'd1');
    const own = brokerFolder();
    const settings = { databaseUrl: database.url, dataDir: own.dataDir, workerPassword: WORKER_PASSWORD };
    const first = await startBrokerProcess(bundle, { ...settings, port: 0 });
    const { client } = await connectDevice(root, { port: first.port });
    const sent = Array.from({ length: 200 }, (_, i) => `m${i}`);
    // The worker has never connected: its session exists all the same.
    await Promise.all(sent.map((payload) => client.publishAsync(`${root}/sync/rows/batch`, payload, QOS1)));
    await first.kill();

    const second = await startBrokerProcess(bundle, { ...settings, port: 0 });
    const worker = await connectWorker({ port: second.port });
    await expect.poll(() => worker.received.length).toBe(200);
    expect(payloads(worker)).toEqual(sent);
    await second.kill();
    own.remove();
  });
});
