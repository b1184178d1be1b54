/** The property as a test file has it: a database of its own, a fixed seed, and as many histories as it says. */
import { afterAll, beforeAll, it } from 'vitest';
import { createDb, type RootDb } from '@/server/db/client';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import { converge, type ConvergeOptions } from './converge';
import { makeWorld, type World } from './world';

/** A minute or two on a free machine; a loaded one takes as long as it takes. */
const LIMIT_MS = 2_400_000;
const LANES = 4;

/** One test of that. Called once per file, inside a `describe`. */
export function itConverges(options: Omit<ConvergeOptions, 'lanes'>): void {
  let database: TestDatabase;
  let db: RootDb;
  let world: World;
  beforeAll(async () => {
    database = await createTestDatabase();
    db = createDb(database.url, { max: 4 * LANES });
    world = await makeWorld(db);
  });
  afterAll(async () => {
    await db.end();
    await database.drop();
  });
  it(
    'ends in the state that applying it once, in order, gives, and loses no row on the way',
    () => converge(world, { ...options, lanes: LANES }),
    LIMIT_MS,
  );
}
