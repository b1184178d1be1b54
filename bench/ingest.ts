// How fast rows go from an MQTT broker into Postgres, with acknowledgement after the commit, beside what the same
// Postgres does with bare SQL in the same run. Prints what is reached; asserts nothing. bench/README.md says what
// each figure is. Run: npm run bench -- ingest [rows]   (needs mosquitto on PATH)
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mqtt from 'mqtt';
import { createDb } from '@/server/db/client';
import { migrate } from '@/server/db/migrate';
import { uuidV7 } from '@/server/lib/uuid';
import { startEmbeddedPostgres } from '@/server/runtime/embedded-postgres';
import { approveNewest, DEVICE_STATE, makeDevice } from '@/server/testing/engine';
import { bundleProgram, killed } from '@/server/testing/program';
import { ceilings } from './ingest/ceilings';
import { endToEnd, primeSession } from './ingest/end-to-end';
import { latency, SMALL_BATCH } from './ingest/latency';
import { pipes } from './ingest/pipe';
import { DEVICES, PER_BATCH, startMosquitto, type Place } from './ingest/place';

const ROWS = Number(process.argv[2] ?? 200_000);

async function run(place: Place): Promise<void> {
  const { db, devices } = place;
  for (const device of devices) {
    await db.sql`insert into tidegate.policy (scope, scope_id, fields) values ('project', ${device.tenancy.projectId},
      ${'{"max_pending_rows_per_lineage": 100000000, "max_pending_bytes_per_lineage": 100000000000}'}::text::jsonb)`;
  }
  await primeSession(place);
  const epochs = devices.map(() => uuidV7());
  const staging = await endToEnd('(a) staging', place, 0, epochs);
  for (const device of devices) await approveNewest(db, device, DEVICE_STATE);
  await db.sql`delete from tidegate.replay_intent`;
  const insert = await endToEnd('(b) typed insert', place, 1, epochs);
  const upsert = await endToEnd('(c) guarded upsert', place, 2, epochs);
  const large = await endToEnd('(c) in batches of 4,000 rows', place, 3, epochs, 4000);
  const small = await endToEnd('(c) in batches of 100 rows', place, 4, epochs, SMALL_BATCH);
  const bare = await ceilings(place);
  const piped = await pipes(place);
  const loaded = await latency(place, epochs, small.rowsPerSecond);
  const ratio = (name: string, reached: number, goal: string) =>
    console.log(`${name.padEnd(46)} ${reached.toFixed(2)}  (goal ${goal})`);
  ratio('(a) staging / COPY', staging.rowsPerSecond / bare.stage, 'none, for reference');
  if (piped !== null) {
    ratio('(a) staging / pipe, a row in a message', staging.rowsPerSecond / piped.row, '1.2');
    ratio(
      '(a) staging / pipe, 500 lines in a message',
      staging.rowsPerSecond / piped.lines,
      'none, for reference',
    );
  }
  ratio('(b) typed insert / COPY', insert.rowsPerSecond / bare.insert, '0.85');
  ratio('(c) guarded upsert / bare statement', upsert.rowsPerSecond / bare.upsert, '0.90');
  const rss = Math.max(...[staging, insert, upsert, large, small, loaded].map((one) => one.rss));
  console.log(`${'worker peak resident memory'.padEnd(46)} ${rss.toFixed(0)} MB  (goal below 200)`);
}

async function main(): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'tidegate-bench-'));
  chmodSync(dir, 0o711);
  const pg = await startEmbeddedPostgres({ dataDir: dir, log: () => undefined });
  const broker = await startMosquitto(dir);
  await migrate(pg.url);
  const db = createDb(pg.url);
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${broker.port}`, {
    clientId: 'bench-publisher',
    reconnectPeriod: 200,
  });
  if (client.stream instanceof Socket) client.stream.setNoDelay(true);
  const devices = await Promise.all(Array.from({ length: DEVICES }, (_, i) => makeDevice(db, `bench-${i}`)));
  const bundle = await bundleProgram('worker');
  console.log(
    `${ROWS} rows, ${PER_BATCH} a batch, ${DEVICES} devices; ${execFileSync('nproc').toString().trim()} cores`,
  );
  try {
    await run({ dir, url: pg.url, db, pgPid: pg.pid, broker, client, devices, bundle, rows: ROWS });
  } finally {
    await client.endAsync(true);
    await db.end();
    await killed(broker.child);
    await pg.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

await main();
