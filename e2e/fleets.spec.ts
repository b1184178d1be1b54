/** Fleets and devices: what an operator does with them, who is there and who is silent, and what each line counts. */
import type { Overview } from '@/server/contract/fleet';
import type { Page } from '@playwright/test';
import { alive, openReviewOf } from './world/conditions';
import { choose, press, tick, write } from './world/hands';
import { connectAs } from './world/mqtt';
import { expect, test } from './world/test';

const line = (page: Page, name: string | RegExp) => page.getByRole('row', { name });

test('a fleet is made, renamed and deleted once it is empty', async ({ place, pageOf }) => {
  const page = await pageOf(await place.person('operator'));
  await alive(page, () => page.goto('/devices'));
  await press(
    page.getByRole('navigation', { name: 'Devices and fleets' }).getByRole('link', { name: 'Fleets' }),
  );
  await expect(line(page, /Pumps/)).toBeVisible();

  await press(page.getByRole('button', { name: 'Create fleet' }));
  const create = page.getByRole('dialog', { name: 'Create a fleet' });
  await write(create.getByLabel('Name of the fleet'), 'Pumps');
  await press(create.getByRole('button', { name: 'Create fleet' }));
  await expect(
    page.getByRole('alert').filter({ hasText: 'has a fleet named "Pumps" already' }),
  ).toBeVisible();
  await write(create.getByLabel('Name of the fleet'), 'Valves');
  await page.keyboard.press('Enter');
  await expect(create).toBeHidden();

  await press(line(page, /Valves/).getByRole('button', { name: 'Rename…' }));
  const rename = page.getByRole('dialog', { name: 'Rename Valves' });
  await write(rename.getByLabel('Name of the fleet'), 'Check valves');
  await press(rename.getByRole('button', { name: 'Rename fleet' }));
  await expect(line(page, /Check valves/)).toBeVisible();

  await place.register('pump-01');
  await expect(line(page, /Pumps/).getByRole('button', { name: 'Delete…' })).toHaveAccessibleDescription(
    /It has devices/,
  );
  await press(line(page, /Check valves/).getByRole('button', { name: 'Delete…' }));
  await press(page.getByRole('dialog').getByRole('button', { name: 'Delete fleet' }));
  await expect(line(page, /Check valves/)).toHaveCount(0);

  const refused = await (
    await place.person('operator')
  ).api.call('DELETE', `/projects/${place.project.id}/fleets/${place.fleet.id}`);
  expect(refused.body).toMatchObject({ message: 'fleet_in_use' });
  await page.goto('/events?kind=fleet.*');
  for (const what of ['created', 'renamed', 'deleted'])
    await expect(line(page, new RegExp(`${what} the fleet.*alves`)).first()).toBeVisible();
});

test('a device is registered, gets new credentials and is deleted, and the focus comes back', async ({
  place,
  pageOf,
  installation,
}) => {
  const page = await pageOf(await place.person('operator'));
  const opener = page.getByRole('button', { name: 'Register device' }).first();
  const dialog = page.getByRole('dialog', { name: 'Register a device' });
  await alive(page, () => page.goto('/devices'));

  await test.step('Escape leads back to the button', async () => {
    await opener.focus();
    await page.keyboard.press('Enter');
    await expect(dialog.getByLabel('Device name')).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    await expect(opener).toBeFocused();
  });

  await test.step('into a fleet that is made on the way', async () => {
    await page.keyboard.press('Enter');
    await write(dialog.getByLabel('Device name'), 'boiler-01');
    await choose(dialog.getByLabel('Fleet'), 'New fleet…');
    await write(dialog.getByLabel('Name of the new fleet'), 'Boilers');
    await press(dialog.getByRole('button', { name: 'Register device' }));
    const shown = page.getByRole('dialog', { name: 'Credentials of boiler-01' });
    await tick(shown.getByLabel('I have stored the password'));
    await press(shown.getByRole('button', { name: 'Close' }));
    await expect(page.getByRole('heading', { level: 1, name: 'boiler-01' })).toBeVisible();
    await expect(page.getByText('Never seen')).toBeVisible();
  });

  const password = await test.step('new credentials, shown once', async () => {
    await press(page.getByRole('button', { name: 'New credentials…' }));
    await press(page.getByRole('dialog').getByRole('button', { name: 'Issue new password' }));
    const shown = page.getByRole('dialog', { name: 'New credentials of boiler-01' });
    const label = await shown.getByRole('button', { name: 'Copy password ' }).getAttribute('aria-label');
    await tick(shown.getByLabel('I have stored the password'));
    await press(shown.getByRole('button', { name: 'Close' }));
    return (label ?? '').slice('Copy password '.length);
  });

  await test.step('which connect it, and the timeline tells', async () => {
    const root = `${place.project.topic_slug ?? ''}/boiler-01`;
    const client = await connectAs({
      broker_url: installation.mqttUrl,
      client_id: 'boiler-01',
      username: root,
      password,
      root_topic: root,
    });
    await expect(page.getByText('Connected', { exact: true }).first()).toBeVisible();
    const timeline = page.getByRole('region', { name: 'Timeline' });
    await expect(timeline).toContainText('connected');
    await client.end();
    await expect(page.getByText(/Away, seen/)).toBeVisible();
    await expect(page.getByRole('region', { name: 'Broker access' })).toContainText('disconnected');
  });

  await test.step('deleted after its name is typed', async () => {
    await page.keyboard.press('D');
    const sure = page.getByRole('dialog', { name: 'Delete boiler-01?' });
    await expect(sure.getByRole('button', { name: 'Delete device' })).toBeDisabled();
    await write(sure.getByLabel('Type boiler-01 to confirm'), 'boiler-01');
    await press(sure.getByRole('button', { name: 'Delete device' }));
    await expect(page).toHaveURL(/\/devices$/);
    await expect(line(page, /boiler-01/)).toHaveCount(0);
  });
});

test('the list tells who is there, who is silent and what each device needs', async ({
  place,
  newDevice,
  pageOf,
  sql,
}) => {
  const busy = await newDevice('pump-01');
  busy.sql('CREATE TABLE counters (id INTEGER PRIMARY KEY); INSERT INTO counters VALUES (1);');
  busy.startAgent();
  const { lineage_id: lineageId } = await openReviewOf(place, 'counters');
  const quiet = await place.register('valve-01');
  const noisy = await connectAs((await place.register('meter-01')).mqtt);
  await noisy.publish('rows/batch', 'garbage {');
  await place.register('spare-01');
  const client = await connectAs(quiet.mqtt);
  await client.end();
  const page = await pageOf(await place.person('operator'));
  const overview = () => place.data<Overview>('GET', 'overview');
  await expect.poll(async () => (await overview()).devices_connected).toBe(2);
  await expect.poll(async () => (await overview()).rejected_batches_24h).toBe(1);

  await test.step('a device that has just gone is away, not silent', async () => {
    await alive(page, () => page.goto('/devices'));
    await expect(line(page, /valve-01/)).toContainText('Away, seen');
    await expect(line(page, /pump-01/)).toContainText('1 (1 paused)');
    await expect(line(page, /meter-01/).getByRole('link', { name: '1 rejected batches' })).toBeVisible();
    expect(await overview()).toMatchObject({ devices_silent: 0, devices_never_seen: 1, reviews_waiting: 1 });
  });

  await sql`update tidegate.device set last_seen_at = now() - interval '20 minutes' where id = ${quiet.id}`;
  await sql`update tidegate.device set last_seen_at = now() - interval '20 minutes'
    where project_id = ${place.project.id} and connected`;

  await test.step('the overview leads to exactly the silent ones', async () => {
    await page.goto('/');
    const figure = page.getByRole('link', { name: /Devices silent/ });
    await expect(figure).toContainText('1');
    await expect(figure).toContainText('of 3, not heard for 15 min');
    await press(figure);
    await expect(page).toHaveURL(/presence=silent/);
    await expect(line(page, /valve-01/)).toContainText('Silent, seen');
    await expect(page.getByRole('table').getByRole('row')).toHaveCount(2);
  });

  await test.step('filters and orders, each in the URL', async () => {
    await choose(page.getByLabel('Connection', { exact: true }), 'never_seen');
    await expect(line(page, /spare-01/)).toBeVisible();
    await expect(line(page, /valve-01/)).toHaveCount(0);
    await press(page.getByRole('button', { name: 'Clear filters' }));
    await choose(page.getByLabel('Having', { exact: true }), 'rejected_batches');
    await expect(line(page, /meter-01/)).toBeVisible();
    await expect(line(page, /pump-01/)).toHaveCount(0);
    await choose(page.getByLabel('Having', { exact: true }), 'paused_lineages');
    await expect(line(page, /pump-01/)).toBeVisible();
    await expect(line(page, /meter-01/)).toHaveCount(0);
    await press(page.getByRole('button', { name: 'Clear filters' }));
    for (const [header, sort, first] of [
      ['Lineages', '-lineages', /pump-01/],
      ['Rejected', '-rejected_batches', /meter-01/],
      ['Connection', 'last_seen_at', /spare-01/],
      ['Device', '-name', /valve-01/],
    ] as const) {
      const head = page.getByRole('columnheader', { name: header, exact: true }).getByRole('button');
      await press(head);
      if (sort.startsWith('-')) await press(head);
      await expect(page).toHaveURL(new RegExp(`sort=${sort}`));
      await expect(page.getByRole('table').getByRole('row').nth(1)).toHaveAccessibleName(first);
    }
  });

  await test.step('a control that is not acknowledged is counted', async () => {
    await busy.stopAgent();
    await place.data('POST', `edge/lineages/${lineageId}/pause`, { reason: 'maintenance' });
    await page.goto('/devices?having=pending_controls');
    await expect(line(page, /pump-01/).getByRole('link', { name: '1 pending controls' })).toBeVisible();
  });
});
