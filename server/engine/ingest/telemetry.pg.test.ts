// Telemetry from batch to mirror and data points: dedup, the order of batch seqs, staging and replay.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDb, type RootDb } from '@/server/db/client';
import { createDataPoint } from '@/server/engine/telemetry/create-data-point';
import { listDataPoints } from '@/server/engine/telemetry/list-data-points';
import { uuidV7 } from '@/server/lib/uuid';
import { encodeTelemetryBatch, type TelemetryRowInput } from '@/server/protocol/telemetry-batch-encode';
import { CHANNELS } from '@/server/protocol/topics';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import {
  approveNewest,
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

const TEMPS: TestTable = {
  name: 'temps',
  columns: [
    { name: 'ts', decl_type_affinity: 'TEXT', pk_ordinal: 0, not_null: true },
    { name: 'value_c', decl_type_affinity: 'NUMERIC', pk_ordinal: 0, not_null: false },
    { name: 'label', decl_type_affinity: 'TEXT', pk_ordinal: 0, not_null: false },
  ],
};

const at = (second: number, fields: TelemetryRowInput['fields'], rowId?: string): TelemetryRowInput => ({
  ts: `2026-04-28T09:00:${String(second).padStart(2, '0')}Z`,
  fields,
  ...(rowId === undefined ? {} : { rowId }),
});

const batch = (seq: number, rows: TelemetryRowInput[], batchId = uuidV7()): string =>
  encodeTelemetryBatch({
    batchId,
    batchSeq: BigInt(seq),
    sourceTable: TEMPS.name,
    schemaHash: hashOf(TEMPS),
    schemaColumns: TEMPS.columns,
    rows,
  });

const send = (device: TestDevice, payload: string) => device.sendRaw(payload, CHANNELS.telemetryBatch);

const lineageOf = async (device: TestDevice): Promise<Record<string, unknown>> => {
  const [row] = await db.sql<Record<string, unknown>[]>`
    select capture, watermark_batch_seq, staged_rows, accepted_rows, duplicate_rows, rejected_rows
    from tidegate.lineage where device_id = ${device.id}`;
  return row ?? {};
};

/** Columns without the one that holds a time of writing. */
const withoutEventTs = (rows: Record<string, unknown>[]) =>
  rows.map(({ event_ts: _, ...rest }) => rest).sort((a, b) => String(a['ts']).localeCompare(String(b['ts'])));

/** What a list of data points says of each, by name. */
const listed = async (device: TestDevice) => {
  const at = { ctx: device.operator, projectId: device.tenancy.projectId, deviceId: device.id };
  const { items } = await listDataPoints({ ...at, input: {} });
  return new Map(items.map((point) => [point.name, point]));
};

describe('the list of data points', () => {
  it('says what fills each, how many values came lately, and whether the clock is ahead', async () => {
    const device = await makeDevice(db);
    await db.sql`
      insert into tidegate.policy (scope, scope_id, fields) values ('project', ${device.tenancy.projectId},
        '{"allow_auto_create_device_data_points": true}')
      on conflict (scope, scope_id) do update set fields = excluded.fields`;
    const sample = (minutes: number): TelemetryRowInput => ({
      ts: new Date(Date.now() + minutes * 60_000).toISOString(),
      fields: { value_c: '1', label: 'x' },
    });
    await send(device, batch(1, [sample(-90), sample(-30), sample(-5)]));
    await approveNewest(db, device, TEMPS, { value_c: { action: 'auto_create_and_map' } });
    await drainReplays(db);
    await createDataPoint({
      ctx: device.operator,
      projectId: device.tenancy.projectId,
      deviceId: device.id,
      input: { name: 'unused', value_type: 'text' },
    });
    const before = await listed(device);
    expect(before.get('unused')).toMatchObject({ mapped_from: [], latest: null, values_last_hour: 0 });
    expect(before.get('temps.value_c')).toMatchObject({
      mapped_from: [
        {
          source_table: 'temps',
          source_column_name: 'value_c',
          action: 'auto_create_and_map',
          is_current: true,
        },
      ],
      values_last_hour: 2,
      is_from_future: false,
    });
    await send(device, batch(2, [sample(30)]));
    expect((await listed(device)).get('temps.value_c')).toMatchObject({ is_from_future: true });
  });
});

describe('a telemetry table', () => {
  it('is staged until it is approved, replayed exactly, and written live from then on', async () => {
    const device = await makeDevice(db);
    const rowId = uuidV7();
    const first = batch(1, [
      at(0, { value_c: '12345678901234567890.10', label: 'a' }, rowId),
      at(1, { value_c: '-0.5', label: null }),
    ]);
    expect(await send(device, first)).toMatchObject({
      kind: 'accepted',
      rows: 2,
      staged: 2,
      receipt: { serverWatermark: 1n },
    });
    const staged = await db.sql`
      select s.journal_epoch, s.event_ts, s.pk, s.commit_seq, s.epoch_ordinal from tidegate.staged_row s
      join tidegate.lineage l on l.id = s.lineage_id where l.device_id = ${device.id} order by s.event_ts`;
    expect(staged).toMatchObject([
      { journal_epoch: null, event_ts: '2026-04-28T09:00:00Z', pk: JSON.stringify({ row_id: rowId }) },
      { pk: '{"ts":"2026-04-28T09:00:01.000000000Z"}', commit_seq: '1', epoch_ordinal: '0' },
    ]);
    expect(await newestReview(db, device.id)).toMatchObject({ status: 'queued', sourceTable: 'temps' });
    await approveNewest(db, device, TEMPS);
    await drainReplays(db);
    await send(device, batch(2, [at(2, { value_c: '3', label: 'c' })]));
    const rows = await mirrorRowsOf(db, device.id);
    expect(withoutEventTs(rows)).toEqual([
      { sample_id: rowId, ts: '2026-04-28T09:00:00Z', value_c: 12345678901234567890.1, label: 'a' },
      { sample_id: '2026-04-28T09:00:01.000000000Z', ts: '2026-04-28T09:00:01Z', value_c: -0.5, label: null },
      { sample_id: '2026-04-28T09:00:02.000000000Z', ts: '2026-04-28T09:00:02Z', value_c: 3, label: 'c' },
    ]);
    const [exact] = await db.sql<{ table_name: string }[]>`
      select table_name from tidegate.mirror where scope_id = ${device.id}`;
    const [value] = await db.sql`
      select value_c::text as text, event_ts = '2026-04-28T09:00:00Z' as same
      from tidegate_mirror.${db.sql(exact?.table_name ?? '')} where sample_id = ${rowId}`;
    expect(value).toEqual({ text: '12345678901234567890.10', same: true });
    expect(await lineageOf(device)).toMatchObject({
      capture: 'telemetry',
      watermark_batch_seq: '2',
      staged_rows: '0',
      accepted_rows: '3',
    });
  });

  it('takes a repeat of an accepted batch as a success that changes nothing', async () => {
    const device = await makeDevice(db);
    const payload = batch(7, [at(0, { value_c: '1', label: 'x' })]);
    await send(device, payload);
    const before = await lineageOf(device);
    expect(await send(device, payload)).toMatchObject({
      kind: 'accepted',
      rows: 1,
      duplicates: 1,
      receipt: { outcome: 'accepted', serverWatermark: 7n },
    });
    expect(await lineageOf(device)).toEqual(before);
    await db.sql`delete from tidegate.batch_ledger where device_id = ${device.id}`;
    expect(await send(device, payload)).toMatchObject({ kind: 'rejected' });
    expect(await lineageOf(device)).toMatchObject({
      staged_rows: '1',
      accepted_rows: '1',
      rejected_rows: '1',
    });
  });

  it('refuses another batch with the current seq or a lower one, keeps it, and changes nothing', async () => {
    const device = await makeDevice(db);
    await send(device, batch(5, [at(0, { value_c: '1', label: 'x' })]));
    const equal = await send(device, batch(5, [at(1, { value_c: '2', label: 'y' })]));
    expect(equal).toMatchObject({
      kind: 'rejected',
      code: 'duplicate_batch_seq',
      receipt: { serverWatermark: 5n },
    });
    const lower = await send(device, batch(4, [at(2, { value_c: '3', label: 'z' })]));
    expect(lower).toMatchObject({ kind: 'rejected', code: 'stale_batch_seq' });
    const kept = await db.sql`
      select code, source_table from tidegate.rejected_batch where device_id = ${device.id} order by received_at`;
    expect(kept).toMatchObject([{ code: 'duplicate_batch_seq' }, { code: 'stale_batch_seq' }]);
    expect(await lineageOf(device)).toMatchObject({ staged_rows: '1', watermark_batch_seq: '5' });
  });

  it('lets the later of two samples with one key stand, staged or live', async () => {
    const device = await makeDevice(db);
    const twice = (second: number) => [
      at(second, { value_c: '1', label: 'first' }),
      at(second, { value_c: '2', label: 'second' }),
    ];
    expect(await send(device, batch(1, twice(0)))).toMatchObject({ rows: 2, duplicates: 1, staged: 1 });
    await approveNewest(db, device, TEMPS);
    await send(device, batch(2, twice(1)));
    await send(device, batch(3, [at(0, { value_c: '3', label: 'corrected' })]));
    await drainReplays(db);
    expect((await mirrorRowsOf(db, device.id)).map((r) => r['label']).sort()).toEqual([
      'corrected',
      'second',
    ]);
  });

  it('keeps a sample that cannot be written, and lets the rest of its batch through', async () => {
    const device = await makeDevice(db);
    await send(device, batch(1, [at(0, { value_c: '1', label: 'x' })]));
    await approveNewest(db, device, TEMPS);
    await drainReplays(db);
    const outcome = await send(
      device,
      batch(2, [at(1, { value_c: 'warm', label: 'x' }), at(2, { value_c: '2', label: 'y' })]),
    );
    expect(outcome).toMatchObject({ rows: 2, staged: 1 });
    expect(await mirrorRowsOf(db, device.id)).toHaveLength(2);
  });

  it('refuses row changes of the same table, and the reverse', async () => {
    const device = await makeDevice(db);
    await send(device, batch(1, [at(0, { value_c: '1', label: 'x' })]));
    const other = await device.send({ ...TEMPS, name: 'temps' }, [put(1, { id: 1 })]);
    expect(other).toMatchObject({ kind: 'rejected', code: 'unsupported_capture_strategy' });
    expect(await lineageOf(device)).toMatchObject({ capture: 'telemetry', staged_rows: '1' });
  });

  it('maps columns to data points, whose newest value does not depend on the order of arrival', async () => {
    const device = await makeDevice(db);
    await db.sql`
      insert into tidegate.policy (scope, scope_id, fields) values ('project', ${device.tenancy.projectId},
        '{"allow_auto_create_device_data_points": true}')
      on conflict (scope, scope_id) do update set fields = excluded.fields`;
    await send(device, batch(1, [at(9, { value_c: '0.10', label: 'newest' })]));
    await approveNewest(db, device, TEMPS, { value_c: { action: 'auto_create_and_map' } });
    await send(device, batch(2, [at(3, { value_c: '7', label: 'older' })]));
    await drainReplays(db);
    const values = await db.sql`
      select extract(second from v.ts)::int as second, v.value_numeric::text as value
      from tidegate.telemetry_data_point_value v where device_id = ${device.id} order by v.ts`;
    expect(values).toEqual([
      { second: 3, value: '7' },
      { second: 9, value: '0.10' },
    ]);
    const latest = await db.sql`
      select p.name, l.value_numeric::text as value from tidegate.data_point_latest l
      join tidegate.device_data_point p on p.id = l.data_point_id where p.device_id = ${device.id}`;
    expect(latest).toEqual([{ name: 'temps.value_c', value: '0.10' }]);
    expect(await send(device, batch(3, [at(4, { value_c: 'warm', label: 'x' })]))).toMatchObject({
      staged: 1,
    });
  });

  it('maps to a data point of its device by its id, and lists its newest value with every digit', async () => {
    const device = await makeDevice(db);
    const place = { ctx: device.operator, projectId: device.tenancy.projectId, deviceId: device.id };
    const point = await createDataPoint({ ...place, input: { name: 'outside', value_type: 'numeric' } });
    await send(device, batch(1, [at(0, { value_c: '12345678901234567890.10', label: 'x' })]));
    await approveNewest(db, device, TEMPS, {
      value_c: { action: 'map', device_data_point_id: point.id },
    });
    await drainReplays(db);
    const { items } = await listDataPoints({ ...place, input: {} });
    expect(items).toMatchObject([
      { id: point.id, name: 'outside', latest: { value: '12345678901234567890.10' } },
    ]);
    await expect(
      createDataPoint({ ...place, input: { name: 'outside', value_type: 'text' } }),
    ).rejects.toMatchObject({ status: 409, code: 'data_point_name_taken' });
  });
});
