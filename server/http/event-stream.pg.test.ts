// The live stream over a real connection: nothing is missed, and nobody hears what they may not.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { EventKind } from '@/server/contract/event-kinds';
import { createDb, type RootDb } from '@/server/db/client';
import { revokeToken } from '@/server/engine/auth/revoke-token';
import { recordEvent } from '@/server/engine/events/record-event';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import { testHost } from '@/server/testing/http';
import { serveSite, type Site } from '@/server/testing/site';
import { makeTenancy, type TestTenancy } from '@/server/testing/tenancy';
import type { Db } from '@/server/db/client';
import type { HttpHost } from './host';
import { bellOf, streamHost, type StreamHost } from './stream-host';

let database: TestDatabase;
let db: RootDb;
let place: TestTenancy;
let site: Site;
let streams: StreamHost;

beforeAll(async () => {
  database = await createTestDatabase();
  db = createDb(database.url, { max: 20 });
});
afterAll(async () => {
  await db.end();
  await database.drop();
});
beforeEach(async () => {
  place = await makeTenancy(db);
});

/** Serves the API; with the bell a look without it comes only once a minute. */
async function serve(options: Partial<Parameters<typeof streamHost>[0]> = {}): Promise<void> {
  streams = streamHost({ bell: bellOf(db), pollMs: 60_000, heartbeatMs: 60_000, ...options });
  const host: HttpHost = { ...testHost(db), streams };
  site = await serveSite(host);
}

const record = (kind: string, into: Db = db, projectId = place.projectId) =>
  recordEvent(
    { ...place.people.owner.ctx, db: into },
    { kind: kind as EventKind, projectId, orgId: place.orgId, subject: { kind: 'test', id: 'x' } },
  );

interface Heard {
  id?: string;
  event?: string;
  data?: { kind: string };
}

interface Listener {
  status: number;
  json(): Promise<{ message?: string }>;
  /** The next message; undefined when the stream has ended. */
  next(): Promise<Heard | undefined>;
  kinds(count: number): Promise<string[]>;
  close(): void;
}

async function listen({
  query = '',
  token = place.people.viewer.token,
  lastEventId,
}: { query?: string; token?: string; lastEventId?: string } = {}): Promise<Listener> {
  const abort = new AbortController();
  const reply = await fetch(`${site.url}/core/api/v1/projects/${place.projectId}/events/stream${query}`, {
    signal: abort.signal,
    headers: {
      authorization: `Bearer ${token}`,
      ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
    },
  });
  const messages = reply.status === 200 ? blocks(reply) : undefined;
  const next = async (): Promise<Heard | undefined> => (await messages?.next())?.value ?? undefined;
  return {
    status: reply.status,
    json: () => reply.json() as Promise<{ message?: string }>,
    next,
    kinds: async (count) => {
      const kinds: string[] = [];
      while (kinds.length < count) {
        const heard = await next();
        if (heard === undefined) break;
        if (heard.data !== undefined) kinds.push(heard.data.kind);
      }
      return kinds;
    },
    close: () => abort.abort(),
  };
}

async function* blocks(reply: Response): AsyncGenerator<Heard> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of reply.body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    const parts = text.split('\n\n');
    text = parts.pop() ?? '';
    for (const part of parts) yield read(part);
  }
}

function read(block: string): Heard {
  const lines = block.split('\n').map((line) => /^(\w*): ?(.*)$/.exec(line) ?? []);
  const field = (name: string): string | undefined => lines.find(([, found]) => found === name)?.[2];
  const data = field('data');
  return {
    ...(field('id') === undefined ? {} : { id: field('id') ?? '' }),
    ...(field('event') === undefined ? {} : { event: field('event') ?? '' }),
    ...(data === undefined ? {} : { data: JSON.parse(data) as { kind: string } }),
  };
}

describe('the stream', () => {
  it('tells what happens, by the bell, and goes on where it was left', async () => {
    await serve();
    const first = await listen();
    const hello = await first.next();
    expect(hello?.id).toMatch(/^\d+\.\d+$/);
    await record('test.a');
    const heard = await first.next();
    expect(heard).toMatchObject({ event: 'test.a', data: { kind: 'test.a' } });
    first.close();
    await record('test.b');
    await record('test.c');
    const second = await listen({ lastEventId: heard?.id ?? '' });
    expect(await second.kinds(2)).toEqual(['test.b', 'test.c']);
    // Whoever heard nothing yet misses nothing either: the greeting has an id too.
    const again = await listen({ query: `?last_event_id=${hello?.id ?? ''}` });
    expect(await again.kinds(3)).toEqual(['test.a', 'test.b', 'test.c']);
    second.close();
    again.close();
    await site.close();
  });

  it('misses no event whose transaction commits after one with a higher number', async () => {
    await serve();
    const listener = await listen();
    await listener.next();
    let finish: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (finish = resolve));
    let begun: () => void = () => undefined;
    const written = new Promise<void>((resolve) => (begun = resolve));
    const slow = db.transaction(async (tx) => {
      await record('test.slow', tx);
      begun();
      await held;
    });
    await written;
    await record('test.quick');
    const order = await db.sql<{ kind: string }[]>`
      select kind from tidegate.event where project_id = ${place.projectId} order by seq`;
    expect(order.map(({ kind }) => kind)).toEqual(['test.quick']);
    finish();
    await slow;
    expect(await listener.kinds(2)).toEqual(['test.slow', 'test.quick']);
    // Nor does whoever comes back in between.
    await record('test.last');
    expect(await listener.kinds(1)).toEqual(['test.last']);
    listener.close();
    await site.close();
  });

  it('tells everything once under many writers at the same time', async () => {
    await serve();
    const listener = await listen();
    await listener.next();
    const kinds = Array.from({ length: 300 }, (_, i) => `test.${i}`);
    await Promise.all(
      Array.from({ length: 10 }, async (_, worker) => {
        for (const kind of kinds.slice(worker * 30, worker * 30 + 30)) {
          await db.transaction(async (tx) => {
            await record(kind, tx);
            await tx.sql`select pg_sleep(random() * 0.003)`;
          });
        }
      }),
    );
    expect((await listener.kinds(300)).sort()).toEqual([...kinds].sort());
    await record('test.end');
    expect(await listener.kinds(1)).toEqual(['test.end']);
    listener.close();
    await site.close();
  });

  it('looks by itself where no bell rings, and shows that it lives', async () => {
    await serve({ bell: null, pollMs: 20, heartbeatMs: 40 });
    const listener = await listen();
    const hello = await listener.next();
    const beat = await listener.next();
    expect(beat).toMatchObject({ id: expect.stringMatching(/^\d+\.\d+$/) as string });
    expect(beat?.event).toBeUndefined();
    expect(hello?.id).toBeDefined();
    await record('test.polled');
    expect(await listener.kinds(1)).toEqual(['test.polled']);
    listener.close();
    await site.close();
  });

  it('tells what is asked for, and nothing of another organisation', async () => {
    await serve();
    const listener = await listen({ query: '?kind=test.wanted*' });
    await listener.next();
    const { stranger } = place;
    await recordEvent(stranger.ctx, {
      kind: 'test.wanted' as EventKind,
      projectId: stranger.projectId,
      subject: { kind: 'test', id: 'secret' },
    });
    await record('test.other');
    await record('test.wanted.mine');
    expect(await listener.kinds(1)).toEqual(['test.wanted.mine']);
    listener.close();
    expect((await listen({ token: stranger.token })).status).toBe(404);
    const wrong = await listen({ lastEventId: '1.x' });
    expect([wrong.status, (await wrong.json()).message]).toEqual([400, 'invalid_last_event_id']);
    await site.close();
  });

  it('ends when the token is revoked, and at shutdown', async () => {
    await serve();
    const { viewer, operator, admin } = place.people;
    const listener = await listen({ token: viewer.token });
    const other = await listen({ token: operator.token });
    await listener.next();
    await other.next();
    const [token] = await db.sql<{ id: string }[]>`
      select id from tidegate.api_token where user_id = ${viewer.userId}`;
    await revokeToken({ ctx: admin.ctx, tokenId: token?.id ?? '' });
    expect(await listener.next()).toMatchObject({ event: 'closed' });
    expect(await listener.next()).toBeUndefined();
    streams.closeAll();
    expect(await other.next()).toBeUndefined();
    await site.close();
  });

  it('is bounded in number, and a place is free again when one is left', async () => {
    await serve({ perCallerMax: 2 });
    const one = await listen();
    const two = await listen();
    await Promise.all([one.next(), two.next()]);
    const refused = await listen();
    expect([refused.status, (await refused.json()).message]).toEqual([429, 'too_many_streams']);
    one.close();
    await expect
      .poll(async () => {
        const again = await listen();
        again.close();
        return again.status;
      })
      .toBe(200);
    two.close();
    await site.close();
  });

  it('lets the people behind one address have one each, up to a bound of their own', async () => {
    await serve({ perCallerMax: 1, perAddressMax: 2 });
    const one = await listen();
    const two = await listen({ token: place.people.admin.token });
    await Promise.all([one.next(), two.next()]);
    expect([one.status, two.status]).toEqual([200, 200]);
    expect((await listen({ token: place.people.operator.token })).status).toBe(429);
    one.close();
    two.close();
    await site.close();
  });
});

describe('the export', () => {
  const fetchExport = async (query: string): Promise<Response> =>
    fetch(`${site.url}/core/api/v1/projects/${place.projectId}/events/export${query}`, {
      headers: { authorization: `Bearer ${place.people.viewer.token}` },
    });

  it('holds every event once, oldest first, over many pages', async () => {
    await serve();
    await db.sql`
      insert into tidegate.event (id, kind, at, org_id, project_id, actor_kind, actor_id, actor_label,
        subject_kind, subject_id, data, correlation_id)
      select gen_random_uuid(), 'test.' || n, now(), ${place.orgId}, ${place.projectId}, 'user', 'u',
        case when n = 7 then '=HYPERLINK("http://evil.test")' else 'a, "b"' end, 't', 's', '{}', 'c'
      from generate_series(1, 1203) as n order by n`;
    const jsonl = await fetchExport('?format=jsonl');
    expect(jsonl.headers.get('content-type')).toMatch(/^application\/x-ndjson/);
    const lines = (await jsonl.text()).trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { kind: string }).kind)).toEqual(
      Array.from({ length: 1203 }, (_, i) => `test.${i + 1}`),
    );
    const csv = await fetchExport('?format=csv&kind=test.7');
    expect(csv.headers.get('content-disposition')).toBe('attachment; filename="events.csv"');
    const text = await csv.text();
    expect(text).toContain(`,"'=HYPERLINK(""http://evil.test"")",`);
    expect(text.split('\r\n')).toHaveLength(3);
    expect((await fetchExport('?format=xml')).status).toBe(400);
    await site.close();
  });
});
