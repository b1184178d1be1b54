// Samples from a real SQLite file to mirror and data points: agent, broker and worker are processes, and the agent
// is killed and loses its state file on the way.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createDb, type RootDb } from '@/server/db/client';
import { hashPassword } from '@/server/lib/password';
import {
  bundleBroker,
  brokerFolder,
  startBrokerProcess,
  type BrokerProcess,
} from '@/server/testing/broker-process';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import { approveNewest, makeDevice, mirrorRowsOf, type TestDevice } from '@/server/testing/engine';
import { bundleProgram, killed } from '@/server/testing/program';
import { startWorkerProcess, type WorkerProcess } from '@/server/testing/worker-process';

const WORKER_PASSWORD = 'made for this test';
const DEVICE_PASSWORD = 'also made for this test';
const LONG = { timeout: 50_000, interval: 100 };
const TEMPS = {
  name: 'temps',
  columns: [
    { name: 'at', decl_type_affinity: 'TEXT' as const, pk_ordinal: 0, not_null: false },
    { name: 'celsius', decl_type_affinity: 'REAL' as const, pk_ordinal: 0, not_null: false },
    { name: 'label', decl_type_affinity: 'TEXT' as const, pk_ordinal: 0, not_null: false },
  ],
};

const folder = brokerFolder();
const source = join(folder.dataDir, 'source.db');
let database: TestDatabase;
let db: RootDb;
let broker: BrokerProcess;
let worker: WorkerProcess;
let program: string;
let agent: ChildProcess | null = null;

beforeAll(async () => {
  database = await createTestDatabase();
  db = createDb(database.url);
  program = await bundleProgram('agent');
  broker = await startBrokerProcess(await bundleBroker(), {
    databaseUrl: database.url,
    dataDir: folder.dataDir,
    port: 0,
    workerPassword: WORKER_PASSWORD,
  });
  worker = startWorkerProcess(await bundleProgram('worker'), {
    databaseUrl: database.url,
    mqttUrl: `mqtt://worker:${encodeURIComponent(WORKER_PASSWORD)}@127.0.0.1:${broker.port}`,
    isEmbeddedBroker: true,
    slot: 'worker-1',
    dataDir: folder.dataDir,
  });
});
afterAll(async () => {
  if (agent !== null) await killed(agent);
  await worker.kill();
  await broker.kill();
  folder.remove();
  await db.end();
  await database.drop();
});

function startAgent(device: TestDevice): ChildProcess {
  const config = join(folder.dataDir, 'agent.yaml');
  writeFileSync(
    config,
    JSON.stringify({
      device: 'pump-1',
      root_topic: device.rootTopic,
      source_db: source,
      state_db: join(folder.dataDir, 'state.db'),
      mqtt: {
        url: `mqtt://127.0.0.1:${broker.port}`,
        username: device.rootTopic,
        password: DEVICE_PASSWORD,
        client_id: device.rootTopic,
      },
      flush_ms: 30,
      poll_ms: 10,
      tables: { temps: { mode: 'telemetry', ts_column: 'at' } },
    }),
  );
  return spawn(process.execPath, [program, '--config', config], { stdio: ['ignore', 'ignore', 'inherit'] });
}

const insert = (from: number, to: number): void => {
  const values = Array.from({ length: to - from + 1 }, (_, i) => from + i).map(
    (n) =>
      `('2026-04-28 09:${String(Math.floor(n / 60)).padStart(2, '0')}:${String(n % 60).padStart(2, '0')}', ${n}, 'l${n}')`,
  );
  execFileSync('sqlite3', [
    '-cmd',
    '.timeout 10000',
    source,
    `INSERT INTO temps VALUES ${values.join(', ')};`,
  ]);
};

/** What mirror and data points hold: each sample once, in both. */
async function landed(device: TestDevice): Promise<{ labels: string[]; values: number[] }> {
  const rows = await mirrorRowsOf(db, device.id);
  const values = await db.sql<{ value: string }[]>`
    select value_numeric::text as value from tidegate.telemetry_data_point_value
    where device_id = ${device.id} order by ts`;
  return {
    labels: rows.map((row) => String(row['label'])).sort(),
    values: values.map((row) => Number(row.value)),
  };
}

const expected = (count: number): { labels: string[]; values: number[] } => {
  const numbers = Array.from({ length: count }, (_, i) => i + 1);
  return { labels: numbers.map((n) => `l${n}`).sort(), values: numbers };
};

it('lands every sample once in mirror and data point, through kill -9 and a lost state file', async () => {
  const device = await makeDevice(db);
  await db.sql`
    update tidegate.device_credential set password_hash = ${await hashPassword(DEVICE_PASSWORD)} where device_id = ${device.id}`;
  await db.sql`
    insert into tidegate.policy (scope, scope_id, fields)
    values ('project', ${device.tenancy.projectId}, '{"allow_auto_create_device_data_points": true}')`;
  execFileSync('sqlite3', [source, 'CREATE TABLE temps (at TEXT, celsius REAL, label TEXT);']);
  insert(1, 20);
  agent = startAgent(device);
  await vi.waitFor(async () => {
    const staged =
      await db.sql`select from tidegate.lineage where staged_rows = 20 and capture = 'telemetry'`;
    expect(staged).toHaveLength(1);
  }, LONG);
  await approveNewest(db, device, TEMPS, { celsius: { action: 'auto_create_and_map' } });
  await vi.waitFor(async () => expect(await landed(device)).toEqual(expected(20)), LONG);

  for (const [from, to] of [
    [21, 120],
    [121, 200],
  ] as const) {
    insert(from, to);
    await killed(agent);
    for (const suffix of ['', '-wal', '-shm'])
      rmSync(join(folder.dataDir, `state.db${suffix}`), { force: true });
    agent = startAgent(device);
    await vi.waitFor(async () => expect(await landed(device)).toEqual(expected(to)), LONG);
  }
  const rejected = await db.sql`select code from tidegate.rejected_batch`;
  expect(rejected).toEqual([]);
  const latest = await db.sql`
    select value_numeric::text as value from tidegate.data_point_latest where device_id = ${device.id}`;
  expect(latest).toEqual([{ value: '200' }]);
});
