import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDb, type RootDb } from '@/server/db/client';
import { patchPolicy } from '@/server/engine/policy/patch-policy';
import { systemClock } from '@/server/lib/clock';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import { makeLineage } from '@/server/testing/lineages';
import { makeTenancy } from '@/server/testing/tenancy';
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

const CAP = 1000;

it('lets those go on that are below the threshold in force, and touches no other', async () => {
  const place = await makeTenancy(db);
  const target = { ctx: place.people.operator.ctx, projectId: place.projectId };
  await patchPolicy({
    ...target,
    input: { max_pending_rows_per_lineage: CAP, resume_threshold_percent: 10 },
  });
  await patchPolicy({ ...target, fleetId: place.fleetId, input: { resume_threshold_percent: 50 } });
  const below = await makeLineage(db, place, { stagedRows: CAP / 2 - 1 });
  const between = await makeLineage(db, place, { stagedRows: CAP / 2 });
  for (const { lineageId } of [below, between]) {
    await db.sql`
      insert into tidegate.pause_cause (lineage_id, cause, since, detail)
      values (${lineageId}, 'backpressure', now(), 'full')`;
  }
  // Whoever locked the one that cannot go on would wait here for ever.
  await db.root.begin(async (lock) => {
    await lock`select from tidegate.lineage where id = ${between.lineageId} for update`;
    await sweep(db, systemClock);
  });
  const held = await db.sql<{ id: string }[]>`
    select lineage_id as id from tidegate.pause_cause where cause = 'backpressure'`;
  expect(held.map(({ id }) => id)).toEqual([between.lineageId]);
  await db.sql`update tidegate.lineage set staged_rows = 0 where id = ${between.lineageId}`;
  await sweep(db, systemClock);
  expect(await db.sql`select from tidegate.pause_cause where cause = 'backpressure'`).toHaveLength(0);
});
