// What every case of the bench shares: the database, the broker, the devices, and how time and CPU are taken.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MqttClient } from 'mqtt';
import type { RootDb } from '@/server/db/client';
import { uuidV7 } from '@/server/lib/uuid';
import { encodeRowBatch, encodeRowChange } from '@/server/protocol/row-batch-encode';
import { anyFreePort } from '@/server/runtime/ports';
import { DEVICE_STATE, hashOf, put, type TestDevice } from '@/server/testing/engine';

export const PER_BATCH = 500;
export const DEVICES = 8;

export interface Place {
  dir: string;
  url: string;
  db: RootDb;
  pgPid: number;
  broker: { port: number; child: ChildProcess };
  client: MqttClient;
  devices: TestDevice[];
  bundle: string;
  rows: number;
}

export const seconds = (from: bigint): number => Number(process.hrtime.bigint() - from) / 1e9;

/** User and system CPU seconds of a process, with its ended children, and its peak resident megabytes. Linux. */
export function usage(pid: number): { cpu: number; rss: number } {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    const rss = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    const ticks = [11, 12, 13, 14].reduce((sum, i) => sum + Number(stat[i]), 0);
    return { cpu: ticks / 100, rss: Number(rss) / 1024 };
  } catch {
    return { cpu: 0, rss: 0 }; // it has ended
  }
}

/** CPU seconds of the whole Postgres server so far. */
export function postgresCpu(pid: number): number {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(/\s+/);
  return usage(pid).cpu + children.reduce((sum, child) => sum + usage(Number(child)).cpu, 0);
}

/** CPU seconds of a process until it ends, but for its last hundredth of a second. */
export function watchCpu(child: ChildProcess): () => number {
  let cpu = 0;
  const timer = setInterval(() => (cpu = Math.max(cpu, usage(child.pid ?? 0).cpu)), 10);
  child.once('exit', () => clearInterval(timer));
  return () => cpu;
}

export const has = (command: string): boolean => spawnSync('which', [command]).status === 0;

export interface Measured {
  rowsPerSecond: number;
  /** CPU seconds by process. */
  cpu: Record<string, number>;
}

/** Prints one case: rows per second, and microseconds of CPU per row for each process. */
export function print(name: string, rows: number, { rowsPerSecond, cpu }: Measured, more = ''): void {
  const rate = Math.round(rowsPerSecond).toLocaleString('en-GB').padStart(9);
  const each = Object.entries(cpu).map(([who, s]) => `${who} ${((s * 1e6) / rows).toFixed(1)}`);
  console.log(`${name.padEnd(46)} ${rate} rows/s   cpu µs/row: ${each.join(', ')}${more}`);
}

/** The rows of one device in a round: new keys in the first two, the same keys in newer versions in the third. */
const rowsOf = (device: number, round: number, from: number, count: number, perDevice: number) =>
  Array.from({ length: count }, (_, i): ReturnType<typeof put> => {
    const id = from + i;
    const row = { id, mode: `mode ${id % 7} of ${device}`, setpoint: (id + round) / 8 };
    return { ...put(round * perDevice + id + 1, row), op: round < 2 ? 'insert' : 'update' };
  });

/** Batches of one device: `count` rows of as many keys, `perBatch` in each, above those of the earlier rounds. */
export function batches(
  device: number,
  epoch: string,
  round: number,
  count: number,
  perBatch = PER_BATCH,
): string[] {
  const texts: string[] = [];
  for (let from = 0; from < count; from += perBatch)
    texts.push(
      batchOf(epoch, rowsOf(device, round, from, Math.min(perBatch, count - from), count), from === 0),
    );
  return texts;
}

/** The same rows as lines, one a row, as they stand in those batches. */
export const lines = (count: number): string[] =>
  rowsOf(0, 0, 0, count, count).map((row) => encodeRowChange(row).text);

/** One batch of `device_state`. */
export const batchOf = (
  journalEpoch: string,
  rows: ReturnType<typeof put>[],
  withColumns = false,
  batchId = uuidV7(),
): string =>
  encodeRowBatch({
    batchId,
    journalEpoch,
    sourceTable: DEVICE_STATE.name,
    schemaHash: hashOf(DEVICE_STATE),
    schemaColumns: withColumns ? DEVICE_STATE.columns : null,
    rows,
  });

let hasFailed = false;

/** Waits for a condition; throws where a worker has ended by itself. */
export async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) {
    if (hasFailed) throw new Error('the worker has ended with an error');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Mosquitto with an unbounded queue, and with small packets sent at once. */
export async function startMosquitto(dir: string): Promise<Place['broker']> {
  const port = await anyFreePort();
  const config = join(dir, 'mosquitto.conf');
  const settings = [
    `listener ${port} 127.0.0.1`,
    'allow_anonymous true',
    'max_queued_messages 0',
    'max_inflight_messages 200',
    'persistence false',
    'set_tcp_nodelay true',
    'user root',
  ];
  writeFileSync(config, `${settings.join('\n')}\n`);
  return { port, child: spawn('mosquitto', ['-c', config], { stdio: 'ignore' }) };
}

/** The worker as `npm start` runs it. */
export function startBenchWorker(place: Place): ChildProcess {
  const settings = join(place.dir, 'worker.json');
  writeFileSync(
    settings,
    JSON.stringify({
      databaseUrl: place.url,
      mqttUrl: `mqtt://127.0.0.1:${place.broker.port}`,
      isEmbeddedBroker: false,
      slot: 'bench-1',
      dataDir: place.dir,
      objectStoreUrl: 'file:objects',
      telemetryRetentionDays: 90,
      ledgerRetentionDays: 90,
      consoleUrl: 'http://127.0.0.1',
      webhooksToPrivate: false,
      logLevel: 'warn',
    }),
  );
  const worker = spawn(process.execPath, [place.bundle, settings], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  worker.once('exit', (code) => {
    if (code !== 0 && code !== null) hasFailed = true;
  });
  return worker;
}
