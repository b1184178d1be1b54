// Deliveries against a receiver on this machine: signed, retried, limited, and never sent twice at once.
import { createHmac } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { WebhookDeliveryDetail } from '@/server/contract/webhooks';
import { createDb, type RootDb } from '@/server/db/client';
import { systemCtx } from '@/server/testing/engine';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import { makeTenancy, type TestTenancy } from '@/server/testing/tenancy';
import { makeWebhook, startReceiver, type Receiver } from '@/server/testing/webhooks';
import type { Ctx } from '../context/context';
import { changeWebhook } from './change-webhook';
import { claimDelivery, LEASE_MS } from './claim-delivery';
import { deliverDue } from './deliver-due';
import { getDelivery } from './get-delivery';
import { getWebhook } from './get-webhook';
import { TRIES_MAX } from './judge-attempt';
import { redeliver } from './redeliver';
import { rotateWebhookSecret } from './rotate-secret';

let database: TestDatabase;
let db: RootDb;
let place: TestTenancy;
let receiver: Receiver;
let nowMs: number;
let ctx: Ctx;
let made: { webhook_id: string; delivery_id: string };

beforeAll(async () => {
  database = await createTestDatabase();
  db = createDb(database.url);
});
afterAll(async () => {
  await db.end();
  await database.drop();
});
beforeEach(async () => {
  await db.sql`update tidegate.webhook_delivery set status = 'failed'`;
  nowMs = Date.now();
  ctx = { ...systemCtx(db), clock: { now: () => new Date(nowMs) } };
  place = await makeTenancy(db);
  receiver = await startReceiver();
  made = await makeWebhook(db, place, { url: receiver.url });
  nowMs = Date.now();
});
afterEach(() => receiver.close());

const settings = { mayReachPrivate: true, timeoutMs: 5_000 };
const never = new AbortController().signal;
const round = (over: Partial<typeof settings> = {}) => deliverDue(ctx, { ...settings, ...over }, never);
const target = () => ({
  ctx: place.people.admin.ctx,
  projectId: place.projectId,
  webhookId: made.webhook_id,
  deliveryId: made.delivery_id,
});
const delivery = (): Promise<WebhookDeliveryDetail> => getDelivery(target());
const secretOf = async (): Promise<string> => {
  const [row] = await db.sql<{ secret: string }[]>`
    select secret from tidegate.webhook where id = ${made.webhook_id}`;
  return row?.secret ?? '';
};
/** As a receiver verifies it, from what docs/webhooks.md says. */
const expectedSignature = (secret: string, { headers, body }: Receiver['received'][number]): string => {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
  return `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
};

it('arrives once, signed, and is written down', async () => {
  expect(await round()).toBe(1);
  expect(await round()).toBe(0);
  const [got] = receiver.received;
  expect(receiver.received).toHaveLength(1);
  expect(got?.headers).toMatchObject({
    'content-type': 'application/json; charset=utf-8',
    'webhook-id': made.delivery_id,
    'webhook-timestamp': String(Math.floor(nowMs / 1000)),
  });
  if (got === undefined) throw new Error('nothing came');
  expect(got.headers['webhook-signature']).toBe(expectedSignature(await secretOf(), got));
  expect(await delivery()).toMatchObject({
    status: 'delivered',
    body: got.body,
    response_code: 204,
    next_attempt_at: null,
    attempt_log: [{ attempt: 1, response_code: 204, error: null }],
  });
});

it('is signed with both secrets for a day after a rotation', async () => {
  const old = await secretOf();
  const { secret } = await rotateWebhookSecret(target());
  await round();
  const [got] = receiver.received;
  if (got === undefined) throw new Error('nothing came');
  const both = [expectedSignature(secret, got), expectedSignature(old, got)].join(' ');
  expect(got.headers['webhook-signature']).toBe(both);
  nowMs += 25 * 3_600_000;
  await redeliver(target());
  await round();
  expect(String(receiver.received[1]?.headers['webhook-signature']).split(' ')).toHaveLength(1);
});

it('is tried again after growing waits, under the same id, and given up after the last', async () => {
  receiver.behave({ status: 500, body: 'out of order\u0000', headers: { 'content-type': 'text/plain' } });
  for (let tries = 1; tries <= TRIES_MAX; tries += 1) {
    expect(await round()).toBe(1);
    const { status, next_attempt_at: next } = await delivery();
    expect(status).toBe(tries < TRIES_MAX ? 'pending' : 'failed');
    if (next === null) break;
    nowMs = Date.parse(next) - 1;
    expect(await round()).toBe(0);
    nowMs += 1;
  }
  expect(receiver.received.map(({ headers }) => headers['webhook-id'])).toEqual(
    Array.from({ length: TRIES_MAX }, () => made.delivery_id),
  );
  const { attempt_log: log, attempts, attempts_max: most } = await delivery();
  expect([attempts, most]).toEqual([TRIES_MAX, TRIES_MAX]);
  expect(log[0]).toMatchObject({ response_excerpt: 'out of order', error: 'The receiver answered 500.' });
  expect((await getWebhook(target())).failing_since).not.toBeNull();
  const [event] = await db.sql`
    select 1 from tidegate.event where kind = 'webhook.delivery_failed' and subject_id = ${made.webhook_id}`;
  expect(event).toBeDefined();

  receiver.behave({ status: 200 });
  expect(await redeliver(target())).toMatchObject({ status: 'pending', attempts_max: 2 * TRIES_MAX });
  await round();
  expect(await delivery()).toMatchObject({ status: 'delivered', attempts: TRIES_MAX + 1 });
  expect((await getWebhook(target())).failing_since).toBeNull();
});

it('a receiver that never answers costs its timeout, and is said to', async () => {
  receiver.behave('silence');
  await round({ timeoutMs: 100 });
  expect(await delivery()).toMatchObject({
    status: 'pending',
    response_code: null,
    attempt_log: [{ error: 'No answer within 0.1 s.' }],
  });
});

it('a redirect is not followed', async () => {
  const elsewhere = await startReceiver();
  receiver.behave({ status: 307, headers: { location: elsewhere.url } });
  await round();
  expect(elsewhere.received).toEqual([]);
  expect((await delivery()).attempt_log[0]?.error).toContain('Redirects are not followed');
  await elsewhere.close();
});

it('of a long answer only the beginning is read', async () => {
  receiver.behave({ status: 200, body: 'x'.repeat(5_000_000) });
  await round();
  const { attempt_log: log, status } = await delivery();
  expect([status, log[0]?.response_excerpt?.length]).toEqual(['delivered', 1_000]);
});

it('a receiver that is gone is switched off', async () => {
  receiver.behave({ status: 410 });
  await round();
  expect((await delivery()).status).toBe('failed');
  expect(await getWebhook(target())).toMatchObject({
    enabled: false,
    disabled_reason: 'The receiver answered 410.',
  });
  const on = await changeWebhook({ ...target(), input: { enabled: true }, mayReachPrivate: true });
  expect(on).toMatchObject({ enabled: true, disabled_reason: null });
});

it('no private address is reached unless the installation says so, whatever its name', async () => {
  await round({ mayReachPrivate: false });
  expect((await delivery()).attempt_log[0]?.error).toContain('127.0.0.1 is a loopback or private address');
  await db.sql`
    update tidegate.webhook set url = ${receiver.url.replace('127.0.0.1', 'localhost')} where id = ${made.webhook_id}`;
  await redeliver(target());
  nowMs = Date.now();
  await round({ mayReachPrivate: false });
  expect((await delivery()).attempt_log).toMatchObject([
    { attempt: 2, error: expect.stringContaining('is a loopback or private address') as string },
    { attempt: 1 },
  ]);
  expect(receiver.received).toEqual([]);
  await expect(
    changeWebhook({ ...target(), input: { url: 'http://10.1.1.1/' }, mayReachPrivate: false }),
  ).rejects.toMatchObject({ status: 422, code: 'invalid_webhook_url' });
});

it('two workers never send a message at once, and a dead one is replaced when its lease ends', async () => {
  const claims = await Promise.all(Array.from({ length: 6 }, () => claimDelivery(ctx, made.webhook_id)));
  expect(claims.filter((claim) => claim !== null)).toHaveLength(1);
  expect(await round()).toBe(0);
  nowMs += LEASE_MS;
  expect(await round()).toBe(1);
  const { attempt_log: log, status } = await delivery();
  expect([status, log.map(({ attempt, finished_at: end }) => [attempt, end !== null])]).toEqual([
    'delivered',
    [
      [2, true],
      [1, false],
    ],
  ]);
});

it('what is off sends nothing but tests', async () => {
  await changeWebhook({ ...target(), input: { enabled: false }, mayReachPrivate: true });
  await db.sql`update tidegate.webhook_delivery set kind = 'review_waits' where id = ${made.delivery_id}`;
  expect(await round()).toBe(0);
  await db.sql`update tidegate.webhook_delivery set kind = 'test' where id = ${made.delivery_id}`;
  expect(await round()).toBe(1);
});
