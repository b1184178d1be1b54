import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Remedy } from '@/server/contract/rows';
import { createDb, type RootDb } from '@/server/db/client';
import { listFailures } from '@/server/engine/materialize/list-failures';
import { retryFailures } from '@/server/engine/materialize/retry-failures';
import { pauseLineage, resumeLineage } from '@/server/engine/staging/pause-lineage';
import { createDataPoint } from '@/server/engine/telemetry/create-data-point';
import type { RowChangeInput } from '@/server/protocol/row-batch-encode';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import {
  approveNewest,
  DEVICE_STATE,
  drainReplays,
  makeDevice,
  mirrorRowsOf,
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

/** A lineage whose approved schema met `rows`, and its failures. With `isMeasured` its setpoint goes to a data point. */
async function lineageWith(rows: RowChangeInput[], { isMeasured = false } = {}) {
  const device = await makeDevice(db);
  await device.send(DEVICE_STATE, [put(1, { id: 0, mode: 'first', setpoint: 0 })]);
  const actions = isMeasured ? { setpoint: await mapTo(device, 'setpoint') } : {};
  await approveNewest(db, device, DEVICE_STATE, actions);
  await drainReplays(db);
  await device.send(DEVICE_STATE, rows);
  const [lineage] = await db.sql<
    { id: string }[]
  >`select id from tidegate.lineage where device_id = ${device.id}`;
  const place = { ctx: device.operator, projectId: device.tenancy.projectId, lineageId: lineage?.id ?? '' };
  const groups = () => listFailures(place);
  const retry = async (groupId: string, remedy: Remedy) => {
    const done = await retryFailures({ ...place, groupId, input: { remedy } });
    await drainReplays(db);
    return done;
  };
  const staged = async () => {
    const [row] = await db.sql<{ n: string }[]>`
      select staged_rows as n from tidegate.lineage where id = ${place.lineageId}`;
    return Number(row?.n);
  };
  return { device, place, groups, retry, staged };
}

/** The action that sends a column to a new data point of the device. */
async function mapTo(device: TestDevice, name: string) {
  const place = { ctx: device.operator, projectId: device.tenancy.projectId, deviceId: device.id };
  const point = await createDataPoint({ ...place, input: { name, value_type: 'numeric' } });
  return { action: 'map' as const, device_data_point_id: point.id };
}

const WARM = [
  put(2, { id: 1, mode: 'a', setpoint: 'warm' }),
  put(3, { id: 2, mode: 'b', setpoint: 'hot' }),
  put(4, { id: 3, mode: 'nul \0', setpoint: 3 }),
  put(5, { id: 'x', mode: 'c', setpoint: 4 }),
];

const TOTALS: TestTable = {
  name: 'totals',
  columns: [
    { name: 'id', decl_type_affinity: 'NUMERIC', pk_ordinal: 1, not_null: true },
    { name: 'total', decl_type_affinity: 'NUMERIC', pk_ordinal: 0, not_null: false },
  ],
};

describe('failed rows', () => {
  it('are grouped by column and kind, with what can be done', async () => {
    const { device, place, groups } = await lineageWith(WARM);
    const found = await groups();
    expect(found.map((g) => [g.column, g.kind, g.rows])).toEqual([
      ['setpoint', 'not_a_number', 2],
      ['id', 'not_an_integer', 1],
      ['mode', 'nul_character', 1],
    ]);
    const allowed = (i: number) => found[i]?.remedies.filter((r) => r.refused === null).map((r) => r.remedy);
    expect(allowed(0)).toEqual(['as_is', 'null_value', 'text_column']);
    expect(allowed(1)).toEqual(['as_is']);
    expect(allowed(2)).toEqual(['as_is', 'null_value']);
    expect(found[0]?.example).toMatchObject({ error: expect.stringContaining('"warm"'), pk: '{"id":1}' });
    const hidden = await listFailures({ ...place, ctx: device.tenancy.people.viewer.ctx });
    expect(JSON.stringify(hidden)).not.toContain('warm');
  });

  it('stay staged when they fail again, and land with NULL where that is decided', async () => {
    const { device, groups, retry, staged } = await lineageWith(WARM.slice(0, 2));
    const id = (await groups())[0]?.id ?? '';
    expect(await retry(id, 'as_is')).toMatchObject({ rows: 2, text_column_name: null });
    expect(await staged()).toBe(2);
    expect(await groups()).toMatchObject([{ id, rows: 2 }]);
    await retry(id, 'null_value');
    expect(await staged()).toBe(0);
    expect(await groups()).toEqual([]);
    expect(await mirrorRowsOf(db, device.id)).toEqual([
      { id: 0, mode: 'first', setpoint: 0 },
      { id: 1, mode: 'a', setpoint: null },
      { id: 2, mode: 'b', setpoint: null },
    ]);
    // Later rows are not touched by it.
    await device.send(DEVICE_STATE, [put(9, { id: 4, mode: 'd', setpoint: 'cold' })]);
    expect(await staged()).toBe(1);
    const events = await db.sql`
      select data from tidegate.event where kind = 'edge_table_lineage.failures_retried'
        and device_id = ${device.id} order by id`;
    expect(events.map((e) => (e['data'] as { remedy: string }).remedy)).toEqual(['as_is', 'null_value']);
  });

  it('land as text beside their column, and so do later ones', async () => {
    const { device, groups, retry, staged } = await lineageWith(WARM.slice(0, 2));
    const done = await retry((await groups())[0]?.id ?? '', 'text_column');
    expect(done).toMatchObject({ text_column_name: 'setpoint_text' });
    await device.send(DEVICE_STATE, [
      put(9, { id: 4, mode: 'd', setpoint: 'cold' }),
      put(10, { id: 2, mode: 'b', setpoint: 7.5 }),
    ]);
    expect(await staged()).toBe(0);
    expect(await mirrorRowsOf(db, device.id)).toEqual([
      { id: 0, mode: 'first', setpoint: 0, setpoint_text: null },
      { id: 1, mode: 'a', setpoint: null, setpoint_text: 'warm' },
      { id: 2, mode: 'b', setpoint: 7.5, setpoint_text: null },
      { id: 4, mode: 'd', setpoint: null, setpoint_text: 'cold' },
    ]);
  });

  it('are repeats once they have landed by a remedy, when their batch comes again', async () => {
    const { device, groups, retry, staged } = await lineageWith(WARM.slice(0, 2));
    await retry((await groups())[0]?.id ?? '', 'null_value');
    const before = await mirrorRowsOf(db, device.id);
    const outcome = await device.send(DEVICE_STATE, WARM.slice(0, 2));
    expect(outcome).toMatchObject({ kind: 'accepted', duplicates: 2, staged: 0 });
    expect(await staged()).toBe(0);
    expect(await mirrorRowsOf(db, device.id)).toEqual(before);
    const [lineage] = await db.sql`
      select failure_count, duplicate_rows::int as duplicates from tidegate.lineage where device_id = ${device.id}`;
    expect(lineage).toEqual({ failure_count: 1, duplicates: 2 });
  });

  it('are repeats as well when their batch comes again while their table is paused', async () => {
    const { device, place, groups, retry, staged } = await lineageWith(WARM.slice(0, 2));
    await retry((await groups())[0]?.id ?? '', 'null_value');
    const before = await mirrorRowsOf(db, device.id);
    await pauseLineage({ ...place, input: { reason: 'work on the line' } });
    const late = put(6, { id: 9, mode: 'late', setpoint: 1 });
    await device.send(DEVICE_STATE, [put(7, { id: 10, mode: 'new', setpoint: 1 })]);
    const outcome = await device.send(DEVICE_STATE, [...WARM.slice(0, 2), late]);
    expect(outcome).toMatchObject({ kind: 'accepted', duplicates: 2, staged: 1 });
    await resumeLineage(place);
    await drainReplays(db);
    expect(await staged()).toBe(0);
    expect(await groups()).toEqual([]);
    expect(await mirrorRowsOf(db, device.id)).toEqual([
      ...before,
      { id: 9, mode: 'late', setpoint: 1 },
      { id: 10, mode: 'new', setpoint: 1 },
    ]);
  });

  it("are repeats also where the value that was let through as NULL is a data point's", async () => {
    const { device, place, groups, retry, staged } = await lineageWith(WARM.slice(0, 2), {
      isMeasured: true,
    });
    expect(await groups()).toMatchObject([{ column: 'setpoint', kind: 'not_a_number', rows: 2 }]);
    await retry((await groups())[0]?.id ?? '', 'null_value');
    const before = await mirrorRowsOf(db, device.id);
    expect(before).toHaveLength(3);
    const again = () => device.send(DEVICE_STATE, WARM.slice(0, 2));
    expect(await again()).toMatchObject({ kind: 'accepted', duplicates: 2, staged: 0 });
    await pauseLineage({ ...place, input: { reason: 'work on the line' } });
    expect(await again()).toMatchObject({ kind: 'accepted', duplicates: 2, staged: 0 });
    await resumeLineage(place);
    await drainReplays(db);
    expect(await staged()).toBe(0);
    expect(await mirrorRowsOf(db, device.id)).toEqual(before);
    // What has not been let through fails as ever, beside what has.
    const late = put(1_000, { id: 7, mode: 'late', setpoint: 'cold' });
    expect(await device.send(DEVICE_STATE, [...WARM.slice(0, 2), late])).toMatchObject({
      duplicates: 2,
      staged: 1,
    });
    expect(await groups()).toMatchObject([{ column: 'setpoint', rows: 1 }]);
  });

  it('with a key that only Postgres finds too large fail alone, also in a batch that comes late', async () => {
    const device = await makeDevice(db);
    await device.send(TOTALS, [put(1, { id: 1, total: 1 })]);
    await approveNewest(db, device, TOTALS);
    await drainReplays(db);
    await device.send(TOTALS, [put(9, { id: 9, total: 9 })]);
    const outcome = await device.send(TOTALS, [
      put(2, { id: '9'.repeat(140_000), total: 'warm' }),
      put(3, { id: 3, total: 3 }),
    ]);
    expect(outcome).toMatchObject({ kind: 'accepted', duplicates: 0, staged: 1 });
    expect(await mirrorRowsOf(db, device.id)).toEqual([
      { id: 1, total: 1 },
      { id: 3, total: 3 },
      { id: 9, total: 9 },
    ]);
  });

  it('refuse a remedy that would lose the key, and a group that is gone', async () => {
    const { groups, retry, staged } = await lineageWith(WARM);
    const key = (await groups()).find((g) => g.column === 'id')?.id ?? '';
    for (const remedy of ['null_value', 'text_column'] as const) {
      await expect(retry(key, remedy)).rejects.toMatchObject({
        status: 422,
        code: 'remedy_refused',
        detail: expect.stringContaining('part of the key'),
      });
    }
    await expect(retry('0000000000000000', 'as_is')).rejects.toMatchObject({ status: 404 });
    expect(await staged()).toBe(4);
  });
});
