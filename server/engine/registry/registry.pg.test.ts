import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDb, type RootDb } from '@/server/db/client';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import { DEVICE_STATE, drainReplays, makeDeviceIn, put, type TestDevice } from '@/server/testing/engine';
import { approveShared, openRegistryReview, setMode, sharedRows } from '@/server/testing/registry';
import { makeTenancy, type TestTenancy } from '@/server/testing/tenancy';
import { listRegistry } from './registry-entries';

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

async function fleetOf(size: number): Promise<{ tenancy: TestTenancy; devices: TestDevice[] }> {
  const tenancy = await makeTenancy(db);
  await setMode(tenancy, 'project');
  const devices: TestDevice[] = [];
  for (let i = 0; i < size; i++) devices.push(await makeDeviceIn(db, tenancy, `d-${String(i)}`));
  return { tenancy, devices };
}

const causesOf = (device: TestDevice) =>
  db.sql<{ cause: string }[]>`
    select p.cause from tidegate.pause_cause p join tidegate.lineage l on l.id = p.lineage_id
    where l.device_id = ${device.id}`.then((rows) => rows.map((r) => r.cause));

describe('the first devices of a schema', () => {
  it('make one entry and one review between them, and wait', async () => {
    const { tenancy, devices } = await fleetOf(20);
    await Promise.all(devices.map((d) => d.send(DEVICE_STATE, [put(1, ROW), put(2, { ...ROW, id: 2 })])));
    const review = await openRegistryReview(tenancy);
    expect(review).toMatchObject({
      scope: 'project',
      scope_id: tenancy.projectId,
      status: 'queued',
      classification: 'ambiguous',
      waiting_lineages: 20,
      staged_row_count: 40,
    });
    const { items } = await listRegistry({
      ctx: tenancy.people.viewer.ctx,
      projectId: tenancy.projectId,
      input: {},
    });
    expect(items).toMatchObject([
      { status: 'pending', device_count: 20, waiting_lineages: 20, open_review_id: review.id },
    ]);
    const [device] = await db.sql`select count(*)::int as n from tidegate.schema_review
      where project_id = ${tenancy.projectId}`;
    expect(device).toEqual({ n: 0 });
    for (const d of devices) expect(await causesOf(d)).toEqual(['schema_review']);
  });

  it('are approved together, and their staged rows land in one table', async () => {
    const { tenancy, devices } = await fleetOf(5);
    await Promise.all(devices.map((d) => d.send(DEVICE_STATE, [put(1, ROW)])));
    const approved = await approveShared(tenancy, DEVICE_STATE);
    expect(approved).toMatchObject({ status: 'approved', action_version: 3 });
    await drainReplays(db);
    const rows = await sharedRows(db, tenancy.projectId, 'device_state');
    expect(rows.map((r) => r['device_id'])).toEqual(devices.map((d) => d.id).sort());
    for (const d of devices) expect(await causesOf(d)).toEqual([]);
    const [left] = await db.sql<{ n: number; staged: number }[]>`
      select count(*)::int as n, sum(staged_rows)::int as staged from tidegate.lineage
      where project_id = ${tenancy.projectId}`;
    expect(left).toEqual({ n: 5, staged: 0 });
  });

  it('let a later device straight in, and say by which entry', async () => {
    const { tenancy, devices } = await fleetOf(1);
    await devices[0]?.send(DEVICE_STATE, [put(1, ROW)]);
    await approveShared(tenancy, DEVICE_STATE);
    const later = await makeDeviceIn(db, tenancy, 'later');
    const outcome = await later.send(DEVICE_STATE, [put(1, { ...ROW, mode: 'later' })]);
    expect(outcome).toMatchObject({ kind: 'accepted', staged: 0 });
    const rows = await sharedRows(db, tenancy.projectId, 'device_state');
    expect(rows).toEqual([{ device_id: later.id, ...ROW, mode: 'later' }]);
    const [version] = await db.sql`
      select v.classification, v.status, v.registry_entry_id as entry from tidegate.schema_version v
      join tidegate.lineage l on l.id = v.lineage_id where l.device_id = ${later.id}`;
    expect(version).toMatchObject({ classification: 'compatible_mapped', status: 'approved' });
    const [event] = await db.sql<{ data: { registry_id: string } }[]>`
      select data from tidegate.event
      where device_id = ${later.id} and kind = 'edge_table_lineage.registry_approved'`;
    expect(event?.data.registry_id).toBe(version?.['entry']);
  });
});
