// The list of devices: who is there in which way, what each line counts, and every order walked to its end.
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createDb, type RootDb } from '@/server/db/client';
import { DEVICE_SORTS } from '@/server/contract/device-states';
import { presence } from '@/server/contract/fleet';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import { makeLineage, makeReview } from '@/server/testing/lineages';
import { makeTenancy, type TestTenancy } from '@/server/testing/tenancy';
import { uuidV4 } from '@/server/lib/uuid';
import { getOverview } from '../diagnosis/overview';
import { createFleet } from './create-fleet';
import { deleteFleet } from './delete-fleet';
import { listDevices } from './list-devices';
import { listFleets } from './list-fleets';
import { renameFleet } from './rename-fleet';

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

const at = () => ({ ctx: place.people.operator.ctx, projectId: place.projectId });
const list = (input: Parameters<typeof listDevices>[0]['input'] = {}) => listDevices({ ...at(), input });
const names = async (input: Parameters<typeof listDevices>[0]['input']) =>
  (await list(input)).items.map(({ name }) => name);

/** Four devices, each there in another way. */
async function four(): Promise<void> {
  for (const name of ['a-connected', 'b-away', 'c-silent', 'd-never'])
    await makeLineage(db, place, { deviceName: name });
  await db.sql`
    update tidegate.device set connected = name = 'a-connected', last_seen_at = case name
      when 'd-never' then null when 'c-silent' then now() - interval '16 minutes'
      when 'a-connected' then now() - interval '2 days' else now() - interval '14 minutes' end
    where project_id = ${place.projectId}`;
}

it('finds each device in exactly one way, as the overview and the fleets count it', async () => {
  await four();
  const found = await Promise.all(presence.options.map((how) => names({ presence: how })));
  expect(found).toEqual([['a-connected'], ['b-away'], ['c-silent'], ['d-never']]);
  expect(await getOverview(at())).toMatchObject({
    devices: 4,
    devices_connected: 1,
    devices_silent: 1,
    devices_never_seen: 1,
  });
  const { items } = await listFleets({ ...at(), input: {} });
  expect(items).toMatchObject([{ device_count: 4, connected_count: 1, silent_count: 1 }]);
  expect(await names({ sort: 'last_seen_at' })).toEqual(['d-never', 'a-connected', 'c-silent', 'b-away']);
});

it('counts what each device has, finds and orders by it, and walks every order to its end', async () => {
  const [one, two] = [
    await makeLineage(db, place, { deviceName: 'one' }),
    await makeLineage(db, place, { deviceName: 'two' }),
  ];
  await makeLineage(db, place, { deviceName: 'three' });
  await makeReview(db, place, one);
  for (const outcome of [null, 'rejected', 'accepted'])
    await db.sql`
      insert into tidegate.rejected_batch
        (id, org_id, project_id, device_id, topic, code, detail, payload, bytes, received_at, retry_outcome)
      values (${uuidV4()}, ${place.orgId}, ${place.projectId}, ${two.deviceId}, 't', 'invalid_json', 'x', 'abc', 3, now(), ${outcome})`;
  for (const done of ['acknowledged_at', 'superseded_at', 'sent_at'])
    await db.sql`
      insert into tidegate.control (id, device_id, lineage_id, control_kind, next_send_at, ${db.sql(done)})
      values (${uuidV4()}, ${two.deviceId}, ${two.lineageId}, 'pause_lineage', now(), now())`;
  const byName = new Map((await list()).items.map((device) => [device.name, device]));
  expect(byName.get('one')).toMatchObject({
    lineage_count: 1,
    paused_lineage_count: 1,
    rejected_batch_count: 0,
  });
  expect(byName.get('two')).toMatchObject({
    paused_lineage_count: 0,
    rejected_batch_count: 2,
    pending_control_count: 1,
  });
  expect(await names({ having: 'paused_lineages' })).toEqual(['one']);
  expect(await names({ having: 'rejected_batches' })).toEqual(['two']);
  expect(await names({ having: 'pending_controls' })).toEqual(['two']);
  expect((await names({ sort: '-rejected_batches' }))[0]).toBe('two');
  expect((await names({ sort: '-paused_lineages' }))[0]).toBe('one');
  for (const sort of DEVICE_SORTS) {
    const walked: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await list({ sort, limit: 1, ...(cursor === undefined ? {} : { cursor }) });
      walked.push(...page.items.map(({ name }) => name));
      cursor = page.meta.next_cursor ?? undefined;
    } while (cursor !== undefined);
    expect(walked, sort).toEqual(await names({ sort }));
    expect(new Set(walked).size, sort).toBe(3);
  }
});

it('renames a fleet and deletes it, but never one that anything belongs to', async () => {
  await makeLineage(db, place);
  const { id: fleetId } = await createFleet({ ...at(), input: { name: 'Valves' } });
  const taken = renameFleet({ ...at(), fleetId: place.fleetId, input: { name: 'Valves' } });
  await expect(taken).rejects.toMatchObject({ status: 409, code: 'fleet_name_already_in_use' });
  expect(await renameFleet({ ...at(), fleetId, input: { name: 'Valves' } })).toMatchObject({
    name: 'Valves',
  });
  await expect(deleteFleet({ ...at(), fleetId: place.fleetId })).rejects.toMatchObject({
    status: 409,
    code: 'fleet_in_use',
  });
  await db.sql`insert into tidegate.policy (scope, scope_id, fields) values ('fleet', ${fleetId}, '{}')`;
  expect(await deleteFleet({ ...at(), fleetId })).toEqual({ id: fleetId });
  expect(await db.sql`select from tidegate.policy where scope_id = ${fleetId}`).toHaveLength(0);
  await expect(deleteFleet({ ...at(), fleetId })).rejects.toMatchObject({ status: 404 });
});
