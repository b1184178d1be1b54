// Tidegate itself: broker, worker, Postgres, with the acknowledgement after the commit.
import { CHANNELS, topicOf } from '@/server/protocol/topics';
import { killed } from '@/server/testing/program';
import {
  batches,
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
