// Volume backpressure on the wire, with workers killed anywhere on the way: one pause, one resume, and every row.
import { afterEach, expect, it } from 'vitest';
import { approveNewest, DEVICE_STATE, put } from '@/server/testing/engine';
import { live, LONG } from '@/server/testing/live';
import { liveDevice, type LiveDevice } from '@/server/testing/live-device';
import { killsOf, SEED } from '@/server/testing/worker-kills';
import type { WorkerProcess } from '@/server/testing/worker-process';

const place = live();
let worker: WorkerProcess;
afterEach(() => place.killWorkers());

interface Seen {
  accepted: number;
  staged: number;
  resumes: number;
  done: number;
}

/** In one snapshot: what the counters say, how often the device was told to go on, and what is replayed. */
async function look(device: LiveDevice): Promise<Seen> {
  const [seen] = await place.db.sql<Seen[]>`
    select l.accepted_rows::float8 as accepted, l.staged_rows::float8 as staged,
      (select count(*) from tidegate.control c where c.lineage_id = l.id and control_kind = 'resume_lineage')::int as resumes,
      coalesce((select sum(i.done_rows) from tidegate.replay_intent i where i.lineage_id = l.id), 0)::float8 as done
    from tidegate.lineage l where l.device_id = ${device.id}`;
  return seen ?? { accepted: 0, staged: 0, resumes: 0, done: 0 };
}

/** Looks until `isThere`. The device must not have been told to go on while more than `resumeBelow` is staged. */
async function until(
  device: LiveDevice,
  resumeBelow: number,
  isThere: (seen: Seen) => boolean,
): Promise<Seen> {
  let last = await look(device);
  const round = async (): Promise<boolean> => {
    last = await look(device);
    if (last.resumes > 0) expect(last.staged).toBeLessThan(resumeBelow);
    return isThere(last);
  };
  await expect.poll(round, { timeout: 200_000, interval: 50 }).toBe(true);
  return last;
}

/** Kills the worker; what it leaves adds up, and another goes on, or with `isTwice` the one after it. */
async function restart(device: LiveDevice, isTwice = false): Promise<void> {
  await worker.kill();
  const [left] = await place.db.sql`
    select staged_rows - (select count(*) from tidegate.staged_row s where s.lineage_id = l.id) as off
    from tidegate.lineage l where l.device_id = ${device.id}`;
  expect(left).toEqual({ off: '0' });
  worker = place.startWorker();
  if (!isTwice) return;
  await worker.kill();
  worker = place.startWorker();
}

async function mirrored(device: LiveDevice): Promise<{ rows: number; ids: number; sum: number }> {
  const [mirror] = await place.db.sql<{ table_name: string }[]>`
    select table_name from tidegate.mirror where scope_id = ${device.id}`;
  const [found] = await place.db.sql<{ rows: number; ids: number; sum: number }[]>`
    select count(*)::float8 as rows, count(distinct id)::float8 as ids, sum(setpoint)::float8 as sum
    from tidegate_mirror.${place.db.sql(mirror?.table_name ?? '')}`;
  return found ?? { rows: 0, ids: 0, sum: 0 };
}

/** The device has heard one pause and one resume; every sending of each is the same control. */
async function heardOnce(device: LiveDevice, pausedAbove: number, watermark: number): Promise<void> {
  await expect.poll(() => device.controls().map((c) => c['control_kind']), LONG).toContain('resume_lineage');
  const [pause, resume, ...more] = device.controls();
  expect(more).toEqual([]);
  expect(pause).toMatchObject({
    control_kind: 'pause_lineage',
    reason: expect.stringContaining('backpressure'),
  });
  expect(Number(pause?.['server_watermark'])).toBeGreaterThan(pausedAbove);
  expect(resume).toMatchObject({ control_kind: 'resume_lineage', server_watermark: watermark });
}

const ROWS = 120_000;
const CAP = 100_000;
const BATCH = 4096;
const RESUME_BELOW = 80_000;

it(`takes 120,000 rows above a cap of 100,000 with one pause, drains them with one resume, and loses none (seed ${String(SEED)})`, async () => {
  worker = place.startWorker();
  const device = await liveDevice(place, 'volume');
  const batches = Array.from({ length: Math.ceil(ROWS / BATCH) }, (_, i) =>
    Array.from({ length: Math.min(BATCH, ROWS - i * BATCH) }, (_, j) => {
      const seq = i * BATCH + j + 1;
      return put(seq, { id: seq, mode: null, setpoint: seq });
    }),
  );
  const kills = killsOf(SEED, { rows: ROWS, resumeBelow: RESUME_BELOW });
  const delivered = device.deliver(...batches.map((rows) => device.batch(rows)));
  for (const { at, isTwice } of kills.taking) {
    await until(device, 0, ({ accepted }) => accepted > at);
    await restart(device, isTwice);
  }
  const receipts = await delivered;
  expect(receipts.every((r) => r['outcome'] === 'accepted')).toBe(true);
  expect(await look(device)).toMatchObject({ accepted: ROWS, staged: ROWS, resumes: 0 });
  expect(await device.lineage()).toMatchObject({ causes: ['backpressure', 'schema_review'] });
  await expect.poll(() => device.controls(), LONG).toHaveLength(1);
  await device.acknowledge(device.controls()[0]?.['control_id']);

  await approveNewest(place.db, device, DEVICE_STATE);
  const drained = async (isThere: (seen: Seen) => boolean) => {
    const seen = await until(device, RESUME_BELOW, isThere);
    expect(seen.done).toBe(ROWS - seen.staged);
  };
  await drained(({ staged }) => staged < kills.above.at);
  await restart(device, kills.above.isTwice);
  // Told to go on, or just about to be: what is committed and what is sent must not come apart.
  await drained(({ staged, resumes }) => (kills.isAfterResume ? resumes > 0 : staged < RESUME_BELOW + 1000));
  await restart(device);
  await drained(({ staged }) => staged < kills.below.at);
  await restart(device, kills.below.isTwice);
  await drained(({ staged }) => staged === 0);
  expect(await mirrored(device)).toEqual({ rows: ROWS, ids: ROWS, sum: (ROWS * (ROWS + 1)) / 2 });
  await expect
    .poll(
      () => place.db.sql`
        select i.status, i.total_rows, i.done_rows, i.failed_rows from tidegate.replay_intent i
        join tidegate.lineage l on l.id = i.lineage_id where l.device_id = ${device.id}`,
      LONG,
    )
    .toEqual([{ status: 'completed', total_rows: '120000', done_rows: '120000', failed_rows: '0' }]);
  expect(await device.lineage()).toMatchObject({ causes: [], accepted: ROWS, staged: 0, stagedBytes: 0 });
  await heardOnce(device, CAP, ROWS);
}, 400_000);

it('does the same for a cap in bytes', async () => {
  worker = place.startWorker();
  const device = await liveDevice(place, 'volume-bytes');
  await place.db.sql`
    insert into tidegate.policy (scope, scope_id, fields)
    values ('project', ${device.tenancy.projectId}, '{"max_pending_bytes_per_lineage": 1000000}')`;
  const large = (seq: number) => put(seq, { id: seq, mode: 'x'.repeat(200), setpoint: seq });
  const batch = (from: number) => device.batch(Array.from({ length: 1000 }, (_, i) => large(from + i)));
  await device.deliver(...[1, 1001, 2001, 3001].map(batch));
  expect(await device.lineage()).toMatchObject({ causes: ['schema_review'], staged: 4000 });
  await restart(device);
  await device.deliver(batch(4001));
  expect(await device.lineage()).toMatchObject({ causes: ['backpressure', 'schema_review'], staged: 5000 });
  await approveNewest(place.db, device, DEVICE_STATE);
  await until(device, 4000, ({ staged }) => staged < 5000);
  await restart(device);
  await until(device, 4000, ({ staged }) => staged === 0);
  expect(await mirrored(device)).toMatchObject({ rows: 5000, ids: 5000 });
  await heardOnce(device, 4000, 5000);
});
