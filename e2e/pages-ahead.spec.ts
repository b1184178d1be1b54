/** The pages of the rail come ahead: once somebody is there, and without a sign where somebody was before. */
import type { Page, Request } from '@playwright/test';
import { openSettled } from '../scripts/settled.mjs';
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
