// Pictures of every page, for eyes: light and dark, at four widths, empty, full and failing, and of what lies over a
// page. Starts an installation of its own with the demo fleet and stops it at the end.
// `npm run screenshots [-- folder [pages]]`, where `pages` is an expression that the names of the pictures have to match.
import { mkdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { findBrowser } from './browser.mjs';
import { openSettled } from './settled.mjs';
import { apiOf, signedIn, startInstallation, until } from './shown-installation.mjs';
import { BEFORE, emptyPagesOf, failuresOf, OVER, pagesOf, OUTSIDE } from './shown-pages.mjs';
import { prepare } from './shown-places.mjs';
import { root, say } from './steps.mjs';

const folder = resolve(process.argv[2] ?? join(root, '.tidegate', 'screenshots'));
const wanted = new RegExp(process.argv[3] ?? '');
const README_PICTURE = join(root, 'docs', 'console.png');
const DESK = { width: 1280, height: 800 };
const SCHEMES = ['light', 'dark'];
/** Sizes at which light is enough: what differs is where things stand. */
const OTHER_SIZES = [
  { width: 1920, height: 1080 },
  { width: 900, height: 800 },
  { width: 390, height: 844 },
];

/** Opens `path` and waits until it has its data. */
async function open(page, path) {
  await openSettled(page, path);
  await page.evaluate(() => document.fonts.ready);
}

async function shootPage(page, name, fullPage = true) {
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage });
}

async function shootSchemes(page, name, fullPage) {
  for (const colorScheme of SCHEMES) {
    await page.emulateMedia({ colorScheme });
    await page.waitForFunction(
      (wanted) => document.documentElement.dataset.mantineColorScheme === wanted,
      colorScheme,
    );
    await shootPage(page, `${name}-${DESK.width}-${colorScheme}`, fullPage);
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

async function shootSizes(page, name) {
  for (const size of OTHER_SIZES) {
    await page.setViewportSize(size);
    await shootPage(page, `${name}-${size.width}-light`);
  }
  await page.setViewportSize(DESK);
}

/** The page while the server does not answer: what it knew stays, and it says that it is cut off. */
async function shootCutOff(page, name) {
  const context = page.context();
  await context.route('**/core/api/**', (route) => route.abort());
  await page.keyboard.press('r');
  await page.getByText(/Connection lost/).waitFor();
  await shootSchemes(page, `failing-${name}`);
  await context.unroute('**/core/api/**');
}

/** A page of its own for each picture, so that none shows what the one before it left behind. */
async function each(context, pages, shoot) {
  for (const [name, path] of Object.entries(pages)) {
    if (!wanted.test(name)) continue;
    const page = await context.newPage();
    await open(page, path).catch((error) => Promise.reject(new Error(`${name}: ${error.message}`)));
    await shoot(page, name);
    await page.close();
  }
}

async function shootFull(page, name) {
  await BEFORE[name]?.(page);
  await shootSchemes(page, `full-${name}`);
  await shootSizes(page, `full-${name}`);
  await shootCutOff(page, name);
}

/** What lies over a page: dialogs, menus, the palette. It is as tall as the window. */
async function shootOver(context, places) {
  for (const [name, { at, open: show }] of Object.entries(OVER(places))) {
    if (!wanted.test(name)) continue;
    const page = await context.newPage();
    await open(page, at);
    await show(page);
    await shootSchemes(page, `over-${name}`, false);
    await page.setViewportSize({ width: 390, height: 844 });
    await shootPage(page, `over-${name}-390-light`, false);
    await page.close();
  }
}

/** Pages of which a part, or the whole, cannot be read from the beginning. */
async function shootFailures(context, places) {
  for (const [name, { at, routes }] of Object.entries(failuresOf(places))) {
    if (!wanted.test(name)) continue;
    const page = await context.newPage();
    for (const [pattern, answer] of routes) await page.route(pattern, answer);
    await open(page, at);
    await shootSchemes(page, `failing-${name}`);
    await page.close();
  }
}

async function shootForReadme(browser, url, { project, shown }) {
  const context = await signedIn(browser, url, project, {
    viewport: DESK,
    colorScheme: 'light',
    deviceScaleFactor: 1.5,
  });
  const page = await context.newPage();
  await open(page, `/reviews/${shown.id}`);
  await page.screenshot({ path: README_PICTURE });
  await context.close();
  say(`docs/console.png has ${Math.round(statSync(README_PICTURE).size / 1024)} kB.`);
}

/** Every picture that is wanted. `full` and `bare` are signed in, to the demo's project and to an empty one. */
export async function shootAll({ stranger, full, bare, places }) {
  await each(stranger, OUTSIDE, async (page, name) => {
    await BEFORE[name]?.(page);
    await shootSchemes(page, `full-${name}`);
    await shootSizes(page, `full-${name}`);
  });
  await each(full, pagesOf(places), shootFull);
  await shootOver(full, places);
  await shootFailures(full, places);
  await each(bare, emptyPagesOf(places), (page, name) => shootSchemes(page, `empty-${name}`));
}

async function takeAll(url) {
  await until('Tidegate', async () => (await fetch(`${url}/readyz`)).ok);
  const places = await prepare(apiOf(url));
  const browser = await chromium.launch({
    executablePath: findBrowser(),
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
  try {
    if (process.argv[3] === undefined) await shootForReadme(browser, url, places);
    const options = { viewport: DESK, colorScheme: 'light' };
    await shootAll({
      stranger: await browser.newContext({ baseURL: url, reducedMotion: 'reduce', ...options }),
      full: await signedIn(browser, url, places.project, options),
      bare: await signedIn(browser, url, places.empty, options),
      places,
    });
  } finally {
    await browser.close();
  }
}

async function main() {
  mkdirSync(folder, { recursive: true });
  mkdirSync(join(root, 'docs'), { recursive: true });
  const { url, stop } = await startInstallation();
  try {
    await takeAll(url);
    say(`The pictures are in ${folder}.`);
  } finally {
    await stop();
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
