import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDb, type RootDb } from '@/server/db/client';
import { getReview } from '@/server/engine/governance/get-review';
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

type Column = TestTable['columns'][number];
const withColumns = (change: (column: Column) => Column[]): TestTable => ({
  ...DEVICE_STATE,
  columns: DEVICE_STATE.columns.flatMap(change),
});
const retyped = (name: string, affinity: Column['decl_type_affinity']): TestTable =>
  withColumns((c) => [c.name === name ? { ...c, decl_type_affinity: affinity } : c]);

async function approved(setpoint: number) {
  const device = await makeDevice(db);
  await device.send(DEVICE_STATE, [put(1, { id: 1, mode: 'a', setpoint })]);
  await approveNewest(db, device, DEVICE_STATE);
  await drainReplays(db);
  return device;
}

const textsOf = async (deviceId: string, column: string) => {
  const [mirror] = await db.sql<{ name: string }[]>`
    select table_name as name from tidegate.mirror where scope_id = ${deviceId}`;
  const rows = await db.sql<{ t: string | null; type: string }[]>`
    select ${db.sql(column)}::text as t, pg_typeof(${db.sql(column)})::text as type
    from tidegate_mirror.${db.sql(mirror?.name ?? '')} order by id`;
  return rows.map((r) => `${r.type} ${String(r.t)}`);
};

describe('a retyped column', () => {
  it('widens its old mirror column exactly, and older schemas go on writing to it', async () => {
    const device = await approved(0.1234567890123456);
    const integer = retyped('setpoint', 'INTEGER');
    await device.send(integer, [put(2, { id: 2, mode: 'b', setpoint: 9007199254740993n })]);
    await approveNewest(db, device, integer, { setpoint: { widen: true } });
    await drainReplays(db);
    await device.send(DEVICE_STATE, [put(3, { id: 3, mode: 'c', setpoint: 2.5 })]);
    expect(await textsOf(device.id, 'setpoint')).toEqual([
      'numeric 0.1234567890123456',
      'numeric 9007199254740993',
      'numeric 2.5',
    ]);
    // A later schema goes on in the widened column by itself.
    const more = {
      ...integer,
      columns: [...integer.columns, { ...DEVICE_STATE.columns[1], name: 'note' } as Column],
    };
    await device.send(more, [put(4, { id: 4, mode: 'd', setpoint: 4, note: 'n' })]);
    const review = await newestReview(db, device.id);
    const detail = await getReview({
      ctx: device.operator,
      projectId: device.tenancy.projectId,
      reviewId: review.id,
    });
    expect(detail.columns.find((c) => c.name === 'setpoint')?.proposed).toMatchObject({
      mirror_column_name: 'setpoint',
    });
  });

  it.each(['TEXT', 'NUMERIC'] as const)(
    'reads the same in a column widened for %s, whether a row came before the widening or after it',
    async (affinity) => {
      const doubles = [1, -0, 0.1, 1e-5, 0.0001, 1e14, 1e15, 1e21, 2.5e-7, 123456789.125];
      const rows = (from: number) =>
        doubles.map((d, i) => put(from + i, { id: from + i, mode: 'a', setpoint: d }));
      const device = await makeDevice(db);
      await device.send(DEVICE_STATE, rows(1));
      await approveNewest(db, device, DEVICE_STATE);
      await drainReplays(db);
      const wider = retyped('setpoint', affinity);
      await device.send(wider, [put(500, { id: 500, mode: 'b', setpoint: 7n })]);
      await approveNewest(db, device, wider, { setpoint: { widen: true } });
      await drainReplays(db);
      await device.send(DEVICE_STATE, rows(100));
      const texts = await textsOf(device.id, 'setpoint');
      expect(texts.slice(doubles.length, -1)).toEqual(texts.slice(0, doubles.length));
    },
  );

  it('gets a new column beside the old one unless it is widened', async () => {
    const device = await approved(1.5);
    const text = retyped('setpoint', 'TEXT');
    await device.send(text, [put(2, { id: 2, mode: 'b', setpoint: 'warm' })]);
    await approveNewest(db, device, text);
    await drainReplays(db);
    const rows = await mirrorRowsOf(db, device.id);
    expect(rows[0]).toMatchObject({ id: 1, setpoint: 1.5 });
    expect(Object.values(rows[1] ?? {})).toContain('warm');
    expect(rows[1]?.['setpoint']).toBeNull();
  });

  it('of the key cannot be widened', async () => {
    const device = await approved(1);
    const text = retyped('id', 'TEXT');
    await device.send(text, [put(2, { id: 'x', mode: 'b', setpoint: 1 })]);
    await expect(approveNewest(db, device, text, { id: { widen: true } })).rejects.toMatchObject({
      extra: { errors: [{ code: 'cannot_continue', detail: expect.stringContaining('generation') }] },
    });
  });
});

describe('a renamed column', () => {
  const renamed = withColumns((c) => [c.name === 'mode' ? { ...c, name: 'state' } : c]);

  it('goes on in the old mirror column, under both schemas', async () => {
    const device = await approved(1);
    await device.send(renamed, [put(2, { id: 2, state: 'b', setpoint: 2 })]);
    await approveNewest(db, device, renamed, { state: { rename_of: 'mode' } });
    await drainReplays(db);
    await device.send(DEVICE_STATE, [put(3, { id: 3, mode: 'c', setpoint: 3 })]);
    expect(await mirrorRowsOf(db, device.id)).toEqual([
      { id: 1, mode: 'a', setpoint: 1 },
      { id: 2, mode: 'b', setpoint: 2 },
      { id: 3, mode: 'c', setpoint: 3 },
    ]);
  });

  it('is proposed with the share of values that agree for the same keys, and never without any', async () => {
    const device = await makeDevice(db);
    const rows = ['a', 'b', 'c', 'd'].map((mode, i) => put(i + 1, { id: i + 1, mode, setpoint: i }));
    await device.send(DEVICE_STATE, rows);
    await approveNewest(db, device, DEVICE_STATE);
    await drainReplays(db);
    const proposals = async () => {
      const { id: reviewId } = await newestReview(db, device.id);
      const { projectId } = device.tenancy;
      return (await getReview({ ctx: device.operator, projectId, reviewId })).rename_proposals;
    };
    await device.send(renamed, [put(5, { id: 9, state: 'a', setpoint: 1 })]);
    expect(await proposals()).toEqual([]);
    const changed = ['a', 'b', 'c', 'other'].map((state, i) => put(i + 6, { id: i + 1, state, setpoint: i }));
    await device.send(renamed, changed);
    expect(await proposals()).toEqual([{ from: 'mode', to: 'state', compared: 4, agreeing: 3, share: 0.75 }]);
  });

  it('is refused where there is nothing to rename', async () => {
    const device = await approved(1);
    await device.send(renamed, [put(2, { id: 2, state: 'b', setpoint: 2 })]);
    await expect(approveNewest(db, device, renamed, { state: { rename_of: 'gone' } })).rejects.toMatchObject({
      extra: { errors: [{ code: 'cannot_continue' }] },
    });
  });
});

it('a changed key keeps the old generation readable, and rows of the old schema still land there', async () => {
  const device = await approved(1);
  const keyed: TestTable = withColumns((c) => [
    c.name === 'mode' ? { ...c, pk_ordinal: 2, not_null: true } : c,
  ]);
  const row = {
    commitSeq: 2n,
    op: 'insert' as const,
    pk: { id: 2, mode: 'b' },
    row: { id: 2, mode: 'b', setpoint: 2 },
  };
  await device.send(keyed, [row]);
  await approveNewest(db, device, keyed);
  await drainReplays(db);
  await device.send(DEVICE_STATE, [put(3, { id: 3, mode: 'c', setpoint: 3 }), remove(4, 1)]);
  const tables = await db.sql<{ name: string }[]>`
    select table_name as name from tidegate.mirror where scope_id = ${device.id} order by generation`;
  const idsOf = async (name: string) =>
    (await db.sql<{ id: string }[]>`select id from tidegate_mirror.${db.sql(name)} order by id`).map(
      (r) => r.id,
    );
  expect(await Promise.all(tables.map((t) => idsOf(t.name)))).toEqual([['3'], ['2']]);
});
