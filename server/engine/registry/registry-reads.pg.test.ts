import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDb, type RootDb } from '@/server/db/client';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import {
  approveNewest,
  DEVICE_STATE,
  drainReplays,
  hashOf,
  makeDeviceIn,
  put,
  type TestDevice,
  type TestTable,
} from '@/server/testing/engine';
import { approveShared, openRegistryReview, setMode } from '@/server/testing/registry';
import { makeTenancy, type TestTenancy } from '@/server/testing/tenancy';
import { createFleet } from '../devices/create-fleet';
import { getLineage } from '../governance/get-lineage';
import { getCoalescedMirror } from './get-coalesced-mirror';
import { listConsolidationCandidates } from './list-consolidation-candidates';
import { listMirrorDevices } from './list-mirror-devices';
import { listRegistryDevices } from './list-registry-devices';
import { listRegistryTables } from './list-registry-tables';
import { previewMode } from './preview-mode';
import { reconcileEntry } from './reconcile';
import { getRegistryReviewFacts } from './registry-review-facts';

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

const at = (tenancy: TestTenancy) => ({
  ctx: tenancy.people.viewer.ctx,
  projectId: tenancy.projectId,
});

/** Two devices on the first version, two on the second, and one that waits on a third. */
async function threeVersions() {
  const tenancy = await makeTenancy(db);
  await setMode(tenancy, 'project');
  const devices: TestDevice[] = [];
  for (const name of ['a', 'b', 'c', 'd', 'e']) devices.push(await makeDeviceIn(db, tenancy, name));
  for (const device of devices.slice(0, 4)) await device.send(DEVICE_STATE, [put(1, ROW)]);
  await approveShared(tenancy, DEVICE_STATE);
  await devices[2]?.send(WIDER, [put(2, { ...ROW, fan: 1 })]);
  await approveShared(tenancy, WIDER);
  await devices[3]?.send(WIDER, [put(2, { ...ROW, fan: 1 })]);
  const third = {
    ...WIDER,
    columns: WIDER.columns.map((c) =>
      c.name === 'mode' ? { ...c, decl_type_affinity: 'INTEGER' as const } : c,
    ),
  };
  await devices[4]?.send(third, [
    put(1, { ...ROW, mode: 3, fan: 1 }),
    put(2, { ...ROW, id: 2, mode: 'x', fan: 1 }),
  ]);
  await drainReplays(db);
  return { tenancy, devices, third };
}

describe('the matrix', () => {
  it('counts devices where their last batch was, and those that are behind', async () => {
    const { tenancy, third } = await threeVersions();
    const { items, meta } = await listRegistryTables({ ...at(tenancy), input: {} });
    expect(meta.total_items).toBe(1);
    expect(items[0]).toMatchObject({
      scope: 'project',
      scope_id: tenancy.projectId,
      source_table: 'device_state',
      device_count: 5,
      straggler_count: 2,
      waiting_lineages: 1,
      staged_row_count: 2,
      version_count: 3,
    });
    expect(
      items[0]?.versions.map((v) => [
        v.schema_hash,
        v.status,
        v.device_count,
        v.waiting_lineages,
        v.column_count,
      ]),
    ).toEqual([
      [hashOf(third), 'pending', 1, 1, 4],
      [hashOf(WIDER), 'approved', 2, 0, 4],
      [hashOf(DEVICE_STATE), 'approved', 2, 0, 3],
    ]);
    expect(items[0]?.versions.map((v) => v.open_review_id === null)).toEqual([false, true, true]);
    const find = (input: object) => listRegistryTables({ ...at(tenancy), input }).then((p) => p.items.length);
    expect(await find({ q: 'VICE_S' })).toBe(1);
    expect(await find({ q: hashOf(WIDER).slice(0, 10) })).toBe(1);
    expect(await find({ q: 'nothing%' })).toBe(0);
    expect(await find({ status: 'rejected' })).toBe(0);
    expect(await find({ status: 'pending' })).toBe(1);
    expect(await find({ scope: 'fleet' })).toBe(0);
    const fleet = { ...at(tenancy), fleetId: tenancy.fleetId, input: {} };
    expect((await listRegistryTables(fleet)).items).toEqual([]);
    const elsewhere = await makeTenancy(db);
    expect((await listRegistryTables({ ...at(elsewhere), input: {} })).items).toEqual([]);
  });

  it('lists who is on a version, who left it and who is behind it', async () => {
    const { tenancy } = await threeVersions();
    const [table] = (await listRegistryTables({ ...at(tenancy), input: {} })).items;
    const [newest, wider, first] = table?.versions ?? [];
    const names = async (registryId: string | undefined, input: object) =>
      (await listRegistryDevices({ ...at(tenancy), registryId: registryId ?? '', input })).items.map(
        (d) => d.device_name,
      );
    expect(await names(first?.id, {})).toEqual(['a', 'b', 'c', 'd']);
    expect(await names(first?.id, { on: 'current' })).toEqual(['a', 'b']);
    expect(await names(first?.id, { on: 'left', q: 'D' })).toEqual(['d']);
    expect(await names(wider?.id, { on: 'older' })).toEqual(['a', 'b']);
    expect(await names(newest?.id, { on: 'waiting' })).toEqual(['e']);
    const wrong = await db.sql`
      select v.id from tidegate.schema_version v join tidegate.lineage l on l.id = v.lineage_id
      where v.is_current <> (v.schema_hash = l.current_schema_hash)`;
    expect(wrong).toHaveLength(0);
    const { items } = await listRegistryDevices({
      ...at(tenancy),
      registryId: newest?.id ?? '',
      input: { on: 'waiting' },
    });
    expect(items[0]).toMatchObject({ status: 'pending', is_current: true, staged_row_count: 2 });
    const elsewhere = await makeTenancy(db);
    await expect(
      listRegistryDevices({ ...at(elsewhere), registryId: first?.id ?? '', input: {} }),
    ).rejects.toMatchObject({ status: 404 });
  });
});

it('a lineage names the registry entry of its versions and the review that it waits for', async () => {
  const { tenancy, devices } = await threeVersions();
  const review = await openRegistryReview(tenancy);
  const lineageId = await db.sql<{ id: string }[]>`
    select id from tidegate.lineage where device_id = ${devices[4]?.id ?? ''}`;
  const detail = await getLineage({ ...at(tenancy), lineageId: lineageId[0]?.id ?? '' });
  expect(detail.schema_versions[0]?.registry_id).toBe(review.registry_id);
  expect(detail.registry_review_id).toBe(review.id);
  expect(detail.open_review).toBeNull();
});

it('a registry review has its facts over the devices that wait, offline ones among them', async () => {
  const { tenancy, devices } = await threeVersions();
  await db.sql`update tidegate.device set connected = true where id = ${devices[0]?.id ?? ''}`;
  const review = await openRegistryReview(tenancy);
  const facts = await getRegistryReviewFacts({ ...at(tenancy), reviewId: review.id });
  expect(facts).toMatchObject({ staged_row_count: 2, examined_rows: 2, examined_lineages: 1 });
  expect(facts.columns.find((c) => c.source_column_name === 'mode')?.misfits).toMatchObject({
    rows: 1,
    of: 2,
  });
  expect(facts.blast_radius).toMatchObject({
    waiting_devices: 1,
    waiting_devices_offline: 1,
    approved_devices: 0,
    waiting_staged_rows: 2,
  });
});

it('a shared mirror says since when it has its columns, and how many rows are of whom', async () => {
  const { tenancy, devices } = await threeVersions();
  const [table] = (await listRegistryTables({ ...at(tenancy), input: {} })).items;
  const target = { ...at(tenancy), mirrorId: table?.mirror_id ?? '' };
  const mirror = await getCoalescedMirror(target);
  expect(mirror).toMatchObject({ row_count: null, device_count: 4, generations: [] });
  expect(mirror.columns.map((c) => [c.name, c.key_ordinal, c.since?.schema_hash])).toEqual([
    ['id', 1, hashOf(DEVICE_STATE)],
    ['mode', 0, hashOf(DEVICE_STATE)],
    ['setpoint', 0, hashOf(DEVICE_STATE)],
    ['fan', 0, hashOf(WIDER)],
  ]);
  expect((await getCoalescedMirror({ ...target, input: { count: 'exact' } })).row_count).toBe(4);
  const { items, meta } = await listMirrorDevices({ ...target, input: { limit: 3 } });
  expect([items.map((d) => [d.device_name, d.row_count, d.row_count_estimated]), meta.total_items]).toEqual([
    [
      ['a', 1, false],
      ['b', 1, false],
      ['c', 1, false],
    ],
    4,
  ]);
  expect((await listMirrorDevices({ ...target, input: { q: 'D' } })).items.map((d) => d.device_id)).toEqual([
    devices[3]?.id,
  ]);
});

it('a dry run of a reconcile finds what it would do and does nothing', async () => {
  const { tenancy, devices } = await threeVersions();
  const [table] = (await listRegistryTables({ ...at(tenancy), input: {} })).items;
  const registryId = table?.versions.at(-1)?.id ?? '';
  const target = { ...at(tenancy), ctx: tenancy.people.operator.ctx, registryId };
  await db.sql`
    delete from tidegate.column_binding where lineage_id in (
      select id from tidegate.lineage where device_id = ${devices[0]?.id ?? ''})`;
  const found = await reconcileEntry({ ...target, input: { dry_run: true } });
  expect(found).toMatchObject({ dry_run: true, lineages: 4, bound: 1, skipped: [] });
  expect(await reconcileEntry(target)).toMatchObject({ dry_run: false, bound: 1 });
  expect(await reconcileEntry(target)).toMatchObject({ bound: 0 });
});

describe('before a change', () => {
  it('candidates are tables that share by their mode and still write mirrors of their own', async () => {
    const tenancy = await makeTenancy(db);
    const own = await makeDeviceIn(db, tenancy, 'own');
    await own.send(DEVICE_STATE, [put(1, ROW)]);
    await approveNewest(db, own, DEVICE_STATE);
    const list = (fleetId?: string) =>
      listConsolidationCandidates({
        ...at(tenancy),
        ...(fleetId === undefined ? {} : { fleetId }),
        input: {},
      }).then((p) => p.items);
    expect(await list()).toEqual([]);
    await setMode(tenancy, 'project');
    expect(await list()).toEqual([
      {
        scope: 'project',
        scope_id: tenancy.projectId,
        scope_name: expect.any(String) as string,
        source_table: 'device_state',
        devices: 1,
        mirrors: 1,
        open_job_id: null,
        open_job_status: null,
      },
    ]);
    expect(await list(tenancy.fleetId)).toEqual([]);
    await setMode(tenancy, 'fleet', tenancy.fleetId);
    expect(await list(tenancy.fleetId)).toMatchObject([{ scope: 'fleet', scope_id: tenancy.fleetId }]);
  });

  it('another mode says whom it concerns and what it leaves as it is', async () => {
    const tenancy = await makeTenancy(db);
    const { id: otherFleet } = await createFleet({
      ctx: tenancy.people.admin.ctx,
      projectId: tenancy.projectId,
      input: { name: 'Others' },
    });
    await setMode(tenancy, 'none', otherFleet);
    const [own, waits] = [await makeDeviceIn(db, tenancy, 'own'), await makeDeviceIn(db, tenancy, 'waits')];
    await own.send(DEVICE_STATE, [put(1, ROW)]);
    await approveNewest(db, own, DEVICE_STATE);
    await waits.send(DEVICE_STATE, [put(1, ROW)]);
    const effect = await previewMode({ ...at(tenancy), input: { schema_coalescing_mode: 'project' } });
    expect(effect).toEqual({
      from: 'none',
      to: 'project',
      devices: 2,
      unaffected_fleets: [{ fleet_id: otherFleet, fleet_name: 'Others', mode: 'none' }],
      table_count: 1,
      own_mirrors: 1,
      open_device_reviews: 1,
      decided_in_registry: 0,
      open_registry_reviews: 0,
      tables: [
        {
          source_table: 'device_state',
          devices: 2,
          own_mirrors: 1,
          open_device_reviews: 1,
          open_registry_reviews: 0,
        },
      ],
    });
    await setMode(tenancy, 'project');
    const third = await makeDeviceIn(db, tenancy, 'third');
    await third.send(DEVICE_STATE, [put(1, ROW)]);
    const back = await previewMode({ ...at(tenancy), input: {} });
    expect(back).toMatchObject({
      from: 'project',
      to: 'none',
      open_registry_reviews: 1,
      decided_in_registry: 0,
    });
    const same = await previewMode({ ...at(tenancy), input: { schema_coalescing_mode: 'project' } });
    expect(same).toMatchObject({ open_device_reviews: 1, decided_in_registry: 1 });
    const fleet = await previewMode({ ...at(tenancy), fleetId: otherFleet, input: {} });
    expect(fleet).toMatchObject({ from: 'none', to: 'project', devices: 0, unaffected_fleets: [] });
  });
});
