import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDb, type RootDb } from '@/server/db/client';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import { testHost } from '@/server/testing/http';
import { serveSite, type Site } from '@/server/testing/site';
import { makeTenancy, type TestTenancy } from '@/server/testing/tenancy';
import { tidegateClient, type TidegateClient } from './client';

let database: TestDatabase;
let db: RootDb;
let place: TestTenancy;
let site: Site;
let client: TidegateClient;

beforeAll(async () => {
  database = await createTestDatabase();
  db = createDb(database.url);
  place = await makeTenancy(db);
  site = await serveSite(testHost(db));
  client = tidegateClient({ url: `${site.url}/`, token: place.people.operator.token });
});
afterAll(async () => {
  await site.close();
  await db.end();
  await database.drop();
});

it('calls a route with parameters, filters and a body, and has the type of the answer', async () => {
  const path = { project_id: place.projectId };
  const made = await client.POST('/projects/{project_id}/fleets', {
    params: { path },
    body: { name: 'Valves' },
  });
  expect(made.data?.data.name).toBe('Valves');
  const listed = await client.GET('/projects/{project_id}/fleets', { params: { path, query: { limit: 1 } } });
  expect(listed.data?.data).toHaveLength(1);
  expect(listed.data?.meta.total_items).toBe(2);
});

it('gives a refusal in its envelope', async () => {
  const { error, response } = await client.POST('/projects/{project_id}/fleets', {
    params: { path: { project_id: place.projectId } },
    body: { name: '  ' },
  });
  expect(response.status).toBe(422);
  expect(error).toMatchObject({ ok: 0, message: 'validation_failed', errors: [{ path: 'name' }] });
});
