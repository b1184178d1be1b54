import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDb, type RootDb } from '@/server/db/client';
import { systemClock } from '@/server/lib/clock';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import { makeDevice } from '@/server/testing/engine';
import { sweep } from './sweep';

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

it('lets a rejected batch go only after the retention of its own project', async () => {
  const [short, long] = [await makeDevice(db, 'short'), await makeDevice(db, 'long')];
  await db.sql`
    insert into tidegate.policy (scope, scope_id, fields)
    values ('project', ${long.tenancy.projectId}, '{"rejected_batch_retention_days": 100}')`;
  for (const device of [short, long]) await device.sendRaw('not json');
  await db.sql`update tidegate.rejected_batch set received_at = now() - interval '20 days'`;
  await short.sendRaw('not json either');
  await sweep(db, systemClock);
  const left = await db.sql`select device_id from tidegate.rejected_batch order by received_at`;
  expect(left.map((r) => r['device_id'])).toEqual([long.id, short.id]);
});
