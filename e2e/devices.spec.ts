/** A new device: registered in the console, connected with what the console showed once, and opened from the list. */
import { alive } from './world/conditions';
import { press, tick, write } from './world/hands';
import { connectAs } from './world/mqtt';
import { expect, test } from './world/test';

test('registering a device shows its password once, and that password connects', async ({
  place,
  pageOf,
  installation,
}) => {
  const page = await pageOf(await place.person('operator'));
  await page.goto('/devices');
  await press(page.getByRole('button', { name: 'Register device' }).first());
  const dialog = page.getByRole('dialog', { name: 'Register a device' });
  await write(dialog.getByLabel('Device name'), 'boiler/01');
  await expect(dialog.getByText('1 to 63 characters, without spaces')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Register device' })).toBeDisabled();
  await write(dialog.getByLabel('Device name'), 'boiler-01');
  await dialog.getByLabel('Device name').press('Enter');

  const shown = page.getByRole('dialog', { name: 'Credentials of boiler-01' });
  const value = async (name: string) =>
    ((await shown.getByRole('button', { name: `Copy ${name} ` }).getAttribute('aria-label')) ?? '').slice(
      `Copy ${name} `.length,
    );
  const password = await value('password');
  // Nothing of what is shown this once stands beyond the edge, the way to copy it least of all.
  expect(await shown.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
  expect(password.length).toBeGreaterThan(15);
  await page.keyboard.press('Escape');
  await expect(shown).toBeVisible();
  const client = await connectAs({
    broker_url: installation.mqttUrl,
    client_id: await value('client id'),
    username: await value('username'),
    password,
    root_topic: await value('root topic'),
  });
  const close = shown.getByRole('button', { name: 'Close' });
  await expect(close).toBeDisabled();
  await tick(shown.getByLabel('I have stored the password'));
  await press(close);

  await expect(page.getByRole('heading', { level: 1, name: 'boiler-01' })).toBeVisible();
  await expect(page.getByText('Connected', { exact: true }).first()).toBeVisible();
  expect(await page.content()).not.toContain(password);
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: 'boiler-01' })).toBeVisible();
  expect(await page.content()).not.toContain(password);
  await client.end();
});

test('the demo goes at a click, and a device of the plant stays', async ({ place, pageOf, sql }) => {
  const demo = await place.register('demo-pump-01');
  await place.register('pump-01');
  await sql`update tidegate.device set is_demo = true where id = ${demo.id}`;
  const page = await pageOf(await place.person('operator'));
  await page.goto('/devices');
  await press(page.getByRole('button', { name: 'Remove the demo…' }));
  const dialog = page.getByRole('dialog', { name: 'Remove the demo?' });
  await press(dialog.getByRole('button', { name: 'Remove the demo devices' }));
  const devices = page.getByRole('table', { name: 'Devices' });
  await expect(devices).not.toContainText('demo-pump-01');
  await expect(devices).toContainText('pump-01');
  await expect(page.getByRole('button', { name: 'Remove the demo…' })).toHaveCount(0);
});

test('a row opens beside the list where a link would, and in its place else', async ({ place, pageOf }) => {
  const { id } = await place.register('pump-01');
  const page = await pageOf(await place.person('viewer'));
  await alive(page, () => page.goto('/devices'));
  const link = page.getByRole('table', { name: 'Devices' }).getByRole('link', { name: 'pump-01' });
  const beside = page.context().waitForEvent('page');
  await link.click({ modifiers: ['ControlOrMeta'] });
  await expect(await beside).toHaveURL(new RegExp(`/devices/${id}$`));
  await expect(page).toHaveURL(/\/devices$/);
  await link.click();
  await expect(page).toHaveURL(new RegExp(`/devices/${id}$`));
});
