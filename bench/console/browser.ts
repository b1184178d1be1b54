// A headless browser that is signed in, and the clock that runs in its page.
import type { Browser, CDPSession, Page } from '@playwright/test';
import { chromium } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { findBrowser } from '../../scripts/browser.mjs';

export interface Person {
  email: string;
  password: string;
}

/** A browser with the flags that a container needs. */
export async function launch(): Promise<Browser> {
  const executablePath = findBrowser();
  return chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
}

/** A page of the console at `url` in which `person` is signed in. */
export async function signedIn(browser: Browser, url: string, person: Person): Promise<Page> {
  const context = await browser.newContext({ baseURL: url, viewport: { width: 1280, height: 800 } });
  const { csrfToken } = (await (await context.request.get('/api/auth/csrf')).json()) as { csrfToken: string };
  const form = { csrfToken, ...person, json: 'true' };
  const answer = await context.request.post('/api/auth/callback/credentials', { form });
  if (!answer.ok()) throw new Error(`Signing in answered ${answer.status()}`);
  await context.addInitScript(installClock);
  return context.newPage();
}

interface Clock {
  /** Resolves with the ms from the next click or key to the first frame in which `isThere` holds. */
  untilThere: Promise<number>;
}

declare global {
  interface Window {
    tgClock?: Clock;
    tgWatch?: (path: string, selector: string, patienceMs: number) => void;
  }
}

/** In the page: counts from the input event, not from when the page came round to handle it. */
function installClock(): void {
  window.tgWatch = (path, selector, patienceMs) => {
    window.tgClock = {
      untilThere: new Promise((done, give) => {
        const until = performance.now() + patienceMs;
        setTimeout(() => give(new Error(`${selector} is not at ${path} after ${patienceMs} ms`)), patienceMs);
        const begun = (event: Event) => {
          for (const kind of ['click', 'keydown']) window.removeEventListener(kind, begun, true);
          const look = () => {
            const isThere = window.location.pathname === path && document.querySelector(selector) !== null;
            if (!isThere) return performance.now() < until && void requestAnimationFrame(look);
            // The next frame's callback runs after this frame was handed on to be drawn.
            requestAnimationFrame(() => done(performance.now() - event.timeStamp));
          };
          requestAnimationFrame(look);
        };
        for (const kind of ['click', 'keydown']) window.addEventListener(kind, begun, true);
      }),
    };
  };
}

/** A person has looked at a page before the next click: it has asked for nothing in this time, in ms, and is idle. */
const STILL_MS = 300;

/** Resolves once `page` is still. */
export async function untilStill(page: Page): Promise<void> {
  await page.evaluate(async (stillMs) => {
    const asked = () => performance.getEntriesByType('resource').length;
    for (let before = -1; before !== asked();) {
      before = asked();
      await new Promise((wait) => setTimeout(wait, stillMs));
      await new Promise((idle) => requestIdleCallback(idle));
    }
  }, STILL_MS);
}

const PATIENCE_MS = 30_000;

/**
 * Does `act`, a click or a key; ms from it until `selector` is drawn at `path`. Throws where that takes too long.
 * The page itself looks out for it: a script that Playwright sends in would be read in the time that is measured.
 */
export async function timeUntil(
  page: Page,
  act: () => Promise<void>,
  path: string,
  selector: string,
): Promise<number> {
  const watch = [path, selector, PATIENCE_MS] as const;
  await page.evaluate(([at, what, patience]) => window.tgWatch?.(at, what, patience), watch);
  await act();
  return page.evaluate(async () => (await window.tgClock?.untilThere) ?? Number.NaN);
}

/** As `timeUntil`, for a click on the first of `link`. */
export const clickUntil = (page: Page, link: string, path: string, selector: string): Promise<number> =>
  timeUntil(page, () => page.locator(link).first().click(), path, selector);

/**
 * What the browser's largest page process has of its own, in MB: what its task manager calls the memory footprint.
 * The pages of the browser's program, which every process shares, are not in it.
 */
export async function rendererMemory(browser: Browser): Promise<number> {
  const session: CDPSession = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const own = (pid: number): number =>
    Number(/RssAnon:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
  return Math.max(...processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => own(id)));
}
