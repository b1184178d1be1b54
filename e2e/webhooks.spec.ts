/** A webhook from its setting up to its end, against a receiver on this machine. */
import { createHmac } from 'node:crypto';
import type { Page } from '@playwright/test';
import { startReceiver, type Receiver } from '@/server/testing/webhooks';
import { faultsOf } from './world/axe';
import { openReviewOf } from './world/conditions';
import { press, tick, write } from './world/hands';
import { expect, test as base } from './world/test';

const test = base.extend<{ receiver: Receiver }>({
  receiver: async ({}, provide) => {
    const receiver = await startReceiver();
    await provide(receiver);
    await receiver.close();
  },
});

/** Adds a webhook in the console; answers its signing secret. */
async function addWebhook(page: Page, name: string, url: string, without: readonly string[] = []) {
  await page.goto('/settings');
  await press(page.getByRole('button', { name: 'Add webhook' }));
  const dialog = page.getByRole('dialog', { name: 'Add a webhook' });
  await write(dialog.getByLabel('Name'), name);
  await write(dialog.getByLabel('Address'), url);
  for (const kind of without) await tick(dialog.getByLabel(kind), false);
  await press(dialog.getByRole('button', { name: 'Add webhook' }));
  const once = page.getByRole('dialog', { name: `Signing secret of ${name}` });
  const secret = ((await once.locator('pre').textContent()) ?? '').trim();
  await tick(once.getByLabel('I have stored the signing secret'));
  await press(once.getByRole('button', { name: 'Close' }));
  return secret;
}

const signatureOf = (secret: string, message: Receiver['received'][number] | undefined): string => {
  if (message === undefined) return 'nothing came';
  const { headers, body } = message;
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
  return `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
};

test('a webhook is set up, tested, fails, is mended, sent again, given a new secret, switched off and deleted', async ({
  place,
  pageOf,
  receiver,
}) => {
  const page = await pageOf(await place.person('admin'));
  const secret = await addWebhook(page, 'on call', receiver.url);
  expect(await page.content()).not.toContain(secret);

  const log = page.getByRole('table', { name: 'Messages' });
  await test.step('a test that is refused', async () => {
    receiver.behave({ status: 503, body: 'down for maintenance' });
    await press(page.getByRole('link', { name: 'on call' }));
    await press(page.getByRole('button', { name: 'Send a test' }));
    await expect(log.getByRole('row').filter({ hasText: '503' })).toContainText('Waits');
    await expect(page.getByText('Failing', { exact: true })).toBeVisible();
    await expect(page.getByRole('region', { name: 'Where it goes' })).toContainText(
      /Last failureAnswer 503.*down for maintenance/,
    );
    expect(receiver.received[0]?.headers['webhook-signature']).toBe(
      signatureOf(secret, receiver.received[0]),
    );
  });

  await test.step('its attempts, and again once the receiver is back', async () => {
    receiver.behave({ status: 200, body: 'thank you' });
    await press(log.getByRole('link', { name: 'Test' }));
    const dialog = page.getByRole('dialog', { name: 'Message: Test' });
    await expect(dialog).toContainText('down for maintenance');
    await expect(dialog.getByRole('group', { name: 'message body' })).toContainText('"type": "test"');
    await press(dialog.getByRole('button', { name: 'Send now' }));
    await expect(dialog.getByText('Delivered', { exact: true })).toBeVisible();
    await expect(dialog).toContainText('thank you');
    await page.reload();
    await expect(dialog).toContainText('thank you');
    expect(await faultsOf(page, 'a delivery', '[role="dialog"]')).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await expect(page.getByText('On', { exact: true })).toBeVisible();
    const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
    expect(new Set(ids).size).toBe(1);
  });

  await test.step('another address and fewer kinds', async () => {
    await press(page.getByRole('button', { name: 'Change…' }));
    const dialog = page.getByRole('dialog', { name: 'Change on call' });
    await write(dialog.getByLabel('Address'), 'ftp://example.org/');
    await press(dialog.getByRole('button', { name: 'Save changes' }));
    const address = dialog.getByLabel('Address');
    await expect(address).toHaveAttribute('aria-invalid', 'true');
    await expect(address).toHaveAccessibleDescription(/A webhook goes to an http or https address/);
    await write(address, `${receiver.url}/elsewhere`);
    await expect(address).not.toHaveAttribute('aria-invalid');
    await tick(dialog.getByLabel('Device silent'), false);
    await press(dialog.getByRole('button', { name: 'Save changes' }));
    await expect(page.getByText('/hook/elsewhere').first()).toBeVisible();
  });

  await test.step('a new secret', async () => {
    await press(page.getByRole('button', { name: 'New secret…' }));
    await press(page.getByRole('button', { name: 'Make a new secret' }));
    const once = page.getByRole('dialog', { name: 'New signing secret of on call' });
    const fresh = ((await once.locator('pre').textContent()) ?? '').trim();
    await tick(once.getByLabel('I have stored the signing secret'));
    await press(once.getByRole('button', { name: 'Close' }));
    await expect(page.getByText('Old secret signs until')).toBeVisible();
    await press(page.getByRole('button', { name: 'Send a test' }));
    await expect.poll(() => receiver.received.length).toBe(3);
    const signed = String(receiver.received[2]?.headers['webhook-signature']).split(' ');
    expect(signed).toEqual([fresh, secret].map((one) => signatureOf(one, receiver.received[2])));
  });

  await test.step('off, on, gone', async () => {
    await press(page.getByRole('button', { name: 'Switch off' }));
    await expect(page.getByText('Off', { exact: true })).toBeVisible();
    await press(page.getByRole('button', { name: 'Switch on' }));
    await expect(page.getByText('On', { exact: true })).toBeVisible();
    await page.keyboard.press('D');
    await press(page.getByRole('button', { name: 'Delete webhook' }));
    await expect(page).toHaveURL(/\/settings$/);
    await expect(page.getByText('Nobody is told when something needs a person.')).toBeVisible();
  });
});

test('a schema that waits on three devices is told once, with a link that opens in its project', async ({
  place,
  pageOf,
  newDevice,
  receiver,
}) => {
  const admin = await place.person('admin');
  const page = await pageOf(admin);
  await addWebhook(page, 'chat', receiver.url, ['Device silent']);
  for (const name of ['pump-01', 'pump-02', 'pump-03']) {
    const device = await newDevice(name);
    device.sql(
      `create table totals (id integer primary key, kwh real); insert into totals values (1, 4711.25);`,
    );
    device.startAgent();
  }
  await openReviewOf(place, 'totals');
  await expect.poll(() => receiver.received.length, { timeout: 60_000 }).toBe(1);
  const { type, text, data } = JSON.parse(receiver.received[0]?.body ?? '{}') as {
    type: string;
    text: string;
    data: { devices: number; link: string; changes: { column: string }[] };
  };
  expect([type, data.devices, data.changes.map(({ column }) => column)]).toEqual([
    'review_waits',
    3,
    ['id', 'kwh'],
  ]);
  expect(text).toContain('A schema of totals waits for review: 3 devices, 3 rows held');
  expect(receiver.received[0]?.body).not.toContain('4711');

  const { pathname, search } = new URL(data.link);
  const other = await pageOf(admin);
  await other.goto('/');
  await other.context().addCookies([
    {
      name: 'tidegate.project',
      value: '00000000-0000-4000-8000-000000000000',
      url: new URL(other.url()).origin,
    },
  ]);
  await other.goto(`${pathname}${search}`);
  await expect(
    other.getByRole('table', { name: 'Reviews' }).getByRole('link', { name: 'totals' }),
  ).toHaveCount(3);
});

test('who may not administer sees why, and the keyboard alone sets a webhook up', async ({
  place,
  pageOf,
  receiver,
}) => {
  const operator = await pageOf(await place.person('operator'));
  await operator.goto('/settings');
  await expect(operator.getByRole('button', { name: 'Add webhook' })).toHaveAttribute(
    'aria-disabled',
    'true',
  );

  const page = await pageOf(await place.person('admin'));
  await page.goto('/settings');
  await press(page.getByRole('button', { name: 'Add webhook' }));
  const dialog = page.getByRole('dialog', { name: 'Add a webhook' });
  await expect(dialog.getByLabel('Name')).toBeFocused();
  await page.keyboard.type('pager');
  await page.keyboard.press('Tab');
  await page.keyboard.type(receiver.url);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await expect(dialog.getByLabel('A review waits')).not.toBeChecked();
  await press(dialog.getByRole('button', { name: 'Add webhook' }));
  const once = page.getByRole('dialog', { name: 'Signing secret of pager' });
  await tick(once.getByLabel('I have stored the signing secret'));
  await page.keyboard.press('Tab');
  await expect(once.getByRole('button', { name: 'Close' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('link', { name: 'pager' })).toBeVisible();
});
