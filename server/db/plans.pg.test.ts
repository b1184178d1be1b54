// The web's lists are planned for the values that they are asked with: after a few runs Postgres would take one plan
// for all values of a statement that has a name, and a rare filter would read what a common one may.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listEvents } from '@/server/engine/diagnosis/list-events';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import { makeTenancy } from '@/server/testing/tenancy';
import { createDb } from './client';

const RUNS = 12;
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** How many statements the one session keeps by name after a list has been asked for so often. */
async function keptAfterRuns(namesStatements: boolean): Promise<number> {
  const db = createDb(database.url, { max: 1, namesStatements });
  try {
    const { people, projectId } = await makeTenancy(db);
    const ask = { ctx: people.viewer.ctx, projectId, input: { kind: 'device.registered' } };
    for (let run = 0; run < RUNS; run++) await listEvents(ask);
    const kept = await db.root.unsafe<{ n: number }[]>(
      'select count(*)::int as n from pg_prepared_statements',
    );
    return kept[0]?.n ?? 0;
  } finally {
    await db.end();
  }
}

it('keeps no named statement where lists are read, so that no plan is for any values', async () => {
  expect(await keptAfterRuns(false)).toBe(0);
  // The count would be seen: where statements have names, as in the worker, they are kept.
  expect(await keptAfterRuns(true)).toBeGreaterThan(0);
});
