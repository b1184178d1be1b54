// The registry and the live stream from the command line: a process per call, over HTTP and a real database.
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDb, type RootDb } from '@/server/db/client';
import { bellOf, streamHost } from '@/server/http/stream-host';
import { commandLine, type CommandLine } from '@/server/testing/command-line';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import { DEVICE_STATE, drainReplays, makeDevice, makeDeviceIn, put } from '@/server/testing/engine';
import { testHost } from '@/server/testing/http';
import { bundleProgram } from '@/server/testing/program';
import { openRegistryReview, setMode, sharedRows } from '@/server/testing/registry';
import { serveSite, type Site } from '@/server/testing/site';
import type { TestTenancy } from '@/server/testing/tenancy';
import { EXIT } from './exit';

let database: TestDatabase;
let db: RootDb;
let site: Site;
let bundle: string;
let tenancy: TestTenancy;
let tidegate: CommandLine;

beforeAll(async () => {
  database = await createTestDatabase();
  db = createDb(database.url);
  site = await serveSite({ ...testHost(db), streams: streamHost({ bell: bellOf(db) }) });
  bundle = await bundleProgram('cli');
});
afterAll(async () => {
  await site.close();
  await db.end();
  await database.drop();
});
beforeEach(async () => {
  const first = await makeDevice(db);
  ({ tenancy } = first);
  await setMode(tenancy, 'fleet');
  const second = await makeDeviceIn(db, tenancy, 'pump-2');
  for (const device of [first, second])
    await device.send(DEVICE_STATE, [put(1, { id: 1, mode: 'a', setpoint: 1.5 })]);
  const { token } = tenancy.people.operator;
  tidegate = commandLine(bundle, { HOME: '/nonexistent', TIDEGATE_URL: site.url, TIDEGATE_TOKEN: token });
});

describe('the registry', () => {
  it('goes from a review that two devices wait for to rows in the shared mirror', async () => {
    const queue = await tidegate(['registry', 'reviews']);
    expect(queue.stdout).toMatch(/device_state +fleet +queued +ambiguous +2 +2/);
    const { id, registry_id } = await openRegistryReview(tenancy);
    expect((await tidegate(['registry', 'review', id])).stdout).toMatch(/setpoint +REAL +mirror/);
    expect((await tidegate(['registry', 'approve', id])).code).toBe(EXIT.usage);
    expect((await tidegate(['registry', 'claim', id])).stdout).toMatch(/status +in_review/);
    const stale = await tidegate(['registry', 'approve', id, '--mirror-all', '--action-version', '1']);
    expect(stale.code).toBe(EXIT.conflict);
    const done = await tidegate(['registry', 'approve', id, '--mirror-all']);
    expect(done).toMatchObject({ code: EXIT.done, stderr: '' });
    await drainReplays(db);
    expect(await sharedRows(db, tenancy.fleetId, DEVICE_STATE.name)).toHaveLength(2);

    const approved = await tidegate(['registry', 'list', '--status', 'approved', '--json']);
    expect(JSON.parse(approved.stdout)).toMatchObject([{ id: registry_id, device_count: 2 }]);
    const entry = await tidegate(['registry', 'get', registry_id]);
    expect(entry.stdout).toMatch(/columns +id INTEGER, mode TEXT, setpoint REAL/);
    const dry = await tidegate(['registry', 'reconcile', registry_id, '--dry-run', '--json']);
    expect(JSON.parse(dry.stdout)).toMatchObject({ dry_run: true, bound: 0 });
    const reconciled = await tidegate(['registry', 'reconcile', registry_id, '--json']);
    expect(JSON.parse(reconciled.stdout)).toMatchObject({ registry_id, lineages: 2, skipped: [] });
  });

  it('can refuse a schema for every device, with a reason', async () => {
    const { id, registry_id } = await openRegistryReview(tenancy);
    expect((await tidegate(['registry', 'reject', id])).code).toBe(EXIT.usage);
    const done = await tidegate(['registry', 'reject', id, '--claim', '--reason', 'not needed']);
    expect(done.stdout).toMatch(/status +rejected/);
    expect((await tidegate(['registry', 'reviews'])).stderr).toContain('There is none.');
    expect((await tidegate(['registry', 'list', '--status', 'rejected'])).stdout).toContain(registry_id);
    expect((await tidegate(['registry', 'reconcile', registry_id])).code).toBe(EXIT.conflict);
    const viewer = { TIDEGATE_TOKEN: tenancy.people.viewer.token };
    expect((await tidegate(['registry', 'claim', id], { env: viewer })).code).toBe(EXIT.auth);
  });
});

it('can leave a schema undecided, with a reason', async () => {
  const { id } = await openRegistryReview(tenancy);
  const done = await tidegate(['registry', 'abandon', id, '--claim', '--reason', 'each by itself']);
  expect(done.stdout).toMatch(/status +abandoned/);
  expect((await tidegate(['registry', 'abandon', id, '--reason', 'again'])).code).toBe(EXIT.conflict);
});

/** Passes bytes on to the site, notes what streams ask for, and breaks them off once they have said `word`. */
async function breakingProxy(
  word: string,
): Promise<{ server: Server; asked: string[]; broken: Promise<void> }> {
  const asked: string[] = [];
  let breakOff: () => void = () => undefined;
  const broken = new Promise<void>((done) => (breakOff = done));
  const server = createServer((client) => {
    const { hostname, port } = new URL(site.url);
    const upstream = connect(Number(port), hostname);
    let isStream = false;
    for (const socket of [client, upstream]) socket.on('error', () => socket.destroy());
    client.on('data', (chunk) => {
      const text = chunk.toString('latin1');
      if (text.includes('/events/stream')) asked.push(text);
      isStream ||= text.includes('/events/stream');
    });
    client.pipe(upstream);
    upstream.on('data', (chunk) => {
      client.write(chunk);
      if (!isStream || asked.length > 1 || !chunk.includes(word)) return;
      // After what was heard has left, as when a cable is pulled.
      client.end(() => upstream.destroy());
      breakOff();
    });
    upstream.on('end', () => client.end());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, asked, broken };
}

describe('events watch', () => {
  it('takes a broken stream up again where it was: nothing is missed and nothing told twice', async () => {
    const { id } = await openRegistryReview(tenancy);
    const { server, asked, broken } = await breakingProxy('edge_registry_review.queued');
    const { port } = server.address() as AddressInfo;
    const options = ['--kind', 'edge_registry_review.*', '--since', new Date(0).toISOString()];
    const watched = tidegate(['events', 'watch', ...options, '--count', '3', '--json'], {
      env: { TIDEGATE_URL: `http://127.0.0.1:${port}` },
    });
    await broken;
    await tidegate(['registry', 'claim', id]);
    await tidegate(['registry', 'release', id]);
    const { stdout, code } = await watched;
    server.close();
    expect(code).toBe(EXIT.done);
    const lines = stdout.trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { kind: string }).kind)).toEqual(
      ['queued', 'claimed', 'released'].map((verb) => `edge_registry_review.${verb}`),
    );
    expect(asked[0]).not.toMatch(/last-event-id/i);
    expect(asked[1]).toMatch(/last-event-id: \d+\.\d+/i);
  });

  it('ends with a sentence where it may not listen', async () => {
    const nobody = await tidegate(['events', 'watch'], { env: { TIDEGATE_TOKEN: 'tg_wrong' } });
    expect(nobody).toMatchObject({ code: EXIT.auth, stdout: '' });
    const nowhere = await tidegate(['events', 'watch'], { env: { TIDEGATE_URL: 'http://127.0.0.1:1' } });
    expect(nowhere.code).toBe(EXIT.unreachable);
  });
});
