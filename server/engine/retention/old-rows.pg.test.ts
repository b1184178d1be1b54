// What leaves by age, and the tombstones: by the device's word, by their days, and never while something older waits.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDb, type RootDb } from '@/server/db/client';
import { uuidV7 } from '@/server/lib/uuid';
import { retryRejectedBatch } from '@/server/engine/ingest/retry-rejected-batch';
import { encodeRowBatch } from '@/server/protocol/row-batch-encode';
import { makeBulkJob } from '@/server/testing/bulk';
import { makeWebhook } from '@/server/testing/webhooks';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import {
  approveNewest,
  DEVICE_STATE,
  drainReplays,
  hashOf,
  makeDevice,
  mirrorRowsOf,
  put,
  remove,
  systemCtx,
  type TestDevice,
} from '@/server/testing/engine';
import { getRetention } from './get-retention';
import { runRetention } from './retain';

let database: TestDatabase;
let db: RootDb;

beforeEach(async () => {
  database = await createTestDatabase();
  db = createDb(database.url);
});
afterEach(async () => {
  await db.end();
  await database.drop();
});

const DAY_MS = 86_400_000;
const inDays = (days: number): Date => new Date(Date.now() + days * DAY_MS);
const run = async (days = 0) => {
  const ctx = { ...systemCtx(db), clock: { now: () => inDays(days) } };
  const done = await runRetention(ctx, { telemetryDays: 365, ledgerDays: 30 }, new AbortController().signal);
  return done.rowsDeleted;
};
const tombstones = async (): Promise<number> => (await db.sql`select from tidegate.mirror_tombstone`).length;
const row = (seq: number, id: number) => put(seq, { id, mode: `m${seq}`, setpoint: seq });

/** A device whose table is approved, with one row. */
async function liveDevice(): Promise<TestDevice> {
  const device = await makeDevice(db);
  await device.send(DEVICE_STATE, [row(1, 1)]);
  await approveNewest(db, device, DEVICE_STATE);
  await drainReplays(db);
  return device;
}

describe('rows that leave by age', () => {
  it('lets a rejected batch go by the policy of its fleet, else of its project', async () => {
    const [usual, long, short] = [
      await makeDevice(db, 'a'),
      await makeDevice(db, 'b'),
      await makeDevice(db, 'c'),
    ];
    await db.sql`
      insert into tidegate.policy (scope, scope_id, fields) values
        ('project', ${long.tenancy.projectId}, '{"rejected_batch_retention_days": 100}'),
        ('project', ${short.tenancy.projectId}, '{"rejected_batch_retention_days": 100}'),
        ('fleet', ${short.tenancy.fleetId}, '{"rejected_batch_retention_days": 2}')`;
    for (const device of [usual, long, short]) await device.sendRaw('not json');
    const left = async () =>
      (await db.sql`select device_id from tidegate.rejected_batch`).map((r) => r['device_id']).sort();
    await run(1);
    expect(await left()).toEqual([usual.id, long.id, short.id].sort());
    await run(3);
    expect(await left()).toEqual([usual.id, long.id].sort());
    await run(15);
    expect(await left()).toEqual([long.id]);
    expect((await run(101)).rejected_batches).toBe(1);
  });

  it('deletes in chunks to the end: keys of yesterday, tokens dead for a month', async () => {
    const { tenancy } = await makeDevice(db);
    const userId = tenancy.people.operator.ctx.actor.id;
    await db.sql`
      insert into tidegate.idempotency_key (owner, key, request_hash)
      select 'me', n::text, 'x' from generate_series(1, 2500) n`;
    await db.sql`delete from tidegate.api_token`;
    await db.sql`
      insert into tidegate.api_token (id, user_id, name, token_hash, expires_at, revoked_at) values
        (gen_random_uuid(), ${userId}, 'for ever', 'a', null, null),
        (gen_random_uuid(), ${userId}, 'later', 'b', ${inDays(20).toISOString()}, null),
        (gen_random_uuid(), ${userId}, 'expired', 'c', ${inDays(-2).toISOString()}, null),
        (gen_random_uuid(), ${userId}, 'revoked', 'd', null, ${inDays(-2).toISOString()})`;
    expect(await run(0.5)).toMatchObject({ idempotency_keys: 0, tokens: 0 });
    expect(await run(29)).toMatchObject({ idempotency_keys: 2500, tokens: 2 });
    const left = await db.sql`select name from tidegate.api_token order by name`;
    expect(left.map((t) => t['name'])).toEqual(['for ever', 'later']);
  });

  it('deletes webhook messages that have been over for a month, never one that waits', async () => {
    const { tenancy } = await makeDevice(db);
    const { webhook_id: id } = await makeWebhook(db, tenancy);
    await makeWebhook(db, tenancy);
    await db.sql`update tidegate.webhook_delivery set status = 'delivered' where webhook_id = ${id}`;
    expect((await run(29)).webhook_deliveries).toBe(0);
    expect((await run(31)).webhook_deliveries).toBe(1);
  });
});

describe('bulk operations', () => {
  it('go a month after they are over, a week after a count that nobody started, and never while they run', async () => {
    const { tenancy } = await makeDevice(db);
    const jobs = new Map<string, string>();
    for (const status of ['completed', 'cancelled', 'running', 'previewed']) {
      const id = await makeBulkJob(db, tenancy);
      await db.sql`update tidegate.bulk_job set status = ${status} where id = ${id}`;
      await db.sql`
        insert into tidegate.bulk_job_item (job_id, position, subject_kind, subject_id, device_name, source_table, schema_hash, status)
        values (${id}, 0, 'lineage', ${id}, 'd', 't', 'h', 'done')`;
      jobs.set(id, status);
    }
    const left = async () =>
      (await db.sql`select job_id as id from tidegate.bulk_job_item`)
        .map((r) => jobs.get(String(r['id'])))
        .sort();
    expect((await run(6)).bulk_jobs).toBe(0);
    expect((await run(8)).bulk_jobs).toBe(1);
    expect(await left()).toEqual(['cancelled', 'completed', 'running']);
    expect((await run(31)).bulk_jobs).toBe(2);
    expect(await left()).toEqual(['running']);
  });
});

it('says what is kept how long, when the last round ran and what the last ones took away', async () => {
  const { tenancy } = await makeDevice(db);
  const retention = () => getRetention({ ctx: tenancy.people.viewer.ctx, projectId: tenancy.projectId });
  const days = async () =>
    Object.fromEntries((await retention()).kept.map(({ what, days: kept }) => [what, kept]));
  expect(await retention()).toMatchObject({ last_round: null, last_removal: null, removed_24h: {} });
  expect(await days()).toMatchObject({ telemetry_values: null, rejected_batches: 14, events: null });
  await db.sql`
    insert into tidegate.policy (scope, scope_id, fields) values
      ('project', ${tenancy.projectId}, '{"rejected_batch_retention_days": 9}'),
      ('fleet', ${tenancy.fleetId}, '{"rejected_batch_retention_days": 2}')`;
  await db.sql`insert into tidegate.idempotency_key (owner, key, request_hash) values ('me', 'a', 'x'), ('me', 'b', 'x')`;
  await run(2);
  for (const day of [2, 2, 2]) await run(day);
  const now = await retention();
  expect(await days()).toMatchObject({
    telemetry_values: 365,
    batch_ledger: 30,
    rejected_batches: 9,
    tombstones: 90,
  });
  expect(now.kept.find(({ what }) => what === 'rejected_batches')?.fleets).toMatchObject([
    { fleet_id: tenancy.fleetId, days: 2 },
  ]);
  expect(now.last_round?.error).toBeNull();
  expect(now.last_removal?.rows_deleted).toEqual({ idempotency_keys: 2 });
  expect(now.removed_24h).toMatchObject({ idempotency_keys: 2 });
  expect(await db.sql`select from tidegate.retention_round`, 'idle rounds leave one row').toHaveLength(2);
});

describe('a tombstone', () => {
  it('goes at once up to delivered_through, and late copies of older changes stay out', async () => {
    const device = await liveDevice();
    const insert = { batchId: uuidV7() };
    await device.send(DEVICE_STATE, [row(2, 2)], insert);
    await device.send(DEVICE_STATE, [remove(3, 2)]);
    expect(await run()).toMatchObject({ tombstones: 0 });
    await device.send(DEVICE_STATE, [row(4, 4)], { deliveredThrough: 3n });
    expect(await run()).toMatchObject({ tombstones: 1 });
    expect(await device.send(DEVICE_STATE, [row(2, 2)], insert)).toMatchObject({ rows: 1, duplicates: 1 });
    // Under another batch id and with newer rows beside it, as after the device has lost its own state.
    expect(await device.send(DEVICE_STATE, [row(2, 2), row(5, 5)])).toMatchObject({ rows: 2, duplicates: 1 });
    expect((await mirrorRowsOf(db, device.id)).map((r) => r['id'])).toEqual([1, 4, 5]);
  });

  it('of a change that is only staged again stays out too, when the lineage is paused meanwhile', async () => {
    const device = await liveDevice();
    await device.send(DEVICE_STATE, [row(2, 2)]);
    await device.send(DEVICE_STATE, [remove(3, 2)]);
    await device.send(DEVICE_STATE, [row(4, 4)], { deliveredThrough: 3n });
    await run();
    const wider = {
      ...DEVICE_STATE,
      columns: [
        ...DEVICE_STATE.columns,
        { name: 'x', decl_type_affinity: 'TEXT' as const, pk_ordinal: 0, not_null: false },
      ],
    };
    await device.send(wider, [put(6, { id: 6, mode: 'm', setpoint: 6, x: null })]);
    expect(await device.send(DEVICE_STATE, [row(2, 2)])).toMatchObject({ staged: 0, duplicates: 1 });
    await approveNewest(db, device, wider);
    await drainReplays(db);
    expect((await mirrorRowsOf(db, device.id)).map((r) => r['id'])).toEqual([1, 4, 6]);
  });

  it('is not counted as delivered by a word about rows that were only just cut', async () => {
    const device = await liveDevice();
    await device.send(DEVICE_STATE, [remove(3, 1)], { deliveredThrough: 99n });
    expect(await run()).toMatchObject({ tombstones: 0 });
    expect(await device.send(DEVICE_STATE, [row(4, 4)])).toMatchObject({ duplicates: 0 });
  });

  it('stays while the device says nothing, until its days have passed', async () => {
    const device = await liveDevice();
    await device.send(DEVICE_STATE, [remove(2, 1)]);
    await run(89);
    expect(await tombstones()).toBe(1);
    await device.send(DEVICE_STATE, [row(1, 1)]);
    expect(await mirrorRowsOf(db, device.id)).toEqual([]);
    expect(await run(91)).toMatchObject({ tombstones: 1 });
  });

  it('goes by the days of its policy', async () => {
    const device = await liveDevice();
    await db.sql`
      insert into tidegate.policy (scope, scope_id, fields)
      values ('project', ${device.tenancy.projectId}, '{"tombstone_retention_days": 5}')`;
    await device.send(DEVICE_STATE, [remove(2, 1)]);
    expect([(await run(4)).tombstones, (await run(6)).tombstones]).toEqual([0, 1]);
  });

  it('stays while an older row of the lineage is staged', async () => {
    const device = await liveDevice();
    const bad = put(2, { id: 2, mode: 'x', setpoint: 'warm' });
    expect(await device.send(DEVICE_STATE, [bad])).toMatchObject({ staged: 1 });
    await device.send(DEVICE_STATE, [remove(3, 2)]);
    await device.send(DEVICE_STATE, [row(4, 4)], { deliveredThrough: 3n });
    await run(100);
    expect(await tombstones()).toBe(1);
    await db.sql`delete from tidegate.staged_row`;
    expect(await run()).toMatchObject({ tombstones: 1 });
  });

  it('stays while a rejected batch of the table is kept, whose rows may yet be ingested', async () => {
    const device = await liveDevice();
    const rejected = encodeRowBatch({
      batchId: uuidV7(),
      journalEpoch: uuidV7(),
      sourceTable: DEVICE_STATE.name,
      schemaHash: hashOf(DEVICE_STATE),
      schemaColumns: null,
      rows: [row(2, 2)],
    }).replace('"format_version":1', '"format_version":2');
    expect(await device.sendRaw(rejected)).toMatchObject({ kind: 'rejected' });
    await device.send(DEVICE_STATE, [remove(3, 2)]);
    await device.send(DEVICE_STATE, [row(4, 4)], { deliveredThrough: 3n });
    await run();
    expect(await tombstones()).toBe(1);
    await run(15);
    expect(await tombstones()).toBe(0);
  });

  it('stays while the lineage knows an older epoch, of which the word says nothing', async () => {
    const device = await liveDevice();
    const [older, newer] = [uuidV7(), uuidV7()];
    await device.send(DEVICE_STATE, [row(7, 7)], { epoch: older });
    await device.send(DEVICE_STATE, [remove(1, 8)], { epoch: newer, previousEpoch: older });
    await device.send(DEVICE_STATE, [row(2, 2)], { epoch: newer, deliveredThrough: 1n });
    await run();
    expect(await tombstones()).toBe(1);
    await device.send(DEVICE_STATE, [row(8, 8)], { epoch: older });
    expect((await mirrorRowsOf(db, device.id)).map((r) => r['id'])).toEqual([1, 2, 7]);
  });

  it('an older epoch’s changes are not taken for repeats by the word of a newer one', async () => {
    const device = await liveDevice();
    const [older, newer] = [uuidV7(), uuidV7()];
    await device.send(DEVICE_STATE, [row(9, 9)], {
      epoch: newer,
      previousEpoch: older,
      deliveredThrough: 8n,
    });
    expect(await device.send(DEVICE_STATE, [row(3, 3)], { epoch: older })).toMatchObject({ duplicates: 0 });
    expect((await mirrorRowsOf(db, device.id)).map((r) => r['id'])).toEqual([1, 3, 9]);
  });

  it('a kept batch that is ingested again is never taken for a repeat', async () => {
    const device = await liveDevice();
    const payload = encodeRowBatch({
      batchId: uuidV7(),
      journalEpoch: uuidV7(),
      sourceTable: DEVICE_STATE.name,
      schemaHash: hashOf(DEVICE_STATE),
      schemaColumns: null,
      rows: [row(2, 2)],
    });
    await device.send(DEVICE_STATE, [row(9, 9)], { deliveredThrough: 8n });
    await device.sendRaw(payload.replace('"format_version":1', '"format_version":2'));
    const [kept] = await db.sql<{ id: string; epoch: string }[]>`
      update tidegate.rejected_batch set payload = ${Buffer.from(payload)} returning id`;
    // Same epoch as the lineage's word.
    const [known] = await db.sql<{ epoch: string }[]>`select epoch from tidegate.journal_epoch`;
    const same = payload.replace(/"journal_epoch":"[^"]+"/, `"journal_epoch":"${known?.epoch ?? ''}"`);
    await db.sql`update tidegate.rejected_batch set payload = ${Buffer.from(same)}`;
    const target = { ctx: device.operator, projectId: device.tenancy.projectId };
    expect(await retryRejectedBatch({ ...target, rejectedBatchId: kept?.id ?? '' })).toMatchObject({
      outcome: 'accepted',
    });
    expect((await mirrorRowsOf(db, device.id)).map((r) => r['id'])).toEqual([1, 2, 9]);
  });
});
