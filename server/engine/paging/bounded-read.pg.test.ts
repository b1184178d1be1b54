// The bound holds for whatever is read first, and for nothing after.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDb, type Db, type RootDb } from '@/server/db/client';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import { boundedRead } from './bounded-read';

const BOUND_MS = 50;
/** Far above the bound: what is not bound comes to its end, and the test with it. */
const SLOW_S = 3;

let database: TestDatabase;
let db: RootDb;

beforeAll(async () => {
  database = await createTestDatabase();
  // One connection: what a read leaves behind would meet the next.
  db = createDb(database.url, { max: 1 });
});
afterAll(async () => {
  await db.end();
  await database.drop();
});

const READS: Record<string, (read: Db) => Promise<unknown>> = {
  'a statement that is handed on': ({ sql }) => sql`select pg_sleep(${SLOW_S})`,
  'one that is waited for': async ({ sql }) => {
    await sql`select pg_sleep(${SLOW_S})`;
  },
  'one whose values have types that the driver asks for first': async ({ sql }) => {
    await sql.unsafe('select pg_sleep($1)', [SLOW_S]);
  },
  'one beside another': ({ sql }) => Promise.all([sql`select 1`, sql`select pg_sleep(${SLOW_S})`]),
  'one after another': async ({ sql }) => {
    await sql`select 1`;
    await sql`select pg_sleep(${SLOW_S})`;
  },
};

it.each(Object.keys(READS))('stops %s', async (name) => {
  const read = READS[name];
  if (read === undefined) throw new Error(name);
  // Twice: the driver knows the statement that sets the bound only then.
  for (let time = 0; time < 2; time++)
    await expect(boundedRead(db, read, BOUND_MS)).rejects.toMatchObject({
      status: 422,
      code: 'query_too_slow',
    });
  expect(await db.sql`show statement_timeout`).toEqual([{ statement_timeout: '0' }]);
});

it('hands on what was read, and the fault of a read as it is', async () => {
  expect(await boundedRead(db, ({ sql }) => sql`select 1 as one`)).toEqual([{ one: 1 }]);
  await expect(boundedRead(db, ({ sql }) => sql`select 1 / 0`)).rejects.toMatchObject({ code: '22012' });
  await expect(boundedRead(db, () => Promise.reject(new Error('before any statement')))).rejects.toThrow(
    'before any statement',
  );
});
