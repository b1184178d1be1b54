/** Every page, light and dark: axe finds nothing serious, and the page says where one is. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { openReviewOf, replayed } from './world/conditions';
import { connectAs } from './world/mqtt';
import type { Device } from './world/device';
import type { Place } from './world/place';
import { expect, test } from './world/test';

interface Target {
  path: string;
  /** What is there once the page has its data. */
  shows: string | RegExp;
}

async function faultsOf(page: Page, where: string): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${where}: ${id} at ${nodes.map(({ target }) => String(target)).join(', ')}`);
}

/** Pages with something on them: an open review, a decided one, staged and written rows, a rejected batch. */
async function pagesOf(place: Place, table: { open: string; decided: string }): Promise<Target[]> {
  const decided = await openReviewOf(place, table.decided);
  await place.approve(decided.id);
  await replayed(place, decided.lineage_id);
  const open = await openReviewOf(place, table.open);
  await expect.poll(async () => (await place.data<unknown[]>('GET', 'edge/rejected-batches')).length).toBe(1);
  const [rejected] = await place.data<{ id: string }[]>('GET', 'edge/rejected-batches');
  const where = encodeURIComponent(JSON.stringify([{ column: 'id', op: 'not_null' }]));
  const key = encodeURIComponent(JSON.stringify(['1']));
  return [
    { path: '/', shows: table.open },
    { path: '/reviews', shows: table.open },
    { path: `/reviews/${open.id}`, shows: 'Set all to…' },
    { path: `/reviews/${decided.id}`, shows: 'Replayed' },
    { path: '/lineages', shows: table.open },
    { path: `/lineages/${open.lineage_id}`, shows: 'Paused for' },
    { path: `/lineages/${decided.lineage_id}`, shows: 'Not paused' },
    { path: `/lineages/${open.lineage_id}/rows?source=staged`, shows: 'Commit seq' },
    { path: `/lineages/${open.lineage_id}/rows?source=staged&where=${where}`, shows: 'id is not NULL' },
    { path: `/lineages/${decided.lineage_id}/rows?source=mirror`, shows: 'Written' },
    { path: `/lineages/${decided.lineage_id}/rows?source=mirror&row=${key}`, shows: 'Way of this key' },
    { path: `/lineages/${decided.lineage_id}/rows?source=mirror&key=${key}`, shows: 'Way of this key' },
    { path: '/devices', shows: 'pump-01' },
    { path: `/devices/${open.device_id}`, shows: table.open },
    { path: '/rejected', shows: 'invalid_json' },
    { path: `/rejected/${rejected?.id ?? ''}`, shows: 'What it means' },
    { path: '/events', shows: /approved/ },
    { path: '/policy', shows: 'Project Plant' },
    { path: '/settings', shows: 'Your account' },
    { path: '/nowhere', shows: 'no such page' },
  ];
}

/** A device whose tables are in every state, and one that sends garbage. */
async function fill(newDevice: (name?: string) => Promise<Device>): Promise<void> {
  const device = await newDevice();
  device.sql(`create table decided (id integer primary key, v text); insert into decided values (1, 'x');
              create table waiting (id integer primary key, v text); insert into waiting values (1, 'x');`);
  device.startAgent();
  const other = await newDevice('meter-01');
  await (await connectAs(other.registered.mqtt)).publish('rows/batch', 'garbage');
}

/** What lies over a page: the approval of the review at `path`, the list of keys, the palette. */
async function faultsOfLayers(page: Page, path: string): Promise<string[]> {
  const faults: string[] = [];
  const dialog = page.getByRole('dialog');
  await page.goto(path);
  await expect(page.getByRole('button', { name: 'Claim' })).toBeVisible();
  for (const [key, shows] of [
    ['a', '1 row would land'],
    ['?', 'List the keys'],
    ['Control+k', 'Overview'],
  ] as const) {
    await page.keyboard.press(key);
    await expect(dialog).toContainText(shows);
    faults.push(...(await faultsOf(page, `${path} ${key}`)));
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  }
  return faults;
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`no page has a serious accessibility fault, ${colorScheme}`, async ({
    place,
    newDevice,
    newPage,
    pageOf,
  }) => {
    test.setTimeout(150_000);
    await fill(newDevice);
    const targets = await pagesOf(place, { open: 'waiting', decided: 'decided' });
    const door = await newPage({ colorScheme });
    await door.goto('/sign-in');
    await expect(door.getByRole('button', { name: 'Sign in' })).toBeVisible();
    const faults = await faultsOf(door, '/sign-in');

    const page = await pageOf(await place.person('operator'), { colorScheme });
    for (const { path, shows } of targets) {
      await page.goto(path);
      await expect(page.locator('body')).toContainText(shows);
      faults.push(...(await faultsOf(page, path)));
    }
    const review = targets.find(({ shows }) => shows === 'Set all to…');
    faults.push(...(await faultsOfLayers(page, review?.path ?? '')));
    expect(faults).toEqual([]);
  });
}
