import { afterEach, describe, expect, it } from 'vitest';
import { uuidV7 } from '@/server/lib/uuid';
import { encodeRowBatch } from '@/server/protocol/row-batch-encode';
import { CHANNELS } from '@/server/protocol/topics';
import { approveNewest, DEVICE_STATE, hashOf, makeDevice, put } from '@/server/testing/engine';
import { live, LONG, type LiveClient } from '@/server/testing/live';

const place = live();
const { startWorker, connect } = place;

afterEach(() => place.killWorkers());

/** Publishes `count` rows in batches; every row has its own key, each tenth is updated once more. */
async function publishRows(client: LiveClient, count: number, perBatch: number): Promise<number> {
  const journalEpoch = uuidV7();
  const sent: Promise<unknown>[] = [];
  let seq = 0;
  for (let from = 0; from < count; from += perBatch) {
    const rows = Array.from({ length: Math.min(perBatch, count - from) }, (_, i) =>
      put(++seq, { id: from + i, mode: `m${seq}`, setpoint: seq }),
    );
    const payload = encodeRowBatch({
      batchId: uuidV7(),
      journalEpoch,
      sourceTable: DEVICE_STATE.name,
      schemaHash: hashOf(DEVICE_STATE),
      schemaColumns: from === 0 ? DEVICE_STATE.columns : null,
      rows,
    });
    sent.push(client.publish(CHANNELS.rowsBatch, payload));
  }
  await Promise.all(sent);
  return seq;
}

interface Kept {
  accepted: number;
  staged: number;
  stagedInTable: number;
  mirrored: number;
  distinct: number;
  sum: number;
}

async function kept(deviceId: string): Promise<Kept> {
  const [lineage] = await place.db.sql<{ accepted_rows: string; staged_rows: string; id: string }[]>`
    select id, accepted_rows, staged_rows from tidegate.lineage where device_id = ${deviceId}`;
  if (lineage === undefined)
    return { accepted: 0, staged: 0, stagedInTable: 0, mirrored: 0, distinct: 0, sum: 0 };
  const [mirror] = await place.db.sql<{ table_name: string }[]>`
    select table_name from tidegate.mirror where scope_id = ${deviceId}`;
  const [staging] = await place.db.sql<{ n: number }[]>`
    select count(*)::int as n from tidegate.staged_row where lineage_id = ${lineage.id}`;
  const [rows] =
    mirror === undefined
      ? []
      : await place.db.sql<{ n: number; ids: number; sum: string }[]>`
          select count(*)::int as n, count(distinct id)::int as ids, coalesce(sum(setpoint), 0) as sum
          from tidegate_mirror.${place.db.sql(mirror.table_name)}`;
  return {
    accepted: Number(lineage.accepted_rows),
    staged: Number(lineage.staged_rows),
    stagedInTable: staging?.n ?? 0,
    mirrored: rows?.n ?? 0,
    distinct: rows?.ids ?? 0,
    sum: Number(rows?.sum ?? 0),
  };
}

const ROWS = 50_000;
const SUM = (ROWS * (ROWS + 1)) / 2;

describe('a worker that is killed', () => {
  it('in the middle of 50,000 rows, staged and live, loses none and writes none twice', async () => {
    const device = await makeDevice(place.db, 'killed-worker');
    const client = await connect(device);
    const first = startWorker();
    const published = publishRows(client, ROWS, 500);
    await expect.poll(async () => (await kept(device.id)).accepted, LONG).toBeGreaterThan(5_000);
    await first.kill();
    const half = await kept(device.id);
    expect(half.staged).toBe(half.stagedInTable);
    expect(half.accepted).toBeLessThan(ROWS);
    const second = startWorker();
    await expect.poll(async () => (await kept(device.id)).accepted, LONG).toBeGreaterThan(half.accepted);
    await approveNewest(place.db, device, DEVICE_STATE);
    await expect.poll(async () => (await kept(device.id)).mirrored, LONG).toBeGreaterThan(0);
    await second.kill();
    startWorker();
    await published;
    await expect
      .poll(() => kept(device.id), LONG)
      .toEqual({ accepted: ROWS, staged: 0, stagedInTable: 0, mirrored: ROWS, distinct: ROWS, sum: SUM });
  }, 120_000);

  it('before its commit has acknowledged nothing: the message comes again', async () => {
    const device = await makeDevice(place.db, 'before-commit');
    const client = await connect(device);
    const first = startWorker();
    await place.db.root.begin(async (lock) => {
      await lock`lock table tidegate.lineage in access exclusive mode`;
      await publishRows(client, 3, 1);
      const waiting = () => place.db.sql`
        select 1 from pg_stat_activity
        where application_name = 'tidegate-worker' and datname = current_database() and wait_event_type = 'Lock'`;
      await expect.poll(async () => (await waiting()).length, LONG).toBeGreaterThan(0);
      await first.kill();
    });
    expect((await kept(device.id)).accepted).toBe(0);
    expect(client.received).toEqual([]);
    startWorker();
    await expect
      .poll(() => kept(device.id), LONG)
      .toMatchObject({ accepted: 3, staged: 3, stagedInTable: 3 });
    await expect.poll(() => client.received.length, LONG).toBe(3);
  });
});

describe('a worker whose database goes away', () => {
  it('keeps its messages unacknowledged, and goes on when it is back', async () => {
    const device = await makeDevice(place.db, 'database-away');
    const client = await connect(device);
    startWorker();
    const published = publishRows(client, 10_000, 100);
    await expect.poll(async () => (await kept(device.id)).accepted, LONG).toBeGreaterThan(500);
    for (let round = 0; round < 5; round++) {
      const before = (await kept(device.id)).accepted;
      await place.db.sql`
        select pg_terminate_backend(pid) from pg_stat_activity
        where application_name = 'tidegate-worker' and datname = current_database()`;
      await expect
        .poll(async () => (await kept(device.id)).accepted, LONG)
        .toBeGreaterThanOrEqual(Math.min(before + 100, 10_000));
    }
    await published;
    await expect
      .poll(() => kept(device.id), LONG)
      .toMatchObject({ accepted: 10_000, staged: 10_000, stagedInTable: 10_000 });
  });
});

describe('a stop', () => {
  it('finishes and acknowledges what is in flight, and leaves the rest to the broker', async () => {
    const device = await makeDevice(place.db, 'drained-worker');
    const client = await connect(device);
    const first = startWorker();
    const published = publishRows(client, 5_000, 50);
    await expect.poll(async () => (await kept(device.id)).accepted, LONG).toBeGreaterThan(100);
    await first.stop();
    const [slot] = await place.db.sql`select 1 from tidegate.worker_slot`;
    expect(slot).toBeUndefined();
    startWorker();
    await published;
    await expect.poll(() => kept(device.id), LONG).toMatchObject({ accepted: 5_000, stagedInTable: 5_000 });
  });
});
