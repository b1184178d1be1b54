import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDb, type RootDb } from '@/server/db/client';
import { rejectReview } from '@/server/engine/governance/reject-review';
import { claimReview } from '@/server/engine/governance/claim-review';
import { uuidV7 } from '@/server/lib/uuid';
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

async function lineageOf(deviceId: string) {
  const [row] = await db.sql`
    select l.*, (select array_agg(cause) from tidegate.pause_cause p where p.lineage_id = l.id) as causes
    from tidegate.lineage l where device_id = ${deviceId}`;
  return row ?? {};
}

describe('the way of a row', () => {
  it('stages what is not approved, replays it after the approval, and then writes live', async () => {
    const device = await makeDevice(db);
    const staged = await device.send(DEVICE_STATE, [
      put(1, { id: 1, mode: 'cooling', setpoint: 21 }),
      put(2, { id: 2, mode: 'off', setpoint: null }),
      remove(3, 2),
    ]);
    expect(staged).toMatchObject({ kind: 'accepted', rows: 3, staged: 3, duplicates: 0 });
    expect(await lineageOf(device.id)).toMatchObject({ staged_rows: '3', causes: ['schema_review'] });
    expect(await newestReview(db, device.id)).toMatchObject({
      status: 'queued',
      classification: 'ambiguous',
    });
    expect(await mirrorRowsOf(db, device.id)).toEqual([]);

    await approveNewest(db, device, DEVICE_STATE);
    await drainReplays(db);
    expect(await lineageOf(device.id)).toMatchObject({ staged_rows: '0', staged_bytes: '0', causes: null });
    expect(await mirrorRowsOf(db, device.id)).toEqual([{ id: 1, mode: 'cooling', setpoint: 21 }]);

    await device.send(DEVICE_STATE, [
      put(4, { id: 1, mode: 'off', setpoint: 19.5 }),
      put(5, { id: 3, mode: 'auto', setpoint: 1 }),
    ]);
    expect(await mirrorRowsOf(db, device.id)).toEqual([
      { id: 1, mode: 'off', setpoint: 19.5 },
      { id: 3, mode: 'auto', setpoint: 1 },
    ]);
  });

  it('ends in the same state whatever comes twice, late or out of order', async () => {
    const device = await makeDevice(db);
    await device.send(DEVICE_STATE, [put(1, { id: 1, mode: 'a', setpoint: 1 })]);
    await approveNewest(db, device, DEVICE_STATE);
    await drainReplays(db);
    await device.send(DEVICE_STATE, [remove(5, 1)]);
    // A delete that comes late takes nothing of the newer one's tombstone.
    await device.send(DEVICE_STATE, [remove(2, 1)]);
    const late = [put(3, { id: 1, mode: 'late', setpoint: 3 }), put(4, { id: 2, mode: 'b', setpoint: 4 })];
    await device.send(DEVICE_STATE, late);
    const again = await device.send(DEVICE_STATE, late);
    expect(again).toMatchObject({ kind: 'accepted', rows: 2, duplicates: 1 });
    expect(await mirrorRowsOf(db, device.id)).toEqual([{ id: 2, mode: 'b', setpoint: 4 }]);
    await device.send(DEVICE_STATE, [put(6, { id: 1, mode: 'back', setpoint: 6 })]);
    expect(await mirrorRowsOf(db, device.id)).toEqual([
      { id: 1, mode: 'back', setpoint: 6 },
      { id: 2, mode: 'b', setpoint: 4 },
    ]);
    // Deletes that come late find newer rows, and leave them; what the device is told to go on from stays too.
    const receipt = await device.send(DEVICE_STATE, [remove(2, 1), remove(3, 2)]);
    expect(receipt).toMatchObject({ receipt: { serverWatermark: 6n } });
    expect(await lineageOf(device.id)).toMatchObject({ watermark_seq: '6' });
    expect(await mirrorRowsOf(db, device.id)).toEqual([
      { id: 1, mode: 'back', setpoint: 6 },
      { id: 2, mode: 'b', setpoint: 4 },
    ]);
  });

  it('takes commit_seq 1 of a new epoch for newer than anything of the old one, also when the old arrives last', async () => {
    const device = await makeDevice(db);
    const [older, newer] = [uuidV7(), '0fffffff-ffff-7fff-bfff-ffffffffffff'];
    await device.send(DEVICE_STATE, [put(1, { id: 1, mode: 'new', setpoint: 1 })], { epoch: newer });
    await approveNewest(db, device, DEVICE_STATE);
    await drainReplays(db);
    await device.send(DEVICE_STATE, [put(900, { id: 1, mode: 'old', setpoint: 900 })], { epoch: older });
    expect(await mirrorRowsOf(db, device.id)).toEqual([{ id: 1, mode: 'new', setpoint: 1 }]);
  });

  it('believes a device that names its journal before, whatever the clocks of the two say', async () => {
    const device = await makeDevice(db);
    const [early, middle, late] = [1, 2, 3].map((n) => `0197000${String(n)}-0000-7000-8000-000000000000`);
    const at = (seq: number, id: number, mode: string) => [put(seq, { id, mode, setpoint: seq })];
    const middleFirst = { epoch: middle ?? '' };
    await device.send(DEVICE_STATE, at(900, 1, 'before'), middleFirst);
    await approveNewest(db, device, DEVICE_STATE);
    await drainReplays(db);
    // Its clock was set back.
    await device.send(DEVICE_STATE, at(1, 1, 'after'), { epoch: early ?? '', previousEpoch: middle ?? '' });
    expect(await mirrorRowsOf(db, device.id)).toEqual([{ id: 1, mode: 'after', setpoint: 1 }]);
    // It says so only once the newer journal is known, and the older one's rows come last.
    await device.send(DEVICE_STATE, at(901, 2, 'x'), { epoch: middle ?? '', previousEpoch: late ?? '' });
    await device.send(DEVICE_STATE, at(999, 1, 'oldest'), { epoch: late ?? '' });
    expect(await mirrorRowsOf(db, device.id)).toContainEqual({ id: 1, mode: 'after', setpoint: 1 });
    await device.send(DEVICE_STATE, at(999, 2, 'oldest'), { epoch: late ?? '' });
    expect(await mirrorRowsOf(db, device.id)).toContainEqual({ id: 2, mode: 'x', setpoint: 901 });
  });

  it('lets a row that cannot be written wait with its reason, and the rest of its batch through', async () => {
    const device = await makeDevice(db);
    await device.send(DEVICE_STATE, [put(1, { id: 1, mode: 'a', setpoint: 1 })]);
    await approveNewest(db, device, DEVICE_STATE);
    await drainReplays(db);
    const outcome = await device.send(DEVICE_STATE, [
      put(2, { id: 2, mode: 'nul \0 inside', setpoint: 2 }),
      put(3, { id: 3, mode: 'fine', setpoint: 'not a number' }),
      put(4, { id: 4, mode: '😀', setpoint: 4 }),
    ]);
    expect(outcome).toMatchObject({ rows: 3, staged: 2 });
    expect(await mirrorRowsOf(db, device.id)).toContainEqual({ id: 4, mode: '😀', setpoint: 4 });
    const staged = await db.sql`
      select s.error, s."row" from tidegate.staged_row s join tidegate.lineage l on l.id = s.lineage_id
      where l.device_id = ${device.id} order by s.commit_seq`;
    expect(staged.map((s) => String(s['error']))).toEqual([
      expect.stringContaining('U+0000'),
      expect.stringContaining('is not a number'),
    ]);
    expect(String(staged[0]?.['row'])).toContain('\\u0000');
  });

  it('counts failures in a row: a clean batch between them begins anew, a repeated one does not', async () => {
    const device = await makeDevice(db);
    await device.send(DEVICE_STATE, [put(1, { id: 1, mode: 'a', setpoint: 1 })]);
    await approveNewest(db, device, DEVICE_STATE);
    await drainReplays(db);
    const bad = (seq: number) => device.send(DEVICE_STATE, [put(seq, { id: seq, mode: 'x', setpoint: 'x' })]);
    for (const seq of [2, 3, 4, 5]) await bad(seq);
    await device.send(DEVICE_STATE, [put(1, { id: 1, mode: 'a', setpoint: 1 })]);
    expect(await lineageOf(device.id)).toMatchObject({ failure_count: 4 });
    await device.send(DEVICE_STATE, [put(6, { id: 6, mode: 'a', setpoint: 1 })]);
    expect(await lineageOf(device.id)).toMatchObject({ failure_count: 0 });
    for (const seq of [7, 8, 9, 10]) await bad(seq);
    expect(await lineageOf(device.id)).toMatchObject({ causes: null, failure_count: 4 });
  });

  it('opens the breaker at the fifth batch in a row with a row that cannot be written, and tells the device', async () => {
    const device = await makeDevice(db);
    await device.send(DEVICE_STATE, [put(1, { id: 1, mode: 'a', setpoint: 1 })]);
    await approveNewest(db, device, DEVICE_STATE);
    await drainReplays(db);
    for (let seq = 2; seq <= 6; seq++) {
      expect((await lineageOf(device.id))['causes']).toBeNull();
      await device.send(DEVICE_STATE, [put(seq, { id: seq, mode: 'x', setpoint: 'TOPSECRET' })]);
    }
    expect(await lineageOf(device.id)).toMatchObject({ causes: ['circuit_breaker'], failure_count: 5 });
    const controls =
      await db.sql`select control_kind, server_watermark from tidegate.control where device_id = ${device.id}`;
    expect(controls).toMatchObject([{ control_kind: 'pause_lineage', server_watermark: '6' }]);
    // People who may not read rows see all of these.
    const shown = await db.sql`
      select l.last_error, (select json_agg(p) from tidegate.pause_cause p where p.lineage_id = l.id) as causes,
        (select json_agg(c) from tidegate.control c where c.lineage_id = l.id) as controls,
        (select json_agg(e) from tidegate.event e where e.lineage_id = l.id) as events
      from tidegate.lineage l where l.device_id = ${device.id}`;
    expect(JSON.stringify(shown)).toContain('setpoint: not a number');
    expect(JSON.stringify(shown)).not.toContain('TOPSECRET');
  });
});

describe('schema changes', () => {
  const wider: TestTable = {
    name: 'device_state',
    columns: [
      ...DEVICE_STATE.columns,
      { name: 'note', decl_type_affinity: 'TEXT', pk_ordinal: 0, not_null: false },
    ],
  };

  it('asks again for a further schema and evolves the same mirror', async () => {
    const device = await makeDevice(db);
    await device.send(DEVICE_STATE, [put(1, { id: 1, mode: 'a', setpoint: 1 })]);
    await approveNewest(db, device, DEVICE_STATE);
    await drainReplays(db);
    await device.send(wider, [put(2, { id: 1, mode: 'b', setpoint: 2, note: 'n' })]);
    expect(await newestReview(db, device.id)).toMatchObject({
      status: 'queued',
      classification: 'compatible_additive',
    });
    // Rows of the approved schema wait too while the review is open.
    await device.send(DEVICE_STATE, [put(3, { id: 2, mode: 'c', setpoint: 3 })]);
    expect(await lineageOf(device.id)).toMatchObject({ staged_rows: '2' });
    const reasons = await db.sql`
      select s.staging_reason as reason from tidegate.staged_row s
      join tidegate.lineage l on l.id = s.lineage_id where l.device_id = ${device.id}`;
    expect(reasons).toEqual([{ reason: 'schema_review' }, { reason: 'schema_review' }]);
    await approveNewest(db, device, wider);
    await drainReplays(db);
    expect(await mirrorRowsOf(db, device.id)).toEqual([
      { id: 1, mode: 'b', setpoint: 2, note: 'n' },
      { id: 2, mode: 'c', setpoint: 3, note: null },
    ]);
  });

  it('stays paused after a rejection until the device sends an approved schema again', async () => {
    const device = await makeDevice(db);
    await device.send(DEVICE_STATE, [put(1, { id: 1, mode: 'a', setpoint: 1 })]);
    await approveNewest(db, device, DEVICE_STATE);
    await drainReplays(db);
    await device.send(wider, [put(2, { id: 1, mode: 'b', setpoint: 2, note: 'n' })]);
    const review = await newestReview(db, device.id);
    const target = { ctx: device.operator, projectId: device.tenancy.projectId, reviewId: review.id };
    await claimReview({ ...target, input: { action_version: 1 } });
    await rejectReview({ ...target, input: { action_version: 2, reason: 'not yet' } });
    expect(await lineageOf(device.id)).toMatchObject({ causes: ['schema_review'] });
    await device.send(wider, [put(3, { id: 1, mode: 'c', setpoint: 3, note: 'n' })]);
    expect(await lineageOf(device.id)).toMatchObject({ causes: ['schema_review'], staged_rows: '2' });
    await device.send(DEVICE_STATE, [put(4, { id: 1, mode: 'd', setpoint: 4 })]);
    await drainReplays(db);
    expect(await lineageOf(device.id)).toMatchObject({ causes: null, staged_rows: '2' });
    expect(await mirrorRowsOf(db, device.id)).toEqual([{ id: 1, mode: 'd', setpoint: 4 }]);
  });
});
