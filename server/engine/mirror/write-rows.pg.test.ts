// A name for each statement of each mirror would fill the memory of Postgres on a fleet whose devices have mirrors of
// their own: only the statements that come again and again have one.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDb, type RootDb } from '@/server/db/client';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import { approveNewest, DEVICE_STATE, drainReplays, makeDevicesIn, put } from '@/server/testing/engine';
import { makeTenancy } from '@/server/testing/tenancy';

let database: TestDatabase;
let db: RootDb;

beforeAll(async () => {
  database = await createTestDatabase();
  // One session: what has a name there is all that has one.
  db = createDb(database.url, { max: 1 });
});
afterAll(async () => {
  await db.end();
  await database.drop();
});

const named = () =>
  db.sql<{ statement: string }[]>`
    select statement from pg_prepared_statements where statement like 'insert into "tidegate_mirror"%'`;

it('names the statement of a mirror that is written often, and of no other', async () => {
  const tenancy = await makeTenancy(db);
  const devices = await makeDevicesIn(db, tenancy, 3, 'often');
  const send = (at: number, key: number) =>
    devices[at]?.send(DEVICE_STATE, [put(key, { id: key, mode: 'auto', setpoint: key })]);
  for (const [at, device] of devices.entries()) {
    await send(at, 1);
    await approveNewest(db, device, DEVICE_STATE);
  }
  await drainReplays(db);
  expect(await named()).toEqual([]);
  for (const key of [2, 3, 4, 5]) await send(0, key);
  const [mirror] = await db.sql<{ table_name: string }[]>`
    select table_name from tidegate.mirror where scope_id = ${devices[0]?.id ?? ''}`;
  const statements = await named();
  expect(statements.length).toBeGreaterThan(0);
  expect(statements.filter(({ statement }) => !statement.includes(`"${mirror?.table_name ?? ''}"`))).toEqual(
    [],
  );
});
