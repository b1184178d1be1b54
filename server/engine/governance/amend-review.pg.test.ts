import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ColumnAction } from '@/server/contract/governance';
import { createDb, type RootDb } from '@/server/db/client';
import { amendReview } from '@/server/engine/governance/amend-review';
import { previewReview } from '@/server/engine/governance/preview-review';
import { deleteLineage } from '@/server/engine/mirror/delete-lineage';
import { createDataPoint } from '@/server/engine/telemetry/create-data-point';
import { patchPolicy } from '@/server/engine/policy/patch-policy';
import type { RowChangeInput } from '@/server/protocol/row-batch-encode';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import {
  approveNewest,
  DEVICE_STATE,
  drainReplays,
  makeDevice,
  mirrorRowsOf,
  newestReview,
  put,
  remove,
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

const decide = (table: TestTable, but: Record<string, Partial<ColumnAction>> = {}): ColumnAction[] =>
  table.columns.map((c) => ({ source_column_name: c.name, action: 'mirror', ...but[c.name] }));

/** A device whose first schema is approved with `but`, and how to amend that approval. */
async function approvedBut(but: Record<string, Partial<ColumnAction>>, rows: RowChangeInput[]) {
  const device = await makeDevice(db);
  await device.send(DEVICE_STATE, rows);
  const { id: reviewId } = await newestReview(db, device.id);
  await approveNewest(db, device, DEVICE_STATE, but);
  await drainReplays(db);
  const amend = async (column_actions = decide(DEVICE_STATE), version?: number) => {
    const review = await newestReview(db, device.id);
    const done = await amendReview({
      ctx: device.operator,
      projectId: device.tenancy.projectId,
      reviewId,
      input: { action_version: version ?? review.actionVersion, column_actions },
    });
    await drainReplays(db);
    return done;
  };
  return { device, reviewId, amend };
}

const keptOf = async (device: TestDevice) => {
  const [row] = await db.sql<{ n: number }[]>`
    select count(*)::int as n from tidegate.deferred_row k
    join tidegate.lineage l on l.id = k.lineage_id where l.device_id = ${device.id}`;
  return row?.n;
};

const stagedOf = (device: TestDevice) =>
  db.sql<{ error: string | null; rows: string }[]>`
    select s.error, l.staged_rows as rows from tidegate.staged_row s
    join tidegate.lineage l on l.id = s.lineage_id where l.device_id = ${device.id}`;

const DEFERRED = { setpoint: { action: 'defer' } } as const;

describe('a deferred optional column', () => {
  it('lets the rest flow, and is filled in by the amend from what was kept', async () => {
    const { device, amend } = await approvedBut(DEFERRED, [put(1, { id: 1, mode: 'a', setpoint: 1 })]);
    await device.send(DEVICE_STATE, [put(2, { id: 2, mode: 'b', setpoint: 2 })]);
    expect(await mirrorRowsOf(db, device.id)).toEqual([
      { id: 1, mode: 'a' },
      { id: 2, mode: 'b' },
    ]);
    expect(await keptOf(device)).toBe(2);
    expect(await amend()).toMatchObject({ status: 'approved', action_version: 4 });
    expect(await mirrorRowsOf(db, device.id)).toEqual([
      { id: 1, mode: 'a', setpoint: 1 },
      { id: 2, mode: 'b', setpoint: 2 },
    ]);
    expect(await keptOf(device)).toBe(0);
    expect(await stagedOf(device)).toEqual([]);
    const [event] = await db.sql`
      select data from tidegate.event where kind = 'edge_schema_review.amended' and device_id = ${device.id}`;
    expect(event).toMatchObject({ data: { refilled_rows: 2, before: { action_version: 3 } } });
  });

  it('goes to a data point instead, with what was kept', async () => {
    const { device, amend } = await approvedBut(DEFERRED, [put(1, { id: 1, mode: 'a', setpoint: 1 })]);
    const point = await createDataPoint({
      ctx: device.operator,
      projectId: device.tenancy.projectId,
      deviceId: device.id,
      input: { name: 'setpoint', value_type: 'numeric' },
    });
    await amend(decide(DEVICE_STATE, { setpoint: { action: 'map', device_data_point_id: point.id } }));
    await device.send(DEVICE_STATE, [put(2, { id: 2, mode: 'b', setpoint: 2 })]);
    expect(await mirrorRowsOf(db, device.id)).toEqual([
      { id: 1, mode: 'a' },
      { id: 2, mode: 'b' },
    ]);
    const values = await db.sql<{ value: number }[]>`
      select value_numeric::float8 as value from tidegate.telemetry_data_point_value where device_id = ${device.id}
      order by value_numeric`;
    expect(values.map(({ value }) => value)).toEqual([1, 2]);
    expect(await keptOf(device)).toBe(0);
  });

  it('is simulated by amending, and nothing of it stays', async () => {
    const { device, reviewId } = await approvedBut(DEFERRED, [
      put(1, { id: 1, mode: 'a', setpoint: 1 }),
      put(2, { id: 2, mode: 'b', setpoint: 'warm' }),
    ]);
    const preview = await previewReview({
      ctx: device.operator,
      projectId: device.tenancy.projectId,
      reviewId,
      input: { action_version: 3, column_actions: decide(DEVICE_STATE) },
    });
    expect(preview).toMatchObject({ staged_rows: 2, tried_rows: 2, landing_rows: 1 });
    expect(preview.ddl.join()).toMatch(/add column "setpoint"/);
    expect(preview.failures).toMatchObject([
      { column: 'setpoint', rows: 1, example: { error: expect.stringContaining('"warm"') } },
    ]);
    expect(await keptOf(device)).toBe(2);
    expect(await stagedOf(device)).toEqual([]);
    expect(await newestReview(db, device.id)).toMatchObject({ status: 'approved', actionVersion: 3 });
    expect(await mirrorRowsOf(db, device.id)).toEqual([
      { id: 1, mode: 'a' },
      { id: 2, mode: 'b' },
    ]);
  });

  it('never fills an old value into a newer row, whatever arrives in what order', async () => {
    const { device, amend } = await approvedBut(DEFERRED, [
      put(1, { id: 1, mode: 'a', setpoint: 1 }),
      put(2, { id: 2, mode: 'b', setpoint: 2 }),
      put(3, { id: 3, mode: 'c', setpoint: 3 }),
    ]);
    const narrow: TestTable = { ...DEVICE_STATE, columns: DEVICE_STATE.columns.slice(0, 2) };
    await device.send(DEVICE_STATE, [put(11, { id: 1, mode: 'newer', setpoint: 11 })]);
    await device.send(DEVICE_STATE, [put(5, { id: 1, mode: 'late', setpoint: 5 })]);
    await device.send(DEVICE_STATE, [remove(12, 2)]);
    await device.send(DEVICE_STATE, [put(6, { id: 2, mode: 'late', setpoint: 6 })]);
    expect(await keptOf(device)).toBe(2);
    // The same key by a schema without the column: what was kept for the older version goes.
    await device.send(narrow, [put(13, { id: 3, mode: 'narrow' })]);
    const wide = await db.sql`
      select id from tidegate.schema_review where device_id = ${device.id} order by created_at`;
    expect(wide).toHaveLength(2);
    await approveNewest(db, device, narrow);
    await drainReplays(db);
    expect(await keptOf(device)).toBe(1);
    const first = await db.sql<{ v: number }[]>`
      select action_version as v from tidegate.schema_review where id = ${String(wide[0]?.['id'])}`;
    await amend(decide(DEVICE_STATE), first[0]?.v ?? 0);
    expect(await mirrorRowsOf(db, device.id)).toEqual([
      { id: 1, mode: 'newer', setpoint: 11 },
      { id: 3, mode: 'narrow', setpoint: null },
    ]);
  });

  it('keeps a row whose deferred value does not fit, in the mirror and in staging', async () => {
    const { device, amend } = await approvedBut(DEFERRED, [put(1, { id: 1, mode: 'a', setpoint: 'warm' })]);
    expect(await mirrorRowsOf(db, device.id)).toEqual([{ id: 1, mode: 'a' }]);
    await amend();
    expect(await mirrorRowsOf(db, device.id)).toEqual([{ id: 1, mode: 'a', setpoint: null }]);
    expect(await stagedOf(device)).toMatchObject([
      { error: expect.stringContaining('"warm" is not a number'), rows: '1' },
    ]);
  });

  it('is forgotten when it is ignored after all, and with its lineage', async () => {
    const { device, amend } = await approvedBut(DEFERRED, [put(1, { id: 1, mode: 'a', setpoint: 1 })]);
    await amend(decide(DEVICE_STATE, { setpoint: { action: 'ignore' } }));
    expect(await keptOf(device)).toBe(0);
    const other = await approvedBut(DEFERRED, [put(1, { id: 1, mode: 'a', setpoint: 1 })]);
    const [lineage] = await db.sql<{ id: string }[]>`
      select id from tidegate.lineage where device_id = ${other.device.id}`;
    const { operator: ctx, tenancy } = other.device;
    const place = { ctx, projectId: tenancy.projectId, lineageId: lineage?.id ?? '' };
    await deleteLineage({ ...place, expectedStagedRows: 0, dropMirror: false });
    const left = await db.sql`select 1 from tidegate.deferred_row where lineage_id = ${place.lineageId}`;
    expect(left).toHaveLength(0);
  });

  it('needs a mirrored row to be kept with', async () => {
    const device = await makeDevice(db);
    await device.send(DEVICE_STATE, [put(1, { id: 1, mode: 'a', setpoint: 1 })]);
    const ignoreAll = { id: { action: 'ignore' }, mode: { action: 'ignore' } } as const;
    await expect(
      approveNewest(db, device, DEVICE_STATE, { ...ignoreAll, ...DEFERRED }),
    ).rejects.toMatchObject({
      extra: { errors: [{ path: 'column_actions[0].action' }, { path: 'column_actions[2].action' }] },
    });
  });
});

describe('amending', () => {
  it('resumes a lineage that a deferred required column held, and replays', async () => {
    const { device, amend } = await approvedBut({ id: { action: 'defer' } }, [
      put(1, { id: 1, mode: 'a', setpoint: 1 }),
    ]);
    const causes = () => db.sql`
      select cause from tidegate.pause_cause p join tidegate.lineage l on l.id = p.lineage_id
      where l.device_id = ${device.id}`;
    expect(await causes()).toHaveLength(1);
    await amend();
    expect(await causes()).toEqual([]);
    expect(await mirrorRowsOf(db, device.id)).toEqual([{ id: 1, mode: 'a', setpoint: 1 }]);
  });

  it('mirrors an ignored column from then on: what came before stays NULL', async () => {
    const { device, amend } = await approvedBut({ mode: { action: 'ignore' } }, [
      put(1, { id: 1, mode: 'a', setpoint: 1 }),
    ]);
    await amend();
    await device.send(DEVICE_STATE, [put(2, { id: 2, mode: 'b', setpoint: 2 })]);
    expect(await mirrorRowsOf(db, device.id)).toEqual([
      { id: 1, mode: null, setpoint: 1 },
      { id: 2, mode: 'b', setpoint: 2 },
    ]);
    await expect(amend()).rejects.toMatchObject({ status: 409, code: 'nothing_to_amend' });
  });

  it('takes nothing back, and refuses a stale version', async () => {
    const { device, amend } = await approvedBut(DEFERRED, [put(1, { id: 1, mode: 'a', setpoint: 1 })]);
    const taken = decide(DEVICE_STATE, { mode: { action: 'ignore' } });
    await expect(amend(taken)).rejects.toMatchObject({
      status: 422,
      extra: { errors: [{ code: 'already_decided', detail: expect.stringContaining('"mode"') }] },
    });
    const renamed = decide(DEVICE_STATE, { mode: { mirror_column_name: 'other' } });
    await expect(amend(renamed)).rejects.toMatchObject({ extra: { errors: [{ code: 'already_decided' }] } });
    await expect(amend(decide(DEVICE_STATE), 1)).rejects.toMatchObject({
      status: 409,
      code: 'stale_action_version',
    });
    expect(await keptOf(device)).toBe(1);
  });
});

it('an additive schema does not publish by itself what was ignored', async () => {
  const { device } = await approvedBut({ mode: { action: 'ignore' } }, [
    put(1, { id: 1, mode: 'secret', setpoint: 1 }),
  ]);
  await patchPolicy({
    ctx: device.operator,
    projectId: device.tenancy.projectId,
    input: { allow_additive_continue: true },
  });
  const wider: TestTable = {
    ...DEVICE_STATE,
    columns: [
      ...DEVICE_STATE.columns,
      { name: 'note', decl_type_affinity: 'TEXT', pk_ordinal: 0, not_null: false },
    ],
  };
  await device.send(wider, [put(2, { id: 2, mode: 'secret', setpoint: 2, note: 'n' })]);
  expect(await mirrorRowsOf(db, device.id)).toEqual([
    { id: 1, setpoint: 1, note: null },
    { id: 2, setpoint: 2, note: 'n' },
  ]);
});
