import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createDb, type RootDb } from '@/server/db/client';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import { testHost } from '@/server/testing/http';
import { healthz, readyz } from './health';

let database: TestDatabase;
let db: RootDb;

beforeAll(async () => {
  database = await createTestDatabase();
  db = createDb(database.url);
});
afterAll(async () => {
  await db.end();
  await database.drop();
});
beforeEach(async () => {
  await db.sql`delete from tidegate.worker_slot`;
});

const beat = (age: string, connected: 'yes' | 'no') => db.sql`
  insert into tidegate.worker_slot (slot, pid, version, started_at, beat_at, broker_connected)
  values ('w1', 1, '0', now(), now() - ${age}::interval, ${connected})`;

/** The status and the parts that are not well. */
async function ready(): Promise<[number, string[]]> {
  const reply = await readyz(() => testHost(db));
  const { data } = (await reply.json()) as { data: { parts: { name: string; ok: boolean }[] } };
  return [reply.status, data.parts.filter(({ ok }) => !ok).map(({ name }) => name)];
}

it('says that the process lives, whatever else does not', async () => {
  expect(healthz().status).toBe(200);
});

it('is ready with a worker that beats and has the broker', async () => {
  await beat('0 seconds', 'yes');
  expect(await ready()).toEqual([200, []]);
});

it('names the worker that is silent and the broker that is away', async () => {
  expect(await ready()).toEqual([503, ['worker', 'broker']]);
  await beat('1 hour', 'yes');
  expect(await ready()).toEqual([503, ['worker', 'broker']]);
  await db.sql`update tidegate.worker_slot set beat_at = now(), broker_connected = 'no'`;
  expect(await ready()).toEqual([503, ['broker']]);
});

it('names missing migrations', async () => {
  await beat('0 seconds', 'yes');
  const [newest] = await db.sql<{ id: number; hash: string; created_at: string }[]>`
    delete from tidegate.__drizzle_migrations
    where id = (select max(id) from tidegate.__drizzle_migrations) returning id, hash, created_at`;
  expect(await ready()).toEqual([503, ['migrations']]);
  await db.sql`
    insert into tidegate.__drizzle_migrations (id, hash, created_at)
    values (${newest?.id ?? 0}, ${newest?.hash ?? ''}, ${newest?.created_at ?? ''})`;
});

it('answers in the envelope while the database is away', async () => {
  const away = createDb('postgres://nobody@127.0.0.1:1/none');
  const reply = await readyz(() => testHost(away));
  await away.end();
  expect(reply.status).toBe(503);
  expect(await reply.json()).toMatchObject({
    ok: 0,
    message: 'not_ready',
    data: { parts: [{ name: 'database', ok: false }, {}, {}, {}] },
  });
});
