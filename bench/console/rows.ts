// A lineage with a million rows: how it opens, what a page deep inside costs, how it scrolls.
import type { Page } from '@playwright/test';
import { openSettled } from '../../scripts/settled.mjs';
import { timeUntil, untilStill } from './browser';
import { median, type Figure } from './figures';

const OPEN_MS_MAX = 300;
const FRAME_MS_MAX = 50;
const DEEP_RATIO_MAX = 1.5;
const DEEP_PAGE = 50_000;
const GRID_ROW = 'main [role="rowgroup"] [role="row"]';

export interface RowsPlace {
  project: string;
  /** The lineage with the staged rows. */
  backlog: string;
  /** The lineage with the large mirror. */
  large: string;
}

/**
 * Opens the rows of `lineage` from its page by `key`: after a look at the page, so that they have come ahead, and as the
 * first sign of somebody.
 */
export async function measureOpening(
  page: Page,
  what: string,
  lineage: string,
  key: 'd' | 'w',
  rounds: number,
): Promise<Figure[]> {
  const path = `/lineages/${lineage}`;
  const open = async (tab: Page): Promise<number[]> => {
    const values: number[] = [];
    for (let round = 0; round <= rounds; round++) {
      await openSettled(tab, path);
      await untilStill(tab);
      const ms = await timeUntil(tab, () => tab.keyboard.press(key), `${path}/rows`, GRID_ROW);
      if (round > 0) values.push(ms);
    }
    return values;
  };
  // Nothing comes ahead in a browser that forgets that somebody was there, until there is a sign.
  const stranger = await page.context().newPage();
  await stranger.addInitScript(() => window.localStorage.clear());
  const atOnce = await open(stranger);
  await stranger.close();
  const figure = (how: string, values: number[]): Figure => ({
    what: `${what} open ${how}`,
    values,
    unit: 'ms',
    goalMax: OPEN_MS_MAX,
  });
  return [figure('after a look', await open(page)), figure('at the first sign', atOnce)];
}

/** How long each of `paths` takes to answer, in turn: one after the other, the machine's own pace would tell them apart. */
const askInTurn = (page: Page, paths: readonly string[], times: number): Promise<number[][]> =>
  page.evaluate(
    async ([urls, n]) => {
      const all: number[][] = urls.map(() => []);
      for (let round = 0; round <= n; round++) {
        for (const [i, url] of urls.entries()) {
          const from = performance.now();
          const response = await fetch(url);
          if (!response.ok) throw new Error(`${url} answered ${response.status}`);
          await response.text();
          if (round > 0) all[i]?.push(performance.now() - from);
        }
      }
      return all;
    },
    [paths.map((path) => `/core/api/v1${path}`), times] as const,
  );

/** Page 1, page 50,000 and what the latter costs in shares of the former, as the browser reads them. */
export async function measureDepth(page: Page, what: string, path: string, runs: number): Promise<Figure[]> {
  const [first = [], deep = []] = await askInTurn(page, [path, `${path}?page=${DEEP_PAGE}`], runs);
  return [
    { what: `${what}, page 1`, values: first, unit: 'ms', goalMax: null },
    { what: `${what}, page ${DEEP_PAGE}`, values: deep, unit: 'ms', goalMax: null },
    {
      what: `${what}, page ${DEEP_PAGE} by page 1`,
      values: [median(deep) / median(first)],
      unit: '',
      goalMax: DEEP_RATIO_MAX,
    },
  ];
}

/** In the page: the time between each two frames until `tgFrames` is read. */
async function recordFrames(page: Page): Promise<() => Promise<number[]>> {
  const handle = await page.evaluateHandle(() => {
    const gaps: number[] = [];
    let last = performance.now();
    let isOver = false;
    const tick = (now: number) => {
      gaps.push(now - last);
      last = now;
      if (!isOver) requestAnimationFrame(tick);
    };
    requestAnimationFrame((now) => {
      last = now;
      requestAnimationFrame(tick);
    });
    return { end: () => ((isOver = true), gaps) };
  });
  return () => handle.evaluate(({ end }) => end());
}

/** How fast somebody scrolls. */
export interface Pace {
  /** Pixels of each turn of the wheel; about sixty of them come in a second. */
  turnPx: number;
  turns: number;
}

/** Turns the wheel over what scrolls on `page`. */
async function measurePace(page: Page, what: string, { turnPx, turns }: Pace): Promise<Figure> {
  const box = await page.locator('main [role="table"]').boundingBox();
  await page.mouse.move((box?.x ?? 0) + 200, (box?.y ?? 0) + 200);
  const frames = await recordFrames(page);
  const began = Date.now();
  for (let i = 0; i < turns; i++) await page.mouse.wheel(0, turnPx);
  const pxPerSecond = (turnPx * turns * 1000) / (Date.now() - began);
  // Frames come by a clock of 60 Hz, which is read to a tenth of a millisecond: three of its ticks are 50 ms.
  const values = (await frames()).map(Math.round);
  const pace = (Math.round(pxPerSecond / 1000) * 1000).toLocaleString('en');
  return { what: `${what}, frames of a scroll at ${pace} px/s`, values, unit: 'ms', goalMax: FRAME_MS_MAX };
}

/** Scrolls the grid down at each pace in turn, reading on as it comes to the end of what is loaded. */
export async function measureScrolling(
  page: Page,
  what: string,
  path: string,
  paces: readonly Pace[],
): Promise<Figure[]> {
  await openSettled(page, path);
  await page.locator(GRID_ROW).first().waitFor();
  const figures: Figure[] = [];
  for (const pace of paces) figures.push(await measurePace(page, `${what} rows`, pace));
  return figures;
}

const BARE_STYLE = `body { margin: 0; font: 13px system-ui } main { height: 600px; overflow: auto }
  .row { display: flex; height: 30px; border-bottom: 1px solid #ddd; contain: strict }
  .cell { width: 150px; overflow: clip; white-space: nowrap }`;
const BARE_ROW_PX = 30;

/**
 * What the machine itself lets a scroll have: a page of nothing but text, which is all there from the beginning, in the
 * same browser at the same pace.
 */
export async function measureBareScrolling(page: Page, pace: Pace): Promise<Figure> {
  const bare = await page.context().newPage();
  const cells = (row: number) =>
    Array.from({ length: 8 }, (_, column) => `<div class="cell">${row} has ${column}</div>`).join('');
  const rows = Array.from(
    { length: (pace.turnPx * pace.turns) / BARE_ROW_PX + 100 },
    (_, row) => `<div class="row">${cells(row)}</div>`,
  );
  await bare.setContent(`<style>${BARE_STYLE}</style><main><div role="table">${rows.join('')}</div></main>`);
  const figure = await measurePace(bare, 'A bare page of text', pace);
  await bare.close();
  return { ...figure, goalMax: null };
}
