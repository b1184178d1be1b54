// How much JavaScript a browser loads that was never here before, as it comes over the wire.
import type { Browser, Page } from '@playwright/test';
import { openSettled } from '../../scripts/settled.mjs';
import { signedIn, type Person } from './browser';
import type { Figure } from './figures';

/** What the first page may load, of scripts. */
export const SCRIPT_KB_MAX = 250;
const BYTES_PER_KB = 1000;

/** Kilobytes of scripts, with their headers, that `page` loads at `path` until nothing more is asked for. */
export async function scriptKbOf(page: Page, path: string): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  const scripts = new Set<string>();
  let bytes = 0;
  session.on('Network.responseReceived', ({ requestId, type, response }) => {
    if (type === 'Script' || response.mimeType.includes('javascript')) scripts.add(requestId);
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) bytes += encodedDataLength;
  });
  await openSettled(page, path);
  return bytes / BYTES_PER_KB;
}

/** The sign-in page and the first page after it, each in a browser without anything kept. */
export async function measureScripts(browser: Browser, url: string, person: Person): Promise<Figure[]> {
  const door = await browser.newContext({ baseURL: url });
  const signIn = await scriptKbOf(await door.newPage(), '/sign-in');
  const first = await scriptKbOf(await signedIn(browser, url, person), '/');
  const figure = (what: string, kb: number): Figure => ({
    what: `JavaScript of ${what}, compressed`,
    values: [kb],
    unit: 'kB',
    goalMax: SCRIPT_KB_MAX,
  });
  return [figure('the sign-in page', signIn), figure('the first page', first)];
}
