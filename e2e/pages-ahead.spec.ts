/** What comes ahead of a click: pages of the rail, and those that the page in sight or the row under the hand leads to. */
import type { Page, Request } from '@playwright/test';
import { openSettled } from '../scripts/settled.mjs';
import { alive, openReviewOf } from './world/conditions';
import type { PersonRole } from './world/place';
import { expect, test } from './world/test';

const PLACES = [
  '/reviews',
  '/lineages',
  '/registry',
  '/devices',
  '/rejected',
  '/events',
  '/policy',
  '/settings',
  '/reference',
];

/** The paths of pages that have come to `page` since it was opened, other than their outline. */
function pagesThatCome(page: Page): Set<string> {
  const come = new Set<string>();
  const note = (request: Request) => {
    const { pathname, searchParams } = new URL(request.url());
    const isOutline = request.headers()['next-router-prefetch'] !== undefined;
    if (searchParams.has('_rsc') && !isOutline) come.add(pathname);
  };
  // Next closes what it has read to its end.
  page.on('requestfinished', note).on('requestfailed', note);
  return come;
}

test('the other pages wait for a sign of somebody, and for none where somebody was before', async ({
  place,
  pageOf,
}) => {
  const page = await pageOf(await place.person('operator'));
  const come = pagesThatCome(page);
  await openSettled(page, '/');
  expect([...come]).toEqual([]);

  await page.mouse.move(400, 400);
  await expect.poll(() => [...come].sort()).toEqual([...PLACES].sort());

  const tab = await page.context().newPage();
  const comeToTab = pagesThatCome(tab);
  await tab.goto('/');
  await expect.poll(() => comeToTab.size).toBe(PLACES.length);
});

test('a page that came ahead opens without the server, and shows what has changed since', async ({
  place,
  newDevice,
  pageOf,
}) => {
  const first = await newDevice();
  const page = await pageOf(await place.person('viewer'));
  const come = pagesThatCome(page);
  await openSettled(page, '/');
  await page.mouse.move(400, 400);
  await expect.poll(() => come.size).toBe(PLACES.length);
  // Events tell of it before the list is open, and nothing is polled while they come.
  const overview = page.waitForResponse(/\/overview$/);
  await place.register('pump-02');
  await overview;
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));

  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Devices' }).click();
  const rowOf = (name: string) => page.getByRole('table', { name: 'Devices' }).getByRole('link', { name });
  await expect(rowOf('pump-02')).toBeVisible();
  await expect(rowOf(first.name)).toBeVisible();
  expect(asked).not.toContain('/devices');
});

test('the page of the row that a hand rests on comes ahead, and not of those that it passes by', async ({
  place,
  pageOf,
}) => {
  for (const name of ['pump-01', 'pump-02', 'pump-03']) await place.register(name);
  const page = await pageOf(await place.person('viewer'));
  const come = pagesThatCome(page);
  await alive(page, () => page.goto('/devices'));
  const links = page.getByRole('table', { name: 'Devices' }).locator('[data-row-link]');
  const paths = await links.evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).pathname));
  expect(paths).toHaveLength(3);
  await links.nth(1).hover();
  // The head of the page leads nowhere.
  await page.getByRole('heading', { level: 1 }).hover();
  for (let row = 0; row < paths.length; row++) await page.keyboard.press('j');
  // The last of what the rail leads to comes after it.
  await expect.poll(() => come.has('/reference')).toBe(true);
  expect([...come].filter((path) => paths.includes(path))).toEqual([paths[2]]);

  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'pump-03' })).toBeVisible();
  expect(asked).not.toContain(paths[2]);
});

test('the rows of a lineage come ahead for those who may see them', async ({ place, newWire, pageOf }) => {
  const device = await newWire('pump-01');
  await device.send('flows', ['id', 'rate'], [[1, 250]]);
  const { lineage_id: id, id: review } = await openReviewOf(place, 'flows');
  const rows = `/lineages/${id}/rows`;
  const waysOn = async (role: PersonRole) => {
    const page = await pageOf(await place.person(role));
    const come = pagesThatCome(page);
    await alive(page, () => page.goto(`/lineages/${id}`));
    await page.mouse.move(400, 400);
    // The last of what the rail leads to comes after it.
    await expect.poll(() => come.has('/reference')).toBe(true);
    return { page, ways: [`/reviews/${review}`, rows].filter((path) => come.has(path)) };
  };
  expect((await waysOn('viewer')).ways).toEqual([`/reviews/${review}`]);
  const { page, ways } = await waysOn('operator');
  expect(ways).toEqual([`/reviews/${review}`, rows]);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.keyboard.press('d');
  await expect(page.getByRole('table', { name: 'Staged rows' }).getByRole('row')).toHaveCount(2);
  expect(asked).not.toContain(rows);
});
