// The worker as a process, killed between sending a message and writing down what came of it.
import { afterEach, expect, it } from 'vitest';
import { LEASE_MS } from '@/server/engine/webhooks/claim-delivery';
import { getDelivery } from '@/server/engine/webhooks/get-delivery';
import { live, LONG } from '@/server/testing/live';
import { makeTenancy } from '@/server/testing/tenancy';
import { makeWebhook, startReceiver, type Receiver } from '@/server/testing/webhooks';

const place = live();
let receiver: Receiver | undefined;

afterEach(async () => {
  await place.killWorkers();
  await receiver?.close();
});

it('a worker that is killed after sending leaves a message that the next one delivers, under its id', async () => {
  receiver = await startReceiver();
  const { received, behave, url } = receiver;
  behave('silence');
  const tenancy = await makeTenancy(place.db);
  const { webhook_id: webhookId, delivery_id: deliveryId } = await makeWebhook(place.db, tenancy, { url });
  const delivery = () =>
    getDelivery({ ctx: tenancy.people.admin.ctx, projectId: tenancy.projectId, webhookId, deliveryId });
  const first = place.startWorker();
  await expect.poll(() => received.length, LONG).toBe(1);
  await first.kill();
  expect(await delivery()).toMatchObject({
    status: 'pending',
    attempt_log: [{ attempt: 1, finished_at: null }],
  });

  behave({ status: 204 });
  // The lease would run out by itself; no test waits for it.
  await place.db.sql`
    update tidegate.webhook_delivery
    set claimed_until = claimed_until - make_interval(secs => ${LEASE_MS / 1000}) where id = ${deliveryId}`;
  place.startWorker();
  await expect.poll(async () => (await delivery()).status, LONG).toBe('delivered');
  expect(received.map(({ headers }) => headers['webhook-id'])).toEqual([deliveryId, deliveryId]);
  expect((await delivery()).attempt_log).toMatchObject([
    { attempt: 2, response_code: 204 },
    { attempt: 1, finished_at: null, response_code: null },
  ]);
}, 120_000);
