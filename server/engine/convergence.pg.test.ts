import { afterAll, beforeAll, describe, it } from 'vitest';
import { createDb, type RootDb } from '@/server/db/client';
import { converge } from '@/server/testing/convergence/converge';
import { makeWorld, type World } from '@/server/testing/convergence/world';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';

/** `npm run converge` runs any number, from any seed. */
const RUNS = 1_000;
/** A minute or two on a free machine; a loaded one takes as long as it takes. */
const LIMIT_MS = 2_400_000;

let database: TestDatabase;
let db: RootDb;
let world: World;

beforeAll(async () => {
  database = await createTestDatabase();
  db = createDb(database.url, { max: 16 });
  world = await makeWorld(db);
});
afterAll(async () => {
  await db.end();
  await database.drop();
});

describe('any history, delivered in any way', () => {
  it(
    'ends in the state that applying it once, in order, gives, and loses no row on the way',
    async () => {
      await converge(world, { runs: RUNS, seed: 20260428, lanes: 4 });
    },
    LIMIT_MS,
  );
});
