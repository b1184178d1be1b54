import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDb, type RootDb } from '@/server/db/client';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import { decideOnce } from '@/server/testing/one-shape';

let database: TestDatabase;
let db: RootDb;

beforeAll(async () => {
  database = await createTestDatabase();
  db = createDb(database.url, { max: 20 });
});
afterAll(async () => {
  await db.end();
  await database.drop();
});

/** `npm run bench -- registry` does the same with a thousand. */
it('decides the one shape of a hundred devices once, for those there are and for the next', async () => {
  expect(await decideOnce(db, 100, 5)).toEqual({
    waiting: 100,
    waitingRows: 500,
    registryReviews: 1,
    deviceReviews: 0,
    active: 101,
    stagedRows: 0,
    misplaced: [],
    late: { staged: 0, rows: 1 },
  });
});
