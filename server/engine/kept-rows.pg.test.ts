// What random histories have found: each of these once lost a row's way to the mirror, or a device's way on.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDb, type RootDb } from '@/server/db/client';
import { uuidV7 } from '@/server/lib/uuid';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import {
  approveNewest,
  DEVICE_STATE,
  drainReplays,
  makeDevice,
  mirrorRowsOf,
  put,
  systemCtx,
  type TestDevice,
  type TestTable,
} from '@/server/testing/engine';
import { dueReplays } from './materialize/due-replays';
import { runReplayChunk } from './materialize/replay-chunk';
import { patchPolicy } from './policy/patch-policy';
import { pauseLineage, resumeLineage } from './staging/pause-lineage';
import { v7 } from 'uuid';

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

const row = (seq: number, id: number) => put(seq, { id, mode: `m${seq}`, setpoint: seq });

const cap = (device: TestDevice, rows: number) =>
  patchPolicy({
    ctx: device.tenancy.people.owner.ctx,
    projectId: device.tenancy.projectId,
    input: { max_pending_rows_per_lineage: rows },
  });

async function lineageOf(device: TestDevice) {
  const [row] = await db.sql<{ id: string; staged_rows: string }[]>`
    select id, staged_rows from tidegate.lineage where device_id = ${device.id}`;
  return { id: row?.id ?? '', stagedRows: Number(row?.staged_rows) };
}

const causesOf = async (lineageId: string): Promise<string[]> =>
  (
    await db.sql<{ cause: string }[]>`select cause from tidegate.pause_cause where lineage_id = ${lineageId}`
  ).map((c) => c.cause);

describe('a row that arrives while its lineage drains', () => {
  it('is drained too, also where its place is behind the cursor', async () => {
    const device = await makeDevice(db);
    await cap(device, 10);
    const rows = Array.from({ length: 20 }, (_, i) => row(i + 10, i + 10));
    await device.send(DEVICE_STATE, rows);
    await approveNewest(db, device, DEVICE_STATE);
    const [intent] = await dueReplays(systemCtx(db), 100);
    expect(await runReplayChunk(systemCtx(db), intent ?? '', 4)).toBe('more');
    await device.send(DEVICE_STATE, [row(1, 1)]);
    expect((await lineageOf(device)).stagedRows).toBe(17);
    await drainReplays(db);
    expect(await lineageOf(device)).toMatchObject({ stagedRows: 0 });
    expect(await mirrorRowsOf(db, device.id)).toHaveLength(21);
  });

  it('goes on by itself where the cap alone had held it', async () => {
    const device = await makeDevice(db);
    await device.send(DEVICE_STATE, [row(1, 1)]);
    await approveNewest(db, device, DEVICE_STATE);
    await drainReplays(db);
    await cap(device, 1);
    const bad = [2, 3].map((seq) => put(seq, { id: seq, mode: null, setpoint: 'warm' }));
    await device.send(DEVICE_STATE, bad);
    await device.send(DEVICE_STATE, [row(4, 4)]);
    const { id, stagedRows } = await lineageOf(device);
    expect(await causesOf(id)).toEqual(['backpressure']);
    expect(stagedRows).toBe(3);
    await cap(device, 1000);
    // The next staged row, as the sweep would, looks at the cap again.
    await device.send(DEVICE_STATE, [row(5, 5)]);
    expect(await causesOf(id)).toEqual([]);
    await drainReplays(db);
    expect((await mirrorRowsOf(db, device.id)).map((r) => r['id'])).toEqual([1, 4, 5]);
  });
});

const METERS: TestTable = {
  name: 'meters',
  columns: [
    { name: 'id', decl_type_affinity: 'INTEGER', pk_ordinal: 1, not_null: false },
    { name: 'total', decl_type_affinity: 'NUMERIC', pk_ordinal: 0, not_null: false },
  ],
};

describe('a row that only Postgres can refuse', () => {
  it('does not take the place of the older row of its key, live or in a replay', async () => {
    const device = await makeDevice(db);
    const pair = (seq: number, id: number) => [
      put(seq, { id, total: 7n }),
      put(seq + 1, { id, total: '1e200000' }),
      put(seq + 2, { id, total: '2e200000' }),
    ];
    await device.send(METERS, pair(1, 1));
    await approveNewest(db, device, METERS);
    await drainReplays(db);
    await device.send(METERS, pair(10, 2));
    expect(await mirrorRowsOf(db, device.id)).toEqual([
      { id: 1, total: 7 },
      { id: 2, total: 7 },
    ]);
    const staged = await db.sql`
      select commit_seq::int as seq, staging_reason as reason from tidegate.staged_row s
      join tidegate.lineage l on l.id = s.lineage_id where l.device_id = ${device.id} order by 1`;
    expect(staged.map((s) => s['seq'])).toEqual([2, 3, 11, 12]);
    expect(new Set(staged.map((s) => s['reason']))).toEqual(new Set(['materialization_failed']));
  });
});

describe('an epoch that names its predecessor', () => {
  it('is newer, also where the clock was set back and the predecessor arrives last', async () => {
    const device = await makeDevice(db);
    const before = v7({ msecs: Date.UTC(2026, 3, 2) });
    const after = v7({ msecs: Date.UTC(2026, 3, 1) });
    await device.send(DEVICE_STATE, [put(1, { id: 1, mode: 'new', setpoint: 1 })], {
      epoch: after,
      previousEpoch: before,
    });
    await approveNewest(db, device, DEVICE_STATE);
    await drainReplays(db);
    await device.send(DEVICE_STATE, [put(9, { id: 1, mode: 'old', setpoint: 9 })], { epoch: before });
    expect(await mirrorRowsOf(db, device.id)).toEqual([{ id: 1, mode: 'new', setpoint: 1 }]);
  });
});

describe('the newest control', () => {
  it('is the one queued last, also by a clock that stands still or is behind', async () => {
    const device = await makeDevice(db);
    await device.send(DEVICE_STATE, [row(1, 1)], { batchId: uuidV7() });
    const { id: lineageId } = await lineageOf(device);
    let hour = 12;
    const clock = { ...device.operator.clock, now: () => new Date(Date.UTC(2026, 3, 28, hour)) };
    const target = { ctx: { ...device.operator, clock }, projectId: device.tenancy.projectId, lineageId };
    for (let round = 0; round < 4; round++) {
      await pauseLineage({ ...target, input: { reason: 'work on the line' } });
      hour -= 1;
      await resumeLineage(target);
    }
    const kinds = await db.sql<{ kind: string }[]>`
      select control_kind as kind from tidegate.control where lineage_id = ${lineageId} order by created_at`;
    expect(kinds.map((k) => k.kind)).toEqual(
      Array.from({ length: 4 }, () => ['pause_lineage', 'resume_lineage']).flat(),
    );
  });
});
