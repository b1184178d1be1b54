// What is told, out of real lineages: one message per fingerprint, whatever the number of devices.
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { WebhookKind } from '@/server/contract/webhook-kinds';
import { createDb, type RootDb } from '@/server/db/client';
import { claimReview } from '@/server/engine/governance/claim-review';
import { patchPolicy } from '@/server/engine/policy/patch-policy';
import {
  approveNewest,
  DEVICE_STATE,
  makeDeviceIn,
  makeDevicesIn,
  newestReview,
  put,
  systemCtx,
  type TestTable,
} from '@/server/testing/engine';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import { makeTenancy, type TestTenancy } from '@/server/testing/tenancy';
import { makeWebhook } from '@/server/testing/webhooks';
import type { Ctx } from '../context/context';
import { tellWebhooks } from './tell-webhooks';

let database: TestDatabase;
let db: RootDb;
let place: TestTenancy;
let nowMs: number;
let ctx: Ctx;

const MINUTE = 60_000;
const SECRET_VALUE = 'a value that nobody else may see';

beforeAll(async () => {
  database = await createTestDatabase();
  db = createDb(database.url);
});
afterAll(async () => {
  await db.end();
  await database.drop();
});
beforeEach(async () => {
  await db.sql`delete from tidegate.webhook`;
  place = await makeTenancy(db);
  nowMs = Date.now();
  ctx = { ...systemCtx(db), clock: { now: () => new Date(nowMs) } };
});

const hook = async (...kinds: WebhookKind[]): Promise<string> =>
  (await makeWebhook(db, place, { kinds })).webhook_id;
const tell = () => tellWebhooks(ctx, 'https://console.test');

interface Sent {
  type: string;
  text: string;
  data: Record<string, unknown>;
}

async function sent(webhookId: string): Promise<Sent[]> {
  const rows = await db.sql<{ body: string }[]>`
    select body from tidegate.webhook_delivery where webhook_id = ${webhookId} and kind <> 'test'
    order by created_at, id`;
  for (const { body } of rows) expect(body).not.toContain(SECRET_VALUE);
  return rows.map(({ body }) => JSON.parse(body) as Sent);
}

const row = (seq: number) => put(seq, { id: seq, mode: SECRET_VALUE, setpoint: 1 });
const rows = (from: number, count: number) => Array.from({ length: count }, (_, i) => row(from + i));

/** Gives every device without a lineage that of the one device that has sent, with its review. */
async function likeTheFirst(): Promise<void> {
  await db.sql`
    with of as (
      select d.id as device_id, gen_random_uuid() as lineage_id, gen_random_uuid() as version_id
      from tidegate.device d where d.project_id = ${place.projectId}
        and not exists (select from tidegate.lineage l where l.device_id = d.id)),
    first as (select * from tidegate.lineage where project_id = ${place.projectId}),
    lineages as (
      insert into tidegate.lineage (id, org_id, project_id, fleet_id, device_id, source_table,
        current_schema_hash, last_batch_at, staged_rows, staged_bytes)
      select of.lineage_id, l.org_id, l.project_id, l.fleet_id, of.device_id, l.source_table,
        l.current_schema_hash, l.last_batch_at, l.staged_rows, l.staged_bytes from first l, of),
    versions as (
      insert into tidegate.schema_version (id, lineage_id, schema_hash, classification, verified, columns, reasons,
        status, staged_rows, staged_bytes, first_seen_at)
      select of.version_id, of.lineage_id, v.schema_hash, v.classification, v.verified, v.columns, v.reasons,
        v.status, v.staged_rows, v.staged_bytes, v.first_seen_at
      from first l join tidegate.schema_version v on v.lineage_id = l.id, of)
    insert into tidegate.schema_review (id, org_id, project_id, fleet_id, device_id, lineage_id, schema_version_id,
      source_table, schema_hash, classification, reasons, status)
    select gen_random_uuid(), r.org_id, r.project_id, r.fleet_id, of.device_id, of.lineage_id, of.version_id,
      r.source_table, r.schema_hash, r.classification, r.reasons, r.status
    from first l join tidegate.schema_review r on r.lineage_id = l.id, of`;
}

it('a thousand devices that bring one schema are one message, with their count', async () => {
  const webhookId = await hook('review_waits');
  const devices = await makeDevicesIn(db, place, 1_000, 'pump');
  await devices[0]?.send(DEVICE_STATE, [row(1)]);
  await likeTheFirst();
  nowMs = Date.now() + 11_000;
  expect(await tell()).toBe(1);
  expect(await tell()).toBe(0);
  const messages = await sent(webhookId);
  expect(messages).toHaveLength(1);
  expect(messages[0]).toMatchObject({
    type: 'review_waits',
    data: {
      source_table: 'device_state',
      classification: 'ambiguous',
      changes: [{ column: 'id', change: 'first_schema', to: 'INTEGER' }, {}, {}],
      devices: 1_000,
      device_names: ['pump-00000', 'pump-00001', 'pump-00002', 'pump-00003', 'pump-00004'],
      staged_rows: 1_000,
      link: `https://console.test/reviews?table=device_state&project=${place.projectId}`,
    },
  });
  const other: TestTable = { name: 'other', columns: DEVICE_STATE.columns };
  await devices[0]?.send(other, [row(1)]);
  nowMs = Date.now() + 22_000;
  expect(await tell()).toBe(1);
});

it('says what changed, and gives the link of a single review', async () => {
  const webhookId = await hook('review_waits');
  const device = await makeDeviceIn(db, place, 'pump-1');
  await device.send(DEVICE_STATE, [row(1)]);
  await approveNewest(db, device, DEVICE_STATE);
  const [id, mode] = DEVICE_STATE.columns;
  if (id === undefined || mode === undefined) throw new Error('no such columns');
  const changed: TestTable = {
    name: 'device_state',
    columns: [id, { ...mode, decl_type_affinity: 'INTEGER' }],
  };
  await device.send(changed, [put(2, { id: 2, mode: 1 })]);
  nowMs = Date.now() + 11_000;
  await tell();
  const review = await newestReview(db, device.id);
  expect(await sent(webhookId)).toMatchObject([
    {
      data: {
        classification: 'breaking',
        changes: [
          { column: 'mode', change: 'type_changed', from: 'TEXT', to: 'INTEGER' },
          { column: 'setpoint', change: 'removed' },
        ],
        devices: 1,
        device_names: ['pump-1'],
        staged_rows: 1,
        link: `https://console.test/reviews/${review.id}?project=${place.projectId}`,
      },
    },
  ]);
});

it('a review that is claimed within the hour is not told as unclaimed; another is, once', async () => {
  const webhookId = await hook('review_unclaimed');
  const device = await makeDeviceIn(db, place, 'pump-1');
  await device.send(DEVICE_STATE, [row(1)]);
  nowMs = Date.now() + 59 * MINUTE;
  expect(await tell()).toBe(0);
  nowMs += 2 * MINUTE;
  expect(await tell()).toBe(1);
  expect((await sent(webhookId))[0]?.text).toContain('Nobody has claimed the review of device_state');
  const { id, actionVersion } = await newestReview(db, device.id);
  const target = { ctx: device.operator, projectId: place.projectId, reviewId: id };
  await claimReview({ ...target, input: { action_version: actionVersion } });
  nowMs += 5 * 60 * MINUTE;
  expect(await tell()).toBe(0);
});

it('an open breaker is told once, without the error that quotes a value', async () => {
  const webhookId = await hook('breaker_opened');
  const device = await makeDeviceIn(db, place, 'pump-1');
  await device.send(DEVICE_STATE, [row(1)]);
  await approveNewest(db, device, DEVICE_STATE);
  for (let seq = 2; seq < 7; seq += 1)
    await device.send(DEVICE_STATE, [put(seq, { id: seq, mode: 'x', setpoint: SECRET_VALUE })]);
  nowMs = Date.now() + 11_000;
  expect(await tell()).toBe(1);
  expect(await sent(webhookId)).toMatchObject([
    {
      type: 'breaker_opened',
      data: {
        devices: 1,
        link: `https://console.test/lineages?cause=circuit_breaker&table=device_state&project=${place.projectId}`,
      },
    },
  ]);
});

it('a backlog that will soon be full is told with the time, and one that is full as full', async () => {
  const webhookId = await hook('backpressure_forecast');
  const input = { max_pending_rows_per_lineage: 100 };
  await patchPolicy({ ctx: place.people.operator.ctx, projectId: place.projectId, input });
  const device = await makeDeviceIn(db, place, 'pump-1');
  await device.send(DEVICE_STATE, rows(1, 5));
  await db.sql`
    update tidegate.lineage set created_at = now() - interval '5 minutes' where device_id = ${device.id}`;
  nowMs = Date.now();
  expect(await tell(), 'five of a hundred rows are far from the cap').toBe(0);
  await device.send(DEVICE_STATE, rows(6, 45));
  nowMs = Date.now();
  expect(await tell()).toBe(1);
  const [growing] = await sent(webhookId);
  // 50 rows in the five minutes that there have been, 50 to go.
  const minutes = (Date.parse(String(growing?.data['cap_reached_at'])) - nowMs) / MINUTE;
  expect(minutes).toBeGreaterThan(4);
  expect(minutes).toBeLessThan(6);
  expect(growing).toMatchObject({ data: { staged_rows: 50, cap_reached: false } });
  const second = await hook('backpressure_forecast');
  await device.send(DEVICE_STATE, rows(51, 60));
  nowMs = Date.now();
  expect(await tell(), 'told to whom it was not told yet').toBe(1);
  expect(await sent(second)).toMatchObject([{ data: { cap_reached: true, cap_reached_at: null } }]);
});

it('devices that fall silent are one message per fleet, and others that follow are told an hour later', async () => {
  const webhookId = await hook('device_silent');
  const devices = await makeDevicesIn(db, place, 30, 'meter');
  const lastSeen = (ids: readonly string[], at: number) => db.sql`
    update tidegate.device set last_seen_at = ${new Date(at).toISOString()}::text::timestamptz
    where id = any(${ids}::uuid[])`;
  const ids = devices.map(({ id }) => id);
  expect(await tell(), 'a device that was never there is not silent').toBe(0);
  await lastSeen(ids.slice(0, 20), nowMs);
  nowMs += 14 * MINUTE;
  expect(await tell()).toBe(0);
  nowMs += 2 * MINUTE;
  expect(await tell()).toBe(1);
  expect(await sent(webhookId)).toMatchObject([
    {
      text: expect.stringContaining('Silent: 20 devices of Pumps') as string,
      data: {
        devices: 20,
        fleet_name: 'Pumps',
        link: `https://console.test/devices?fleet=${place.fleetId}&presence=silent&project=${place.projectId}`,
      },
    },
  ]);
  await lastSeen(ids.slice(20), nowMs);
  nowMs += 30 * MINUTE;
  expect(await tell()).toBe(0);
  nowMs += 31 * MINUTE;
  expect(await tell()).toBe(1);
  nowMs += 120 * MINUTE;
  expect(await tell(), 'none has followed').toBe(0);
});

it('two workers that look at once tell a thing once', async () => {
  const webhookId = await hook('review_waits');
  const device = await makeDeviceIn(db, place, 'pump-1');
  await device.send(DEVICE_STATE, [row(1)]);
  nowMs = Date.now() + 11_000;
  await Promise.all(Array.from({ length: 6 }, tell));
  expect(await sent(webhookId)).toHaveLength(1);
});
