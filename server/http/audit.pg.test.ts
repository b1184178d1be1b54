// Invariant 6 over every route: whoever changes anything leaves who, with which token, from where, and what. A
// mutation route without a fixture fails the test.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDb, type RootDb } from '@/server/db/client';
import { uuidV7 } from '@/server/lib/uuid';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import { call, testHost } from '@/server/testing/http';
import { callOf, MUTATIONS } from '@/server/testing/mutations';
import { BULK_MUTATIONS } from '@/server/testing/bulk-mutations';
import { REGISTRY_MUTATIONS } from '@/server/testing/registry-mutations';
import { CATALOGUE } from './catalogue';
import type { Route } from './contract';

const FIXTURES = { ...MUTATIONS, ...REGISTRY_MUTATIONS, ...BULK_MUTATIONS };
const ADDRESS = '192.0.2.7';

/** Methods that change something by their name, and change nothing. */
const CHANGES_NOTHING = (route: Route): boolean => route.path.endsWith('/preview');

const nameOf = ({ method, path }: Route): string => `${method} ${path}`;
const mutations = CATALOGUE.filter((route) => route.method !== 'GET' && !CHANGES_NOTHING(route));

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

interface EventRow {
  kind: string;
  actor_kind: string;
  actor_id: string;
  token_id: string | null;
  address: string | null;
  data: Record<string, unknown>;
}

const eventsOf = (correlationId: string): Promise<EventRow[]> =>
  db.sql<EventRow[]>`
    select kind, actor_kind, actor_id, token_id, address, data from tidegate.event
    where correlation_id = ${correlationId} order by id`;

async function tokenIdOf(userId: string): Promise<string> {
  const [token] = await db.sql<{ id: string }[]>`
    select id from tidegate.api_token where user_id = ${userId} and name = 'test'`;
  return token?.id ?? '';
}

/** Every secret that an answer shows this once. */
function secretsIn(answer: unknown): string[] {
  if (typeof answer !== 'object' || answer === null) return [];
  return Object.entries(answer).flatMap(([name, value]) =>
    typeof value === 'string' && /^(password|token|secret|.*_key)$/.test(name) ? [value] : secretsIn(value),
  );
}

it('has a fixture for every mutation route, and for no other', () => {
  expect(Object.keys(FIXTURES).sort()).toEqual(mutations.map(nameOf).sort());
});

describe.each(mutations.map((route) => ({ name: nameOf(route), route })))('$name', ({ name, route }) => {
  it('leaves who did what, with which token, from where', async () => {
    const fixture = FIXTURES[name];
    if (fixture === undefined)
      throw new Error(`${name} has no fixture: add it to server/testing/mutations.ts`);
    const prepared = await fixture.prepare(db);
    const correlationId = uuidV7();
    const reply = await call(testHost(db), route, callOf(prepared, ADDRESS, correlationId));
    expect(reply).toMatchObject({ status: route.status, json: { ok: 1 } });
    const events = await eventsOf(correlationId);
    const { userId } = prepared.caller;
    const [found] = events.filter(({ kind }) => kind === fixture.kind);
    expect(found, `no ${fixture.kind} among ${events.map(({ kind }) => kind).join(', ')}`).toMatchObject({
      actor_kind: 'user',
      actor_id: userId,
      token_id: await tokenIdOf(userId),
      address: ADDRESS,
    });
    expect(Object.keys(found?.data ?? {})).not.toEqual([]);
    if (fixture.changes) {
      expect(found?.data).toMatchObject({ before: expect.anything(), after: expect.anything() });
      expect(found?.data['before']).not.toEqual(found?.data['after']);
    }
    const kept = JSON.stringify(events);
    for (const secret of secretsIn(reply.json.data)) expect(kept).not.toContain(secret);
  });
});
