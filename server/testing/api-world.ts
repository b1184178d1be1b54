/**
 * Two organisations with one of everything each, and words in the foreign one's data that no answer to anybody else may
 * hold. What a call deletes is taken from spares, so that a long walk does not run out of objects.
 */
import type { RootDb } from '@/server/db/client';
import { registerDevice } from '@/server/engine/devices/register-device';
import { uuidV4 } from '@/server/lib/uuid';
import { makeLineage, makeReview, makeStagedRow } from './lineages';
import { makeWebhook } from './webhooks';
import { makeTenancy, type TestPerson, type TestPlace, type TestTenancy } from './tenancy';

const SPARES = 12;

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
  return {
    tenancy,
    ownWord,
    foreignWord,
    own: await fill(db, tenancy, tenancy.people.admin, ownWord),
    foreign: await fill(db, stranger, stranger, foreignWord),
  };
}

async function fill(db: RootDb, place: TestPlace, person: TestPerson, word: string): Promise<Objects> {
  const devices: string[] = [];
  const lineages: string[] = [];
  const reviews: string[] = [];
  const rejected: string[] = [];
  const users: string[] = [];
  const webhooks: string[] = [];
  const deliveries: string[] = [];
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
  }
  return {
    project_id: [place.projectId],
    fleet_id: [place.fleetId],
    device_id: devices,
    lineage_id: lineages,
    schema_review_id: reviews,
    rejected_batch_id: rejected,
    user_id: users,
    webhook_id: webhooks,
    delivery_id: deliveries,
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
