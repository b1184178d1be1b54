/**
 * Two organisations with one of everything each, and words in the foreign one's data that no answer to anybody else may
 * hold. What a call deletes is taken from spares, so that a long walk does not run out of objects.
 */
import type { RootDb } from '@/server/db/client';
import { createDataPoint } from '@/server/engine/telemetry/create-data-point';
import { registerDevice } from '@/server/engine/devices/register-device';
import { listFailures } from '@/server/engine/materialize/list-failures';
import { consolidate } from '@/server/engine/registry/consolidate';
import { uuidV4 } from '@/server/lib/uuid';
import { makeBulkJob, makeSavedView } from './bulk';
import { approveNewest, drainReplays, makeDevicesIn, put, DEVICE_STATE, type TestTable } from './engine';
import { makeLineage, makeReview, makeStagedRow } from './lineages';
import { approveShared, registryReviews, setMode, type Mode } from './registry';
import { makeTenancy, type TestPerson, type TestPlace, type TestTenancy } from './tenancy';
import { makeWebhook } from './webhooks';

/** For the hook that makes the world, on a machine that has other work too. */
export const WORLD_MS_MAX = 240_000;

const SPARES = 12;
/** Of each thing that is made by the engine's own verbs, which costs more. */
const FEW = 3;

/** For each path parameter, what it can name. */
export type Objects = Readonly<Record<string, readonly string[]>>;

export interface ApiWorld {
  tenancy: TestTenancy;
  own: Objects;
  foreign: Objects;
  /** In the foreign organisation's data alone. */
  foreignWord: string;
  /** In the own organisation's data alone. */
  ownWord: string;
}

/** Makes both organisations. */
export async function makeApiWorld(db: RootDb): Promise<ApiWorld> {
  const tenancy = await makeTenancy(db);
  const [ownWord, foreignWord] = [`own${uuidV4().slice(0, 8)}`, `foreign${uuidV4().slice(0, 8)}`];
  const { stranger } = tenancy;
  const people = { viewer: stranger, operator: stranger, admin: stranger, owner: stranger };
  const [own, foreign] = await Promise.all([
    everything(db, tenancy, ownWord),
    everything(db, { ...tenancy, ...stranger, people }, foreignWord),
  ]);
  return { tenancy, ownWord, foreignWord, own, foreign };
}

async function everything(db: RootDb, tenancy: TestTenancy, word: string): Promise<Objects> {
  const kinds = [
    await fill(db, tenancy, tenancy.people.admin, word),
    await approved(db, tenancy, word),
    await decided(db, tenancy, 'project', word),
    await decided(db, tenancy, 'fleet', word),
    await waiting(db, tenancy, word),
  ];
  await setMode(tenancy, 'none');
  const names = new Set(kinds.flatMap((objects) => Object.keys(objects)));
  return Object.fromEntries([...names].map((name) => [name, kinds.flatMap((one) => one[name] ?? [])]));
}

const tableNamed = (name: string): TestTable => ({ ...DEVICE_STATE, name });
const rowOf = (word: string) => ({ id: 1, mode: word, setpoint: 1 });

/** Lineages whose rows are in mirrors of their own, but for one that does not fit its column. */
async function approved(db: RootDb, tenancy: TestTenancy, word: string): Promise<Objects> {
  const table = tableNamed(`${word} approved`);
  const ids: Record<string, string[]> = { device_id: [], lineage_id: [], group_id: [], data_point_id: [] };
  for (const device of await makeDevicesIn(db, tenancy, FEW, `${word}-approved`)) {
    await device.send(table, [
      put(1, rowOf(word)),
      put(2, { id: 2, mode: word, setpoint: `${word} is no number` }),
    ]);
    await approveNewest(db, device, table);
    await drainReplays(db);
    const lineageId = await lineageOf(db, device.id);
    const target = { ctx: tenancy.people.operator.ctx, projectId: tenancy.projectId };
    const groups = await listFailures({ ...target, lineageId });
    const input = { name: word, value_type: 'text' as const };
    const point = await createDataPoint({ ...target, deviceId: device.id, input });
    ids['device_id']?.push(device.id);
    ids['lineage_id']?.push(lineageId);
    ids['group_id']?.push(...groups.map(({ id }) => id));
    ids['data_point_id']?.push(point.id);
  }
  return ids;
}

/** In a scope of the registry: a decided entry with its mirror, and a consolidation on its way. */
async function decided(db: RootDb, tenancy: TestTenancy, mode: Mode, word: string): Promise<Objects> {
  const alone = tableNamed(`${word} alone ${mode}`);
  const [apart, ...together] = await makeDevicesIn(db, tenancy, 3, `${word}-${mode}`);
  if (apart === undefined) throw new Error('no device was made');
  await setMode(tenancy, 'none');
  await apart.send(alone, [put(1, rowOf(word))]);
  await approveNewest(db, apart, alone);
  await setMode(tenancy, mode);
  const table = tableNamed(`${word} shared ${mode}`);
  for (const device of together) await device.send(table, [put(1, rowOf(word))]);
  await approveShared(tenancy, table);
  await drainReplays(db);
  const mirrors = await db.sql<{ id: string }[]>`
    select id from tidegate.mirror where project_id = ${tenancy.projectId} and scope = ${mode}`;
  const { job } = await consolidate({
    ctx: tenancy.people.operator.ctx,
    projectId: tenancy.projectId,
    ...(mode === 'fleet' ? { fleetId: tenancy.fleetId } : {}),
    sourceTable: alone.name,
    input: { dry_run: false },
  });
  return {
    coalesced_mirror: mirrors.map(({ id }) => id),
    consolidation_id: job === null ? [] : [job.id],
  };
}

/** Entries of both scopes of the registry, whose reviews nobody has decided. */
async function waiting(db: RootDb, tenancy: TestTenancy, word: string): Promise<Objects> {
  const [device] = await makeDevicesIn(db, tenancy, 1, `${word}-waits`);
  if (device === undefined) throw new Error('no device was made');
  for (const mode of ['project', 'fleet'] as const) {
    await setMode(tenancy, mode);
    for (let n = 0; n < FEW; n += 1)
      await device.send(tableNamed(`${word} waits ${mode} ${n}`), [put(1, rowOf(word))]);
  }
  const reviews = await registryReviews(tenancy, 'open');
  return {
    registry_id: reviews.map((review) => review.registry_id),
    registry_review_id: reviews.map(({ id }) => id),
  };
}

async function lineageOf({ sql }: RootDb, deviceId: string): Promise<string> {
  const [row] = await sql<{ id: string }[]>`select id from tidegate.lineage where device_id = ${deviceId}`;
  if (row === undefined) throw new Error('the device has no lineage');
  return row.id;
}

async function fill(db: RootDb, place: TestPlace, person: TestPerson, word: string): Promise<Objects> {
  const devices: string[] = [];
  const lineages: string[] = [];
  const reviews: string[] = [];
  const rejected: string[] = [];
  const users: string[] = [];
  const webhooks: string[] = [];
  const deliveries: string[] = [];
  const tokens: string[] = [];
  for (let n = 0; n < SPARES; n += 1) {
    const { projectId, fleetId } = place;
    const input = { name: `${word}-${n}` };
    const { device } = await registerDevice({
      ctx: person.ctx,
      projectId,
      fleetId,
      input,
      brokerUrl: 'mqtt://x',
    });
    devices.push(device.id);
    const made = await makeLineage(db, place, {
      deviceName: `${word}-l${n}`,
      sourceTable: word,
      stagedRows: 1,
    });
    await makeStagedRow(db, made, { commitSeq: 1, row: JSON.stringify({ id: 1, price: word }) });
    lineages.push(made.lineageId);
    reviews.push(await makeReview(db, place, made));
    rejected.push(await rejectedBatch(db, place, word));
    users.push(await member(db, place, word));
    const hook = await makeWebhook(db, { ...place, people: { admin: person } });
    webhooks.push(hook.webhook_id);
    deliveries.push(hook.delivery_id);
    tokens.push(await token(db, users[n] ?? '', word));
  }
  return {
    project_id: [place.projectId],
    fleet_id: [place.fleetId],
    device_id: devices,
    lineage_id: lineages,
    schema_review_id: reviews,
    bulk_job_id: [await makeBulkJob(db, place, word)],
    saved_view_id: [await makeSavedView(db, place, person.userId, word)],
    rejected_batch_id: rejected,
    user_id: users,
    webhook_id: webhooks,
    delivery_id: deliveries,
    token_id: tokens,
    // Not ids, but what no generator writes: a key, and conditions, as JSON in a query.
    pk: ['{"id":1}'],
    where: ['[{"column":"price","op":"not_null"}]'],
  };
}

async function rejectedBatch({ sql }: RootDb, place: TestPlace, word: string): Promise<string> {
  const id = uuidV4();
  await sql`
    insert into tidegate.rejected_batch
      (id, org_id, project_id, topic, code, detail, payload, bytes, received_at)
    values (${id}, ${place.orgId}, ${place.projectId}, ${word}, 'invalid_json', 'x', ${Buffer.from(word)}, 1, now())`;
  return id;
}

async function member({ sql }: RootDb, place: TestPlace, word: string): Promise<string> {
  const id = uuidV4();
  const email = `${word}-${id}@example.test`;
  await sql`insert into tidegate.app_user (id, email, name) values (${id}, ${email}, ${word})`;
  await sql`insert into tidegate.membership (user_id, org_id, role) values (${id}, ${place.orgId}, 'viewer')`;
  return id;
}

/** A member's token that nobody knows. */
async function token({ sql }: RootDb, userId: string, word: string): Promise<string> {
  const id = uuidV4();
  await sql`
    insert into tidegate.api_token (id, user_id, name, token_hash, scopes)
    values (${id}, ${userId}, ${word}, ${uuidV4()}, ${['PROJECT_CAN_VIEW']})`;
  return id;
}
