// The inbox of rejected batches: grouped by cause over all of them, retried by kind, exported.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDb, type RootDb } from '@/server/db/client';
import { uuidV7 } from '@/server/lib/uuid';
import { encodeRowBatch } from '@/server/protocol/row-batch-encode';
import {
  DEVICE_STATE,
  hashOf,
  makeDeviceIn,
  makeDevicesIn,
  put,
  type TestDevice,
} from '@/server/testing/engine';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import { makeTenancy, type TestTenancy } from '@/server/testing/tenancy';
import { getOverview } from '../diagnosis/overview';
import { getLineage } from '../governance/get-lineage';
import { exportRejected } from './export-rejected';
import { groupRejected } from './group-rejected';
import { listRejectedBatches } from './list-rejected-batches';
import { retryKind } from './retry-kind';

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

const target = () => ({ ctx: place.people.operator.ctx, projectId: place.projectId });
const groups = (input: Parameters<typeof groupRejected>[0]['input'] = {}) =>
  groupRejected({ ...target(), input });

/** A batch that is refused at the op of one of its rows. */
const badOp = (row: number): string => {
  const rows = Array.from({ length: 3 }, (_, i) => put(i + 1, { id: i, mode: 'x', setpoint: 1 }));
  const text = encodeRowBatch({
    batchId: uuidV7(),
    journalEpoch: uuidV7(),
    sourceTable: DEVICE_STATE.name,
    schemaHash: hashOf(DEVICE_STATE),
    schemaColumns: DEVICE_STATE.columns,
    rows,
  });
  const batch = JSON.parse(text) as { rows: { op: string }[] };
  const bad = batch.rows[row];
  if (bad !== undefined) bad.op = 'replace';
  return JSON.stringify(batch);
};

/** Makes what was kept right, as a newer version of Tidegate or a mended configuration would. */
const mend = (device: TestDevice) => db.sql`
  update tidegate.rejected_batch
  set payload = convert_to(replace(convert_from(payload, 'UTF8'), '"replace"', '"update"'), 'UTF8')
  where device_id = ${device.id}`;

describe('groups', () => {
  it('are one line for one firmware-shaped cause, whichever the row and the device', async () => {
    const [one, two] = await makeDevicesIn(db, place, 2, 'pump');
    await one?.sendRaw(badOp(0));
    await one?.sendRaw(badOp(2));
    await two?.sendRaw(badOp(1));
    await two?.sendRaw('{');
    const { groups: found, total_batches: all } = await groups();
    expect(all).toBe(4);
    expect(found).toMatchObject([
      { code: 'invalid_json', batches: 1, devices: 1, device_name: 'pump-00001', place: null },
      {
        code: 'invalid_op',
        source_table: 'device_state',
        place: 'rows[*].op',
        batches: 3,
        waiting: 3,
        devices: 2,
        device_id: null,
      },
    ]);
    expect(found.map(({ first_at: first, last_at: last }) => first < last)).toEqual([false, true]);
    const byDevice = await groups({ by: 'device', code: 'invalid_op' });
    expect(byDevice.groups.map(({ device_name: name, batches }) => [name, batches])).toEqual([
      ['pump-00001', 1],
      ['pump-00000', 2],
    ]);
  });

  it('count exactly what the list behind each has, at large numbers, with the same filters', async () => {
    const [device] = await makeDevicesIn(db, place, 1, 'pump');
    await db.sql`
      insert into tidegate.rejected_batch (id, org_id, project_id, device_id, topic, code, detail, path, source_table,
        payload, bytes, received_at, retry_outcome)
      select gen_random_uuid(), ${place.orgId}, ${place.projectId}, ${device?.id ?? null}, 't',
        case when n % 3 = 0 then 'invalid_pk' else 'invalid_op' end, 'x', 'rows[' || n || '].op', 'state',
        '\\x78', 1, now() - make_interval(mins => n), case when n % 10 = 0 then 'accepted' end
      from generate_series(1, 30000) n`;
    const { groups: found } = await groups();
    expect(found.map(({ code, batches, waiting }) => [code, batches, waiting])).toEqual([
      ['invalid_op', 20_000, 18_000],
      ['invalid_pk', 10_000, 9_000],
    ]);
    for (const filter of [{ within_hours: 24 }, { state: 'waiting' as const }, { code: 'invalid_pk' }]) {
      for (const { cause, batches } of (await groups(filter)).groups) {
        const input = { ...filter, cause, total: 'exact' as const };
        const list = await listRejectedBatches({ ...target(), input });
        expect(list.meta.total_items, JSON.stringify(filter)).toBe(batches);
      }
    }
  });

  it('are as many as the overview says, for who sees unknown devices too', async () => {
    const device = await makeDeviceIn(db, place, 'pump-1');
    await device.sendRaw('{');
    await db.sql`
      insert into tidegate.rejected_batch (id, topic, code, detail, payload, bytes, received_at)
      values (gen_random_uuid(), 'nobody/x/sync/rows/batch', 'unknown_device', 'x', '\\x78', 1, now())`;
    // Nothing older is there: the owners of the first organisation are those of the installation.
    await db.sql`update tidegate.org set created_at = '2000-01-01' where id = ${place.orgId}`;
    for (const role of ['operator', 'owner'] as const) {
      const { ctx } = place.people[role];
      const { rejected_batches_24h: said } = await getOverview({ ctx, projectId: place.projectId });
      const input = { within_hours: 24 };
      const { total_batches: found } = await groupRejected({ ctx, projectId: place.projectId, input });
      expect([role, said, found]).toEqual(role === 'owner' ? [role, 2, 2] : [role, 1, 1]);
    }
    await db.sql`delete from tidegate.rejected_batch where project_id is null`;
  });

  it('count a device and what came from no known one apart, also in one line', async () => {
    const device = await makeDeviceIn(db, place, 'pump-1');
    await device.sendRaw('{');
    await device.sendRaw('{');
    await db.sql`
      insert into tidegate.rejected_batch (id, topic, code, detail, payload, bytes, received_at)
      values (gen_random_uuid(), 'nobody/x/sync/rows/batch', 'invalid_json', 'x', '\\x78', 1, now())`;
    await db.sql`update tidegate.org set created_at = '1999-01-01' where id = ${place.orgId}`;
    const { ctx } = place.people.owner;
    const of = async (by: 'cause' | 'device') => {
      const found = await groupRejected({ ctx, projectId: place.projectId, input: { by } });
      return found.groups.map(({ batches, devices, device_name }) => [batches, devices, device_name]).sort();
    };
    expect(await of('cause')).toEqual([[3, 2, null]]);
    expect(await of('device')).toEqual([
      [1, 1, null],
      [2, 1, 'pump-1'],
    ]);
    await db.sql`delete from tidegate.rejected_batch where project_id is null`;
  });

  it('hold nothing of another project', async () => {
    const device = await makeDeviceIn(db, place, 'pump-1');
    await device.sendRaw('{');
    const other = await makeTenancy(db);
    const input = {};
    expect(
      await groupRejected({ ctx: other.people.admin.ctx, projectId: other.projectId, input }),
    ).toMatchObject({ groups: [], total_groups: 0 });
  });
});

describe('a kind', () => {
  it('is retried in portions to its end, with a result for each, and what fails stays', async () => {
    const [good, bad] = await makeDevicesIn(db, place, 2, 'pump');
    if (good === undefined || bad === undefined) throw new Error('no devices');
    for (let n = 0; n < 5; n += 1) await good.sendRaw(badOp(n % 3));
    await bad.sendRaw(badOp(0));
    await good.sendRaw('{');
    await mend(good);
    const [group] = (await groups({ code: 'invalid_op' })).groups;
    const cause = group?.cause ?? '';
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const done: Awaited<ReturnType<typeof retryKind>> = await retryKind({
        ...target(),
        input: { cause, after, limit: 2 },
      });
      seen.push(...done.results.map(({ outcome }) => outcome));
      after = done.after;
    } while (after !== null);
    expect(seen).toEqual([...Array.from({ length: 5 }, () => 'accepted'), 'rejected']);
    expect((await groups({ state: 'waiting' })).groups.map(({ code, batches }) => [code, batches])).toEqual([
      ['invalid_json', 1],
      ['invalid_op', 1],
    ]);
    const [rows] = await db.sql<{ n: number }[]>`
      select sum(accepted_rows)::int as n from tidegate.lineage where device_id = ${good.id}`;
    expect(rows?.n).toBe(15);
  });
});

describe('the export', () => {
  it('has every batch once, in order, and payloads only for those who may read rows', async () => {
    const device = await makeDeviceIn(db, place, 'pump-1');
    for (let n = 0; n < 120; n += 1) await device.sendRaw(`{"n":${n}`);
    const read = async (role: 'viewer' | 'operator') => {
      const { ctx } = place.people[role];
      const all: { id: string; payload?: string }[] = [];
      for await (const page of await exportRejected({ ctx, projectId: place.projectId, filter: {} }))
        all.push(...page);
      return all;
    };
    const full = await read('operator');
    expect(full.map(({ payload }) => payload)).toEqual(Array.from({ length: 120 }, (_, n) => `{"n":${n}`));
    expect((await read('viewer')).some(({ payload }) => payload !== undefined)).toBe(false);
  });
});

it('a lineage counts what of its table was refused in the last day and is not in yet, and the list finds the same', async () => {
  const device = await makeDeviceIn(db, place, 'pump');
  await device.send(DEVICE_STATE, [put(1, { id: 1, mode: 'x', setpoint: 1 })]);
  for (const row of [0, 1, 2]) await device.sendRaw(badOp(row));
  await device.sendRaw('{');
  const [first, second] = (await listRejectedBatches({ ...target(), input: { code: 'invalid_op' } })).items;
  await db.sql`update tidegate.rejected_batch set retry_outcome = 'accepted' where id = ${first?.id ?? ''}`;
  await db.sql`
    update tidegate.rejected_batch set received_at = now() - interval '25 hours' where id = ${second?.id ?? ''}`;
  const [lineage] = await db.sql<
    { id: string }[]
  >`select id from tidegate.lineage where device_id = ${device.id}`;
  const { refused_batches: refused, failed_row_count: failed } = await getLineage({
    ...target(),
    lineageId: lineage?.id ?? '',
  });
  expect(refused.waiting).toBe(1);
  expect(failed).toBe(0);
  const behind = await listRejectedBatches({
    ...target(),
    input: { device_id: device.id, source_table: DEVICE_STATE.name, state: 'waiting', within_hours: 24 },
  });
  expect(behind.meta.total_items).toBe(1);
});
