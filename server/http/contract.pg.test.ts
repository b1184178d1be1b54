// The API against its own description: every operation as every role, as nobody and as a stranger, with generated
// parameters and bodies. Each answer has the described shape and the status that the call deserves, holds nothing of
// another organisation, and is never a fault. TIDEGATE_CONTRACT_SEED has a run again.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDb, type RootDb } from '@/server/db/client';
import { permissionsOf } from '@/server/engine/auth/permissions';
import { uuidV4 } from '@/server/lib/uuid';
import { answerFaults } from '@/server/testing/answers';
import { apiCalls, queryText, seedOfRun, type ApiCall, type Caller } from '@/server/testing/api-calls';
import { makeApiWorld, WORLD_MS_MAX, type ApiWorld } from '@/server/testing/api-world';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import { call, testHost, type Reply } from '@/server/testing/http';
import { serveSite } from '@/server/testing/site';
import { CATALOGUE, OPERATIONS } from './catalogue';
import { isIdParam } from './contract';

const CALLS = 10_000;
const OVER_HTTP = 500;
const AT_ONCE = 6;
const JUNK_IDS = ['x', '..', '%2e%2e', '\u0000', 'a'.repeat(5000), "' or 1=1 --", '👾', '1;2', ' '];

const seed = seedOfRun();

let database: TestDatabase;
let db: RootDb;
let world: ApiWorld;

beforeAll(async () => {
  database = await createTestDatabase();
  db = createDb(database.url);
  world = await makeApiWorld(db);
  process.stdout.write(`contract: TIDEGATE_CONTRACT_SEED=${seed}\n`);
}, WORLD_MS_MAX);
afterAll(async () => {
  await db.end();
  await database.drop();
});

const tokenOf = (caller: Caller): string | undefined =>
  caller === 'nobody'
    ? undefined
    : caller === 'stranger'
      ? world.tenancy.stranger.token
      : world.tenancy.people[caller].token;

/** The path's parameters; the project is always the own one. */
function paramsOf({ route, naming, pick }: ApiCall): Record<string, string> {
  return Object.fromEntries(
    [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']): [string, string] => {
      if (name === 'project_id') return [name, world.tenancy.projectId];
      if (naming === 'junk') return [name, JUNK_IDS[pick % JUNK_IDS.length] ?? ''];
      const objects = naming === 'absent' ? undefined : world[naming][name];
      return [name, objects?.[pick % objects.length] ?? uuidV4()];
    }),
  );
}

/** The call with real objects in every other filter: one's own, or the foreign organisation's. */
function withObjects(one: ApiCall): ApiCall {
  if (one.pick % 2 === 0) return one;
  const objects = one.naming === 'foreign' ? world.foreign : world.own;
  const real = Object.entries(objects).flatMap(([name, ids]) =>
    name in one.query ? [[name, ids[one.pick % ids.length]]] : [],
  );
  return { ...one, query: { ...one.query, ...Object.fromEntries(real) } };
}

const WENT_WELL = [200, 201];
/** What a call that is allowed and well-formed can still be told. */
const STATE = [...WENT_WELL, 400, 404, 409, 413, 422, 503];

/** The statuses that a call may be answered with; the first thing that is wrong decides. */
function expectedOf(one: ApiCall): number[] {
  const { route, caller, naming } = one;
  const inProject = route.path.includes('{project_id}');
  if (caller === 'nobody') return [401];
  if (caller === 'stranger' && inProject) return [404];
  const role = caller === 'stranger' ? 'owner' : caller;
  if (route.permission !== null && !permissionsOf(role).has(route.permission)) return [403];
  const isQueryFit = route.query.safeParse(asStrings(one.query)).success;
  if (!isQueryFit) return [400];
  if (route.body !== null && !route.body.safeParse(one.body ?? {}).success) return [400, 422];
  const others = [...route.path.matchAll(/\{(\w+)\}/g)]
    .map(([, name = '']) => name)
    .filter((n) => n !== 'project_id');
  const whose = caller === 'stranger' ? 'foreign' : 'own';
  // The verb can refuse a body before it looks for the object.
  if (naming !== whose && others.some(isIdParam)) return [400, 404, 422];
  // A grant beyond one's own is refused by the verb.
  return route.permission === null || route.permission === 'ORG_CAN_ADMIN' ? [...STATE, 401, 403] : STATE;
}

const asStrings = (query: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(query).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );

/** What is wrong with an answer, in a line; null where nothing is. */
function faultOf(one: ApiCall, { status, text }: Pick<Reply, 'status' | 'text'>): string | null {
  const expected = expectedOf(one);
  if (!expected.includes(status))
    return `answered ${status}, expected ${expected.join(' or ')}: ${text.slice(0, 300)}`;
  if (/^\s+at .*\.(ts|js)|node_modules|PostgresError/m.test(text))
    return `shows its inside: ${text.slice(0, 300)}`;
  const hidden = one.caller === 'stranger' ? world.ownWord : world.foreignWord;
  return text.includes(hidden) ? `shows another organisation's data: ${text.slice(0, 300)}` : null;
}

/** Whether this world has what the path names. */
const canBeRead = (path: string): boolean =>
  [...path.matchAll(/\{(\w+)\}/g)].every(([, name = '']) => world.own[name] !== undefined);

/** The operations that have done what they are for. */
const answeredWell = new Set<string>();

async function callDirectly(one: ApiCall): Promise<string | null> {
  const token = tokenOf(one.caller);
  try {
    const reply = await call(testHost(db), one.route, {
      params: paramsOf(one),
      query: queryText(one),
      ...(token === undefined ? {} : { token }),
      ...(one.body === undefined || one.route.method === 'GET' ? {} : { body: JSON.stringify(one.body) }),
    });
    if (reply.status < 300) answeredWell.add(one.name);
    return faultOf(one, reply);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function walk(
  calls: readonly ApiCall[],
  make: (one: ApiCall) => Promise<string | null>,
): Promise<string[]> {
  const faults: string[] = [];
  const queue = calls.entries();
  const hand = async (): Promise<void> => {
    for (const [index, one] of queue) {
      const fault = await make(one);
      if (fault === null) continue;
      const { caller, naming, body } = one;
      const what = `${one.route.method} ${one.route.path}${queryText(one)}`.slice(0, 300);
      faults.push(
        `call ${index}, ${what} as ${caller}, ${naming} objects, ${JSON.stringify(body)?.slice(0, 300)}: ${fault}`,
      );
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, hand));
  return faults;
}

it(`answers ${CALLS} generated calls as described`, async () => {
  const calls = apiCalls(seed, CALLS).map(withObjects);
  const reached = new Set(calls.map(({ route, caller }) => `${route.method} ${route.path} ${caller}`));
  expect(reached.size).toBe(CATALOGUE.length * 6);
  expect((await walk(calls, callDirectly)).slice(0, 20)).toEqual([]);
  // A walk that only ever met refusals would have proved little.
  const reads = OPERATIONS.filter(([, route]) => route.method === 'GET' && canBeRead(route.path));
  expect(reads.map(([name]) => name).filter((name) => !answeredWell.has(name))).toEqual([]);
}, 900_000);

it('answers the same over HTTP', async () => {
  const site = await serveSite(testHost(db));
  const faults = await walk(apiCalls(seed + 1, OVER_HTTP).map(withObjects), async (one) => {
    // A path that a client cannot even write is not a call of this operation.
    if (one.naming === 'junk') return null;
    const params = paramsOf(one);
    const path = one.route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
      encodeURIComponent(params[name] ?? ''),
    );
    const token = tokenOf(one.caller);
    const response = await fetch(`${site.url}/core/api/v1${path}${queryText(one)}`, {
      method: one.route.method,
      headers: {
        'content-type': 'application/json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(one.body === undefined || one.route.method === 'GET' ? {} : { body: JSON.stringify(one.body) }),
    });
    const type = response.headers.get('content-type') ?? '';
    const isJson = type.startsWith('application/json');
    // A live stream has no end to wait for.
    if (type.startsWith('text/event-stream')) await response.body?.cancel();
    const text = response.bodyUsed ? '' : await response.text();
    const described = answerFaults(
      one.route.method,
      one.route.path,
      response.status,
      isJson ? JSON.parse(text) : text,
    );
    return faultOf(one, { status: response.status, text }) ?? described[0] ?? null;
  });
  await site.close();
  expect(faults.slice(0, 20)).toEqual([]);
}, 600_000);
