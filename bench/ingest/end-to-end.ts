// Tidegate itself: broker, worker, Postgres, with the acknowledgement after the commit.
import { performance } from 'node:perf_hooks';
import { uuidV7 } from '@/server/lib/uuid';
import { CHANNELS, topicOf } from '@/server/protocol/topics';
import { put } from '@/server/testing/engine';
import { killed } from '@/server/testing/program';
import {
  batches,
  batchOf,
  DEVICES,
  PER_BATCH,
  postgresCpu,
  print,
  seconds,
  startBenchWorker,
  until,
  usage,
  type Place,
} from './place';

async function accepted({ db }: Place): Promise<number> {
  const [row] = await db.sql<{ n: string }[]>`
    select coalesce(sum(accepted_rows), 0) as n from tidegate.lineage`;
  return Number(row?.n ?? 0);
}

/** The worker's session has to exist before messages are queued for it. */
export async function primeSession(place: Place): Promise<void> {
  const worker = startBenchWorker(place);
  await until(
    async () =>
      (await place.db.sql`select 1 from tidegate.worker_slot where broker_connected = 'yes'`).length > 0,
  );
  await killed(worker, 'SIGTERM');
}

/** Queues every batch at the broker while no worker runs, then measures from the first commit to the last. */
export async function endToEnd(
  name: string,
  place: Place,
  round: number,
  epochs: readonly string[],
  perBatch = PER_BATCH,
): Promise<{ rowsPerSecond: number; rss: number }> {
  const perDevice = place.rows / DEVICES;
  const before = await accepted(place);
  const payloads = place.devices.map((_, i) => batches(i, epochs[i] ?? '', round, perDevice, perBatch));
  const sent: Promise<unknown>[] = [];
  for (let b = 0; b < perDevice / perBatch; b++) {
    for (const [i, device] of place.devices.entries()) {
      const topic = topicOf(device.rootTopic, CHANNELS.rowsBatch);
      sent.push(place.client.publishAsync(topic, payloads[i]?.[b] ?? '', { qos: 1 }));
    }
  }
  await Promise.all(sent);
  const worker = startBenchWorker(place);
  const cpu = () => ({
    worker: usage(worker.pid ?? 0).cpu,
    postgres: postgresCpu(place.pgPid),
    broker: usage(place.broker.child.pid ?? 0).cpu,
  });
  await until(async () => (await accepted(place)) > before);
  const [from, at, first] = [cpu(), process.hrtime.bigint(), await accepted(place)];
  await until(async () => (await accepted(place)) >= before + place.rows);
  const took = seconds(at);
  const to = cpu();
  const { rss } = usage(worker.pid ?? 0);
  await killed(worker, 'SIGTERM');
  const rows = before + place.rows - first;
  const rowsPerSecond = rows / took;
  const used = {
    worker: to.worker - from.worker,
    postgres: to.postgres - from.postgres,
    broker: to.broker - from.broker,
  };
  print(name, rows, { rowsPerSecond, cpu: used }, `   worker peak rss ${rss.toFixed(0)} MB`);
  return { rowsPerSecond, rss };
}

const MEASURED = 1000;
const WARM_UP = 200;
const BATCH = 100;
const FIRST_SEQ = 100_000_000;

/** Publish to receipt of 100-row batches: one after the other, then at half of `rowsPerSecond`. */
export async function latency(
  place: Place,
  epochs: readonly string[],
  rowsPerSecond: number,
): Promise<{ rss: number }> {
  const worker = startBenchWorker(place);
  const waiting = new Map<string, () => void>();
  for (const device of place.devices)
    await place.client.subscribeAsync(topicOf(device.rootTopic, CHANNELS.ingestReceipt), { qos: 1 });
  place.client.on('message', (_topic, payload) => {
    const { batch_id: id } = JSON.parse(payload.toString()) as { batch_id: string };
    waiting.get(id)?.();
    waiting.delete(id);
  });
  let seq = FIRST_SEQ;
  const send = (n: number): Promise<number> => {
    const [device, epoch] = [place.devices[n % DEVICES], epochs[n % DEVICES]];
    const batchId = uuidV7();
    const rows = Array.from({ length: BATCH }, (_, i) => put(++seq, { id: i, mode: 'x', setpoint: n }));
    const payload = batchOf(epoch ?? '', rows, false, batchId);
    const from = performance.now();
    const receipt = new Promise<number>((resolve) =>
      waiting.set(batchId, () => resolve(performance.now() - from)),
    );
    void place.client.publishAsync(topicOf(device?.rootTopic ?? '', CHANNELS.rowsBatch), payload, { qos: 1 });
    return receipt;
  };
  const single: number[] = [];
  for (let n = 0; n < WARM_UP + MEASURED / 2; n++) {
    const ms = await send(n);
    if (n >= WARM_UP) single.push(ms);
  }
  printTimes('one at a time', single);
  const everyMs = (1000 * BATCH) / (rowsPerSecond / 2);
  const loaded: Promise<number>[] = [];
  const from = performance.now();
  for (let n = 0; n < MEASURED + WARM_UP; n++) {
    while (performance.now() < from + n * everyMs) await new Promise((resolve) => setImmediate(resolve));
    const receipt = send(n);
    if (n >= WARM_UP) loaded.push(receipt);
  }
  printTimes(
    `at half load (${Math.round(rowsPerSecond / 2).toLocaleString('en-GB')} rows/s)`,
    await Promise.all(loaded),
  );
  const { rss } = usage(worker.pid ?? 0);
  await killed(worker, 'SIGTERM');
  return { rss };
}

function printTimes(name: string, times: number[]): void {
  times.sort((a, b) => a - b);
  const at = (share: number) => (times[Math.floor(times.length * share)] ?? 0).toFixed(1);
  console.log(`100-row batch, publish to receipt, ${name}: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`);
}
