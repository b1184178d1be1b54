// A project is a wall within its organisation too: whoever may do everything in both finds nothing of the one through
// the other.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDb, type RootDb } from '@/server/db/client';
import { uuidV4 } from '@/server/lib/uuid';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import { call, testHost } from '@/server/testing/http';
import { bodyOf, makeObjects, nameOf, paramsOf, queryOf } from '@/server/testing/route-objects';
import { makeTenancy, type TestTenancy } from '@/server/testing/tenancy';
import { CATALOGUE } from './catalogue';

let database: TestDatabase;
let db: RootDb;
let place: TestTenancy;
let objects: Record<string, string>;
/** Another project of the same organisation, and its fleet; and one that nothing is asked of, not even in vain. */
let sibling: { project_id: string; fleet_id: string };
let quiet: typeof sibling;

beforeAll(async () => {
  database = await createTestDatabase();
  db = createDb(database.url);
  place = await makeTenancy(db);
  objects = await makeObjects(db, place);
  sibling = await makeSibling('Sibling');
  quiet = await makeSibling('Quiet');
});
afterAll(async () => {
  await db.end();
  await database.drop();
});

async function makeSibling(name: string): Promise<typeof sibling> {
  const made = { project_id: uuidV4(), fleet_id: uuidV4() };
  await db.sql`
    with made as (insert into tidegate.project (id, org_id, name) values (${made.project_id}, ${place.orgId}, ${name}))
    insert into tidegate.fleet (id, project_id, name) values (${made.fleet_id}, ${made.project_id}, 'Valves')`;
  return made;
}

/** What is a project's, and not its organisation's. */
const ownIds = (): [string, string][] =>
  Object.entries(objects).filter(([name]) => !['token_id', 'user_id', 'group_id'].includes(name));

const inProject = CATALOGUE.filter(({ path }) => path.includes('{project_id}')).map((route) => ({
  name: nameOf(route),
  route,
}));
const namesObject = ({ route }: (typeof inProject)[number]): boolean => /\{(?!project_id)/.test(route.path);

describe.each(inProject.filter(namesObject))('$name', ({ route }) => {
  it('finds nothing of one project through another of its organisation', async () => {
    const isFleets = !/\{(?!project_id|fleet_id)/.test(route.path);
    const elsewhere = isFleets ? { project_id: sibling.project_id } : sibling;
    const params = paramsOf(route, { ...objects, ...elsewhere });
    const { token } = place.people.owner;
    const asked = { params, token, body: bodyOf(route), query: queryOf(route) };
    expect((await call(testHost(db), route, asked)).status).toBe(404);
  });
});

const lists = inProject.filter((one) => !namesObject(one) && one.route.method === 'GET');

describe.each(lists)('$name', ({ route }) => {
  it('shows nothing of one project in another of its organisation', async () => {
    const { token } = place.people.owner;
    const asked = { params: paramsOf(route, quiet), token, query: queryOf(route) };
    const reply = await call(testHost(db), route, asked);
    expect(reply.status).toBe(200);
    for (const [name, id] of ownIds()) expect(reply.text, name).not.toContain(id);
  });
});
