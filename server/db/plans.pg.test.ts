// The web's lists are planned for the values that they are asked with: after a few runs Postgres would take one plan
// for all values of a statement that has a name, and a rare filter would read what a common one may.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listEvents } from '@/server/engine/diagnosis/list-events';
import { only } from '@/server/lib/assert';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import { makeTenancy } from '@/server/testing/tenancy';
import { createDb, type RootDb } from './client';

const RUNS = 12;
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

interface Kept {
  names: number;
  /** Runs by a plan for any values. */
  generic: number;
  /** Runs by a plan for the values of that run. */
  custom: number;
}

const keptIn = async (db: RootDb): Promise<Kept> =>
  only(
    await db.root.unsafe<[Kept]>(
      `select count(*)::int as names, coalesce(sum(generic_plans), 0)::int as generic,
         coalesce(sum(custom_plans), 0)::int as custom from pg_prepared_statements`,
    ),
  );

/** What the one session keeps by name after a list has been asked for `runs` times. */
async function keptAfter(runs: number, plansForValues: boolean): Promise<Kept> {
  const db = createDb(database.url, { max: 1, plansForValues });
  try {
    const { people, projectId } = await makeTenancy(db);
    const before = await keptIn(db);
    const ask = { ctx: people.viewer.ctx, projectId, input: { kind: 'device.registered' } };
    for (let run = 0; run < runs; run++) await listEvents(ask);
    const after = await keptIn(db);
    return {
      names: after.names - before.names,
      generic: after.generic - before.generic,
      custom: after.custom - before.custom,
    };
  } finally {
    await db.end();
  }
}

it('plans what the web asks often for its values, each time', async () => {
  const kept = await keptAfter(RUNS, true);
  expect(kept.names).toBeGreaterThan(0);
  expect(kept.generic).toBe(0);
  // The third run of each has a name.
  expect(kept.custom).toBe(kept.names * (RUNS - 2));
  // Plans for any values would be seen: the worker has them.
  expect((await keptAfter(RUNS, false)).generic).toBeGreaterThan(0);
});

it('keeps no name for what the web asks once or twice', async () => {
  expect((await keptAfter(2, true)).names).toBe(0);
});

it('keeps no name for a mirror, whose columns may change under it', async () => {
  const db = createDb(database.url, { max: 1, plansForValues: true });
  try {
    await db.sql`create table tidegate_mirror.changing (id int, qty int)`;
    const read = () =>
      db.transaction(({ sql }) => sql`select qty from tidegate_mirror.changing where id > ${0}`);
    for (let run = 0; run < RUNS; run++) await read();
    await db.sql`alter table tidegate_mirror.changing alter column qty type bigint`;
    expect(await read()).toEqual([]);
  } finally {
    await db.end();
  }
});
