import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import type { BulkItem, BulkJob, previewBulkInput } from '@/server/contract/bulk';
import { createDb, type RootDb } from '@/server/db/client';
import { claimReview } from '@/server/engine/governance/claim-review';
import { drainBulk } from '@/server/testing/bulk';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import {
  approveNewest,
  DEVICE_STATE,
  drainReplays,
  hashOf,
  makeDevicesIn,
  mirrorRowsOf,
  newestReview,
  put,
  systemCtx,
  type TestDevice,
  type TestTable,
} from '@/server/testing/engine';
import { mirrorEvery, openRegistryReview, setMode, sharedRows } from '@/server/testing/registry';
import { makeTenancy, type TestTenancy } from '@/server/testing/tenancy';
import { cancelBulk, runFailed, startBulk } from './change-bulk';
import { getBulkJob, listBulkItems, listBulkJobs } from './list-bulk';
import { decideShape, previewBulk } from './preview-bulk';
import { runBulkItem } from './run-bulk';

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

const WIDER: TestTable = {
  name: DEVICE_STATE.name,
  columns: [
    ...DEVICE_STATE.columns,
    { name: 'colour', decl_type_affinity: 'TEXT', pk_ordinal: 0, not_null: false },
  ],
};

async function fleet(
  count: number,
  table = DEVICE_STATE,
): Promise<{ tenancy: TestTenancy; devices: TestDevice[] }> {
  const tenancy = await makeTenancy(db);
  const devices = await makeDevicesIn(db, tenancy, count, 'pump');
  for (const device of devices) await device.send(table, [put(1, { id: 1, mode: 'a', setpoint: 1 })]);
  return { tenancy, devices };
}

type Input = z.input<typeof previewBulkInput>;

/** A job over what `input` finds, as the operator. */
async function counted(tenancy: TestTenancy, input: Input) {
  const at = { ctx: tenancy.people.operator.ctx, projectId: tenancy.projectId };
  const job = await previewBulk({ ...at, input });
  const target = { ...at, bulkJobId: job.id };
  return {
    job,
    target,
    start: () => startBulk({ ...target, input: { expected_items: job.total_items } }),
    now: (): Promise<BulkJob> => getBulkJob(target),
    items: async (status?: BulkItem['status']): Promise<BulkItem[]> =>
      (await listBulkItems({ ...target, input: { limit: 500, ...(status === undefined ? {} : { status }) } }))
        .items,
  };
}

const OPEN = { status: 'open' } as const;

const eventsOf = async (jobId: string, kind: string): Promise<number> => {
  const [row] = await db.sql<{ n: number }[]>`
    select count(*)::int as n from tidegate.event where correlation_id = ${jobId} and kind = ${kind}`;
  return row?.n ?? 0;
};

describe('a counted set', () => {
  it('says how many reviews and shapes it has, with columns, decision and simulation, and does nothing', async () => {
    const { tenancy, devices } = await fleet(3);
    await devices[0]?.send(WIDER, [put(2, { id: 2, mode: 'b', setpoint: 2, colour: 'red' })]);
    const { job } = await counted(tenancy, { action: 'approve', filter: OPEN });
    expect(job).toMatchObject({ status: 'previewed', summary: '4 reviews, 2 shapes', total_items: 4 });
    expect(job.shapes.map((s) => [s.items, s.columns?.length, s.problem])).toEqual([
      [3, 3, null],
      [1, 4, null],
    ]);
    expect(job.shapes[0]).toMatchObject({
      schema_hash: hashOf(DEVICE_STATE),
      staged_row_count: 3,
      decision: mirrorEvery(DEVICE_STATE),
      preview: { tried_rows: 1, landing_rows: 1, ddl: [expect.stringContaining('create table')] },
    });
    expect((await newestReview(db, devices[1]?.id ?? '')).status).toBe('queued');
  });

  it('quotes rows only to whoever may read them, and says when it was counted and tried', async () => {
    const tenancy = await makeTenancy(db);
    const [device] = await makeDevicesIn(db, tenancy, 1, 'pump');
    await device?.send(DEVICE_STATE, [put(1, { id: 1, mode: 'a', setpoint: 'secret' })]);
    const { job, target } = await counted(tenancy, { action: 'approve', filter: OPEN });
    await device?.send(DEVICE_STATE, [put(2, { id: 2, mode: 'a', setpoint: 2 })]);
    const failure = { column: 'setpoint', kind: 'not_a_number', rows: 1 };
    expect((await getBulkJob(target)).shapes).toMatchObject([
      {
        staged_row_count: 1,
        preview: {
          tried_rows: 1,
          tried_at: expect.stringMatching(/Z$/),
          failures: [{ ...failure, example: { row: expect.stringContaining('secret') } }],
        },
      },
    ]);
    const viewer = tenancy.people.viewer.ctx;
    const seen = await getBulkJob({ ...target, ctx: viewer });
    expect(seen.shapes[0]?.preview?.failures).toEqual([{ ...failure, example: null }]);
    const { items } = await listBulkJobs({ ctx: viewer, projectId: tenancy.projectId, input: {} });
    expect(items.map(({ id }) => id)).toEqual([job.id]);
    expect(JSON.stringify([seen, items])).not.toContain('secret');
  });

  it('takes no newcomer, and what is left to it when one goes', async () => {
    const { tenancy } = await fleet(2);
    const bulk = await counted(tenancy, { action: 'claim', filter: OPEN });
    const [late] = await makeDevicesIn(db, tenancy, 1, 'late');
    await late?.send(DEVICE_STATE, [put(1, { id: 1, mode: 'a', setpoint: 1 })]);
    await bulk.start();
    await drainBulk(db);
    expect(await bulk.now()).toMatchObject({ status: 'completed', done_items: 2, total_items: 2 });
    expect((await newestReview(db, late?.id ?? '')).status).toBe('queued');
  });

  it('is chosen by id, and only from those that match', async () => {
    const { tenancy, devices } = await fleet(3);
    const ids = await Promise.all(devices.map(async ({ id }) => (await newestReview(db, id)).id));
    const stranger = await fleet(1);
    const foreign = (await newestReview(db, stranger.devices[0]?.id ?? '')).id;
    const { items } = await counted(tenancy, {
      action: 'claim',
      filter: { ids: [...ids.slice(0, 2), foreign], claimant: 'nobody' },
    });
    expect((await items()).map((i) => i.subject_id).sort()).toEqual(ids.slice(0, 2).sort());
  });

  it('is not started with another count than was confirmed, nor empty, nor twice', async () => {
    const { tenancy } = await fleet(1);
    const bulk = await counted(tenancy, { action: 'claim', filter: OPEN });
    const input = { expected_items: 2 };
    await expect(startBulk({ ...bulk.target, input })).rejects.toMatchObject({ code: 'item_count_changed' });
    await bulk.start();
    await expect(bulk.start()).rejects.toMatchObject({ status: 409, code: 'bulk_status_conflict' });
    const none = await counted(tenancy, { action: 'claim', filter: { status: 'rejected' } });
    await expect(startBulk({ ...none.target, input })).rejects.toMatchObject({ code: 'nothing_to_do' });
  });
});

describe('an approval of identical schemas', () => {
  it('claims and approves each, and the rows flow', async () => {
    const { tenancy, devices } = await fleet(3);
    const bulk = await counted(tenancy, { action: 'approve', filter: OPEN });
    await decideShape({
      ...bulk.target,
      input: {
        kind: 'schema_review',
        source_table: DEVICE_STATE.name,
        schema_hash: hashOf(DEVICE_STATE),
        column_actions: mirrorEvery(DEVICE_STATE, { setpoint: { action: 'ignore' } }),
      },
    });
    await bulk.start();
    await drainBulk(db);
    await drainReplays(db);
    expect(await bulk.now()).toMatchObject({ status: 'completed', done_items: 3, failed_items: 0 });
    for (const { id } of devices) expect(await mirrorRowsOf(db, id)).toEqual([{ id: 1, mode: 'a' }]);
    expect(await eventsOf(bulk.job.id, 'edge_schema_review.approved')).toBe(3);
    const [event] = await db.sql<{ actor_id: string }[]>`
      select distinct actor_id from tidegate.event where correlation_id = ${bulk.job.id}
        and kind = 'edge_schema_review.approved'`;
    expect(event?.actor_id).toBe(tenancy.people.operator.userId);
  });

  it('publishes nothing that an earlier decision of a device left out', async () => {
    const { tenancy, devices } = await fleet(2);
    const [open, shy] = devices;
    if (open === undefined || shy === undefined) throw new Error('two devices were made');
    await approveNewest(db, open, DEVICE_STATE);
    await approveNewest(db, shy, DEVICE_STATE, { mode: { action: 'ignore' } });
    await drainReplays(db);
    const more = [put(9, { id: 9, mode: 'b', setpoint: 2, colour: 'red' })];
    // The one that mirrors everything has the most rows, so that the proposal is made from it.
    await open.send(WIDER, [...more, put(10, { id: 10, mode: 'c', setpoint: 2, colour: 'red' })]);
    await shy.send(WIDER, more);
    const bulk = await counted(tenancy, { action: 'approve', filter: OPEN });
    await bulk.start();
    await drainBulk(db);
    expect(await bulk.items('failed')).toMatchObject([
      { code: 'differs_from_shape', detail: expect.stringContaining('"mode"') as string },
    ]);
    expect((await newestReview(db, shy.id)).status).toBe('queued');
    expect((await newestReview(db, open.id)).status).toBe('approved');
  });

  it('decides reviews of the registry too', async () => {
    const tenancy = await makeTenancy(db);
    await setMode(tenancy, 'project');
    const devices = await makeDevicesIn(db, tenancy, 2, 'pump');
    for (const d of devices) await d.send(DEVICE_STATE, [put(1, { id: 1, mode: d.id, setpoint: 1 })]);
    await openRegistryReview(tenancy);
    const bulk = await counted(tenancy, { action: 'approve', filter: { ...OPEN, kind: 'registry' } });
    expect(bulk.job.shapes).toMatchObject([
      { kind: 'registry_review', staged_row_count: 2, preview: { landing_rows: 2 } },
    ]);
    await bulk.start();
    await drainBulk(db);
    await drainReplays(db);
    expect(await bulk.now()).toMatchObject({ done_items: 1, failed_items: 0 });
    expect(await sharedRows(db, tenancy.projectId, DEVICE_STATE.name)).toHaveLength(2);
  });
});

describe('each item', () => {
  it('is done once by two workers at once, and the job ends once', async () => {
    const { tenancy } = await fleet(12);
    const bulk = await counted(tenancy, { action: 'claim', filter: OPEN });
    await bulk.start();
    const worker = async () => {
      let done = 0;
      while ((await runBulkItem(systemCtx(db), bulk.job.id)) === 'more') done += 1;
      return done;
    };
    const shares = await Promise.all([worker(), worker(), worker()]);
    expect(shares.reduce((a, b) => a + b)).toBe(12);
    expect(await bulk.now()).toMatchObject({ status: 'completed', done_items: 12 });
    expect(await eventsOf(bulk.job.id, 'edge_schema_review.claimed')).toBe(12);
    expect((await bulk.items()).map((i) => i.attempts)).toEqual(Array<number>(12).fill(1));
    const [ends] = await db.sql<{ n: number }[]>`
      select count(*)::int as n from tidegate.event
      where kind = 'edge_bulk.completed' and subject_id = ${bulk.job.id}`;
    expect(ends?.n).toBe(1);
  });

  it('fails with its reason where the review has moved on, and is done again alone', async () => {
    const { tenancy, devices } = await fleet(3);
    const bulk = await counted(tenancy, { action: 'reject', filter: OPEN, reason: 'not wanted' });
    const moved = await newestReview(db, devices[1]?.id ?? '');
    const { ctx, projectId } = bulk.target;
    await claimReview({ ctx, projectId, reviewId: moved.id, input: { action_version: 1 } });
    await bulk.start();
    await drainBulk(db);
    expect(await bulk.now()).toMatchObject({ status: 'completed', done_items: 2, failed_items: 1 });
    expect(await bulk.items('failed')).toMatchObject([
      { subject_id: moved.id, code: 'stale_action_version' },
    ]);
    await runFailed(bulk.target);
    await drainBulk(db);
    expect(await bulk.now()).toMatchObject({ status: 'completed', done_items: 3, failed_items: 0 });
    expect((await bulk.items()).map((i) => i.attempts)).toEqual([1, 2, 1]);
    await expect(runFailed(bulk.target)).rejects.toMatchObject({ status: 409, code: 'nothing_to_do' });
  });

  it('is refused where another operator holds it, unless it is to be taken over', async () => {
    const { tenancy, devices } = await fleet(1);
    const review = await newestReview(db, devices[0]?.id ?? '');
    const { projectId } = tenancy;
    const other = tenancy.people.admin;
    await claimReview({ ctx: other.ctx, projectId, reviewId: review.id, input: { action_version: 1 } });
    const politely = await counted(tenancy, { action: 'claim', filter: { ...OPEN, claimant: 'other' } });
    await politely.start();
    await drainBulk(db);
    expect(await politely.items()).toMatchObject([{ status: 'failed', code: 'review_already_claimed' }]);
    const firmly = await counted(tenancy, { action: 'claim', filter: OPEN, take_over: true });
    await firmly.start();
    await drainBulk(db);
    expect((await newestReview(db, devices[0]?.id ?? '')).claimedBy).toBe(tenancy.people.operator.userId);
  });

  it('is refused once the permission is gone, and may be run again by somebody who has it', async () => {
    const { tenancy } = await fleet(3);
    const bulk = await counted(tenancy, { action: 'claim', filter: OPEN });
    await bulk.start();
    await runBulkItem(systemCtx(db), bulk.job.id);
    const { userId } = tenancy.people.operator;
    await db.sql`update tidegate.membership set role = 'viewer' where user_id = ${userId}`;
    await runBulkItem(systemCtx(db), bulk.job.id);
    await db.sql`delete from tidegate.membership where user_id = ${userId}`;
    await drainBulk(db);
    expect((await bulk.items()).map((i) => [i.status, i.code])).toEqual([
      ['done', null],
      ['failed', 'permission_denied'],
      ['failed', 'permission_denied'],
    ]);
    await runFailed({ ...bulk.target, ctx: tenancy.people.admin.ctx });
    await drainBulk(db);
    expect(await bulk.now()).toMatchObject({ done_items: 3, started_by: tenancy.people.admin.userId });
  });

  it('is done in one transaction with its result: what dies in between has done neither', async () => {
    const { tenancy, devices } = await fleet(1);
    const bulk = await counted(tenancy, { action: 'claim', filter: OPEN });
    await bulk.start();
    const reviewId = (await newestReview(db, devices[0]?.id ?? '')).id;
    await db.sql.unsafe(`
      create function tidegate.die() returns trigger language plpgsql as $$
        begin raise exception 'killed' using errcode = '57P01'; end $$;
      create trigger die before update on tidegate.bulk_job_item for each row
        when (new.job_id = '${bulk.job.id}') execute function tidegate.die()`);
    await expect(runBulkItem(systemCtx(db), bulk.job.id)).rejects.toThrow();
    expect((await newestReview(db, devices[0]?.id ?? '')).status).toBe('queued');
    await db.sql.unsafe('drop trigger die on tidegate.bulk_job_item; drop function tidegate.die()');
    await drainBulk(db);
    expect(await bulk.now()).toMatchObject({ status: 'completed', done_items: 1 });
    const [claims] = await db.sql<{ n: number }[]>`
      select count(*)::int as n from tidegate.event
      where kind = 'edge_schema_review.claimed' and subject_id = ${reviewId}`;
    expect(claims?.n).toBe(1);
  });
});

describe('a cancelled job', () => {
  it('waits for the item under way, begins no other, and can be counted anew', async () => {
    const { tenancy } = await fleet(3);
    const bulk = await counted(tenancy, { action: 'claim', filter: OPEN });
    await bulk.start();
    await runBulkItem(systemCtx(db), bulk.job.id);
    await cancelBulk(bulk.target);
    expect(await runBulkItem(systemCtx(db), bulk.job.id)).toBe('gone');
    expect(await bulk.now()).toMatchObject({ status: 'cancelled', done_items: 1, cancelled_items: 2 });
    await expect(cancelBulk(bulk.target)).rejects.toMatchObject({ code: 'bulk_status_conflict' });
  });
});

describe('a reset of lineages', () => {
  it('resets those that failed, and says why it did not the others', async () => {
    const { tenancy, devices } = await fleet(2);
    for (const device of devices) await approveNewest(db, device, DEVICE_STATE);
    await drainReplays(db);
    await devices[0]?.send(DEVICE_STATE, [put(5, { id: 5, mode: 'b', setpoint: 'warm' })]);
    const bulk = await counted(tenancy, { action: 'reset', filter: { source_table: DEVICE_STATE.name } });
    expect(bulk.job.summary).toBe('2 lineages, 1 shape');
    await bulk.start();
    await drainBulk(db);
    expect((await bulk.items()).map((i) => [i.device_name, i.status, i.code]).sort()).toEqual([
      ['pump-00000', 'done', null],
      ['pump-00001', 'failed', 'nothing_to_reset'],
    ]);
  });
});
