/** A policy says what a change will do before it is saved, and then that happens; what is chosen early counts. */
import type { Page } from '@playwright/test';
import { faultsOf } from './world/axe';
import { alive, openReviewOf, untilLineage } from './world/conditions';
import { choose, press, tick, write } from './world/hands';
import { connectAs } from './world/mqtt';
import { expect, test } from './world/test';

const ROWS = `
  CREATE TABLE counters (id INTEGER PRIMARY KEY, n INTEGER);
  WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < 30) INSERT INTO counters SELECT i, i FROM s;`;

const effectOf = (page: Page, label: string) => page.getByRole('status', { name: `Effect of ${label}` });

async function save(page: Page, changes: string, says: string) {
  await press(page.getByRole('button', { name: `Save ${changes}…` }));
  const dialog = page.getByRole('dialog', { name: 'Change the policy?' });
  await expect(dialog).toContainText(says);
  await press(dialog.getByRole('button', { name: `Save ${changes}` }));
  await expect(dialog).toBeHidden();
  await expect(page.getByText('Policy changed').first()).toBeVisible();
}

test('caps name the lineages that they pause and let go, and that is what happens', async ({
  place,
  newDevice,
  pageOf,
}) => {
  const device = await newDevice('pump-01');
  device.sql(ROWS);
  device.startAgent();
  const { lineage_id: id } = await openReviewOf(place, 'counters');
  await untilLineage(place, id, '30 rows wait', ({ lineage }) => lineage.staged_row_count === 30);
  const page = await pageOf(await place.person('operator'));
  const causes = async () => (await place.lineage(id)).lineage.pause_causes.map(({ cause }) => cause);

  await test.step('a lower cap', async () => {
    await alive(page, () => page.goto('/policy'));
    await write(page.getByLabel('Backlog cap, rows', { exact: true }), '10');
    const effect = effectOf(page, 'Backlog cap, rows');
    await expect(effect).toContainText('1 lineage is over the caps now');
    await expect(effect).toContainText('Its device is told to wait.');
    await expect(effect.getByRole('row', { name: /pump-01 counters/ })).toContainText('Paused, device told');
    await expect(effect.getByRole('link', { name: 'pump-01 counters' })).toHaveAttribute(
      'href',
      `/lineages/${id}`,
    );
    await save(page, '1 change', '1 lineage is over the caps now');
    device.sql('INSERT INTO counters VALUES (31, 31)');
    await expect.poll(causes).toContain('backpressure');
    await untilLineage(place, id, 'the device is told', ({ lineage }) =>
      lineage.pause_causes.some(({ cause, device_told }) => cause === 'backpressure' && device_told),
    );
  });

  await test.step('the threshold alone, then a higher cap', async () => {
    await write(page.getByLabel('Resume threshold, percent of the cap', { exact: true }), '70');
    const threshold = effectOf(page, 'Resume threshold, percent of the cap');
    await expect(threshold).toContainText('No backlog that is paused now is below the threshold.');
    await write(page.getByLabel('Backlog cap, rows', { exact: true }), '1000');
    const effect = effectOf(page, 'Backlog cap, rows');
    await expect(effect).toContainText('1 paused backlog is below the threshold');
    await expect(effect.getByRole('row', { name: /pump-01 counters/ })).toContainText(
      'Backlog let go; still paused: schema review',
    );
    await save(page, '2 changes', '1 paused backlog is below the threshold');
    await expect.poll(causes).toEqual(['schema_review']);
  });

  await test.step('a fleet of its own value, and back', async () => {
    await choose(page.getByLabel('Whose policy'), 'Fleet Pumps');
    await write(page.getByLabel('Backlog cap, bytes', { exact: true }), '5');
    await expect(effectOf(page, 'Backlog cap, bytes')).toContainText('1 lineage is over the caps now');
    await save(page, '1 change', '1 lineage is over the caps now');
    await choose(page.getByLabel('Whose policy'), 'Project Plant');
    await write(page.getByLabel('Backlog cap, bytes', { exact: true }), '6');
    await expect(effectOf(page, 'Backlog cap, bytes')).toContainText('Fleet Pumps keeps a value of its own.');
    await choose(page.getByLabel('Whose policy'), 'Fleet Pumps');
    await press(page.getByRole('button', { name: 'Inherit' }));
    await expect(effectOf(page, 'Backlog cap, bytes')).toContainText('The inherited value is 1073741824.');
    await save(page, '1 change', 'Backlog cap, bytes');
    await expect(page.getByText('Set for this fleet')).toHaveCount(0);
  });
});

test('the lineages that a cap names are far enough apart for a finger, light and dark', async ({
  place,
  newDevice,
  pageOf,
}) => {
  const device = await newDevice('pump-01');
  const tables = ['counters', 'levels', 'tanks'];
  device.sql(tables.map((table) => ROWS.replaceAll('counters', table)).join(''));
  device.startAgent();
  for (const table of tables) {
    const { lineage_id: id } = await openReviewOf(place, table);
    await untilLineage(place, id, '30 rows wait', ({ lineage }) => lineage.staged_row_count === 30);
  }
  const page = await pageOf(await place.person('operator'));
  await alive(page, () => page.goto('/policy'));
  await write(page.getByLabel('Backlog cap, rows', { exact: true }), '3');
  await expect(effectOf(page, 'Backlog cap, rows').getByRole('link')).toHaveCount(tables.length);
  expect(await faultsOf(page, '/policy with a lower cap')).toEqual([]);
});

test('retention and permissions say what they concern before they are saved', async ({
  place,
  sql,
  pageOf,
}) => {
  const registered = await place.register('pump-01');
  const raw = await connectAs(registered.mqtt);
  await raw.publish('rows/batch', 'not json');
  const kept = () => place.data<unknown[]>('GET', 'edge/rejected-batches');
  await expect.poll(async () => (await kept()).length).toBe(1);
  await sql`
    update tidegate.rejected_batch set received_at = now() - interval '5 days' where device_id = ${registered.id}`;
  const page = await pageOf(await place.person('operator'));
  await alive(page, () => page.goto('/policy'));
  await write(page.getByLabel('Keep rejected batches, days', { exact: true }), '3');
  const rejected = effectOf(page, 'Keep rejected batches, days');
  await expect(rejected).toContainText('1 rejected batch (8 B) is deleted within a minute of saving.');
  await expect(rejected).toContainText('1 of them were never landed by a retry');
  await write(page.getByLabel('Keep rejected batches, days', { exact: true }), '9');
  await expect(rejected).toContainText('No batch that is kept now is deleted by it.');
  await write(page.getByLabel('Keep tombstones, days', { exact: true }), '30');
  await expect(effectOf(page, 'Keep tombstones, days')).toContainText('No key that is remembered now');
  await tick(page.getByLabel('Continue on additive changes', { exact: true }));
  const additive = effectOf(page, 'Continue on additive changes');
  await expect(additive).toContainText('No review of such a change is open.');
  await expect(additive).toContainText('In the last 30 days 0 such changes asked for a review');
  await tick(page.getByLabel('Create data points on approval', { exact: true }));
  const points = effectOf(page, 'Create data points on approval');
  await expect(points).toContainText('0 data points of the devices stay as before.');
  await save(page, '4 changes', 'No open draft makes one.');
  expect(await place.data('GET', 'edge/policy')).toMatchObject({
    rejected_batch_retention_days: 9,
    tombstone_retention_days: 30,
    allow_additive_continue: true,
    allow_auto_create_device_data_points: true,
  });
  const viewers = await pageOf(await place.person('viewer'));
  await viewers.goto('/policy');
  await expect(viewers.getByLabel('Keep tombstones, days', { exact: true })).toBeDisabled();
});

test('changes that are not saved outlast a look elsewhere, and what is out of bounds is said and not saved', async ({
  place,
  pageOf,
}) => {
  const page = await pageOf(await place.person('operator'));
  const cap = page.getByLabel('Backlog cap, rows', { exact: true });
  const one = page.getByRole('button', { name: 'Save 1 change…' });
  await alive(page, () => page.goto('/policy'));
  await write(cap, '50000');
  await expect(one).toBeVisible();

  await test.step('another page, another policy, and a reload', async () => {
    await press(page.getByRole('link', { name: 'Events', exact: true }));
    await expect(page.getByRole('heading', { level: 1, name: 'Events' })).toBeVisible();
    await press(page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Policy' }));
    await expect(cap).toHaveValue('50,000');
    await choose(page.getByLabel('Whose policy'), 'Fleet Pumps');
    await expect(cap).toHaveValue('100,000');
    await choose(page.getByLabel('Whose policy'), 'Project Plant');
    await expect(cap).toHaveValue('50,000');
    await alive(page, () => page.reload());
    await expect(cap).toHaveValue('50,000');
    await expect(one).toBeVisible();
  });

  await test.step('nothing, and too little', async () => {
    for (const text of ['', '0']) {
      await write(cap, text);
      await page.keyboard.press('Tab');
      await expect(cap).toHaveValue(text);
      await expect(cap).toHaveAccessibleDescription('A whole number from 1 to 1,000,000,000.');
      await expect(one).toHaveAttribute('aria-disabled', 'true');
    }
  });

  await test.step('taken back', async () => {
    await press(page.getByRole('button', { name: 'Undo' }));
    await expect(cap).toHaveValue('100,000');
    await alive(page, () => page.reload());
    await expect(cap).toHaveValue('100,000');
  });
});

/** Opens `path` with its scripts held back until the answer is called. */
async function openWithoutScripts(page: Page, path: string): Promise<() => void> {
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route(/\/_next\/static\/.*\.js/, async (route) => {
    await released;
    await route.continue();
  });
  await page.goto(path, { waitUntil: 'commit' });
  return release;
}

test('what is chosen and typed before a page has come alive counts', async ({ place, pageOf }) => {
  await place.register('pump-01');
  await place.register('valve-01');
  const page = await pageOf(await place.person('operator'));

  await test.step('values of a policy', async () => {
    const release = await openWithoutScripts(page, '/policy');
    await page.getByLabel('Schema coalescing', { exact: true }).selectOption('fleet');
    await page.getByLabel('Continue on additive changes', { exact: true }).check({ force: true });
    await page.getByLabel('Keep tombstones, days', { exact: true }).fill('1234');
    release();
    await expect(page.getByRole('button', { name: 'Save 3 changes…' })).toBeVisible();
    await expect(page.getByLabel('Schema coalescing', { exact: true })).toHaveValue('fleet');
    await expect(page.getByLabel('Continue on additive changes', { exact: true })).toBeChecked();
    await expect(page.getByLabel('Keep tombstones, days', { exact: true })).toHaveValue('1,234');
    await expect(effectOf(page, 'Keep tombstones, days')).toContainText('No key');
  });

  await test.step('filters of a list', async () => {
    const release = await openWithoutScripts(page, '/devices');
    await page.getByRole('searchbox').fill('valve');
    release();
    await expect(page).toHaveURL(/q=valve/);
    await expect(page.getByRole('link', { name: 'pump-01' })).toHaveCount(0);
    await expect(page.getByRole('link', { name: 'valve-01' })).toBeVisible();
  });
});
