// What a decided review says of its columns is what it said when it was decided: the tables and bindings that it has
// brought are there since, and are no reason for it.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDb, type RootDb } from '@/server/db/client';
import { getRegistryReview } from '@/server/engine/registry/get-registry-review';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import {
  approveNewest,
  DEVICE_STATE,
  drainReplays,
  makeDevice,
  makeDeviceIn,
  newestReview,
  put,
  type TestDevice,
  type TestTable,
} from '@/server/testing/engine';
import { approveShared, openRegistryReview, setMode } from '@/server/testing/registry';
import { makeTenancy } from '@/server/testing/tenancy';
import { getReview } from './get-review';
import { rejectReview } from './reject-review';
import { claimReview } from './claim-review';

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

const reasonsIn = ({ columns }: { columns: { name: string; proposal_reason: string }[] }) =>
  Object.fromEntries(columns.map((column) => [column.name, column.proposal_reason]));

const reasonsOf = async (device: TestDevice, reviewId: string) =>
  reasonsIn(await getReview({ ctx: device.operator, projectId: device.tenancy.projectId, reviewId }));

const NEXT: TestTable = {
  ...DEVICE_STATE,
  columns: [
    ...DEVICE_STATE.columns.map((c) =>
      c.name === 'setpoint' ? { ...c, decl_type_affinity: 'TEXT' as const } : c,
    ),
    { name: 'label', decl_type_affinity: 'TEXT' as const, pk_ordinal: 0, not_null: false },
  ],
};

it('a first schema stays one after its approval, with what was left out of it', async () => {
  const device = await makeDevice(db);
  await device.send(DEVICE_STATE, [put(1, { id: 1, mode: 'a', setpoint: 1 })]);
  const { id } = await newestReview(db, device.id);
  const open = await reasonsOf(device, id);
  expect(open).toEqual({
    id: 'Part of the key: must be mirrored as soon as any column is.',
    mode: 'First schema of this table.',
    setpoint: 'First schema of this table.',
  });
  await approveNewest(db, device, DEVICE_STATE, { mode: { action: 'ignore' } });
  await drainReplays(db);
  expect(await reasonsOf(device, id)).toEqual(open);
});

it('a later schema keeps the reasons it had against the one before, and so does the one before', async () => {
  const device = await makeDevice(db);
  await device.send(DEVICE_STATE, [put(1, { id: 1, mode: 'a', setpoint: 1 })]);
  const first = await newestReview(db, device.id);
  const firstOpen = await reasonsOf(device, first.id);
  await approveNewest(db, device, DEVICE_STATE, { mode: { action: 'ignore' } });
  await drainReplays(db);
  await device.send(NEXT, [put(2, { id: 2, mode: 'b', setpoint: 'warm', label: 'x' })]);
  const second = await newestReview(db, device.id);
  const open = await reasonsOf(device, second.id);
  expect(open).toEqual({
    id: 'Goes on in the mirror column it has.',
    mode: 'Was ignored in the schema before.',
    setpoint: expect.stringMatching(
      /^Its type has changed, so it gets the column "setpoint_\w+" beside the old/,
    ),
    label: 'New column.',
  });
  await approveNewest(db, device, NEXT, { mode: { action: 'mirror' }, setpoint: { widen: true } });
  await drainReplays(db);
  expect(await reasonsOf(device, second.id)).toEqual(open);
  expect(await reasonsOf(device, first.id)).toEqual(firstOpen);
});

it('a renamed column was new when it was decided', async () => {
  const device = await makeDevice(db);
  await device.send(DEVICE_STATE, [put(1, { id: 1, mode: 'a', setpoint: 1 })]);
  await approveNewest(db, device, DEVICE_STATE);
  await drainReplays(db);
  const renamed = {
    ...DEVICE_STATE,
    columns: DEVICE_STATE.columns.map((c) => (c.name === 'mode' ? { ...c, name: 'state' } : c)),
  };
  await device.send(renamed, [put(2, { id: 2, state: 'b', setpoint: 2 })]);
  const { id } = await newestReview(db, device.id);
  const open = await reasonsOf(device, id);
  expect(open['state']).toBe('New column.');
  await approveNewest(db, device, renamed, { state: { rename_of: 'mode' } });
  expect(await reasonsOf(device, id)).toEqual(open);
});

it('a rejected schema does not take its reasons from one that was approved after it', async () => {
  const device = await makeDevice(db);
  await device.send(DEVICE_STATE, [put(1, { id: 1, mode: 'a', setpoint: 1 })]);
  const first = await newestReview(db, device.id);
  const open = await reasonsOf(device, first.id);
  const target = { ctx: device.operator, projectId: device.tenancy.projectId, reviewId: first.id };
  await claimReview({ ...target, input: { action_version: 1 } });
  await rejectReview({ ...target, input: { action_version: 2, reason: 'Not this one.' } });
  await device.send(NEXT, [put(2, { id: 2, mode: 'b', setpoint: 'warm', label: 'x' })]);
  await approveNewest(db, device, NEXT);
  expect(await reasonsOf(device, first.id)).toEqual(open);
});

it('a shared review keeps its reasons too', async () => {
  const tenancy = await makeTenancy(db);
  await setMode(tenancy, 'project');
  const device = await makeDeviceIn(db, tenancy, 'pump-1');
  const shared = async (reviewId: string) =>
    reasonsIn(await getRegistryReview({ ctx: device.operator, projectId: tenancy.projectId, reviewId }));
  await device.send(DEVICE_STATE, [put(1, { id: 1, mode: 'a', setpoint: 1 })]);
  const first = await openRegistryReview(tenancy);
  const firstOpen = await shared(first.id);
  expect(firstOpen).toMatchObject({ mode: 'First schema of this table.' });
  await approveShared(tenancy, DEVICE_STATE, { mode: { action: 'ignore' } });
  await device.send(NEXT, [put(2, { id: 2, mode: 'b', setpoint: 'warm', label: 'x' })]);
  const second = await openRegistryReview(tenancy);
  const secondOpen = await shared(second.id);
  expect(secondOpen).toMatchObject({ mode: 'Was ignored in the schema before.', label: 'New column.' });
  await approveShared(tenancy, NEXT);
  expect(await shared(first.id)).toEqual(firstOpen);
  expect(await shared(second.id)).toEqual(secondOpen);
});
