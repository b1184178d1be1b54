// How long after the click a list shows its first rows, over the console's own links.
import type { Page } from '@playwright/test';
import { openSettled } from '../../scripts/settled.mjs';
import { clickUntil } from './browser';
import type { Figure } from './figures';

const OPEN_MS_MAX = 300;

/** Content, not the frame around it: a row, a figure or a form, and nothing that says it is being read. */
const CONTENT = 'main:not(:has([aria-busy="true"])) :is(tbody tr, [role="row"], dl, form, fieldset, li, p)';

interface Place {
  path: string;
  label: string;
}

async function placesOf(page: Page): Promise<Place[]> {
  return page.locator('nav[aria-label="Main"] a[href]:not([aria-label])').evaluateAll((links) =>
    links.map((link) => ({
      path: (link as HTMLAnchorElement).pathname,
      label: link.querySelector('span')?.textContent ?? '',
    })),
  );
}

/** Opens each place of the rail `rounds` times from the one before it; the first round warms up. */
export async function measurePlaces(page: Page, rounds: number): Promise<Figure[]> {
  await openSettled(page, '/');
  const places = await placesOf(page);
  const times = new Map<string, number[]>(places.map(({ path }) => [path, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const { path } of [...places.slice(1), ...places.slice(0, 1)]) {
      const link = `nav[aria-label="Main"] a[href="${path}"]:not([aria-label])`;
      const ms = await clickUntil(page, link, path, CONTENT);
      if (round > 0) times.get(path)?.push(ms);
    }
  }
  return places.map(({ path, label }) => ({
    what: `${label} opens`,
    values: times.get(path) ?? [],
    unit: 'ms',
    goalMax: OPEN_MS_MAX,
  }));
}

/** Goes from the list at `from` into its row `at` and back, `rounds` times. */
export async function measureDetail(
  page: Page,
  what: string,
  from: string,
  rounds: number,
): Promise<Figure[]> {
  const into: number[] = [];
  const back: number[] = [];
  await openSettled(page, from);
  for (let round = 0; round <= rounds; round++) {
    const link = page.locator('[data-row-link]').nth(round);
    const path = await link.evaluate((a) => (a as HTMLAnchorElement).pathname);
    const ms = await clickUntil(page, `[data-row-link][href="${path}"]`, path, CONTENT);
    if (round > 0) into.push(ms);
    const began = performance.now();
    await page.goBack();
    await page.locator('[data-row-link]').first().waitFor();
    if (round > 0) back.push(performance.now() - began);
  }
  return [
    { what: `${what} opens from its list`, values: into, unit: 'ms', goalMax: OPEN_MS_MAX },
    { what: `${what}, back to the list`, values: back, unit: 'ms', goalMax: OPEN_MS_MAX },
  ];
}
