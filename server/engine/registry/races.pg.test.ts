import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDb, type RootDb } from '@/server/db/client';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import {
  approveNewest,
  DEVICE_STATE,
  drainReplays,
  hashOf,
  makeDeviceIn,
  newestReview,
  put,
  systemCtx,
  type TestDevice,
  type TestTable,
} from '@/server/testing/engine';
import { approveShared, claimOpen, mirrorEvery, setMode, sharedRows } from '@/server/testing/registry';
import { makeTenancy } from '@/server/testing/tenancy';
import { uuidV7 } from '@/server/lib/uuid';
import { encodeRowBatch } from '@/server/protocol/row-batch-encode';
import { CHANNELS, topicOf } from '@/server/protocol/topics';
import { ingestGroup } from '../ingest/ingest-group';
import { approveRegistryReview } from './approve-registry-review';

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

const ROW = { id: 1, mode: 'a', setpoint: 1 };

const messageOf = (device: TestDevice, epoch: string, seq: number) => ({
  topic: topicOf(device.rootTopic, CHANNELS.rowsBatch),
  payload: new TextEncoder().encode(
    encodeRowBatch({
      batchId: uuidV7(),
      journalEpoch: epoch,
      previousJournalEpoch: null,
      sourceTable: DEVICE_STATE.name,
      schemaHash: hashOf(DEVICE_STATE),
      schemaColumns: null,
      rows: [put(seq, { ...ROW, id: seq })],
    }),
  ),
});

/** Resolves when `n` connections of the test's database wait for a lock that another one holds. */
const waitingForLocks = (n: number) =>
  expect
    .poll(
      async () => {
        const [row] = await db.sql<{ n: number }[]>`
          select count(*)::int as n from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`;
        return row?.n;
      },
      { timeout: 20_000, interval: 20 },
    )
    .toBe(n);

it('admits a device with a review from an earlier mode by its next batch, also in a group', async () => {
  const tenancy = await makeTenancy(db);
  await setMode(tenancy, 'project');
  await setMode(tenancy, 'none', tenancy.fleetId);
  const left = await makeDeviceIn(db, tenancy, 'left');
  const epoch = uuidV7();
  await left.send(DEVICE_STATE, [put(1, ROW)], { epoch });
  expect(await newestReview(db, left.id)).toMatchObject({ status: 'queued' });
  // While its fleet decides alone, a group stages what it sends.
  const staged = await ingestGroup(systemCtx(db), [messageOf(left, epoch, 2)]);
  expect(staged).toMatchObject([{ kind: 'accepted', staged: 1 }]);
  await setMode(tenancy, null, tenancy.fleetId);
  const other = await makeDeviceIn(db, tenancy, 'other');
  await other.send(DEVICE_STATE, [put(1, ROW)]);
  await setMode(tenancy, 'none', tenancy.fleetId);
  await approveShared(tenancy, DEVICE_STATE);
  const held = await ingestGroup(systemCtx(db), [messageOf(left, epoch, 3)]);
  expect(held).toMatchObject([{ kind: 'accepted', staged: 1 }]);
  await setMode(tenancy, null, tenancy.fleetId);

  const next = messageOf(left, epoch, 4);
  expect(await ingestGroup(systemCtx(db), [next])).toEqual([null]);
  await left.sendRaw(next.payload);
  await drainReplays(db);
  expect(await newestReview(db, left.id)).toMatchObject({ status: 'superseded' });
  const rows = await sharedRows(db, tenancy.projectId, DEVICE_STATE.name);
  expect(rows.filter((r) => r['device_id'] === left.id).map((r) => r['id'])).toEqual([1, 2, 3, 4]);
});

it('gives two first approvals at once, whose names come to the same, a table each', async () => {
  const tenancy = await makeTenancy(db);
  const device = await makeDeviceIn(db, tenancy, 'alike');
  const tables = ['pump state', 'pump-state'].map((name) => ({ ...DEVICE_STATE, name }));
  const [first, second] = tables;
  if (first === undefined || second === undefined) throw new Error('two tables');
  await device.send(first, [put(1, { ...ROW, mode: first.name })]);
  const blocked = await db.transaction(async (tx) => {
    const operator = { ...device.operator, db: tx };
    await approveNewest(db, { ...device, operator }, first);
    await device.send(second, [put(2, { ...ROW, mode: second.name })]);
    const approving = approveNewest(db, device, second);
    await waitingForLocks(1);
    return { approving };
  });
  await blocked.approving;
  await drainReplays(db);
  const mirrors = await db.sql<{ table_name: string; source_table: string }[]>`
    select table_name, source_table from tidegate.mirror where scope_id = ${device.id} order by source_table`;
  expect(new Set(mirrors.map((m) => m.table_name)).size).toBe(2);
  for (const { table_name, source_table } of mirrors) {
    const rows = await db.sql`select mode from tidegate_mirror.${db.sql(table_name)}`;
    expect(rows.map((r) => r['mode'])).toEqual([source_table]);
  }
});

it('writes a batch that meets a retype of a column that it shares', async () => {
  const tenancy = await makeTenancy(db);
  await setMode(tenancy, 'project');
  const [old, newer] = [await makeDeviceIn(db, tenancy, 'old'), await makeDeviceIn(db, tenancy, 'newer')];
  const whole: TestTable = {
    name: 'meter',
    columns: [
      { name: 'id', decl_type_affinity: 'INTEGER', pk_ordinal: 1, not_null: true },
      { name: 'count', decl_type_affinity: 'INTEGER', pk_ordinal: 0, not_null: false },
    ],
  };
  const broken: TestTable = {
    ...whole,
    columns: whole.columns.map((c) => (c.name === 'count' ? { ...c, decl_type_affinity: 'REAL' } : c)),
  };
  const BIG = 9007199254740993n;
  await old.send(whole, [put(1, { id: 1, count: BIG })]);
  await approveShared(tenancy, whole);
  await drainReplays(db);
  // Once before, so that the connection's statement is prepared for the narrower column.
  await old.send(whole, [put(2, { id: 2, count: 2n })]);
  await newer.send(broken, [put(1, { id: 1, count: 1.5 })]);
  const claimed = await claimOpen(tenancy);
  const { single } = await db.transaction(async (tx) => {
    await approveRegistryReview({
      ctx: { ...tenancy.people.operator.ctx, db: tx },
      projectId: tenancy.projectId,
      reviewId: claimed.id,
      input: {
        action_version: claimed.action_version,
        column_actions: mirrorEvery(broken, { count: { widen: true } }),
      },
    });
    const sending = old.send(whole, [put(3, { id: 3, count: BIG }), put(4, { id: 1, count: 7n })]);
    await waitingForLocks(1);
    return { single: sending };
  });
  expect(await single).toMatchObject({ kind: 'accepted', staged: 0 });
  await drainReplays(db);
  const rows = await sharedRowsAsText(tenancy.projectId);
  expect(rows).toEqual(
    [
      [newer.id, '1', '1.5'],
      [old.id, '1', '7'],
      [old.id, '2', '2'],
      [old.id, '3', String(BIG)],
    ].sort(),
  );
});

async function sharedRowsAsText(projectId: string): Promise<string[][]> {
  const [mirror] = await db.sql<{ table_name: string }[]>`
    select table_name from tidegate.mirror where scope_id = ${projectId}`;
  const rows = await db.sql<{ d: string; i: string; c: string }[]>`
    select device_id as d, id::text as i, count::text as c
    from tidegate_mirror.${db.sql(mirror?.table_name ?? '')}`;
  return rows.map((r) => [r.d, r.i, r.c]).sort();
}
