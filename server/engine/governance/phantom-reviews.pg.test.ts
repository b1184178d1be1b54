import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDb, type RootDb } from '@/server/db/client';
import { claimReview } from '@/server/engine/governance/claim-review';
import { getReview } from '@/server/engine/governance/get-review';
import { rejectReview } from '@/server/engine/governance/reject-review';
import { pauseLineage, resumeLineage } from '@/server/engine/staging/pause-lineage';
import { uuidV7 } from '@/server/lib/uuid';
import { encodeRowBatch, type RowChangeInput } from '@/server/protocol/row-batch-encode';
import { encodeSchemaObservation } from '@/server/protocol/schema-observation';
import { CHANNELS } from '@/server/protocol/topics';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import {
  approveNewest,
  DEVICE_STATE,
  drainReplays,
  hashOf,
  makeDevice,
  mirrorRowsOf,
  newestReview,
  put,
  type TestDevice,
  type TestTable,
} from '@/server/testing/engine';

let database: TestDatabase;
let db: RootDb;

beforeAll(async () => {
  database = await createTestDatabase();
  db = createDb(database.url);
});
afterAll(async () => {
  await db.end();
  await database.drop();
});

const MADE_UP = 'ab'.repeat(32);
const EPOCH = uuidV7();

/** A batch whose hash is not that of its columns. */
const sendClaim = (device: TestDevice, rows: RowChangeInput[], table: TestTable = DEVICE_STATE) =>
  device.sendRaw(
    encodeRowBatch({
      batchId: uuidV7(),
      journalEpoch: EPOCH,
      previousJournalEpoch: null,
      sourceTable: table.name,
      schemaHash: MADE_UP,
      schemaColumns: table.columns,
      rows,
    }),
  );
const send = (device: TestDevice, rows: RowChangeInput[], table: TestTable = DEVICE_STATE, columns = true) =>
  device.send(table, rows, { epoch: EPOCH, columns });

const observe = (device: TestDevice, table: TestTable, observedAt = new Date()) =>
  device.sendRaw(
    encodeSchemaObservation({
      sourceTable: table.name,
      schemaHash: hashOf(table),
      schemaColumns: table.columns,
      observedAt,
    }),
    CHANNELS.schemaObserve,
  );

const reviewsOf = (device: TestDevice) =>
  db.sql<{ id: string; schema_hash: string; status: string; reason: string | null }[]>`
    select id, schema_hash, status, reason from tidegate.schema_review where device_id = ${device.id}
    order by created_at, id`;
const causesOf = async (device: TestDevice) =>
  (
    await db.sql<{ cause: string }[]>`
      select cause from tidegate.pause_cause p join tidegate.lineage l on l.id = p.lineage_id
      where l.device_id = ${device.id}`
  ).map((c) => c.cause);
const eventsOf = async (device: TestDevice, kind: string) =>
  (
    await db.sql<{ data: Record<string, unknown> }[]>`
      select data from tidegate.event where device_id = ${device.id} and kind = ${kind} order by seq`
  ).map((e) => e.data);
const target = (device: TestDevice, reviewId: string) => ({
  ctx: device.operator,
  projectId: device.tenancy.projectId,
  reviewId,
});
const lineageOf = async (device: TestDevice) => {
  const [row] = await db.sql<{ id: string; schema: string }[]>`
    select id, current_schema_hash as schema from tidegate.lineage where device_id = ${device.id}`;
  if (row === undefined) throw new Error('the device has no lineage');
  return row;
};

const withNote: TestTable = {
  ...DEVICE_STATE,
  columns: [
    ...DEVICE_STATE.columns,
    { name: 'note', decl_type_affinity: 'TEXT', pk_ordinal: 0, not_null: false },
  ],
};

describe('the same columns under two hashes', () => {
  it('are shown on both reviews and closed with one decision', async () => {
    const device = await makeDevice(db);
    await sendClaim(device, [put(1, { id: 1, mode: 'a', setpoint: 1 })]);
    await send(device, [put(2, { id: 2, mode: 'b', setpoint: 2 })]);
    const [claimed, real] = await reviewsOf(device);
    expect(await getReview(target(device, claimed?.id ?? ''))).toMatchObject({
      classification: 'unknown',
      same_columns_as: [{ schema_hash: hashOf(DEVICE_STATE), verified: true, review_id: real?.id }],
    });
    expect(await getReview(target(device, real?.id ?? ''))).toMatchObject({
      same_columns_as: [{ schema_hash: MADE_UP, verified: false, status: 'pending', review_id: claimed?.id }],
    });
    await approveNewest(db, device, DEVICE_STATE, { mode: { mirror_column_name: 'state' } });
    await drainReplays(db);
    expect((await reviewsOf(device)).map((r) => r.status)).toEqual(['approved', 'approved']);
    expect(await mirrorRowsOf(db, device.id)).toEqual([
      { id: 1, state: 'a', setpoint: 1 },
      { id: 2, state: 'b', setpoint: 2 },
    ]);
    expect(await causesOf(device)).toEqual([]);
    expect(await eventsOf(device, 'edge_schema_review.approved')).toMatchObject([
      {},
      { decided_with: real?.id },
    ]);
  });

  it('are not closed together where the rows hold more than is claimed', async () => {
    const device = await makeDevice(db);
    await sendClaim(device, [put(1, { id: 1, mode: 'a', setpoint: 1, secret: 's' })]);
    await send(device, [put(2, { id: 2, mode: 'b', setpoint: 2 })]);
    const [claimed] = await reviewsOf(device);
    expect((await getReview(target(device, claimed?.id ?? ''))).unlisted_fields).toEqual(['secret']);
    await approveNewest(db, device, DEVICE_STATE);
    expect((await reviewsOf(device)).map((r) => r.status)).toEqual(['queued', 'approved']);
    expect(await causesOf(device)).toEqual(['schema_review']);
  });

  it('leave a twin to the person who has claimed it', async () => {
    const device = await makeDevice(db);
    await sendClaim(device, [put(1, { id: 1, mode: 'a', setpoint: 1 })]);
    await send(device, [put(2, { id: 2, mode: 'b', setpoint: 2 })]);
    const [claimed] = await reviewsOf(device);
    await claimReview({
      ...target(device, claimed?.id ?? ''),
      ctx: device.tenancy.people.admin.ctx,
      input: { action_version: 1 },
    });
    await approveNewest(db, device, DEVICE_STATE);
    expect((await reviewsOf(device)).map((r) => r.status)).toEqual(['in_review', 'approved']);
  });

  it('never let a claim pass by itself, even of the approved columns', async () => {
    const device = await makeDevice(db);
    await send(device, [put(1, { id: 1, mode: 'a', setpoint: 1 })]);
    await approveNewest(db, device, DEVICE_STATE);
    await drainReplays(db);
    await sendClaim(device, [put(2, { id: 2, mode: 'b', setpoint: 2 })]);
    expect((await reviewsOf(device)).map((r) => r.status)).toEqual(['approved', 'queued']);
    const [, claim] = await reviewsOf(device);
    expect((await getReview(target(device, claim?.id ?? ''))).same_columns_as).toMatchObject([
      { schema_hash: hashOf(DEVICE_STATE), status: 'approved' },
    ]);
    expect(await mirrorRowsOf(db, device.id)).toHaveLength(1);
  });

  it('need no second decision where the later one is verified', async () => {
    const device = await makeDevice(db);
    await sendClaim(device, [put(1, { id: 1, mode: 'a', setpoint: 1 })]);
    await approveNewest(db, device, DEVICE_STATE, { setpoint: { action: 'ignore' } });
    await drainReplays(db);
    await send(device, [put(2, { id: 2, mode: 'b', setpoint: 2 })]);
    expect(await reviewsOf(device)).toHaveLength(1);
    expect(await mirrorRowsOf(db, device.id)).toEqual([
      { id: 1, mode: 'a' },
      { id: 2, mode: 'b' },
    ]);
    expect(await eventsOf(device, 'edge_table_lineage.schema_continued')).toMatchObject([
      { schema_hash: hashOf(DEVICE_STATE), same_columns_as: MADE_UP },
    ]);
  });
});

describe('an approval of a claim', () => {
  it('does not cover other columns under the same hash', async () => {
    const device = await makeDevice(db);
    await sendClaim(device, [put(1, { id: 1, mode: 'a', setpoint: 1 })]);
    await approveNewest(db, device, DEVICE_STATE);
    await drainReplays(db);
    await sendClaim(device, [put(2, { id: 2, mode: 'b', setpoint: 2, note: 'n' })], withNote);
    expect((await reviewsOf(device)).map((r) => r.status)).toEqual(['approved', 'queued']);
    expect(await causesOf(device)).toEqual(['schema_review']);
    expect(await mirrorRowsOf(db, device.id)).toHaveLength(1);
    await approveNewest(db, device, withNote);
    await drainReplays(db);
    expect(await mirrorRowsOf(db, device.id)).toContainEqual({ id: 2, mode: 'b', setpoint: 2, note: 'n' });
  });
});

describe('a review whose difference has become empty', () => {
  it('closes itself, says why, and its rows are replayed', async () => {
    const device = await makeDevice(db);
    // The hash alone: nobody knows that these are the columns of the claim.
    await send(device, [put(1, { id: 1, mode: 'a', setpoint: 1 })], DEVICE_STATE, false);
    await sendClaim(device, [put(2, { id: 2, mode: 'b', setpoint: 2 })]);
    await approveNewest(db, device, DEVICE_STATE);
    await drainReplays(db);
    expect(await mirrorRowsOf(db, device.id)).toEqual([]);
    await observe(device, DEVICE_STATE);
    await drainReplays(db);
    expect(await reviewsOf(device)).toMatchObject([
      { status: 'superseded', reason: expect.stringContaining(MADE_UP) },
      { status: 'approved' },
    ]);
    expect(await mirrorRowsOf(db, device.id)).toHaveLength(2);
    expect(await causesOf(device)).toEqual([]);
    expect(await eventsOf(device, 'edge_schema_review.superseded')).toMatchObject([
      { why: expect.stringContaining('nothing left to decide'), same_columns_as: MADE_UP },
    ]);
  });

  it('and one that is left is stated against the new decision', async () => {
    const device = await makeDevice(db);
    const wider = { ...withNote, columns: withNote.columns.filter((c) => c.name !== 'mode') };
    await send(device, [put(1, { id: 1, setpoint: 1, note: 'n' })], wider);
    const [first] = await reviewsOf(device);
    await send(device, [put(2, { id: 2, mode: 'b', setpoint: 2 })]);
    await approveNewest(db, device, DEVICE_STATE);
    const detail = await getReview(target(device, first?.id ?? ''));
    expect(detail).toMatchObject({ status: 'queued', classification: 'breaking', action_version: 2 });
    expect(detail.reasons.map((r) => [r.column, r.change])).toEqual([
      ['note', 'added'],
      ['mode', 'removed'],
    ]);
  });
});

describe('an observation', () => {
  it('brings the columns of a hash that was known alone, and opens nothing', async () => {
    const device = await makeDevice(db);
    await observe(device, DEVICE_STATE);
    expect(await db.sql`select from tidegate.lineage where device_id = ${device.id}`).toHaveLength(0);
    await send(device, [put(1, { id: 1, mode: 'a', setpoint: 1 })], withNote, false);
    const review = await newestReview(db, device.id);
    expect(review).toMatchObject({ classification: 'unknown', actionVersion: 1 });
    await observe(device, withNote);
    const detail = await getReview(target(device, review.id));
    expect(detail).toMatchObject({ classification: 'ambiguous', verified: true, action_version: 2 });
    expect(detail.columns).toHaveLength(4);
    // What was observed before the first batch is known to it.
    const third = { ...withNote, columns: withNote.columns.filter((c) => c.name !== 'mode') };
    await observe(device, third);
    await send(device, [put(2, { id: 2, setpoint: 1, note: 'n' })], third, false);
    expect(await newestReview(db, device.id)).toMatchObject({ classification: 'ambiguous' });
    expect(await reviewsOf(device)).toHaveLength(2);
  });

  it('that is older than the newest changes nothing of what the device has now', async () => {
    const device = await makeDevice(db);
    await observe(device, withNote, new Date('2026-04-28T10:00:00Z'));
    await observe(device, DEVICE_STATE, new Date('2026-04-28T09:00:00Z'));
    const [kept] = await db.sql<{ schema_hash: string }[]>`
      select schema_hash from tidegate.schema_observation where device_id = ${device.id}`;
    expect(kept?.schema_hash).toBe(hashOf(withNote));
  });
});

describe('what holds a lineage', () => {
  it('is not lifted by an old batch that comes again after a newer schema was rejected', async () => {
    const device = await makeDevice(db);
    const old = [put(1, { id: 1, mode: 'a', setpoint: 1 })];
    await send(device, old);
    await approveNewest(db, device, DEVICE_STATE);
    await drainReplays(db);
    await send(device, [put(2, { id: 2, mode: 'b', setpoint: 2, note: 'n' })], withNote);
    const review = await newestReview(db, device.id);
    await claimReview({ ...target(device, review.id), input: { action_version: 1 } });
    await rejectReview({ ...target(device, review.id), input: { action_version: 2, reason: 'no' } });
    await send(device, old);
    expect(await causesOf(device)).toEqual(['schema_review']);
    expect((await lineageOf(device)).schema).toBe(hashOf(withNote));
    await send(device, [put(3, { id: 3, mode: 'c', setpoint: 3 })]);
    expect(await causesOf(device)).toEqual([]);
  });

  it('leaves no replay waiting when an operator resumes while a review waits', async () => {
    const device = await makeDevice(db);
    await send(device, [put(1, { id: 1, mode: 'a', setpoint: 1 })]);
    const { projectId } = device.tenancy;
    const lineage = { ctx: device.operator, projectId, lineageId: (await lineageOf(device)).id };
    await pauseLineage({ ...lineage, input: { reason: 'work' } });
    await resumeLineage(lineage);
    expect(
      await db.sql`select from tidegate.replay_intent where lineage_id = ${lineage.lineageId}`,
    ).toHaveLength(0);
    await approveNewest(db, device, DEVICE_STATE);
    await drainReplays(db);
    expect(await mirrorRowsOf(db, device.id)).toHaveLength(1);
  });
});
