/** Every page, light and dark: axe finds nothing serious, and the page says where one is. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import type { ConsolidateResult } from '@/server/contract/registry';
import { openReviewOf, replayed } from './world/conditions';
import { connectAs } from './world/mqtt';
import { approveShared, openRegistryReviewOf, setMode } from './world/registry';
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
  const bulk = await place.data<{ id: string }>('POST', 'edge/bulk-jobs', {
    action: 'approve',
    filter: { status: 'open' },
  });
  await expect.poll(async () => (await place.data<unknown[]>('GET', 'edge/rejected-batches')).length).toBe(1);
  const [rejected] = await place.data<{ id: string }[]>('GET', 'edge/rejected-batches');
  const where = encodeURIComponent(JSON.stringify([{ column: 'id', op: 'not_null' }]));
  const key = encodeURIComponent(JSON.stringify(['1']));
  return [
    { path: '/', shows: table.open },
    { path: '/reviews', shows: table.open },
    { path: `/reviews/${open.id}`, shows: 'Set all to…' },
    { path: `/reviews/${decided.id}`, shows: 'Replayed' },
    { path: `/bulk/${bulk.id}`, shows: 'would land' },
    { path: '/bulk', shows: 'Not started' },
    { path: '/lineages', shows: table.open },
    { path: `/lineages/${open.lineage_id}`, shows: 'Paused for' },
    { path: `/lineages/${decided.lineage_id}`, shows: 'Not paused' },
    { path: `/lineages/${open.lineage_id}/rows?source=staged`, shows: 'Commit seq' },
    { path: `/lineages/${open.lineage_id}/rows?source=staged&where=${where}`, shows: 'id is not NULL' },
    { path: `/lineages/${decided.lineage_id}/rows?source=mirror`, shows: 'Written' },
    { path: `/lineages/${decided.lineage_id}/rows?source=mirror&row=${key}`, shows: 'Way of this key' },
    { path: `/lineages/${decided.lineage_id}/rows?source=mirror&key=${key}`, shows: 'Way of this key' },
    { path: '/devices', shows: 'pump-01' },
    { path: '/devices/fleets', shows: 'Pumps' },
    { path: `/devices/${open.device_id}`, shows: table.open },
    { path: '/rejected', shows: 'invalid_json' },
    { path: `/rejected/${rejected?.id ?? ''}`, shows: 'What it means' },
    { path: '/events', shows: /approved/ },
    ...(await registryPages(place)),
    { path: '/policy', shows: 'Project Plant' },
    { path: '/settings', shows: 'Your account' },
    { path: '/nowhere', shows: 'no such page' },
  ];
}

/** The registry's pages: a table that waits there, one that is decided, and one that is consolidated into it. */
async function registryPages(place: Place): Promise<Target[]> {
  const waiting = await openRegistryReviewOf(place, 'together', 1);
  const approved = await openRegistryReviewOf(place, 'shared', 1);
  await approveShared(place, approved.id);
  const [mirror] = await place.data<{ id: string }[]>('GET', 'edge/coalesced-mirrors');
  const { job } = await place.data<ConsolidateResult>('POST', 'edge/coalesced-mirrors/decided/consolidate', {
    dry_run: false,
  });
  return [
    { path: '/registry', shows: 'together' },
    { path: '/registry/entries', shows: 'together' },
    { path: `/registry/${approved.registry_id}`, shows: 'Decision in force' },
    { path: `/reviews/registry/${waiting.id}`, shows: 'Whom it concerns' },
    { path: '/registry/mirrors', shows: 'shared' },
    { path: `/registry/mirrors/${mirror?.id ?? ''}`, shows: 'Since version' },
    { path: `/registry/mirrors/${mirror?.id ?? ''}/rows`, shows: 'Device' },
    { path: '/registry/consolidation', shows: 'decided' },
    { path: '/registry/consolidation/run?table=shared', shows: 'cannot be consolidated' },
    { path: `/registry/consolidation/${job?.id ?? ''}`, shows: 'Progress' },
  ];
}

/** A device whose tables are in every state, and one that sends garbage. */
async function fill(place: Place, newDevice: (name?: string) => Promise<Device>): Promise<void> {
  const device = await newDevice();
  device.sql(`create table decided (id integer primary key, v text); insert into decided values (1, 'x');
              create table waiting (id integer primary key, v text); insert into waiting values (1, 'x');`);
  device.startAgent();
  for (const table of ['decided', 'waiting']) await openReviewOf(place, table);
  await setMode(place, 'project');
  device.sql(`create table together (id integer primary key, v text); insert into together values (1, 'x');
              create table shared (id integer primary key, v text); insert into shared values (1, 'x');`);
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
    // Every page there is, one after the other: as long as that takes.
    test.setTimeout(600_000);
    await fill(place, newDevice);
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
