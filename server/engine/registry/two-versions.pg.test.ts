import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDb, type RootDb } from '@/server/db/client';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import { rollOut } from '@/server/testing/two-versions';

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

/** `npm run bench -- rollout` does the same with four hundred. */
it('keeps devices on two versions in one mirror, also while they go over and back', async () => {
  expect(await rollOut(db, 24)).toEqual({
    mirrors: 1,
    registryReviews: 2,
    deviceReviews: 0,
    paused: 0,
    stagedRows: 0,
    wrong: [],
  });
}, 120_000);
