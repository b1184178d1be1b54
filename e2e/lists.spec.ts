/** What every list has: a count of all it finds when somebody asks, the same keys, and its columns on a small screen. */
import type { Page } from '@playwright/test';
import { alive, openReviewOf, replayed } from './world/conditions';
import { press } from './world/hands';
import { connectAs } from './world/mqtt';
import { openRegistryReviewOf, setMode } from './world/registry';
import { expect, test } from './world/test';

const TABLES = `create table tanks (id integer primary key, v text); insert into tanks values (1, 'x');`;
const nav = (page: Page) => page.getByRole('navigation', { name: 'Pages' });

test('a list too long to be counted says about how long it is, and counts when asked', async ({
  place,
  pageOf,
  sql,
}) => {
  await sql`
    insert into tidegate.event (id, kind, at, org_id, project_id, actor_kind, actor_id, actor_label, subject_kind,
      subject_id, data, correlation_id)
    select gen_random_uuid(), 'device.connected', now() - n * interval '1 second', ${place.orgId}::uuid,
      ${place.project.id}::uuid, 'system', 'worker', 'worker', 'device', 'none', '{}', 'none'
    from generate_series(1, 10050) n`;
  const page = await pageOf(await place.person('viewer'));
  await alive(page, () => page.goto('/events?kind=device.*'));
  const all = '1–50 of 10,050, counted';
  await expect(nav(page)).toContainText(/1–50 of about 1\d,\d{3} /);
  await press(nav(page).getByRole('button', { name: 'count exactly' }));
  await expect(nav(page)).toContainText(all);
  await expect(nav(page).getByRole('button', { name: 'count again' })).toBeVisible();

  // Another page is of the same list, another filter is not.
  await page.keyboard.press('n');
  await expect(nav(page)).toContainText('51–100 of 10,050, counted');
  await page.getByLabel('From').fill('2020-01-01T00:00');
  await expect(nav(page)).toContainText(/1–50 of about 1\d,\d{3} /);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Count the list exactly');
  await page.keyboard.press('Enter');
  await expect(nav(page)).toContainText(all);
  await page.getByLabel('Kind', { exact: true }).selectOption('fleet.*');
  await expect(nav(page)).toContainText('1–1 of 1');
  await expect(nav(page).getByRole('button', { name: /count/ })).toHaveCount(0);
});

test('keys lead to the filters of every list, and to the rows of whatever row has the focus', async ({
  place,
  newDevice,
  pageOf,
}) => {
  test.setTimeout(120_000);
  const device = await newDevice();
  device.sql(TABLES);
  device.startAgent();
  const review = await openReviewOf(place, 'tanks');
  const page = await pageOf(await place.person('operator'));
  const key = (name: string) => page.keyboard.press(name);
  const rows = (source: string) => `/lineages/${review.lineage_id}/rows?source=${source}`;
  /** Goes to `path` and to the row of the table. */
  const toRow = async (path: string) => {
    await alive(page, () => page.goto(path));
    const link = page.getByRole('link', { name: 'tanks', exact: true });
    await expect(link).toBeVisible();
    await key('j');
    await expect(link).toBeFocused();
  };

  await test.step('of the queue', async () => {
    for (const [name, source] of [
      ['d', 'staged'],
      ['w', 'mirror'],
    ] as const) {
      await toRow('/reviews');
      await key(name);
      await expect(page).toHaveURL(rows(source));
      await alive(page, () => page.goto(`/reviews/${review.id}`));
      await key(name);
      await expect(page).toHaveURL(rows(source));
    }
  });

  await test.step('of a device', async () => {
    await alive(page, () => page.goto(`/devices/${device.registered.id}`));
    await key('x');
    await expect(page.getByText('Move to a row first (j, k).')).toBeVisible();
    for (const [name, url] of [
      ['d', rows('staged')],
      ['w', rows('mirror')],
      ['v', `/reviews/${review.id}`],
    ] as const) {
      await toRow(`/devices/${device.registered.id}`);
      await key(name);
      await expect(page).toHaveURL(url);
    }
    await toRow(`/devices/${device.registered.id}`);
    await key('x');
    await expect(page).toHaveURL(`/lineages/${review.lineage_id}?open=reset`);
  });

  await test.step('whoever may not see rows is told so', async () => {
    const viewers = await pageOf(await place.person('viewer'));
    await alive(viewers, () => viewers.goto('/reviews'));
    await viewers.keyboard.press('j');
    await viewers.keyboard.press('d');
    await expect(viewers.getByText(/PROJECT_CAN_READ_ROWS|read rows|see rows/i).first()).toBeVisible();
    await expect(viewers).toHaveURL(/\/reviews$/);
  });

  await test.step('many devices have no lineage of their own', async () => {
    await setMode(place, 'project');
    device.sql('create table wells (id integer primary key); insert into wells values (1);');
    const shared = await openRegistryReviewOf(place, 'wells', 1);
    await alive(page, () => page.goto(`/reviews/registry/${shared.id}`));
    await key('w');
    await expect(page.getByText('A review of the registry concerns many devices')).toBeVisible();
  });

  await test.step('/ goes to the text, or to the first filter', async () => {
    for (const [path, label] of [
      ['/lineages', 'Table or device'],
      ['/events', 'Kind'],
      ['/rejected', 'Code'],
      ['/registry/entries', 'Status'],
      ['/registry/mirrors', 'Scope'],
      ['/registry/consolidation', 'Scope'],
    ] as const) {
      await alive(page, () => page.goto(path));
      await key('/');
      await expect(page.getByLabel(label, { exact: true }), path).toBeFocused();
    }
  });

  await test.step('the help lists what a key does, and nothing that it does not', async () => {
    const help = page.getByRole('dialog', { name: 'Keys' });
    const entry = (label: string) => help.locator('dt').getByText(label, { exact: true });
    await alive(page, () => page.goto('/events'));
    await key('?');
    await expect(entry('Go to the filters')).toBeVisible();
    await alive(page, () => page.goto('/lineages'));
    await key('?');
    await expect(entry('Filter by text')).toBeVisible();
    await expect(entry('Go to the filters')).toHaveCount(0);
    await alive(page, () => page.goto('/registry/consolidation/run?table=tanks'));
    await key('?');
    await expect(entry('Try again')).toBeVisible();
    await expect(entry('Refresh')).toHaveCount(0);
  });
});

test('a small screen shows the staged size and when a cause was first seen, and cuts nothing', async ({
  place,
  newDevice,
  pageOf,
  sql,
}) => {
  const device = await newDevice('demo-gateway-01');
  device.sql(TABLES.replaceAll('tanks', 'valve_movements_today'));
  device.startAgent();
  const { id, lineage_id } = await openReviewOf(place, 'valve_movements_today');
  await place.approve(id);
  await replayed(place, lineage_id);
  const other = await place.register('meter-01');
  await (await connectAs(other.mqtt)).publish('rows/batch', 'garbage');
  await expect.poll(async () => (await place.data<unknown[]>('GET', 'edge/rejected-batches')).length).toBe(1);
  await sql`
    update tidegate.lineage set failure_count = 1, last_error_at = now(),
      last_error = 'grams: not an integer, and nothing that could be read as one'
    where id = ${lineage_id}`;
  await sql`
    update tidegate.rejected_batch set code = 'unsupported_capture_strategy', source_table = 'weighings'
    where project_id = ${place.project.id}`;
  const operator = await place.person('operator');
  for (const width of [1280, 1440]) {
    const page = await pageOf(operator, { viewport: { width, height: 800 } });
    for (const [path, column] of [
      ['/lineages', 'Staged size'],
      ['/rejected', 'First seen'],
      ['/rejected?view=device', 'First seen'],
    ] as const) {
      await page.goto(path);
      await expect(page.getByRole('columnheader', { name: column })).toBeVisible();
      const beyond = await page
        .getByRole('table')
        .evaluate((table) => table.scrollWidth - (table.parentElement?.clientWidth ?? 0));
      expect(beyond, `${path} at ${width}`).toBeLessThanOrEqual(0);
    }
  }
});
