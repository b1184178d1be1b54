// From publishing a small batch to its receipt, which follows the commit: what a device waits for.
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { uuidV7 } from '@/server/lib/uuid';
import { CHANNELS, topicOf } from '@/server/protocol/topics';
import { put } from '@/server/testing/engine';
import { killed } from '@/server/testing/program';
import { batchOf, DEVICES, startBenchWorker, usage, type Place } from './place';

export const SMALL_BATCH = 100;
const WARM_UP = 300;
const FIRST_SEQ = 100_000_000;
/** How long the loaded part lasts. */
const LOADED_S = 10;

interface Small {
  topic: string;
  batchId: string;
  payload: string;
}

/** `count` batches of 100 rows, by turns from every device, each above the ones before; their keys are all there. */
function smallBatches(
  { devices, rows }: Place,
  epochs: readonly string[],
  from: number,
  count: number,
): Small[] {
  const keys = rows / DEVICES;
  return Array.from({ length: count }, (_, n) => {
    const [at, batchId] = [(from + n) * SMALL_BATCH, uuidV7()];
    const changes = Array.from({ length: SMALL_BATCH }, (_, i) =>
      put(FIRST_SEQ + at + i, { id: (at + i) % keys, mode: 'x', setpoint: n }),
    );
    const device = devices[n % DEVICES];
    const payload = batchOf(epochs[n % DEVICES] ?? '', changes, false, batchId);
    return { topic: topicOf(device?.rootTopic ?? '', CHANNELS.rowsBatch), batchId, payload };
  });
}

/** Publishes what it is given, and knows when each batch has its receipt. */
async function startSender({ client, devices }: Place): Promise<(small: Small) => Promise<number>> {
  const waiting = new Map<string, () => void>();
  for (const { rootTopic } of devices)
    await client.subscribeAsync(topicOf(rootTopic, CHANNELS.ingestReceipt), { qos: 1 });
  client.on('message', (_topic, payload) => {
    const { batch_id: id } = JSON.parse(payload.toString()) as { batch_id: string };
    waiting.get(id)?.();
    waiting.delete(id);
  });
  return ({ topic, batchId, payload }) => {
    const from = performance.now();
    void client.publishAsync(topic, payload, { qos: 1 });
    return new Promise((resolve) => waiting.set(batchId, () => resolve(performance.now() - from)));
  };
}

/**
 * Prints publish to receipt of 100-row batches: one after the other, then at half of `rowsPerSecond`, the rate that
 * batches of this size reach. The sender sleeps between them: waiting busily would take one of the cores.
 */
export async function latency(
  place: Place,
  epochs: readonly string[],
  rowsPerSecond: number,
): Promise<{ rss: number }> {
  const worker = startBenchWorker(place);
  const send = await startSender(place);
  const perSecond = rowsPerSecond / 2 / SMALL_BATCH;
  const single = smallBatches(place, epochs, 0, WARM_UP + 1000);
  const loaded = smallBatches(place, epochs, single.length, WARM_UP + Math.round(perSecond * LOADED_S));
  const alone: number[] = [];
  for (const small of single) alone.push(await send(small));
  printTimes('one at a time', alone.slice(WARM_UP));
  const times: Promise<number>[] = [];
  const from = performance.now();
  for (const [n, small] of loaded.entries()) {
    const due = from + (n * 1000) / perSecond;
    while (performance.now() < due) await sleep(1);
    times.push(send(small));
  }
  const rate = Math.round(rowsPerSecond / 2).toLocaleString('en-GB');
  printTimes(`at half load (${rate} rows/s)`, (await Promise.all(times)).slice(WARM_UP));
  const { rss } = usage(worker.pid ?? 0);
  await killed(worker, 'SIGTERM');
  return { rss };
}

function printTimes(name: string, times: number[]): void {
  times.sort((a, b) => a - b);
  const at = (share: number) => (times[Math.floor(times.length * share)] ?? 0).toFixed(1);
  console.log(`100-row batch, publish to receipt, ${name}: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`);
}
