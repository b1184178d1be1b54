import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '@/server/runtime/embedded-postgres';
import { identify, waitForExit } from '@/server/runtime/process-identity';

let dataDir: string;
let lines: string[];
const running: EmbeddedPostgres[] = [];

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'tidegate-pg-'));
  chmodSync(dataDir, 0o711);
  lines = [];
});

afterEach(async () => {
  for (const server of running.splice(0)) await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

async function start(): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir, log: (line) => lines.push(line) });
  running.push(server);
  return server;
}

async function query<T>(url: string, run: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    return await run(sql);
  } finally {
    await sql.end();
  }
}

const value = (url: string) => query(url, (sql) => sql<{ v: number }[]>`select v from kept`);

describe('embedded PostgreSQL', () => {
  test('keeps data, port and password over a stop and a start', async () => {
    const first = await start();
    await query(first.url, (sql) => sql`create table kept as select 7 as v`);
    await first.stop();
    expect(identify(first.pid)).toBeUndefined();

    const second = await start();
    expect(second.url).toBe(first.url);
    expect(await value(second.url)).toEqual([{ v: 7 }]);
  });

  test('never gives up durability for speed', async () => {
    const server = await start();
    const shown = await query(server.url, async (sql) => [
      ...(await sql`show fsync`),
      ...(await sql`show synchronous_commit`),
    ]);
    expect(shown).toEqual([{ fsync: 'on' }, { synchronous_commit: 'on' }]);
  });

  test('keeps the password from other users', async () => {
    await start();
    expect(statSync(join(dataDir, 'postgres-password')).mode & 0o777).toBe(0o600);
  });

  test('starts again after kill -9 of the server, with what was committed', async () => {
    const first = await start();
    await query(first.url, (sql) => sql`create table kept as select 9 as v`);
    const reasons: string[] = [];
    first.onExit((reason) => reasons.push(reason));
    const identity = identify(first.pid);
    process.kill(first.pid, 'SIGKILL');
    if (identity) await waitForExit(identity, 10_000);
    await expect.poll(() => reasons).toEqual(['SIGKILL']);

    const second = await start();
    expect(await value(second.url)).toEqual([{ v: 9 }]);
  });

  test('ends the server that a killed supervisor left behind', async () => {
    const orphan = await start();
    await query(orphan.url, (sql) => sql`create table kept as select 3 as v`);
    // Nobody called stop: what the next start finds is what a kill -9 of the supervisor leaves.
    const second = await start();
    expect(identify(orphan.pid)).toBeUndefined();
    expect(second.pid).not.toBe(orphan.pid);
    expect(lines.join('\n')).toContain(`process ${orphan.pid}`);
    expect(await value(second.url)).toEqual([{ v: 3 }]);
  });

  test('spares a stranger that has got the old pid', async () => {
    const first = await start();
    await first.stop();
    const lock = [String(process.pid), join(dataDir, 'postgres'), '0', '1', '', '', '', ''].join('\n');
    writeFileSync(join(dataDir, 'postgres', 'postmaster.pid'), lock);
    const state = JSON.parse(readFileSync(join(dataDir, 'postgres.json'), 'utf8')) as { port: number };
    writeFileSync(
      join(dataDir, 'postgres.json'),
      JSON.stringify({ ...state, server: { pid: process.pid, startedAt: '1' } }),
    );
    const second = await start();
    expect(identify(process.pid)).toBeDefined();
    expect(await query(second.url, (sql) => sql`select 1 as one`)).toEqual([{ one: 1 }]);
  });
});
