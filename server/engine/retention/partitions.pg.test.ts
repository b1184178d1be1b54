// Partitions of telemetry values and of the ledger over time: made ahead, filled late, dropped whole.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDb, type RootDb } from '@/server/db/client';
import { classifySqlError } from '@/server/db/sqlstate';
import { uuidV4, uuidV7 } from '@/server/lib/uuid';
import { encodeTelemetryBatch } from '@/server/protocol/telemetry-batch-encode';
import { CHANNELS } from '@/server/protocol/topics';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import { DEVICE_STATE, hashOf, makeDevice, put, systemCtx } from '@/server/testing/engine';
import { writeSamples } from '../telemetry/write-samples';
import type { Ctx } from '../context/context';
import { BATCH_LEDGER, partitionsOf, TELEMETRY_VALUES } from './partitions';
import { runRetention } from './retain';

let database: TestDatabase;
let db: RootDb;
let other: RootDb;

beforeEach(async () => {
  database = await createTestDatabase();
  db = createDb(database.url);
  other = createDb(database.url);
});
afterEach(async () => {
  await Promise.all([db.end(), other.end()]);
  await database.drop();
});

const never = new AbortController().signal;
const SETTINGS = { telemetryDays: 100, ledgerDays: 30 };
const ctxAt = (now: string, on: RootDb = db): Ctx => ({
  ...systemCtx(on),
  clock: { now: () => new Date(now) },
});
const run = (now: string, on: RootDb = db) => runRetention(ctxAt(now, on), SETTINGS, never);

/** Where the values of a device are: partition and value, oldest first. */
const valuesOf = (deviceId: string) =>
  db.sql<{ part: string; value: string }[]>`
    select (select c.relname from pg_class c where c.oid = v.tableoid) as part, value_numeric::text as value
    from tidegate.telemetry_data_point_value v where device_id = ${deviceId} order by ts`;

async function makePoint(): Promise<{
  deviceId: string;
  write: (ts: string, value: number) => Promise<void>;
}> {
  const { id: deviceId } = await makeDevice(db);
  const pointId = uuidV4();
  await db.sql`
    insert into tidegate.device_data_point (id, device_id, name, value_type)
    values (${pointId}, ${deviceId}, 'outside', 'numeric')`;
  return {
    deviceId,
    write: (ts, value) =>
      writeSamples(db, { deviceId, points: [], timeColumn: null }, [
        {
          pointId,
          ts,
          nanos: 0,
          epoch: 0n,
          seq: BigInt(value),
          key: '00',
          json: `{"p":"${pointId}","t":"${ts}","n":0,"e":0,"s":${value},"k":"\\\\x00","vn":${value}}`,
        },
      ]),
  };
}

describe('telemetry values', () => {
  it('land in partitions made ahead, and whatever their time is', async () => {
    const made = (await run('2026-11-22T12:00:00Z')).partitionsMade;
    expect(made).toEqual([
      'batch_ledger_p20261116',
      'batch_ledger_p20261123',
      'batch_ledger_p20261130',
      'telemetry_data_point_value_p20261101',
      'telemetry_data_point_value_p20261201',
      'telemetry_data_point_value_p20270101',
    ]);
    expect((await run('2026-11-22T12:01:00Z')).partitionsMade).toEqual([]);
    const { deviceId, write } = await makePoint();
    await write('2026-11-22T11:59:00Z', 3);
    await write('2026-12-31T23:59:59.999999Z', 4);
    await write('2026-09-30T23:59:59.999999Z', 2);
    await write('1970-01-01T00:00:00Z', 1);
    await write('2099-01-01T00:00:00Z', 5);
    expect(await valuesOf(deviceId)).toEqual([
      { part: 'telemetry_data_point_value_other', value: '1' },
      { part: 'telemetry_data_point_value_other', value: '2' },
      { part: 'telemetry_data_point_value_p20261101', value: '3' },
      { part: 'telemetry_data_point_value_p20261201', value: '4' },
      { part: 'telemetry_data_point_value_other', value: '5' },
    ]);
  });

  it('move from the default partition to their own, and a correction then still replaces its value', async () => {
    await run('2026-11-22T12:00:00Z');
    const { deviceId, write } = await makePoint();
    await write('2026-09-30T23:59:59.999999Z', 2);
    await write('2027-03-05T00:00:00Z', 5);
    expect((await run('2026-11-22T12:01:00Z')).partitionsMade).toEqual([
      'telemetry_data_point_value_p20260901',
    ]);
    await write('2026-09-30T23:59:59.999999Z', 7);
    await write('2026-09-30T23:59:59.999999Z', 6);
    expect(await valuesOf(deviceId)).toEqual([
      { part: 'telemetry_data_point_value_p20260901', value: '7' },
      { part: 'telemetry_data_point_value_other', value: '5' },
    ]);
    await run('2027-01-02T00:00:00Z');
    expect((await valuesOf(deviceId)).at(-1)).toEqual({
      part: 'telemetry_data_point_value_p20270301',
      value: '5',
    });
  });

  it('leave with their month once all of it is past the retention; the newest value stays readable', async () => {
    await run('2026-11-22T12:00:00Z');
    const { deviceId, write } = await makePoint();
    await write('1970-01-01T00:00:00Z', 1);
    await write('2026-11-01T00:00:00Z', 2);
    await write('2026-11-30T00:00:00Z', 3);
    const kept = await run('2027-03-10T00:00:00Z');
    expect(kept.rowsDeleted.stray_values).toBe(1);
    expect((await valuesOf(deviceId)).map((v) => v.value)).toEqual(['2', '3']);
    const gone = await run('2027-03-11T00:00:00Z');
    expect(gone.partitionsDropped).toEqual(['telemetry_data_point_value_p20261101']);
    expect(await valuesOf(deviceId)).toEqual([]);
    const latest = await db.sql`
      select value_numeric::text as value from tidegate.data_point_latest where device_id = ${deviceId}`;
    expect(latest).toEqual([{ value: '3' }]);
  });
});

describe('the batch ledger', () => {
  const TEMPS = {
    name: 'temps',
    columns: [{ name: 'value_c', decl_type_affinity: 'REAL' as const, pk_ordinal: 0, not_null: false }],
  };

  it('forgets a telemetry batch with its week; the repeat is then stale, and changes nothing', async () => {
    const device = await makeDevice(db);
    const payload = encodeTelemetryBatch({
      batchId: uuidV7(),
      batchSeq: 7n,
      sourceTable: TEMPS.name,
      schemaHash: hashOf(TEMPS),
      schemaColumns: TEMPS.columns,
      rows: [{ ts: '2026-04-28T09:00:00Z', fields: { value_c: 1 } }],
    });
    const send = () => device.sendRaw(payload, CHANNELS.telemetryBatch);
    await send();
    await run(new Date().toISOString());
    expect(await send()).toMatchObject({ kind: 'accepted', duplicates: 1 });
    const before = await db.sql`select accepted_rows, staged_rows, watermark_batch_seq from tidegate.lineage`;
    const later = new Date(Date.now() + 40 * 86_400_000).toISOString();
    const { partitionsDropped, rowsDeleted } = await run(later);
    expect(partitionsDropped.length).toBeGreaterThan(0);
    expect(rowsDeleted.stray_values).toBe(0);
    expect(await send()).toMatchObject({ kind: 'rejected', code: 'stale_batch_seq' });
    expect(
      await db.sql`select accepted_rows, staged_rows, watermark_batch_seq from tidegate.lineage`,
    ).toEqual(before);
  });

  it('takes a repeat of a row batch that it has forgotten without a change', async () => {
    const device = await makeDevice(db);
    const batchId = uuidV7();
    const rows = [put(1, { id: 1, mode: 'a', setpoint: 1 })];
    await device.send(DEVICE_STATE, rows, { batchId });
    const later = new Date(Date.now() + 40 * 86_400_000).toISOString();
    await run(new Date().toISOString());
    await run(later);
    expect(await db.sql`select from tidegate.batch_ledger`).toHaveLength(0);
    expect(await device.send(DEVICE_STATE, rows, { batchId })).toMatchObject({ duplicates: 1 });
    expect(await db.sql`select from tidegate.staged_row`).toHaveLength(1);
  });
});

describe('two workers and a stop', () => {
  it('make every partition once, and nothing after an abort', async () => {
    const now = '2026-11-22T12:00:00Z';
    const stopped = await runRetention(ctxAt(now), SETTINGS, AbortSignal.abort());
    expect(stopped.partitionsMade).toEqual([]);
    await Promise.all([run(now), run(now, other), run(now), run(now, other)]);
    await run(now);
    for (const table of [BATCH_LEDGER, TELEMETRY_VALUES])
      expect(await partitionsOf(db, table)).toHaveLength(4);
  });

  it('cost a row that they overtake another try, and never the blame', async () => {
    const { deviceId, write } = await makePoint();
    let late: Promise<unknown> = Promise.resolve();
    await other.transaction(async ({ sql }) => {
      await sql`lock table tidegate.telemetry_data_point_value_other in access exclusive mode`;
      late = write('2026-11-22T12:00:00Z', 1).catch((error: unknown) => classifySqlError(error));
      await expect
        .poll(async () => {
          const [row] = await db.sql<{ n: number }[]>`
            select count(*)::int as n from pg_stat_activity
            where datname = current_database() and wait_event_type = 'Lock'`;
          return row?.n;
        })
        .toBe(1);
      await sql`create table tidegate.meanwhile partition of tidegate.telemetry_data_point_value
        for values from ('2026-11-01') to ('2026-12-01')`;
    });
    expect(await late).toBe('transient');
    await write('2026-11-22T12:00:00Z', 1);
    expect(await valuesOf(deviceId)).toEqual([{ part: 'meanwhile', value: '1' }]);
  });

  it('leave a table that is in use to the next round, and the rest goes on', async () => {
    const now = '2026-11-22T12:00:00Z';
    await other.transaction(async (busy) => {
      await busy.sql`lock table tidegate.batch_ledger_other in access share mode`;
      const { partitionsMade } = await run(now);
      expect(partitionsMade.map((name) => name.startsWith('telemetry'))).toEqual([true, true, true]);
    });
    expect((await run(now)).partitionsMade).toHaveLength(3);
  });
});
