// How many calls there may be, counted over several web processes.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDb, type RootDb } from '@/server/db/client';
import type { Clock } from '@/server/lib/clock';
import { PEER_HEADER } from '@/server/lib/client-address';
import { uuidV4 } from '@/server/lib/uuid';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import { call, testHost, type Call } from '@/server/testing/http';
import { makeTenancy, type TestTenancy } from '@/server/testing/tenancy';
import { callRates, type HttpHost } from './host';
import { getFleets, postFleet } from './routes/tenancy';

let database: TestDatabase;
let db: RootDb;
let place: TestTenancy;
let nowMs: number;
const clock: Clock = { now: () => new Date(nowMs) };

beforeAll(async () => {
  database = await createTestDatabase();
  db = createDb(database.url);
});
afterAll(async () => {
  await db.end();
  await database.drop();
});
beforeEach(async () => {
  place = await makeTenancy(db);
  nowMs = Date.now();
});

/** One web process: its own leases over the shared counts. */
const web = (perToken: number, perAddress = 1_000_000, trustedProxies = 0): HttpHost => ({
  ...testHost(db),
  clock,
  trustedProxies,
  rates: callRates(clock, perToken, perAddress),
});

const read = (host: HttpHost, options: Call = {}) =>
  call(host, getFleets, {
    token: place.people.viewer.token,
    params: { project_id: place.projectId },
    headers: { [PEER_HEADER]: '192.0.2.1' },
    ...options,
  });

const admitted = (replies: { status: number }[]): number =>
  replies.filter(({ status }) => status === 200).length;

describe('calls with one token', () => {
  it('are limited over all processes together, and go on in the next minute', async () => {
    const webs = [web(10), web(10), web(10)];
    const replies = await Promise.all(webs.flatMap((host) => Array.from({ length: 10 }, () => read(host))));
    expect(admitted(replies)).toBe(10);
    const refused = await read(webs[0] ?? web(10));
    expect(refused).toMatchObject({ status: 429, json: { ok: 0, message: 'too_many_requests' } });
    const wait = Number(refused.headers.get('retry-after'));
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(60);
    expect(await read(web(10), { token: place.people.operator.token })).toMatchObject({ status: 200 });
    nowMs += wait * 1000;
    expect((await read(webs[0] ?? web(10))).status).toBe(200);
  });

  it('cost one write per handful, and none once they are refused', async () => {
    const host = web(400);
    const writes = async () => {
      const [row] = await db.sql<{ n: number }[]>`
        select coalesce(max(taken), 0)::int as n from tidegate.rate_window where key like 'api-token:%'`;
      return row?.n ?? 0;
    };
    await db.sql`delete from tidegate.rate_window`;
    for (let i = 0; i < 10; i += 1) await read(host);
    expect(await writes()).toBe(10);
    await read(host);
    expect(await writes()).toBe(20);
    for (let i = 0; i < 400; i += 1) await read(host);
    const spent = await writes();
    expect((await read(host)).status).toBe(429);
    expect(await writes()).toBe(spent);
  });
});

describe('calls from one address', () => {
  it('are limited before anybody looks at the token', async () => {
    const host = web(1_000_000, 5);
    const guess = () => read(host, { token: `tg_${uuidV4()}`, headers: { [PEER_HEADER]: '192.0.2.5' } });
    const statuses = [];
    for (let i = 0; i < 7; i += 1) statuses.push((await guess()).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429]);
    const elsewhere = await read(host, { headers: { [PEER_HEADER]: '192.0.2.2' } });
    expect(elsewhere.status).toBe(200);
  });

  it('cannot be spread over made-up addresses', async () => {
    const from = (host: HttpHost, forwarded: string) =>
      read(host, { headers: { [PEER_HEADER]: '127.0.0.1', 'x-forwarded-for': forwarded } });
    const direct = web(1_000_000, 3);
    const statuses = [];
    for (let i = 0; i < 5; i += 1) statuses.push((await from(direct, `198.51.100.${i}`)).status);
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
    const behind = web(1_000_000, 3, 1);
    const spoofed = [];
    for (let i = 0; i < 5; i += 1) spoofed.push((await from(behind, `6.6.6.${i}, 198.51.100.9`)).status);
    expect(spoofed).toEqual([200, 200, 200, 429, 429]);
    expect((await from(behind, '198.51.100.10')).status).toBe(200);
  });
});

describe('a refused change', () => {
  it('is an event with its caller; a stranger can write only so many', async () => {
    const host = web(1_000_000);
    const headers = { [PEER_HEADER]: '192.0.2.77' };
    const params = { project_id: place.projectId };
    const refused = await call(host, postFleet, {
      token: place.people.viewer.token,
      params,
      headers,
      body: { name: 'x' },
    });
    expect(refused.status).toBe(403);
    const [event] = await db.sql`
      select e.actor_id, e.address, e.token_id, t.user_id, e.project_id, e.subject_id, e.data
      from tidegate.event e join tidegate.api_token t on t.id = e.token_id
      where e.correlation_id = ${refused.headers.get('x-correlation-id')}`;
    expect(event).toMatchObject({
      actor_id: place.people.viewer.userId,
      user_id: place.people.viewer.userId,
      address: '192.0.2.77',
      project_id: place.projectId,
      subject_id: 'POST /projects/{project_id}/fleets',
      data: { status: 403, code: 'permission_denied' },
    });
    for (let i = 0; i < 70; i += 1) await call(host, postFleet, { params, headers, body: { name: 'x' } });
    const kept = await db.sql`
      select 1 from tidegate.event where address = '192.0.2.77' and actor_id = 'unknown'`;
    expect(kept).toHaveLength(60);
  });
});
