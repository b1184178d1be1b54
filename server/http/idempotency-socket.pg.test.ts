// As scripts call it: many connections at once, each with the same key.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDb, type RootDb } from '@/server/db/client';
import { uuidV4 } from '@/server/lib/uuid';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import { testHost } from '@/server/testing/http';
import { serveSite, type Site } from '@/server/testing/site';
import { makeTenancy, type TestTenancy } from '@/server/testing/tenancy';

const CALLS = 50;

let database: TestDatabase;
let db: RootDb;
let place: TestTenancy;
let site: Site;

beforeAll(async () => {
  database = await createTestDatabase();
  db = createDb(database.url);
  place = await makeTenancy(db);
  site = await serveSite(testHost(db));
});
afterAll(async () => {
  await site.close();
  await db.end();
  await database.drop();
});

it('changes state once for fifty calls at once with one key, and answers all of them the same', async () => {
  const init = {
    method: 'POST',
    headers: {
      authorization: `Bearer ${place.people.operator.token}`,
      'content-type': 'application/json',
      'idempotency-key': uuidV4(),
    },
    body: JSON.stringify({ name: 'Valves' }),
  };
  const url = `${site.url}/core/api/v1/projects/${place.projectId}/fleets`;
  const replies = await Promise.all(
    Array.from({ length: CALLS }, async () => {
      const reply = await fetch(url, init);
      const replayed = reply.headers.has('idempotency-replayed');
      return { status: reply.status, text: await reply.text(), replayed };
    }),
  );
  expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([201]));
  expect(new Set(replies.map(({ text }) => text)).size).toBe(1);
  expect(replies.filter(({ replayed }) => !replayed)).toHaveLength(1);
  const made = await db.sql`
    select from tidegate.fleet where project_id = ${place.projectId} and name = 'Valves'`;
  expect(made).toHaveLength(1);
  const events = await db.sql`
    select from tidegate.event where project_id = ${place.projectId} and kind = 'fleet.created'`;
  expect(events).toHaveLength(1);
});
