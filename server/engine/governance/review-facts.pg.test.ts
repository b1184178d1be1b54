import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDb, type RootDb } from '@/server/db/client';
import { claimReview } from '@/server/engine/governance/claim-review';
import { getReview } from '@/server/engine/governance/get-review';
import { getReviewFacts } from '@/server/engine/governance/get-review-facts';
import { addReviewComment, listReviewComments } from '@/server/engine/governance/review-comments';
import { saveDraft } from '@/server/engine/governance/save-draft';
import { stagedFacts } from '@/server/engine/governance/staged-facts';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import {
  approveNewest,
  DEVICE_STATE,
  hashOf,
  makeDevice,
  makeDeviceIn,
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

async function targetOf(device: TestDevice) {
  const { id: reviewId } = await newestReview(db, device.id);
  return { ctx: device.operator, projectId: device.tenancy.projectId, reviewId };
}

describe('facts', () => {
  it('count NULLs and values that do not fit over every staged row, without a value', async () => {
    const device = await makeDevice(db);
    await device.send(DEVICE_STATE, [
      put(1, { id: 1, mode: null, setpoint: 1.5 }),
      put(2, { id: 2, mode: null, setpoint: 'secret' }),
      put(3, { id: 3, mode: 'a', setpoint: 'secret' }),
      remove(4, 3),
    ]);
    const facts = await getReviewFacts({
      ...(await targetOf(device)),
      ctx: device.tenancy.people.viewer.ctx,
    });
    expect(facts).toMatchObject({ staged_row_count: 4, examined_rows: 3, estimated: false });
    expect(Object.fromEntries(facts.columns.map((c) => [c.source_column_name, c]))).toMatchObject({
      id: { nulls: { rows: 0, of: 3 }, misfits: { rows: 0, of: 3, example_kind: null } },
      mode: { nulls: { rows: 2, of: 3 }, misfits: { rows: 0, of: 3 } },
      setpoint: { nulls: { rows: 0, of: 3 }, misfits: { rows: 2, of: 3, example_kind: 'not_a_number' } },
    });
    expect(JSON.stringify(facts)).not.toContain('secret');
  });

  it('look at both ends of a backlog that is too large, and say so', async () => {
    const device = await makeDevice(db);
    const rows = [1, 2, 3, 4, 5].map((n) => put(n, { id: n, mode: n % 2 === 0 ? null : 'a', setpoint: n }));
    await device.send(DEVICE_STATE, rows);
    const { lineageId, schemaHash } = await newestReview(db, device.id);
    const examine = (max: number) =>
      stagedFacts(db, { lineageId, schemaHash }, DEVICE_STATE.columns, max).then((f) => ({
        rows: f.examined_rows,
        estimated: f.estimated,
        nulls: f.columns[1]?.nulls.rows,
      }));
    expect(await examine(4)).toEqual({ rows: 4, estimated: true, nulls: 2 });
    expect(await examine(2)).toEqual({ rows: 2, estimated: true, nulls: 0 });
    expect(await examine(6)).toEqual({ rows: 5, estimated: false, nulls: 2 });
  });

  it('say whom the schema concerns, by fleet, and nothing of another project', async () => {
    const first = await makeDevice(db, 'p-1');
    const { tenancy } = first;
    const send = (device: TestDevice, seq = 1) =>
      device.send(DEVICE_STATE, [put(seq, { id: seq, mode: 'a', setpoint: 1 })]);
    const second = await makeDeviceIn(db, tenancy, 'p-2');
    const third = await makeDeviceIn(db, tenancy, 'p-3');
    const elsewhere = await makeDevice(db, 'p-1');
    for (const device of [first, second, third, elsewhere]) await send(device);
    await send(second, 2);
    await approveNewest(db, third, DEVICE_STATE);
    await db.sql`update tidegate.device set connected = true where id = ${second.id}`;
    const announced = await makeDeviceIn(db, tenancy, 'p-4');
    await db.sql`
      insert into tidegate.schema_observation (device_id, source_table, schema_hash, observed_at, received_at)
      select d, ${DEVICE_STATE.name}, ${hashOf(DEVICE_STATE)}, now(), now()
      from unnest(array[${announced.id}, ${first.id}]::uuid[]) d`;
    const { blast_radius: radius } = await getReviewFacts(await targetOf(first));
    expect(radius).toEqual({
      waiting_devices: 2,
      waiting_devices_offline: 1,
      approved_devices: 1,
      rejected_devices: 0,
      announced_devices: 1,
      fleets: [{ fleet_id: tenancy.fleetId, fleet_name: 'Pumps', waiting_devices: 2, approved_devices: 1 }],
      waiting_staged_rows: 3,
      rows_per_minute: 3 / radius.window_minutes,
      window_minutes: radius.window_minutes,
    });
  });
});

describe('comments', () => {
  it('are kept as written, in their order, with an event that does not repeat them', async () => {
    const device = await makeDevice(db);
    await device.send(DEVICE_STATE, [put(1, { id: 1, mode: 'a', setpoint: 1 })]);
    const target = await targetOf(device);
    const text = 'See <b>ticket</b> 7\nand "ask"';
    const said = await addReviewComment({ ...target, input: { body: `  ${text} ` } });
    await addReviewComment({ ...target, input: { body: 'second' } });
    expect(said).toMatchObject({ body: text, author_id: device.operator.actor.id });
    const { items } = await listReviewComments({
      ...target,
      ctx: device.tenancy.people.viewer.ctx,
      input: {},
    });
    expect(items.map((c) => c.body)).toEqual([text, 'second']);
    const events = await db.sql<{ actor_id: string; data: Record<string, unknown> }[]>`
      select actor_id, data from tidegate.event
      where subject_id = ${target.reviewId} and kind = 'edge_schema_review.commented' order by id`;
    expect(events[0]).toMatchObject({
      actor_id: device.operator.actor.id,
      data: { comment_id: said.id, characters: text.length },
    });
    expect(JSON.stringify(events)).not.toContain('ticket');
    expect((await newestReview(db, device.id)).actionVersion).toBe(1);
  });

  it.each([
    ['empty', ' '],
    ['too long', 'x'.repeat(4001)],
    ['not storable', 'a\0b'],
  ])('are refused where %s', async (_what, body) => {
    const device = await makeDevice(db);
    await device.send(DEVICE_STATE, [put(1, { id: 1, mode: 'a', setpoint: 1 })]);
    const target = await targetOf(device);
    await expect(addReviewComment({ ...target, input: { body } })).rejects.toMatchObject({ status: 422 });
  });
});

describe('a draft', () => {
  const WIDER: TestTable = {
    name: DEVICE_STATE.name,
    columns: [
      ...DEVICE_STATE.columns,
      { name: 'extra', decl_type_affinity: 'TEXT', pk_ordinal: 0, not_null: false },
    ],
  };
  const draft = DEVICE_STATE.columns.map((c) => ({
    source_column_name: c.name,
    action: 'mirror' as const,
  }));

  async function begun() {
    const device = await makeDevice(db);
    await device.send(DEVICE_STATE, [put(1, { id: 1, mode: 'a', setpoint: 1 })]);
    const target = await targetOf(device);
    await claimReview({ ...target, input: { action_version: 1 } });
    await saveDraft({ ...target, input: { column_actions: draft } });
    return { device, target, stale: () => getReview(target).then((r) => r.draft_stale) };
  }

  it('is not stale after more rows of the same kind', async () => {
    const { device, stale } = await begun();
    await device.send(DEVICE_STATE, [put(2, { id: 2, mode: 'b', setpoint: 2 })]);
    expect(await stale()).toBeNull();
  });

  it('is stale after a further hash, whatever is saved, until the claimant says that they saw it', async () => {
    const { device, target, stale } = await begun();
    await device.send(WIDER, [put(2, { id: 2, mode: 'b', setpoint: 2, extra: 'x' })]);
    expect(await stale()).toMatchObject({ reason: expect.stringContaining('another schema') as string });
    await saveDraft({ ...target, input: { column_actions: draft } });
    expect(await stale()).not.toBeNull();
    await saveDraft({ ...target, input: { column_actions: draft, stale_seen: true } });
    expect(await stale()).toBeNull();
  });

  it('is stale after a value that does not fit', async () => {
    const { device, stale } = await begun();
    await device.send(DEVICE_STATE, [put(2, { id: 2, mode: 'b', setpoint: 'warm' })]);
    expect(await stale()).toMatchObject({ reason: expect.stringContaining('setpoint') as string });
  });
});
