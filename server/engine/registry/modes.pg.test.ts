import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDb, type RootDb } from '@/server/db/client';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import {
  approveNewest,
  DEVICE_STATE,
  drainReplays,
  makeDevice,
  makeDeviceIn,
  mirrorRowsOf,
  newestReview,
  put,
  type TestDevice,
  type TestTable,
} from '@/server/testing/engine';
import {
  approveShared,
  claimOpen,
  mirrorEvery,
  openRegistryReview,
  registryReviews,
  setMode,
  sharedRows,
} from '@/server/testing/registry';
import { makeTenancy, type TestTenancy } from '@/server/testing/tenancy';
import { uuidV4 } from '@/server/lib/uuid';
import { createFleet } from '../devices/create-fleet';
import { approveReview } from '../governance/approve-review';
import { claimReview } from '../governance/claim-review';
import { getReview } from '../governance/get-review';
import { patchPolicy } from '../policy/patch-policy';
import { approveRegistryReview } from './approve-registry-review';
import { claimRegistryReview } from './claim-registry-review';
import { getRegistryReview } from './get-registry-review';
import { previewRegistryReview } from './preview-registry-review';
import { reconcileEntry } from './reconcile';
import { listRegistry } from './registry-entries';
import { abandonRegistryReview, rejectRegistryReview, reopenRegistryReview } from './reject-registry-review';

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
const WIDER: TestTable = {
  name: 'device_state',
  columns: [
    ...DEVICE_STATE.columns,
    { name: 'fan', decl_type_affinity: 'INTEGER', pk_ordinal: 0, not_null: false },
  ],
};

async function twoDevices(mode: 'none' | 'project' | 'fleet' = 'project') {
  const tenancy = await makeTenancy(db);
  await setMode(tenancy, mode);
  const [a, b] = [await makeDeviceIn(db, tenancy, 'a'), await makeDeviceIn(db, tenancy, 'b')];
  return { tenancy, a, b, operator: tenancy.people.operator.ctx, projectId: tenancy.projectId };
}

const causesOf = (device: TestDevice) =>
  db.sql<{ cause: string }[]>`
    select p.cause from tidegate.pause_cause p join tidegate.lineage l on l.id = p.lineage_id
    where l.device_id = ${device.id}`.then((rows) => rows.map((r) => r.cause));

const decide = (tenancy: TestTenancy, reviewId: string, actionVersion: number) => ({
  ctx: tenancy.people.operator.ctx,
  projectId: tenancy.projectId,
  reviewId,
  input: { action_version: actionVersion, reason: 'not this one' },
});

describe('a later schema', () => {
  it('evolves the shared mirror, and devices on either version keep their own columns', async () => {
    const { tenancy, a, b, projectId } = await twoDevices();
    await a.send(DEVICE_STATE, [put(1, ROW)]);
    await approveShared(tenancy, DEVICE_STATE);
    await b.send(WIDER, [put(1, { ...ROW, fan: 3 })]);
    expect(await openRegistryReview(tenancy)).toMatchObject({
      classification: 'compatible_additive',
      reasons: [{ column: 'fan', change: 'added', to: 'INTEGER' }],
      waiting_lineages: 1,
    });
    await approveShared(tenancy, WIDER);
    await drainReplays(db);
    await a.send(DEVICE_STATE, [put(2, { ...ROW, mode: 'still v1' })]);
    // Back to the older version: the newest write decides the whole row, and an older one that comes late nothing.
    await b.send(DEVICE_STATE, [put(5, { ...ROW, mode: 'downgraded' })]);
    await b.send(WIDER, [put(4, { ...ROW, mode: 'late', fan: 9 })]);
    const rows = await sharedRows(db, projectId, 'device_state');
    expect(new Map(rows.map((r) => [r['device_id'], r]))).toEqual(
      new Map([
        [a.id, { device_id: a.id, ...ROW, mode: 'still v1', fan: null }],
        [b.id, { device_id: b.id, ...ROW, mode: 'downgraded', fan: null }],
      ]),
    );
  });

  it('that waits beside the first is stated anew once that one is approved', async () => {
    const { tenancy, a, b, operator, projectId } = await twoDevices();
    await a.send(DEVICE_STATE, [put(1, ROW)]);
    await b.send(WIDER, [put(1, { ...ROW, fan: 3 })]);
    const [first, later] = await registryReviews(tenancy, 'open');
    expect(later).toMatchObject({ classification: 'ambiguous', action_version: 1 });
    const target = { ctx: operator, projectId, reviewId: first?.id ?? '' };
    const claimed = await claimRegistryReview({ ...target, input: { action_version: 1 } });
    await approveRegistryReview({
      ...target,
      input: { action_version: claimed.action_version, column_actions: mirrorEvery(DEVICE_STATE) },
    });
    const now = await openRegistryReview(tenancy);
    expect(now).toMatchObject({
      id: later?.id,
      status: 'queued',
      classification: 'compatible_additive',
      reasons: [{ column: 'fan', change: 'added', to: 'INTEGER' }],
      action_version: 2,
    });
    const { items } = await listRegistry({ ctx: operator, projectId, input: { status: 'pending' } });
    expect(items).toMatchObject([{ classification: 'compatible_additive' }]);
    const events = await db.sql`
      select kind from tidegate.event where subject_id = ${now.id} order by seq`;
    expect(events.map(({ kind }) => kind as string)).toEqual([
      'edge_registry_review.queued',
      'edge_registry_review.restated',
    ]);
  });

  it('goes on by policy where it only adds, for every device of the scope', async () => {
    const { tenancy, a, b, operator, projectId } = await twoDevices();
    await patchPolicy({ ctx: operator, projectId, input: { allow_additive_continue: true } });
    await a.send(DEVICE_STATE, [put(1, ROW)]);
    await approveShared(tenancy, DEVICE_STATE, { setpoint: { action: 'ignore' } });
    await drainReplays(db);
    await Promise.all([
      a.send(WIDER, [put(2, { ...ROW, id: 2, fan: 1 })]),
      b.send(WIDER, [put(1, { ...ROW, fan: 2 })]),
    ]);
    expect(await registryReviews(tenancy, 'open')).toEqual([]);
    const rows = await sharedRows(db, projectId, 'device_state');
    expect(rows.map((r) => [r['id'], r['fan'], Object.keys(r).includes('setpoint')]).sort()).toEqual([
      [1, null, false],
      [1, 2, false],
      [2, 1, false],
    ]);
  });
});

describe('the end of a registry review', () => {
  it('holds devices on a rejected schema, also later ones, until it is reopened', async () => {
    const { tenancy, a, b, projectId } = await twoDevices();
    await a.send(DEVICE_STATE, [put(1, ROW)]);
    const claimed = await claimOpen(tenancy);
    const rejected = await rejectRegistryReview(decide(tenancy, claimed.id, claimed.action_version));
    expect(rejected).toMatchObject({ status: 'rejected', waiting_lineages: 1, staged_row_count: 1 });
    await b.send(DEVICE_STATE, [put(1, ROW)]);
    expect([await causesOf(a), await causesOf(b)]).toEqual([['schema_review'], ['schema_review']]);
    expect(await registryReviews(tenancy)).toHaveLength(1);
    const reopened = await reopenRegistryReview({
      ...decide(tenancy, claimed.id, 0),
      input: { action_version: rejected.action_version },
    });
    expect(reopened).toMatchObject({ status: 'queued', waiting_lineages: 2 });
    await approveShared(tenancy, DEVICE_STATE);
    await drainReplays(db);
    expect(await sharedRows(db, projectId, 'device_state')).toHaveLength(2);
  });

  it('asks again after it was abandoned, as the mode then says', async () => {
    const { tenancy, a, b } = await twoDevices();
    await a.send(DEVICE_STATE, [put(1, ROW)]);
    const first = await openRegistryReview(tenancy);
    await abandonRegistryReview(decide(tenancy, first.id, first.action_version));
    expect(await causesOf(a)).toEqual(['schema_review']);
    await a.send(DEVICE_STATE, [put(2, ROW)]);
    const second = await openRegistryReview(tenancy);
    expect(second.id).not.toBe(first.id);
    await b.send(DEVICE_STATE, [put(1, ROW)]);
    await setMode(tenancy, 'none');
    await abandonRegistryReview(decide(tenancy, second.id, second.action_version));
    await a.send(DEVICE_STATE, [put(3, ROW)]);
    await approveNewest(db, a, DEVICE_STATE);
    await drainReplays(db);
    expect(await mirrorRowsOf(db, a.id)).toEqual([ROW]);
    expect(await causesOf(b)).toEqual(['schema_review']);
  });

  it('refuses what a decision for many cannot say, in words', async () => {
    const { tenancy, a } = await twoDevices();
    await a.send(DEVICE_STATE, [put(1, ROW)]);
    await expect(approveShared(tenancy, DEVICE_STATE, { mode: { action: 'defer' } })).rejects.toMatchObject({
      code: 'column_actions_invalid',
      extra: { errors: [{ code: 'defer_not_shared', path: 'column_actions[1].action' }] },
    });
    const review = await openRegistryReview(tenancy);
    const preview = { ctx: tenancy.people.operator.ctx, projectId: tenancy.projectId, reviewId: review.id };
    const input = { action_version: review.action_version, column_actions: mirrorEvery(DEVICE_STATE) };
    expect(await previewRegistryReview({ ...preview, input })).toMatchObject({
      waiting_lineages: 1,
      tried_rows: 1,
      landing_rows: 1,
      ddl: [expect.stringContaining('create table')],
    });
    expect(await getRegistryReview(preview)).toMatchObject({
      waiting_lineages: 1,
      columns: [{ name: 'id', samples: ['1'] }, { name: 'mode', samples: ['"a"'] }, { name: 'setpoint' }],
      mirror_table_name: `edge_mirror_p${tenancy.projectId.slice(0, 8)}_device_state`,
    });
    const hidden = await getRegistryReview({ ...preview, ctx: tenancy.people.viewer.ctx });
    expect(hidden.columns.map((c) => c.samples)).toEqual([[], [], []]);
  });

  it('counts what would fail of all devices by column and kind, not by value', async () => {
    const { tenancy, a, b } = await twoDevices();
    await a.send(DEVICE_STATE, [put(1, ROW), put(2, { ...ROW, id: 2, setpoint: 'warm' })]);
    await b.send(DEVICE_STATE, [put(1, { ...ROW, setpoint: 'hot' })]);
    const review = await openRegistryReview(tenancy);
    const target = { ctx: tenancy.people.operator.ctx, projectId: tenancy.projectId, reviewId: review.id };
    const input = { action_version: review.action_version, column_actions: mirrorEvery(DEVICE_STATE) };
    expect(await previewRegistryReview({ ...target, input })).toMatchObject({
      tried_rows: 3,
      landing_rows: 1,
      failures: [{ column: 'setpoint', kind: 'not_a_number', rows: 2 }],
    });
  });
});

describe('a change of mode', () => {
  it('leaves an open device review to the registry, whose approval supersedes it', async () => {
    const { tenancy, a, b, operator, projectId } = await twoDevices('none');
    await a.send(DEVICE_STATE, [put(1, ROW)]);
    const own = await newestReview(db, a.id);
    await setMode(tenancy, 'project');
    await b.send(DEVICE_STATE, [put(1, ROW)]);
    const shared = await openRegistryReview(tenancy);
    const target = { ctx: operator, projectId, reviewId: own.id };
    expect(await getReview(target)).toMatchObject({ use_registry_review_id: shared.id });
    await claimReview({ ...target, input: { action_version: 1 } });
    const approve = { action_version: 2, column_actions: mirrorEvery(DEVICE_STATE) };
    await expect(approveReview({ ...target, input: approve })).rejects.toMatchObject({
      status: 409,
      code: 'use_registry_review',
      extra: { data: { use_registry_review_id: shared.id } },
    });
    await approveShared(tenancy, DEVICE_STATE);
    await drainReplays(db);
    expect(await getReview(target)).toMatchObject({
      status: 'superseded',
      superseded_by: shared.id,
      use_registry_review_id: null,
    });
    expect(await sharedRows(db, projectId, 'device_state')).toHaveLength(2);
    expect(await causesOf(a)).toEqual([]);
  });

  it('lets an approved device keep its mirror, and sends its next schema to the registry', async () => {
    const { tenancy, a, projectId } = await twoDevices('none');
    await a.send(DEVICE_STATE, [put(1, ROW)]);
    await approveNewest(db, a, DEVICE_STATE);
    await drainReplays(db);
    await setMode(tenancy, 'project');
    await a.send(DEVICE_STATE, [put(2, { ...ROW, id: 2 })]);
    expect(await mirrorRowsOf(db, a.id)).toHaveLength(2);
    await a.send(WIDER, [put(3, { ...ROW, id: 3, fan: 1 })]);
    await approveShared(tenancy, WIDER);
    await drainReplays(db);
    expect(await sharedRows(db, projectId, 'device_state')).toHaveLength(1);
  });

  it('back to none keeps shared mirrors, and gives new devices reviews of their own', async () => {
    const { tenancy, a, b, projectId } = await twoDevices();
    await a.send(DEVICE_STATE, [put(1, ROW)]);
    await approveShared(tenancy, DEVICE_STATE);
    await drainReplays(db);
    await setMode(tenancy, 'none');
    await a.send(DEVICE_STATE, [put(2, { ...ROW, id: 2 })]);
    expect(await sharedRows(db, projectId, 'device_state')).toHaveLength(2);
    await b.send(DEVICE_STATE, [put(1, ROW)]);
    await approveNewest(db, b, DEVICE_STATE);
    await drainReplays(db);
    expect(await mirrorRowsOf(db, b.id)).toHaveLength(1);
    expect(await sharedRows(db, projectId, 'device_state')).toHaveLength(2);
  });

  it('of one fleet overrides the project, and each fleet decides for itself', async () => {
    const { tenancy, a, operator, projectId } = await twoDevices('project');
    const fleet = await createFleet({ ctx: operator, projectId, input: { name: 'Valves' } });
    const valve = await makeDeviceIn(db, tenancy, 'valve', fleet.id);
    await setMode(tenancy, 'fleet', fleet.id);
    await a.send(DEVICE_STATE, [put(1, ROW)]);
    await valve.send(DEVICE_STATE, [put(1, ROW)]);
    const reviews = await registryReviews(tenancy, 'open');
    expect(reviews.map((r) => [r.scope, r.scope_id]).sort()).toEqual([
      ['fleet', fleet.id],
      ['project', projectId],
    ]);
    const ofFleet = await listRegistry({ ctx: operator, projectId, fleetId: fleet.id, input: {} });
    expect(ofFleet.items).toMatchObject([{ scope: 'fleet', device_count: 1 }]);
    const elsewhere = await makeTenancy(db);
    await expect(
      listRegistry({ ctx: elsewhere.people.owner.ctx, projectId, input: {} }),
    ).rejects.toMatchObject({ status: 404 });
    await setMode(tenancy, 'none', fleet.id);
    const second = await makeDeviceIn(db, tenancy, 'valve-2', fleet.id);
    await second.send(DEVICE_STATE, [put(1, ROW)]);
    expect((await newestReview(db, second.id)).status).toBe('queued');
  });
});

describe('names', () => {
  it('keeps two sources apart whose names come to the same', async () => {
    const { tenancy, a, projectId } = await twoDevices();
    const tables = ['Device State', 'device-state', 'x'.repeat(300), `${'x'.repeat(299)}y`];
    for (const [i, name] of tables.entries()) {
      const table = { ...DEVICE_STATE, name };
      await a.send(table, [put(1, { ...ROW, mode: String(i) })]);
      await approveShared(tenancy, table);
    }
    await drainReplays(db);
    for (const [i, name] of tables.entries())
      expect(await sharedRows(db, projectId, name)).toMatchObject([{ mode: String(i) }]);
  });

  it('keeps two fleets apart whose ids begin alike', async () => {
    const { tenancy, operator, projectId } = await twoDevices('fleet');
    const ids = [uuidV4(), uuidV4()].map((id, i) => `deadbeef-${String(i)}${id.slice(10)}`);
    for (const [i, id] of ids.entries()) {
      await db.sql`insert into tidegate.fleet (id, project_id, name) values (${id}, ${projectId}, ${`twin ${String(i)}`})`;
      const device = await makeDeviceIn(db, tenancy, `twin-${String(i)}`, id);
      await device.send(DEVICE_STATE, [put(1, { ...ROW, mode: String(i) })]);
      const review = await claimOpen(tenancy);
      await approveRegistryReview({
        ctx: operator,
        projectId,
        fleetId: id,
        reviewId: review.id,
        input: { action_version: review.action_version, column_actions: mirrorEvery(DEVICE_STATE) },
      });
    }
    await drainReplays(db);
    for (const [i, id] of ids.entries())
      expect(await sharedRows(db, id, 'device_state')).toMatchObject([{ mode: String(i) }]);
  });
});

it('repairs the fan-out of an approved entry, says what it did, and then finds nothing to do', async () => {
  const { tenancy, a, b, operator, projectId } = await twoDevices();
  await Promise.all([a, b].map((d) => d.send(DEVICE_STATE, [put(1, ROW)])));
  await approveShared(tenancy, DEVICE_STATE);
  // As after a restore that has lost a part: one lineage is unbound, held, and has no replay.
  await db.sql`
    with l as (select id from tidegate.lineage where device_id = ${b.id}),
      x as (delete from tidegate.column_binding where lineage_id in (select id from l)),
      y as (update tidegate.schema_version set status = 'pending' where lineage_id in (select id from l)),
      z as (delete from tidegate.replay_intent where lineage_id in (select id from l))
    insert into tidegate.pause_cause (lineage_id, cause, since, detail) select id, 'schema_review', now(), '' from l`;
  const { items } = await listRegistry({ ctx: operator, projectId, input: {} });
  const target = { ctx: operator, projectId, registryId: items[0]?.id ?? '' };
  expect(await reconcileEntry(target)).toMatchObject({ lineages: 2, bound: 1, replays: 1, staged_rows: 1 });
  await drainReplays(db);
  expect(await sharedRows(db, projectId, 'device_state')).toHaveLength(2);
  expect(await reconcileEntry(target)).toMatchObject({ lineages: 2, bound: 0, replays: 0, skipped: [] });
});

it('misses no device that joins while it is being approved', async () => {
  const tenancy = await makeTenancy(db);
  await setMode(tenancy, 'project');
  const devices: TestDevice[] = [];
  for (let i = 0; i < 24; i++) devices.push(await makeDeviceIn(db, tenancy, `j-${String(i)}`));
  await devices[0]?.send(DEVICE_STATE, [put(1, ROW)]);
  const joining = devices.slice(1).map((d) => d.send(DEVICE_STATE, [put(1, ROW)]));
  await Promise.all([approveShared(tenancy, DEVICE_STATE), ...joining]);
  await drainReplays(db);
  expect(await sharedRows(db, tenancy.projectId, 'device_state')).toHaveLength(24);
  const [held] = await db.sql`
    select count(*)::int as n from tidegate.pause_cause p join tidegate.lineage l on l.id = p.lineage_id
    where l.project_id = ${tenancy.projectId}`;
  expect(held).toEqual({ n: 0 });
});

it('leaves a device alone that sends the same table as the other kind of batch', async () => {
  const device = await makeDevice(db, 'alone');
  await setMode(device.tenancy, 'project');
  await device.send(DEVICE_STATE, [put(1, ROW)]);
  const [entry] = (
    await listRegistry({ ctx: device.operator, projectId: device.tenancy.projectId, input: {} })
  ).items;
  await db.sql`update tidegate.registry_entry set capture = 'telemetry' where id = ${entry?.id ?? ''}`;
  const other = await makeDeviceIn(db, device.tenancy, 'other');
  await other.send(DEVICE_STATE, [put(1, ROW)]);
  expect((await newestReview(db, other.id)).status).toBe('queued');
});
