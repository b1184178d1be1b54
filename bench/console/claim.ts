// Two browsers on one review: how long after the key of one the other shows whose it is.
import type { Page } from '@playwright/test';
import { openSettled } from '../../scripts/settled.mjs';
import { untilStill } from './browser';
import { assert } from '@/server/lib/assert';
import type { Figure } from './figures';

const SEEN_MS_MAX = 1000;

/** A page of a browser of its own, in which the same person is signed in: tabs of one browser share their events. */
async function besideOf(page: Page): Promise<Page> {
  const mine = page.context();
  const browser = mine.browser();
  assert(browser !== null, 'the page is in a browser that was launched');
  const baseURL = new URL(page.url()).origin;
  return (await browser.newContext({ baseURL, storageState: await mine.storageState() })).newPage();
}

/** Claims and releases the review at `path` in one browser, and waits in the other. The driver's own part is in it. */
export async function measureClaim(page: Page, path: string, rounds: number): Promise<Figure[]> {
  await openSettled(page, path);
  const other = await besideOf(page);
  await openSettled(other, path);
  const values: number[] = [];
  const seen = async (act: () => Promise<void>, name: string) => {
    await untilStill(page);
    const from = performance.now();
    await act();
    await other.getByRole('button', { name }).waitFor();
    values.push(performance.now() - from);
  };
  for (let round = 0; round < rounds; round++) {
    await seen(() => page.keyboard.press('c'), 'Release');
    await seen(() => page.getByRole('button', { name: 'Release' }).click(), 'Claim');
  }
  await other.context().close();
  return [
    { what: 'A claim or release is seen in another browser', values, unit: 'ms', goalMax: SEEN_MS_MAX },
  ];
}
