/** The audit log: every filter, what arrives while it is open, one event and what belongs to it, and the export. */
import { readFile } from 'node:fs/promises';
import type { Event } from '@/server/contract/fleet';
import { alive } from './world/conditions';
import { choose, press } from './world/hands';
import { expect, test } from './world/test';

test('the audit log is filtered, followed, opened and exported', async ({ place, pageOf }) => {
  const pump = await place.register('pump-01');
  await place.register('valve-01');
  await place.data('PATCH', 'edge/policy', { resume_threshold_percent: 70 });
  const operator = await place.person('operator');
  const page = await pageOf(operator);
  const registered = page.getByRole('row', { name: /registered the device/ });
  const policy = page.getByRole('row', { name: /changed the policy/ });
  await alive(page, () => page.goto('/events'));
  await expect(registered).toHaveCount(2);
  await expect(policy).toHaveCount(1);

  await test.step('by kind, with the list and with a key', async () => {
    await page.getByLabel('Kind', { exact: true }).selectOption('device.*');
    await expect(policy).toHaveCount(0);
    await expect(registered).toHaveCount(2);
    await expect(page).toHaveURL(/kind=device/);
    await page.keyboard.press('f');
    await expect(page).not.toHaveURL(/kind=device\.\*/);
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await expect(policy).toHaveCount(1);
  });

  await test.step('by time', async () => {
    await page.getByLabel('Until').fill('2020-01-01T00:00');
    await expect(page.getByText('No event matches these filters.')).toBeVisible();
    await page.getByLabel('Until').fill('');
    await page.getByLabel('From').fill('2020-01-01T00:00');
    await expect(registered).toHaveCount(2);
    await expect(page).toHaveURL(/since=2019-12-31T23/);
    await page.getByLabel('From').fill('2199-01-01T00:00');
    await expect(page.getByText('No event matches these filters.')).toBeVisible();
    await page.getByRole('button', { name: 'Clear filters' }).click();
  });

  await test.step('of one device, and away again', async () => {
    await page.goto(`/devices/${pump.id}`);
    await page.getByRole('region', { name: 'Timeline' }).getByRole('link', { name: 'All' }).click();
    await expect(page).toHaveURL(`/events?device=${pump.id}`);
    await expect(registered).toHaveCount(1);
    await page.getByRole('button', { name: `Device ${pump.id}: take this filter away` }).click();
    await expect(registered).toHaveCount(2);
  });

  await test.step('what happens now appears by itself, and nothing that the filter leaves out', async () => {
    await page.getByLabel('Kind', { exact: true }).selectOption('fleet.*');
    await expect(registered).toHaveCount(0);
    await place.data('POST', 'fleets', { name: 'Boilers' });
    await expect(page.getByRole('row', { name: /created the fleet/ }).first()).toContainText('Boilers');
    await expect(policy).toHaveCount(0);
    await page.getByRole('button', { name: 'Clear filters' }).click();
  });

  await test.step('one event: what changed, and all of its actor and its call', async () => {
    await policy.getByRole('button').click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByRole('row', { name: /resume_threshold_percent/ })).toContainText(/80.*70/);
    await dialog.getByRole('button', { name: 'All that happened with it' }).click();
    await expect(page).toHaveURL(/correlation=/);
    await expect(policy).toHaveCount(1);
    await expect(registered).toHaveCount(0);
    await policy.getByRole('button').click();
    await dialog.getByRole('button', { name: 'All of this actor' }).click();
    await expect(page).toHaveURL(/actor=/);
    await expect(registered).toHaveCount(2);
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await expect(dialog).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
  });

  await test.step('an event is in the URL: a reload and a link show it, whatever the list shows', async () => {
    await page.goto('/events');
    await policy.getByRole('button').click();
    await expect(page).toHaveURL(/event=/);
    const dialog = page.getByRole('dialog', { name: /changed the policy/ });
    await page.reload();
    await expect(dialog.getByRole('row', { name: /resume_threshold_percent/ })).toContainText(/80.*70/);
    const { searchParams } = new URL(page.url());
    const id = searchParams.get('event') ?? '';
    await page.keyboard.press('Escape');
    await expect(page).toHaveURL('/events');
    await page.goBack();
    const others = await pageOf(await place.person('viewer'));
    // A page, and a filter, that do not have it.
    await others.goto(`/events?kind=device.*&page=2&event=${id}`);
    const shared = others.getByRole('dialog', { name: /changed the policy/ });
    await expect(shared.getByRole('row', { name: /resume_threshold_percent/ })).toContainText(/80.*70/);
    await others.goto(`/events?event=${place.project.id}`);
    await expect(others.getByText('This project has no event of this id.')).toBeVisible();
  });

  await test.step('with keys alone it opens, and Back leads to the list', async () => {
    await alive(page, () => page.goto('/events?kind=policy.*'));
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog', { name: /changed the policy/ })).toBeVisible();
    await page.goBack();
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(page).toHaveURL(/\/events\?kind=/);
  });

  await test.step('the export has what is filtered', async () => {
    await page.goto('/events?kind=device.*');
    const lines = async (format: string) => {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: `Export ${format}` }).click(),
      ]);
      return (await readFile(await download.path(), 'utf8')).trim().split(/\r?\n/);
    };
    const events = (await lines('JSONL')).map((text) => JSON.parse(text) as Event);
    expect(events.map(({ kind }) => kind)).toEqual(['device.registered', 'device.registered']);
    const [head, ...rows] = await lines('CSV');
    expect(head).toMatch(/^id,at,kind,/);
    expect(rows).toHaveLength(2);
  });
});

test('without a mouse: an event is found, opened, narrowed to its device, and its kind exported', async ({
  place,
  pageOf,
}) => {
  const pump = await place.register('pump-01');
  await place.register('valve-01');
  await place.data('PATCH', 'edge/policy', { resume_threshold_percent: 70 });
  const page = await pageOf(await place.person('operator'));
  const key = (name: string) => page.keyboard.press(name);
  const rows = page.getByRole('table', { name: 'Events' }).locator('[data-row-link]');
  const kind = page.getByLabel('Kind', { exact: true });
  await alive(page, () => page.goto('/events'));
  await expect(rows.filter({ hasText: 'changed the policy' })).toHaveCount(1);

  await test.step('by kind', async () => {
    await choose(kind, 'device.*');
    await expect(rows).toHaveCount(2);
    await expect(rows.filter({ hasText: 'registered the device' })).toHaveCount(2);
    await press(page.getByRole('button', { name: 'Clear filters' }));
    await expect(rows.filter({ hasText: 'changed the policy' })).toHaveCount(1);
    await choose(kind, 'device.*');
    await expect(rows).toHaveCount(2);
  });

  await test.step('opened, and from there all of its device', async () => {
    // The oldest is the last.
    await key('Escape');
    await key('j');
    await key('j');
    await expect(rows.last()).toBeFocused();
    await key('Enter');
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText('pump-01');
    await press(dialog.getByRole('button', { name: 'All of this device' }));
    await expect(page).toHaveURL(`/events?device=${pump.id}`);
    await expect(rows).toHaveCount(1);
    await key('k');
    await expect(rows.first()).toBeFocused();
    await key('v');
    await expect(page).toHaveURL(`/devices/${pump.id}`);
  });

  await test.step('exported', async () => {
    await page.goto('/events?kind=device.*');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      press(page.getByRole('link', { name: 'Export JSONL' })),
    ]);
    const lines = (await readFile(await download.path(), 'utf8')).trim().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as Event).kind)).toEqual([
      'device.registered',
      'device.registered',
    ]);
  });
});
