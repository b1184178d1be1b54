// How fast rows go from an MQTT broker into Postgres, with acknowledgement after the commit, beside what the
// same Postgres does with bare SQL in the same run. Prints rows/s, ratios, CPU and memory; asserts nothing.
// Run: npm run bench -- [rows]   (needs mosquitto, mosquitto_sub and psql on PATH)
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mqtt, { type MqttClient } from 'mqtt';
import { createDb, type RootDb } from '@/server/db/client';
import { migrate } from '@/server/db/migrate';
import { uuidV7 } from '@/server/lib/uuid';
import { encodeRowBatch } from '@/server/protocol/row-batch-encode';
import { CHANNELS, topicOf } from '@/server/protocol/topics';
import { startEmbeddedPostgres } from '@/server/runtime/embedded-postgres';
import { anyFreePort } from '@/server/runtime/ports';
import {
  approveNewest,
  DEVICE_STATE,
  hashOf,
  makeDevice,
  put,
  type TestDevice,
} from '@/server/testing/engine';
import { bundleProgram, killed } from '@/server/testing/program';

const ROWS = Number(process.argv[2] ?? 200_000);
const PER_BATCH = 500;
const DEVICES = 8;

interface Stage {
  dir: string;
  url: string;
  db: RootDb;
  port: number;
  client: MqttClient;
  devices: TestDevice[];
}

const seconds = (from: bigint): number => Number(process.hrtime.bigint() - from) / 1e9;
const rate = (rows: number, s: number): string => `${Math.round(rows / s).toLocaleString('en-GB')} rows/s`;

/** User and system CPU seconds, and resident megabytes, of a process. Linux. */
function usage(pid: number): { cpu: number; rss: number } {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  const rss = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return { cpu: (Number(stat[11]) + Number(stat[12])) / 100, rss: Number(rss) / 1024 };
}

function batches(device: number, epoch: string, round: number, count: number): string[] {
  const texts: string[] = [];
  for (let from = 0; from < count; from += PER_BATCH) {
    const rows = Array.from({ length: PER_BATCH }, (_, i) =>
      put(round * count + from + i + 1, {
        id: from + i,
        mode: `mode ${(from + i) % 7} of ${device}`,
        setpoint: (from + i) / 8,
      }),
    );
    texts.push(
      encodeRowBatch({
        batchId: uuidV7(),
        journalEpoch: epoch,
        sourceTable: DEVICE_STATE.name,
        schemaHash: hashOf(DEVICE_STATE),
        schemaColumns: from === 0 ? DEVICE_STATE.columns : null,
        rows,
      }),
    );
  }
  return texts;
}

async function accepted(db: RootDb): Promise<number> {
  const [row] = await db.sql<
    { n: string }[]
  >`select coalesce(sum(accepted_rows), 0) as n from tidegate.lineage`;
  return Number(row?.n ?? 0);
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20));
}

/** Queues every batch at the broker while no worker runs, then measures the worker alone. */
async function endToEnd(
  name: string,
  s: Stage,
  bundle: string,
  round: number,
  epochs: string[],
): Promise<number> {
  const perDevice = ROWS / DEVICES;
  const before = await accepted(s.db);
  const payloads = s.devices.map((_, i) => batches(i, epochs[i] ?? '', round, perDevice));
  const settings = join(s.dir, 'worker.json');
  writeFileSync(
    settings,
    JSON.stringify({
      databaseUrl: s.url,
      mqttUrl: `mqtt://127.0.0.1:${s.port}`,
      isEmbeddedBroker: false,
      slot: 'bench-1',
      dataDir: s.dir,
      objectStoreUrl: 'file:objects',
      logLevel: 'warn',
    }),
  );
  const sent: Promise<unknown>[] = [];
  for (let b = 0; b < perDevice / PER_BATCH; b++) {
    for (const [i, device] of s.devices.entries()) {
      sent.push(
        s.client.publishAsync(topicOf(device.rootTopic, CHANNELS.rowsBatch), payloads[i]?.[b] ?? '', {
          qos: 1,
        }),
      );
    }
  }
  await Promise.all(sent);
  const started = process.hrtime.bigint();
  const worker = spawn(process.execPath, [bundle, settings], { stdio: ['ignore', 'inherit', 'inherit'] });
  await until(async () => (await accepted(s.db)) > before);
  const startUp = seconds(started);
  const first = await accepted(s.db);
  const from = process.hrtime.bigint();
  await until(async () => (await accepted(s.db)) >= before + ROWS);
  const took = seconds(from);
  const { cpu, rss } = usage(worker.pid ?? 0);
  await killed(worker, 'SIGTERM');
  const done = before + ROWS - first;
  console.log(
    `${name.padEnd(44)} ${rate(done, took).padStart(18)}   worker cpu ${((100 * cpu) / (took + startUp)).toFixed(0)} %  peak rss ${rss.toFixed(0)} MB`,
  );
  return done / took;
}

/** The same rows as bare SQL on two connections: `statement` once per half. */
async function ceiling(name: string, run: (half: number) => Promise<void>): Promise<number> {
  const from = process.hrtime.bigint();
  await Promise.all([run(0), run(1)]);
  const took = seconds(from);
  console.log(`${name.padEnd(44)} ${rate(ROWS, took).padStart(18)}`);
  return ROWS / took;
}

function psqlCopy(s: Stage, table: string, file: string): Promise<void> {
  const child = spawn('psql', [s.url, '-qc', `\\copy ${table} from '${file}'`], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return once(child, 'exit').then(([code]) => {
    if (code !== 0) throw new Error(`psql ended with ${code}`);
  });
}

const STAGED_LIKE = `(lineage_id uuid, epoch_ordinal bigint, commit_seq bigint, pk_hash bytea, journal_epoch uuid, schema_hash text,
  op text, pk text, "row" text, staging_reason text, error text, received_at timestamptz, bytes int,
  primary key (lineage_id, epoch_ordinal, commit_seq, pk_hash))`;
const MIRROR_LIKE = `(device_id uuid, version_epoch bigint, version_seq bigint, created_at timestamptz, updated_at timestamptz,
  id bigint, mode text, setpoint double precision, unique nulls not distinct (device_id, id))`;

async function ceilings(s: Stage): Promise<{ stage: number; insert: number; upsert: number }> {
  await s.db.root.unsafe(`create table bare_staged ${STAGED_LIKE}; create table bare_mirror ${MIRROR_LIKE}`);
  const uuid = uuidV7();
  const at = new Date().toISOString();
  for (const half of [0, 1]) {
    const staged: string[] = [];
    const mirror: string[] = [];
    for (let i = half; i < ROWS; i += 2) {
      const row = `{"id":${i},"mode":"mode ${i % 7} of 1","setpoint":${i / 8}}`;
      staged.push(
        [
          uuid,
          1,
          i,
          `\\\\x${i.toString(16).padStart(32, '0')}`,
          uuid,
          'a'.repeat(64),
          'update',
          `{"id":${i}}`,
          row,
          'schema_review',
          '\\N',
          at,
          row.length,
        ].join('\t'),
      );
      mirror.push([uuid, 1, i, at, at, i, `mode ${i % 7} of 1`, i / 8].join('\t'));
    }
    writeFileSync(join(s.dir, `staged-${half}`), staged.join('\n'));
    writeFileSync(join(s.dir, `mirror-${half}`), mirror.join('\n'));
  }
  const stage = await ceiling('COPY into staging, two connections', (half) =>
    psqlCopy(s, 'bare_staged', join(s.dir, `staged-${half}`)),
  );
  const insert = await ceiling('COPY into a mirror, two connections', (half) =>
    psqlCopy(s, 'bare_mirror', join(s.dir, `mirror-${half}`)),
  );
  const upsert = await ceiling('bare guarded upsert, two connections', async (half) => {
    for (let from = half * PER_BATCH; from < ROWS; from += 2 * PER_BATCH) {
      const rows = Array.from(
        { length: PER_BATCH },
        (_, i) => `{"s":${ROWS + from + i},"c0":${from + i},"c1":"mode ${i % 5}","c2":${i / 4}}`,
      );
      await s.db.root.unsafe(
        `insert into bare_mirror as m select $2::uuid, 1, r.s, $3::timestamptz, $3::timestamptz, r.c0, r.c1, r.c2
         from json_to_recordset($1::text::json) as r(s bigint, c0 bigint, c1 text, c2 double precision)
         on conflict (device_id, id) do update set version_epoch = excluded.version_epoch, version_seq = excluded.version_seq,
           updated_at = excluded.updated_at, mode = excluded.mode, setpoint = excluded.setpoint
         where (m.version_epoch, m.version_seq) < (excluded.version_epoch, excluded.version_seq)`,
        [`[${rows.join(',')}]`, uuid, at],
        { prepare: true },
      );
    }
  });
  return { stage, insert, upsert };
}

/** `mosquitto_sub | psql COPY` of the same messages into one json column: what a shell script would do. */
async function pipe(s: Stage): Promise<number> {
  await s.db.root.unsafe('create table bare_pipe (doc json)');
  const topic = 'bench/pipe/copied';
  const count = ROWS / PER_BATCH;
  const child = spawn(
    'sh',
    [
      '-c',
      `mosquitto_sub -h 127.0.0.1 -p ${s.port} -i bench-pipe -c -q 1 -t ${topic} -C ${count} | psql '${s.url}' -qc "\\copy bare_pipe from stdin with (format csv, delimiter e'\\x01', quote e'\\x02')"`,
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  await until(
    async () =>
      (
        await s.db
          .sql`select 1 from pg_stat_activity where query ilike '%bare_pipe%stdin%' and pid <> pg_backend_pid()`
      ).length > 0,
  );
  const payloads = batches(0, uuidV7(), 0, ROWS);
  const from = process.hrtime.bigint();
  const gone = once(child, 'exit');
  await Promise.all(payloads.map((p) => s.client.publishAsync(topic, p, { qos: 1 })));
  await gone;
  const took = seconds(from);
  console.log(
    `${'mosquitto_sub | psql COPY into a json column'.padEnd(44)} ${rate(ROWS, took).padStart(18)}`,
  );
  return ROWS / took;
}

/** Publish to receipt of 100-row batches, one at a time per device at a modest rate. */
async function latency(s: Stage, bundle: string, epochs: string[]): Promise<void> {
  const worker = spawn(process.execPath, [bundle, join(s.dir, 'worker.json')], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [device] = s.devices;
  if (device === undefined) return;
  const waiting = new Map<string, () => void>();
  await s.client.subscribeAsync(topicOf(device.rootTopic, CHANNELS.ingestReceipt), { qos: 1 });
  s.client.on('message', (_topic, payload) =>
    waiting.get((JSON.parse(payload.toString()) as { batch_id: string }).batch_id)?.(),
  );
  const times: number[] = [];
  for (let n = 0; n < 400; n++) {
    const batchId = uuidV7();
    const rows = Array.from({ length: 100 }, (_, i) =>
      put(10_000_000 + n * 100 + i, { id: i, mode: 'x', setpoint: n }),
    );
    const payload = encodeRowBatch({
      batchId,
      journalEpoch: epochs[0] ?? '',
      sourceTable: DEVICE_STATE.name,
      schemaHash: hashOf(DEVICE_STATE),
      rows,
    });
    const from = process.hrtime.bigint();
    const receipt = new Promise<void>((resolve) => waiting.set(batchId, resolve));
    await s.client.publishAsync(topicOf(device.rootTopic, CHANNELS.rowsBatch), payload, { qos: 1 });
    await receipt;
    if (n >= 50) times.push(seconds(from) * 1000);
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => (times[Math.floor(times.length * share)] ?? 0).toFixed(1);
  console.log(`100-row batch, publish to receipt: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`);
  await killed(worker, 'SIGTERM');
}

async function startMosquitto(dir: string): Promise<{ port: number; child: ChildProcess }> {
  const port = await anyFreePort();
  const config = join(dir, 'mosquitto.conf');
  writeFileSync(
    config,
    `listener ${port} 127.0.0.1\nallow_anonymous true\nmax_queued_messages 0\nmax_inflight_messages 200\npersistence false\nset_tcp_nodelay true\nuser root\n`,
  );
  const child = spawn('mosquitto', ['-c', config], { stdio: 'ignore' });
  return { port, child };
}

async function main(): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'tidegate-bench-'));
  chmodSync(dir, 0o711);
  const pg = await startEmbeddedPostgres({ dataDir: dir, log: () => undefined });
  const { port, child } = await startMosquitto(dir);
  await migrate(pg.url);
  const db = createDb(pg.url);
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, {
    clientId: 'bench-publisher',
    reconnectPeriod: 200,
  });
  if (client.stream instanceof Socket) client.stream.setNoDelay(true);
  const devices = await Promise.all(Array.from({ length: DEVICES }, (_, i) => makeDevice(db, `bench-${i}`)));
  const s: Stage = { dir, url: pg.url, db, port, client, devices };
  const bundle = await bundleProgram('worker');
  console.log(
    `${ROWS} rows, ${PER_BATCH} a batch, ${DEVICES} devices; ${execFileSync('nproc').toString().trim()} cores`,
  );
  try {
    for (const device of devices) {
      await db.sql`insert into tidegate.policy (scope, scope_id, fields) values ('project', ${device.tenancy.projectId},
        ${'{"max_pending_rows_per_lineage": 100000000}'}::jsonb)`;
    }
    // The worker's session must exist before messages are queued for it.
    await primeSession(s, bundle);
    const epochs = devices.map(() => uuidV7());
    const staging = await endToEnd('(a) staging', s, bundle, 0, epochs);
    for (const device of devices) await approveNewest(db, device, DEVICE_STATE);
    await db.sql`delete from tidegate.replay_intent`;
    const insert = await endToEnd('(b) typed insert', s, bundle, 1, epochs);
    const upsert = await endToEnd('(c) guarded upsert', s, bundle, 2, epochs);
    const bare = await ceilings(s);
    const piped = await pipe(s);
    await latency(s, bundle, epochs);
    console.log(
      `(a) staging        / COPY ${(staging / bare.stage).toFixed(2)}   / pipe ${(staging / piped).toFixed(2)}  (goal 1.2)`,
    );
    console.log(`(b) typed insert   / COPY ${(insert / bare.insert).toFixed(2)}  (goal 0.85)`);
    console.log(`(c) guarded upsert / bare statement ${(upsert / bare.upsert).toFixed(2)}  (goal 0.90)`);
  } finally {
    await client.endAsync(true);
    await db.end();
    await killed(child);
    await pg.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

async function primeSession(s: Stage, bundle: string): Promise<void> {
  const settings = join(s.dir, 'prime.json');
  writeFileSync(
    settings,
    JSON.stringify({
      databaseUrl: s.url,
      mqttUrl: `mqtt://127.0.0.1:${s.port}`,
      isEmbeddedBroker: false,
      slot: 'bench-1',
      dataDir: s.dir,
      objectStoreUrl: 'file:objects',
      logLevel: 'warn',
    }),
  );
  const worker = spawn(process.execPath, [bundle, settings], { stdio: ['ignore', 'inherit', 'inherit'] });
  await until(
    async () =>
      (await s.db.sql`select 1 from tidegate.worker_slot where broker_connected = 'yes'`).length > 0,
  );
  await killed(worker, 'SIGTERM');
}

await main();
