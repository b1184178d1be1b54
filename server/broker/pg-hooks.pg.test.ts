import { randomUUID } from 'node:crypto';
import { isNull, lt } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { PgHooks } from '@/server/broker/pg-hooks';
import { createDb, type RootDb } from '@/server/db/client';
import { control } from '@/server/db/schema/downlink';
import { device, deviceCredential, fleet, org, project } from '@/server/db/schema/tenancy';
import { systemClock } from '@/server/lib/clock';
import { hashPassword } from '@/server/lib/password';
import { createTestDatabase } from '@/server/testing/database';

const PASSWORD = 'device password';

/** A project with the device `a/d`, whose password is PASSWORD. */
async function addDevice(db: RootDb): Promise<void> {
  const [orgId, projectId, fleetId, id] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  await db.orm.insert(org).values({ id: orgId, name: 'o' });
  await db.orm.insert(project).values({ id: projectId, orgId, name: 'p', topicSlug: 'a' });
  await db.orm.insert(fleet).values({ id: fleetId, projectId, name: 'f' });
  await db.orm.insert(device).values({ id, orgId, projectId, fleetId, name: 'd', rootTopic: 'a/d' });
  const passwordHash = await hashPassword(PASSWORD);
  await db.orm.insert(deviceCredential).values({ deviceId: id, username: 'a/d', passwordHash });
}

test('a connection made with the old password ends with it, one made with the new stays', async () => {
  const database = await createTestDatabase();
  const db = createDb(database.url);
  const hooks = new PgHooks(db, systemClock, () => undefined);
  await addDevice(db);
  expect(await hooks.authenticateDevice('a/d', PASSWORD)).toBe(true);
  expect(await hooks.revokedAmong(['a/d'])).toEqual([]);
  await db.orm.update(deviceCredential).set({ passwordHash: await hashPassword('the new one') });
  expect(await hooks.authenticateDevice('a/d', PASSWORD)).toBe(false);
  expect(await hooks.revokedAmong(['a/d'])).toEqual(['a/d']);
  expect(await hooks.authenticateDevice('a/d', 'the new one')).toBe(true);
  expect(await hooks.revokedAmong(['a/d'])).toEqual([]);
  await hooks.stop();
  await db.end();
  await database.drop();
});

test('a device that was let in before is let in while Postgres is away, a stranger is asked to come back', async () => {
  const gone = await createTestDatabase();
  const goneDb = createDb(gone.url);
  const own = new PgHooks(goneDb, systemClock, () => undefined);
  await addDevice(goneDb);
  expect(await own.authenticateDevice('a/d', PASSWORD)).toBe(true);
  await own.stop();
  await gone.drop();
  expect(await own.authenticateDevice('a/d', PASSWORD)).toBe(true);
  await expect(own.authenticateDevice('a/d', 'wrong')).rejects.toThrow();
  await expect(own.authenticateDevice('a/x', PASSWORD)).rejects.toThrow();
  await goneDb.end();
});

test('a device that connects has its unacknowledged controls sent at once, also when nobody noticed it was gone', async () => {
  const database = await createTestDatabase();
  const db = createDb(database.url);
  await addDevice(db);
  const [row] = await db.orm.select().from(device);
  const add = (
    kind: 'pause_lineage' | 'resume_lineage',
    settled: { acknowledgedAt?: Date; supersededAt?: Date } = {},
  ) =>
    db.orm.insert(control).values({
      id: randomUUID(),
      deviceId: row?.id ?? '',
      sourceTable: 't',
      controlKind: kind,
      nextSendAt: new Date('2100-01-01'),
      ...settled,
    });
  await add('resume_lineage', { acknowledgedAt: new Date() });
  await add('resume_lineage', { supersededAt: new Date() });
  const hooks = new PgHooks(db, systemClock, () => undefined);
  const dueKinds = async () =>
    (
      await db.orm
        .select()
        .from(control)
        .where(lt(control.nextSendAt, new Date('2099-01-01')))
    ).map((c) => c.controlKind);
  const connects = async () => {
    await db.orm.delete(control).where(isNull(control.acknowledgedAt));
    await add('pause_lineage');
    hooks.deviceConnected('a/d');
    await expect.poll(dueKinds, { timeout: 20_000 }).toEqual(['pause_lineage']);
  };
  await connects();
  await connects();
  await hooks.stop();
  await db.end();
  await database.drop();
});

test('who connected and who was turned away is kept for the project, and never a password', async () => {
  const database = await createTestDatabase();
  const db = createDb(database.url);
  await addDevice(db);
  const hooks = new PgHooks(db, systemClock, () => undefined);
  hooks.deviceConnected('a/d');
  const reason = 'not under the device’s own root';
  hooks.denied({ username: 'a/d', action: 'publish', topic: 'b/x\0', reason });
  hooks.denied({ username: 'a/d', action: 'subscribe', topic: '#', reason });
  hooks.denied({
    username: 'a/misspelt',
    action: 'connect',
    topic: null,
    reason: 'wrong username or password',
  });
  hooks.denied({
    username: 'elsewhere',
    action: 'connect',
    topic: null,
    reason: 'wrong username or password',
  });
  const kept = () => db.sql<
    { kind: string; username: string; owned: boolean; is_device: boolean; topic: string }[]
  >`
    select kind, username, project_id is not null as owned, device_id is not null as is_device, topic
    from tidegate.mqtt_access_event order by kind, username`;
  await expect.poll(async () => (await kept()).length).toBe(5);
  expect([...(await kept())]).toEqual([
    { kind: 'auth_failed', username: 'a/misspelt', owned: true, is_device: false, topic: null },
    { kind: 'auth_failed', username: 'elsewhere', owned: false, is_device: false, topic: null },
    { kind: 'connected', username: 'a/d', owned: true, is_device: true, topic: null },
    { kind: 'publish_denied', username: 'a/d', owned: true, is_device: true, topic: 'b/x' },
    { kind: 'subscribe_denied', username: 'a/d', owned: true, is_device: true, topic: '#' },
  ]);
  await hooks.stop();
  await db.end();
  await database.drop();
});

test('a device that came and went before it was written down was seen', async () => {
  const database = await createTestDatabase();
  const db = createDb(database.url);
  await addDevice(db);
  const hooks = new PgHooks(db, systemClock, () => undefined);
  hooks.deviceConnected('a/d');
  hooks.deviceDisconnected('a/d');
  await hooks.stop();
  const [row] = await db.orm.select().from(device);
  expect(row).toMatchObject({ connected: false, lastSeenAt: expect.any(Date) as Date });
  await db.end();
  await database.drop();
});
