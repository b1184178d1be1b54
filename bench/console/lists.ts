// How long after the click a list shows its first rows, over the console's own links.
import type { Page } from '@playwright/test';
import { openSettled } from '../../scripts/settled.mjs';
import { clickUntil, untilStill } from './browser';
import { median, type Figure } from './figures';

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

/** In a new tab of `page`'s browser: adds what each place took that is opened for the first time. */
async function goThroughAnew(page: Page, places: readonly Place[], times: Map<string, number[]>) {
  const tab = await page.context().newPage();
  await openSettled(tab, '/');
  await goThrough(tab, places, times);
  await tab.close();
}

/**
 * Opens each place of the rail for the first time, in `rounds` new tabs of `page`'s browser. With `base`, a page of
 * another build, its tabs alternate with those: two runs that are minutes apart differ by more than most changes do.
 */
export async function measureFirst(page: Page, rounds: number, base?: Page): Promise<Figure[]> {
  const builds = [page, ...(base === undefined ? [] : [base])].map((of) => ({
    of,
    times: new Map<string, number[]>(),
  }));
  for (const { of } of builds) await openSettled(of, '/');
  const places = await placesOf(page);
  for (const { of } of builds) await goThrough(of, places, new Map());
  for (let round = 0; round < rounds; round++) {
    const order = round % 2 === 0 ? builds : [...builds].reverse();
    for (const { of, times } of order) await goThroughAnew(of, places, times);
  }
  const [own, other] = builds;
  // The tab opens at the overview, so that it is never opened for the first time.
  const figures = figuresOf(places.slice(1), 'opens', own?.times ?? new Map());
  return other === undefined ? figures : compared(figures, figuresOf(places.slice(1), 'opens', other.times));
}

/** Each figure, the same of the base, and their ratio. */
const compared = (figures: readonly Figure[], base: readonly Figure[]): Figure[] =>
  figures.flatMap((figure, i) => {
    const other = base[i];
    if (other === undefined) return [figure];
    const ratio = median(figure.values) / median(other.values);
    return [
      figure,
      { ...other, what: `${figure.what}, base`, goalMax: null },
      { what: `${figure.what}, by the base`, values: [ratio], unit: '', goalMax: null },
    ];
  });

/** Opens each place of the rail `rounds` times again from the one before it. */
export async function measurePlaces(page: Page, rounds: number): Promise<Figure[]> {
  await openSettled(page, '/');
  const places = await placesOf(page);
  await goThrough(page, places, new Map());
  const times = new Map<string, number[]>();
  for (let round = 0; round < rounds; round++) await goThrough(page, places, times);
  return figuresOf(places, 'opens again', times);
}

/** Longer than a hand must rest on a row until its page comes ahead. */
const RESTS_MS = 1000;

/** Opens each row of the list at `from` in turn after a hand has rested on it. */
async function measureRested(page: Page, from: string, rounds: number): Promise<number[]> {
  const into: number[] = [];
  await openSettled(page, from);
  for (let round = 0; round <= rounds; round++) {
    const link = page.locator('[data-row-link]').nth(round);
    const path = await link.evaluate((a) => (a as HTMLAnchorElement).pathname);
    await link.hover();
    await page.waitForTimeout(RESTS_MS);
    await untilStill(page);
    const ms = await clickUntil(page, `[data-row-link][href="${path}"]`, path, CONTENT);
    if (round > 0) into.push(ms);
    await untilStill(page);
    await page.goBack();
    await page.locator('[data-row-link]').first().waitFor();
  }
  return into;
}

/** Goes from the list at `from` into each of its rows in turn and back, `rounds` times: at once, and after a rest. */
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
    {
      what: `${what} that a hand rested on`,
      values: await measureRested(page, from, rounds),
      unit: 'ms',
      goalMax: OPEN_MS_MAX,
    },
  ];
}
