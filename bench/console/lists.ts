// How long after the click a list shows its first rows, over the console's own links.
import type { Page } from '@playwright/test';
import { openSettled } from '../../scripts/settled.mjs';
import { clickUntil, untilStill } from './browser';
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

/** Goes through `places` by the rail; to `times`, what each took, in ms. */
async function goThrough(page: Page, places: readonly Place[], times: Map<string, number[]>): Promise<void> {
  for (const { path } of [...places.slice(1), ...places.slice(0, 1)]) {
    const link = `nav[aria-label="Main"] a[href="${path}"]:not([aria-label])`;
    await untilStill(page);
    const ms = await clickUntil(page, link, path, CONTENT);
    times.set(path, [...(times.get(path) ?? []), ms]);
  }
}

const figuresOf = (places: readonly Place[], what: string, times: Map<string, number[]>): Figure[] =>
  places.map(({ path, label }) => ({
    what: `${label} ${what}`,
    values: times.get(path) ?? [],
    unit: 'ms',
    goalMax: OPEN_MS_MAX,
  }));

/** Opens each place of the rail for the first time, in `rounds` new tabs of `page`'s browser. */
export async function measureFirst(page: Page, rounds: number): Promise<Figure[]> {
  await openSettled(page, '/');
  const places = await placesOf(page);
  await goThrough(page, places, new Map());
  const times = new Map<string, number[]>();
  for (let round = 0; round < rounds; round++) {
    const tab = await page.context().newPage();
    await openSettled(tab, '/');
    await goThrough(tab, places, times);
    await tab.close();
  }
  // The tab opens at the overview, so that it is never opened for the first time.
  return figuresOf(places.slice(1), 'opens', times);
}

/** Opens each place of the rail `rounds` times again from the one before it. */
export async function measurePlaces(page: Page, rounds: number): Promise<Figure[]> {
  await openSettled(page, '/');
  const places = await placesOf(page);
  await goThrough(page, places, new Map());
  const times = new Map<string, number[]>();
  for (let round = 0; round < rounds; round++) await goThrough(page, places, times);
  return figuresOf(places, 'opens again', times);
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
    await untilStill(page);
    const ms = await clickUntil(page, `[data-row-link][href="${path}"]`, path, CONTENT);
    if (round > 0) into.push(ms);
    await untilStill(page);
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
