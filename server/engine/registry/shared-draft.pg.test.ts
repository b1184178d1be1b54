// A draft of a registry review says when what it rests on is no longer so, as a device review's does.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDb, type RootDb } from '@/server/db/client';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import { DEVICE_STATE, makeDeviceIn, put, type TestTable } from '@/server/testing/engine';
import { claimOpen, mirrorEvery, registryReviews, setMode } from '@/server/testing/registry';
import { makeTenancy } from '@/server/testing/tenancy';
import { approveRegistryReview } from './approve-registry-review';
import { claimRegistryReview } from './claim-registry-review';
import { getRegistryReview } from './get-registry-review';
import { saveRegistryDraft } from './registry-draft';

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

const WIDER: TestTable = {
  name: DEVICE_STATE.name,
  columns: [
    ...DEVICE_STATE.columns,
    { name: 'extra', decl_type_affinity: 'TEXT', pk_ordinal: 0, not_null: false },
  ],
};
const first = put(1, { id: 1, mode: 'a', setpoint: 1 });

/** A draft on the open review that the first device has asked for. */
async function begun({ columns = true } = {}) {
  const tenancy = await makeTenancy(db);
  await setMode(tenancy, 'project');
  const newDevice = (name: string) => makeDeviceIn(db, tenancy, name);
  await (await newDevice('one')).send(DEVICE_STATE, [first], { columns });
  const review = await claimOpen(tenancy);
  const target = {
    ctx: tenancy.people.operator.ctx,
    projectId: tenancy.projectId,
    reviewId: review.id,
  };
  const save = (stale_seen = false) =>
    saveRegistryDraft({ ...target, input: { column_actions: mirrorEvery(DEVICE_STATE), stale_seen } });
  const stale = () => getRegistryReview(target).then((r) => r.draft_stale);
  expect(await stale()).toBeNull();
  await save();
  return { tenancy, newDevice, save, stale };
}

describe('a draft of a registry review', () => {
  it('is not stale once another device waits with rows of the same kind', async () => {
    const { newDevice, stale } = await begun();
    await (await newDevice('two')).send(DEVICE_STATE, [put(1, { id: 2, mode: 'b', setpoint: 2 })]);
    expect(await stale()).toBeNull();
  });

  it('is stale once a device tells the columns of a hash that was known alone, until that is seen', async () => {
    const { newDevice, save, stale } = await begun({ columns: false });
    await (await newDevice('two')).send(DEVICE_STATE, [first]);
    expect(await stale()).toMatchObject({ reason: expect.stringContaining('anew') as string });
    await save();
    expect(await stale()).not.toBeNull();
    await save(true);
    expect(await stale()).toBeNull();
  });

  it('is stale once another schema of the table is approved', async () => {
    const { tenancy, newDevice, stale } = await begun();
    await (await newDevice('two')).send(WIDER, [put(1, { id: 1, mode: 'a', setpoint: 1, extra: 'x' })]);
    const other = (await registryReviews(tenancy, 'queued'))[0];
    const target = {
      ctx: tenancy.people.operator.ctx,
      projectId: tenancy.projectId,
      reviewId: other?.id ?? '',
    };
    const { action_version } = await claimRegistryReview({
      ...target,
      input: { action_version: other?.action_version ?? 0 },
    });
    await approveRegistryReview({ ...target, input: { action_version, column_actions: mirrorEvery(WIDER) } });
    expect(await stale()).toMatchObject({ reason: expect.stringContaining('approved meanwhile') as string });
  });

  it('is stale after a value of another device that does not fit', async () => {
    const { newDevice, stale } = await begun();
    await (await newDevice('two')).send(DEVICE_STATE, [put(1, { id: 1, mode: 'a', setpoint: 'warm' })]);
    expect(await stale()).toMatchObject({ reason: expect.stringContaining('setpoint') as string });
  });
});
