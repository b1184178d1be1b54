import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDb, type RootDb } from '@/server/db/client';
import type { Fault } from '@/server/testing/faulty-db';
import { faultyDb } from '@/server/testing/faulty-db';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import {
  approveNewest,
  DEVICE_STATE,
  drainReplays,
  makeDeviceIn,
  mirrorRowsOf,
  newestReview,
  put,
  remove,
  systemCtx,
  type TestDevice,
  type TestTable,
} from '@/server/testing/engine';
import { registryReviews, setMode, sharedRows } from '@/server/testing/registry';
import { makeTenancy, type TestTenancy } from '@/server/testing/tenancy';
import { amendReview } from '../governance/amend-review';
import { listMirrorRows } from '../mirror/list-mirror-rows';
import { consolidate } from './consolidate';
import {
  dropOldMirrors,
  getConsolidation,
  listConsolidationDevices,
  resumeConsolidation,
  stopConsolidation,
} from './consolidation-jobs';
import { runConsolidationStep } from './run-consolidation';

let database: TestDatabase;
let db: RootDb;

beforeAll(async () => {
  database = await createTestDatabase();
  db = createDb(database.url, { max: 20 });
});
afterAll(async () => {
  await db.end();
  await database.drop();
});

const row = (id: number, mode: string) => ({ id, mode, setpoint: id });

/** Devices that were approved one by one, each with rows and with deleted ones. */
async function apart(
  size: number,
  rows: number,
  table: TestTable = DEVICE_STATE,
): Promise<{ tenancy: TestTenancy; devices: TestDevice[] }> {
  const tenancy = await makeTenancy(db);
  const devices: TestDevice[] = [];
  for (let i = 0; i < size; i++) {
    const device = await makeDeviceIn(db, tenancy, `d-${String(i)}`);
    devices.push(device);
    await device.send(
      table,
      Array.from({ length: rows }, (_, n) => put(n + 1, row(n, `d${String(i)} r${String(n)}`))),
    );
    await approveNewest(db, device, table);
  }
  await drainReplays(db);
  return { tenancy, devices };
}

const target = (tenancy: TestTenancy) => ({
  ctx: tenancy.people.operator.ctx,
  projectId: tenancy.projectId,
});

const start = async (tenancy: TestTenancy) => {
  const { job } = await consolidate({
    ...target(tenancy),
    sourceTable: 'device_state',
    input: { dry_run: false },
  });
  if (job === null) throw new Error('no job');
  return job;
};

async function runToEnd(jobId: string, between: () => Promise<unknown> = () => Promise.resolve()) {
  for (let steps = 0; (await runConsolidationStep(systemCtx(db), jobId, 100)) === 'more'; steps++) {
    await between();
    if (steps > 1000) throw new Error('the job does not end');
  }
}

const withDevice = (device: TestDevice, rows: Record<string, unknown>[]) =>
  rows.map((r) => ({ ...r, device_id: device.id }));

it('says per device what would move and what is in the way, and changes nothing', async () => {
  const { tenancy, devices } = await apart(3, 20);
  const other = await makeDeviceIn(db, tenancy, 'other');
  await other.send(DEVICE_STATE, [put(1, row(1, 'x'))]);
  await approveNewest(db, other, DEVICE_STATE, { mode: { action: 'ignore' } });
  await devices[0]?.send(DEVICE_STATE, [remove(50, 3)]);
  const dry = { ...target(tenancy), sourceTable: 'device_state', input: { dry_run: true } };
  await expect(consolidate(dry)).rejects.toMatchObject({ code: 'coalescing_not_in_force' });
  await setMode(tenancy, 'project');
  const plan = await consolidate(dry);
  expect(plan).toMatchObject({ devices: 4, conflicting_devices: 1, rows: 59, job: null });
  expect(plan.lines.map((l) => [l.device_name, l.rows, l.tombstones, l.conflicts])).toEqual([
    ['d-0', 19, 1, []],
    ['d-1', 20, 0, []],
    ['d-2', 20, 0, []],
    ['other', 0, 0, ['"mode" is ignored on this device and mirrored in the registry.']],
  ]);
  const [left] = await db.sql`
    select count(*)::int as n from tidegate.mirror where project_id = ${tenancy.projectId} and scope <> 'device'`;
  expect(left).toEqual({ n: 0 });
});

it('moves every row with its version, its tombstones and its first time, and keeps what cannot move', async () => {
  const { tenancy, devices } = await apart(3, 250);
  const other = await makeDeviceIn(db, tenancy, 'other');
  await other.send(DEVICE_STATE, [put(1, row(1, 'x'))]);
  await approveNewest(db, other, DEVICE_STATE, { mode: { action: 'ignore' } });
  await drainReplays(db);
  const [first] = devices;
  if (first === undefined) throw new Error('no device');
  await first.send(DEVICE_STATE, [remove(1000, 7), put(1001, row(8, 'newer'))]);
  await setMode(tenancy, 'project');
  const before = await Promise.all(devices.map(async (d) => withDevice(d, await mirrorRowsOf(db, d.id))));
  const times = await createdTimes(first.id);
  const job = await start(tenancy);
  await expect(start(tenancy)).rejects.toMatchObject({ code: 'consolidation_open' });
  await runToEnd(job.id);
  expect(await getConsolidation({ ...target(tenancy), consolidationId: job.id })).toMatchObject({
    status: 'completed',
    moved_devices: 3,
    skipped_devices: 1,
    copied_rows: 749,
    copied_tombstones: 1,
  });
  expect(byKey(await sharedRows(db, tenancy.projectId, 'device_state'))).toEqual(byKey(before.flat()));
  // What was approved for the device alone is from now on decided for all of them.
  const review = await newestReview(db, first.id);
  const amended = amendReview({
    ...target(tenancy),
    reviewId: review.id,
    input: {
      action_version: review.actionVersion,
      column_actions: DEVICE_STATE.columns.map((c) => ({ source_column_name: c.name, action: 'mirror' })),
    },
  });
  await expect(amended).rejects.toMatchObject({ code: 'decided_in_registry' });
  expect(await createdTimes(tenancy.projectId, first.id)).toEqual(times);
  // A write from before the delete, and one from before the newer value, come late.
  await first.send(DEVICE_STATE, [put(999, row(7, 'late')), put(998, row(8, 'late'))]);
  expect(byKey(await sharedRows(db, tenancy.projectId, 'device_state'))).toEqual(byKey(before.flat()));
  const { items } = await listConsolidationDevices({
    ...target(tenancy),
    consolidationId: job.id,
    input: { status: 'skipped' },
  });
  expect(items).toMatchObject([
    { device_name: 'other', detail: expect.stringContaining('ignored') as string },
  ]);
  const lineage = await lineageOf(first);
  const rows = await listMirrorRows({ ...target(tenancy), lineageId: lineage, input: { limit: 500 } });
  expect(rows).toMatchObject({ source: 'coalesced', meta: { total_items: 249 } });
  expect(new Set(rows.rows.map((r) => r.device_id))).toEqual(new Set([first.id]));
  // The old tables stay until they are dropped by hand.
  expect(await mirrorRowsOf(db, first.id)).toHaveLength(249);
  const drop = { ...target(tenancy), consolidationId: job.id };
  await expect(dropOldMirrors({ ...drop, input: { expected_mirrors: 2 } })).rejects.toMatchObject({
    code: 'mirror_count_changed',
  });
  const dropped = await dropOldMirrors({ ...drop, input: { expected_mirrors: 3 } });
  expect(dropped).toMatchObject({ remaining: 0 });
  expect(dropped.dropped).toHaveLength(3);
  expect(await mirrorRowsOf(db, other.id)).toHaveLength(1);
});

it('loses nothing that arrives meanwhile, is stopped and killed, and goes on where it was', async () => {
  const { tenancy, devices } = await apart(4, 300);
  await setMode(tenancy, 'project');
  const expected = new Map<string, Record<string, unknown>>();
  for (const d of devices)
    for (const r of withDevice(d, await mirrorRowsOf(db, d.id)))
      expected.set(`${d.id} ${String(r['id' as keyof typeof r])}`, r);
  const job = await start(tenancy);
  let seq = 5000;
  const live = async () => {
    seq += 3;
    for (const d of devices) {
      const id = seq % 320;
      const gone = (seq * 7) % 300;
      await d.send(DEVICE_STATE, [put(seq, row(id, `live ${String(seq)}`)), remove(seq + 1, gone)]);
      expected.set(`${d.id} ${String(id)}`, { ...row(id, `live ${String(seq)}`), device_id: d.id });
      expected.delete(`${d.id} ${String(gone)}`);
    }
  };
  const faults: Fault['at'][] = [3, 6, 9, 12, 'commit', 'committed'];
  for (const at of faults) {
    const dying = faultyDb(db, { at, by: 'error' });
    const run = async () => {
      while ((await runConsolidationStep({ ...systemCtx(db), db: dying.db }, job.id, 70)) === 'more')
        await live();
    };
    await expect(run()).rejects.toThrow();
    expect(dying.struck()).toBe(true);
  }
  const stopped = await stopConsolidation({ ...target(tenancy), consolidationId: job.id });
  expect(stopped.status).toBe('stopped');
  expect(await runConsolidationStep(systemCtx(db), job.id)).toBe('gone');
  await live();
  await resumeConsolidation({ ...target(tenancy), consolidationId: job.id });
  await runToEnd(job.id, live);
  await live();
  const rows = await sharedRows(db, tenancy.projectId, 'device_state');
  expect(byKey(rows)).toEqual(byKey([...expected.values()]));
});

it('is stopped after the step under way: the next does not overtake who waits', async () => {
  const { tenancy, devices } = await apart(1, 40);
  await setMode(tenancy, 'project');
  const job = await start(tenancy);
  expect(await runConsolidationStep(systemCtx(db), job.id)).toBe('more');
  const held = await db.root.reserve();
  await held`begin`;
  await held`select from tidegate.lineage where device_id = ${devices[0]?.id ?? ''} for update`;
  const [{ pid } = { pid: 0 }] = await held<{ pid: number }[]>`select pg_backend_pid() as pid`;
  const waiting = async () =>
    db.sql<{ step: number; stop: number | null }[]>`
      select step.pid as step, stop.pid as stop from pg_stat_activity step
      left join pg_stat_activity stop on step.pid = any(pg_blocking_pids(stop.pid))
      where ${pid} = any(pg_blocking_pids(step.pid))`;
  const outcomes: string[] = [];
  const stepping = (async () => {
    do outcomes.push(await runConsolidationStep(systemCtx(db), job.id, 1));
    while (outcomes.at(-1) === 'more');
  })();
  await expect.poll(async () => (await waiting()).length).toBe(1);
  const stopping = stopConsolidation({ ...target(tenancy), consolidationId: job.id });
  await expect.poll(async () => (await waiting())[0]?.stop ?? null).not.toBeNull();
  const [{ stop } = { stop: null }] = await waiting();
  if (stop === null) throw new Error('nobody waits to stop the job');
  // However slow the machine is to let who waits go on.
  process.kill(stop, 'SIGSTOP');
  try {
    await held`rollback`;
    held.release();
    await stepping;
  } finally {
    process.kill(stop, 'SIGCONT');
  }
  expect(outcomes).toEqual(['more', 'gone']);
  expect((await stopping).status).toBe('stopped');
});

it('follows the registry where it has decided already, and lets later devices straight in', async () => {
  const { tenancy, devices } = await apart(2, 5);
  await setMode(tenancy, 'project');
  const job = await start(tenancy);
  await runToEnd(job.id);
  const later = await makeDeviceIn(db, tenancy, 'later');
  const outcome = await later.send(DEVICE_STATE, [put(1, row(1, 'later'))]);
  expect(outcome).toMatchObject({ kind: 'accepted', staged: 0 });
  expect(await registryReviews(tenancy)).toEqual([]);
  expect(await sharedRows(db, tenancy.projectId, 'device_state')).toHaveLength(2 * 5 + 1);
  for (const d of devices) expect(await lineageOf(d)).not.toBe('');
  await expect(start(tenancy)).rejects.toMatchObject({ code: 'nothing_to_consolidate' });
});

const byKey = (rows: Record<string, unknown>[]) =>
  [...rows].sort((a, b) =>
    `${String(a['device_id'])} ${String(a['id']).padStart(9, '0')}` <
    `${String(b['device_id'])} ${String(b['id']).padStart(9, '0')}`
      ? -1
      : 1,
  );

async function lineageOf(device: TestDevice): Promise<string> {
  const [found] = await db.sql<
    { id: string }[]
  >`select id from tidegate.lineage where device_id = ${device.id}`;
  return found?.id ?? '';
}

/** When each row of a device's own, or of the shared, mirror was written first. */
async function createdTimes(scopeId: string, deviceId = scopeId): Promise<unknown[]> {
  const [mirror] = await db.sql<{ table_name: string }[]>`
    select table_name from tidegate.mirror where scope_id = ${scopeId}`;
  return db.sql`
    select id, created_at, version_epoch, version_seq from tidegate_mirror.${db.sql(mirror?.table_name ?? '')}
    where device_id = ${deviceId} order by id`.then((rows) => [...rows]);
}
