// The effect of a policy before it is saved, held against what happens once it is.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDb, type RootDb } from '@/server/db/client';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import { makeLineage, type TestLineage } from '@/server/testing/lineages';
import { makeTenancy, type TestTenancy } from '@/server/testing/tenancy';
import { systemCtx } from '@/server/testing/engine';
import { uuidV4 } from '@/server/lib/uuid';
import { sweep } from '@/server/worker/sweep';
import { createFleet } from '../devices/create-fleet';
import { patchPolicy } from '../policy/patch-policy';
import { runRetention } from '../retention/retain';
import { previewPolicy } from './preview-policy';

let database: TestDatabase;
let db: RootDb;
let place: TestTenancy;

beforeAll(async () => {
  database = await createTestDatabase();
  db = createDb(database.url);
});
afterAll(async () => {
  await db.end();
  await database.drop();
});
beforeEach(async () => {
  place = await makeTenancy(db);
});

type Input = Parameters<typeof previewPolicy>[0]['input'];
const at = () => ({ ctx: place.people.viewer.ctx, projectId: place.projectId });
const effectOf = (input: Input, fleetId?: string) =>
  previewPolicy({ ...at(), input, ...(fleetId === undefined ? {} : { fleetId }) });
const save = (input: Parameters<typeof patchPolicy>[0]['input'], fleetId?: string) =>
  patchPolicy({
    ctx: place.people.operator.ctx,
    projectId: place.projectId,
    input,
    ...(fleetId === undefined ? {} : { fleetId }),
  });
const hold = ({ lineageId }: TestLineage, cause: string) => db.sql`
  insert into tidegate.pause_cause (lineage_id, cause, since, detail) values (${lineageId}, ${cause}, now(), 'x')`;
const causesOf = async ({ lineageId }: TestLineage) =>
  (await db.sql`select cause from tidegate.pause_cause where lineage_id = ${lineageId} order by 1`).map(
    (row) => row['cause'] as string,
  );

describe('other caps', () => {
  it('names the lineages that are over them, the most rows first, and whether their devices are told', async () => {
    const [small, large, told] = [
      await makeLineage(db, place, { stagedRows: 60 }),
      await makeLineage(db, place, { stagedRows: 900 }),
      await makeLineage(db, place, { stagedRows: 70 }),
    ];
    await makeLineage(db, place, { stagedRows: 50 });
    await hold(told, 'operator');
    const { backlog, devices } = await effectOf({ max_pending_rows_per_lineage: 50 });
    expect(devices).toBe(4);
    expect(backlog?.resumed.count).toBe(0);
    expect(backlog?.paused).toMatchObject({ count: 3, devices_told: 2 });
    expect(backlog?.paused.items.map((i) => [i.lineage_id, i.device_told, i.other_causes])).toEqual([
      [large.lineageId, true, []],
      [told.lineageId, false, ['operator']],
      [small.lineageId, true, []],
    ]);
    expect((await effectOf({ max_pending_rows_per_lineage: 100_000 })).backlog).toBeNull();
    expect((await effectOf({ rejected_batch_retention_days: 3 })).backlog).toBeNull();
  });

  it('names those that go on, and they do at the next sweep', async () => {
    await save({ max_pending_rows_per_lineage: 100 });
    const [goes, stays, twice] = [
      await makeLineage(db, place, { stagedRows: 150 }),
      await makeLineage(db, place, { stagedRows: 900 }),
      await makeLineage(db, place, { stagedRows: 100 }),
    ];
    for (const one of [goes, stays, twice]) await hold(one, 'backpressure');
    await hold(twice, 'circuit_breaker');
    const { backlog } = await effectOf({ max_pending_rows_per_lineage: 200, resume_threshold_percent: 80 });
    expect(backlog?.paused.count).toBe(0);
    expect(backlog?.resumed).toMatchObject({ count: 2, devices_told: 1 });
    expect(backlog?.resumed.items.map((i) => [i.lineage_id, i.device_told, i.other_causes])).toEqual([
      [goes.lineageId, true, []],
      [twice.lineageId, false, ['circuit_breaker']],
    ]);
    await save({ max_pending_rows_per_lineage: 200 });
    await sweep(db, { now: () => new Date() });
    expect(await causesOf(goes)).toEqual([]);
    expect(await causesOf(stays)).toEqual(['backpressure']);
    expect(await causesOf(twice)).toEqual(['circuit_breaker']);
  });

  it('counts of a project only the fleets that follow it, and of a fleet only its own', async () => {
    const { id: other } = await createFleet({
      ctx: place.people.admin.ctx,
      projectId: place.projectId,
      input: { name: 'Others' },
    });
    await makeLineage(db, place, { stagedRows: 60 });
    await save({ max_pending_rows_per_lineage: 1000 }, place.fleetId);
    const whole = await effectOf({ max_pending_rows_per_lineage: 50 });
    expect(whole.unaffected_fleets).toMatchObject([
      { fleet_id: place.fleetId, fields: ['max_pending_rows_per_lineage'] },
    ]);
    expect(whole.backlog?.paused.count).toBe(0);
    await save({ max_pending_rows_per_lineage: 50 });
    const back = await effectOf({ inherit: 'max_pending_rows_per_lineage' }, place.fleetId);
    expect(back).toMatchObject({ after: { max_pending_rows_per_lineage: 50 }, unaffected_fleets: [] });
    expect(back.backlog?.paused.count).toBe(1);
    expect((await effectOf({ max_pending_rows_per_lineage: 5 }, other)).backlog?.paused.count).toBe(0);
    await expect(effectOf({ inherit: 'anything' })).rejects.toMatchObject({ status: 400 });
  });
});

const days = (n: number) => new Date(Date.now() - n * 86_400_000).toISOString();

it('counts the rejected batches that shorter days delete, and they are deleted', async () => {
  const lineage = await makeLineage(db, place);
  const reject = (receivedAt: string, deviceId: string | null, outcome: string | null) => db.sql`
    insert into tidegate.rejected_batch
      (id, org_id, project_id, device_id, topic, code, detail, payload, bytes, received_at, retry_outcome)
    values (${uuidV4()}, ${place.orgId}, ${place.projectId}, ${deviceId}, 't', 'invalid_json', 'x', 'abc', 3, ${receivedAt}, ${outcome})`;
  const oldest = days(7);
  await reject(days(1), lineage.deviceId, null);
  await reject(days(5), lineage.deviceId, null);
  await reject(days(6), lineage.deviceId, 'accepted');
  await reject(oldest, uuidV4(), null);
  expect((await effectOf({ rejected_batch_retention_days: 20 })).rejected_batches?.dropped).toBe(0);
  const { rejected_batches: counted } = await effectOf({ rejected_batch_retention_days: 3 });
  expect(counted).toMatchObject({ dropped: 3, unhandled: 2, bytes: 9, is_at_least: false });
  expect(Date.parse(counted?.oldest_at ?? '')).toBe(Date.parse(oldest));
  const fleet = await effectOf({ rejected_batch_retention_days: 3 }, place.fleetId);
  expect(fleet.rejected_batches?.dropped).toBe(2);
  await save({ rejected_batch_retention_days: 3 });
  const settings = { telemetryDays: 365, ledgerDays: 30 };
  const done = await runRetention(systemCtx(db), settings, new AbortController().signal);
  expect(done.rowsDeleted.rejected_batches).toBe(3);
});

it('counts the tombstones that shorter days forget', async () => {
  const lineage = await makeLineage(db, place);
  const mirrorId = uuidV4();
  await db.sql`
    insert into tidegate.mirror (id, project_id, scope, scope_id, source_table, generation, table_name)
    values (${mirrorId}, ${place.projectId}, 'device', ${lineage.deviceId}, ${lineage.sourceTable}, 1, ${mirrorId})`;
  await db.sql`
    insert into tidegate.mirror_tombstone (mirror_id, device_id, key_hash, version_epoch, version_seq, deleted_at)
    select ${mirrorId}, ${lineage.deviceId}, int4send(n), 1, n, now() - make_interval(days => n * 10)
    from generate_series(1, 12) n`;
  expect((await effectOf({ tombstone_retention_days: 35 })).tombstones).toEqual({
    dropped: 5,
    is_at_least: false,
  });
  expect((await effectOf({ tombstone_retention_days: 400 })).tombstones?.dropped).toBe(0);
});

it('counts what additive changes and new data points concern', async () => {
  const { additive, data_points: points } = await effectOf({
    allow_additive_continue: 'true',
    allow_auto_create_device_data_points: 'true',
  });
  expect(additive).toEqual({ open_reviews: 0, reviewed: 0, continued: 0 });
  expect(points).toEqual({ existing: 0, open_drafts: 0 });
  expect((await effectOf({ allow_additive_continue: 'false' })).additive).toBeNull();
});
