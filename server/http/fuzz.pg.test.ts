// Requests that no client should send. Each is refused in the envelope and in time: no fault, no hang, no stack trace,
// and what comes after is served as before.
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDb, type RootDb } from '@/server/db/client';
import { makeApiWorld, WORLD_MS_MAX, type ApiWorld } from '@/server/testing/api-world';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import { call, testHost, type Call } from '@/server/testing/http';
import { serveSite, type Site } from '@/server/testing/site';
import { CATALOGUE } from './catalogue';
import type { Route } from './contract';

let database: TestDatabase;
let db: RootDb;
let world: ApiWorld;
let site: Site;

beforeAll(async () => {
  database = await createTestDatabase();
  db = createDb(database.url);
  world = await makeApiWorld(db);
  site = await serveSite(testHost(db));
}, WORLD_MS_MAX);
afterAll(async () => {
  await site.close();
  await db.end();
  await database.drop();
});

/** One object of each kind for the path. The world makes a fleet's after the project's. */
const paramsOf = ({ path }: Route): Record<string, string> =>
  Object.fromEntries(
    [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => [
      name,
      world.own[name]?.at(path.includes('{fleet_id}') ? -1 : 0) ?? '0123456789abcdef',
    ]),
  );

/** 404 where the path names a kind of object that this world has none of. */
const absent = ({ path }: Route): number[] =>
  [...path.matchAll(/\{(\w+)\}/g)].every(([, name = '']) => world.own[name] !== undefined) ? [] : [404];

const asOwner = (route: Route, options: Call) =>
  call(testHost(db), route, { token: world.tenancy.people.owner.token, params: paramsOf(route), ...options });

const nameOf = ({ method, path }: Route): string => `${method} ${path}`;
const LISTS = CATALOGUE.filter(({ isList }) => isList);
const WITH_BODY = CATALOGUE.filter(({ body }) => body !== null);
const nested = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

const BAD_BODIES: readonly (readonly [what: string, body: string | Uint8Array])[] = [
  ['broken JSON', '{"name": "a"'],
  ['a trailing comma', '{"name": "a",}'],
  ['JSON with comments', '{/* a */"name": "a"}'],
  ['NaN', '{"action_version": NaN}'],
  ['a string', '"a"'],
  ['a number', '1e999'],
  ['an array', '[{"name": "a"}]'],
  ['bytes that are no UTF-8', new Uint8Array([0x7b, 0x22, 0xed, 0xa0, 0x80, 0x22, 0x3a, 0x31, 0x7d])],
  ['UTF-16', new Uint8Array([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00])],
  ['nesting without end', nested(50_000)],
  ['arrays without end', '['.repeat(500_000)],
  ['a prototype', '{"__proto__": {"name": "a"}, "constructor": {"prototype": {}}}'],
  ['names that every object has', '{"toString": 1, "hasOwnProperty": 2, "valueOf": 3}'],
  ['U+0000', '{"name": "a\\u0000b"}'],
  ['half a pair', '{"name": "\\udc00"}'],
  ['a very large number', `{"action_version": 1${'0'.repeat(400)}}`],
  ['a very long field name', `{"${'a'.repeat(100_000)}": 1}`],
  ['ten thousand fields', `{${Array.from({ length: 10_000 }, (_, n) => `"f${n}":1`).join(',')}}`],
];

describe.each(WITH_BODY.map((route) => ({ name: nameOf(route), route })))('$name', ({ route }) => {
  it.each(BAD_BODIES)('refuses %s', async (_what, body) => {
    const reply = await asOwner(route, { body });
    expect(reply.status).toBeGreaterThanOrEqual(400);
    expect(reply.status).toBeLessThan(500);
  });

  it.each([
    'text/plain',
    'multipart/form-data; boundary=x',
    'application/x-www-form-urlencoded',
    'application/jsonp',
    ',',
  ])('refuses the content type %s', async (type) => {
    const reply = await asOwner(route, { body: '{}', headers: { 'content-type': type } });
    expect(reply).toMatchObject({ status: 400, json: { message: 'unsupported_content_type' } });
  });
});

describe.each(LISTS.map((route) => ({ name: nameOf(route), route })))('$name', ({ route }) => {
  it.each([
    '?page=1&page=2',
    '?limit=1e3',
    '?limit=99999999999999999999',
    '?page=-1',
    '?limit=1.5',
    '?page[]=1',
    '?__proto__=1',
    '?constructor=1',
    '?cursor=%00',
    '?cursor=e30',
    '?cursor=WzEsMiwzXQ',
    `?cursor=${'A'.repeat(2000)}`,
    '?limit=0x10%27',
    '?%ED%A0%80=1',
  ])('refuses %s', async (query) => {
    expect([400, ...absent(route)]).toContain((await asOwner(route, { query })).status);
  });

  it('answers a page far behind the last one', async () => {
    const reply = await asOwner(route, { query: '?page=9007199254740991&limit=500' });
    expect([200, 400, ...absent(route)]).toContain(reply.status);
  });
});

describe('headers', () => {
  const [first] = LISTS;
  it.each([
    ['authorization', 'Bearer'],
    ['authorization', 'Basic YTpi'],
    ['authorization', `Bearer ${'a'.repeat(10_000)}`],
    ['authorization', 'Bearer a b'],
    ['authorization', 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.'],
    ['org-id', 'x'],
    ['org-id', `${'a'.repeat(8000)}`],
    ['org-id', '00000000-0000-0000-0000-000000000000'],
    ['cookie', `next-auth.session-token=${'a.'.repeat(2000)}`],
    ['x-correlation-id', `${'a'.repeat(9000)}`],
    ['content-length', '-1'],
  ])('%s of an odd kind changes nothing', async (name, value) => {
    if (first === undefined) throw new Error('there is no list');
    const reply = await asOwner(first, { headers: { [name]: value } });
    expect([200, 400, 401, 403, 404]).toContain(reply.status);
  });

  it.each(['', ' ', 'a b', 'ü', 'a'.repeat(256), 'a\tb'])('refuses the idempotency key "%s"', async (key) => {
    const route = CATALOGUE.find((one) => nameOf(one) === 'POST /projects/{project_id}/fleets');
    if (route === undefined) throw new Error('there is no such route');
    const reply = await asOwner(route, { body: { name: 'F' }, headers: { 'idempotency-key': key } });
    expect(reply).toMatchObject({ status: 400, json: { message: 'invalid_idempotency_key' } });
  });
});

describe('a body', () => {
  it.each(['gzip', 'br', 'deflate, gzip'])('encoded as %s is refused by that', async (encoding) => {
    const [route] = WITH_BODY;
    if (route === undefined) throw new Error('no route takes a body');
    const reply = await asOwner(route, { body: '{}', headers: { 'content-encoding': encoding } });
    expect(reply).toMatchObject({ status: 400, json: { message: 'unsupported_content_encoding' } });
  });

  it('that ends before its length is no call, and the server goes on', async () => {
    await new Promise<void>((gone) => {
      const cut = request(`${site.url}/core/api/v1/projects`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'content-length': '1000' },
      });
      cut.on('error', () => gone());
      cut.write('{"name":');
      cut.flushHeaders();
      setImmediate(() => cut.destroy());
      cut.on('close', () => gone());
    });
    const after = await fetch(`${site.url}/core/api/v1/orgs`, {
      headers: { authorization: `Bearer ${world.tenancy.people.owner.token}` },
    });
    expect(after.status).toBe(200);
  });
});
