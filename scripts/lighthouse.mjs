// Lighthouse over every page: accessibility and best practices have to be 100. Starts an installation of its own, in
// the state that the pictures show; `npm run lighthouse [-- pages]`, where `pages` is an expression that the names of
// the pages have to match. Lighthouse is no dependency: npx fetches it (13 needs a later Node than Tidegate does).
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { chromium } from '@playwright/test';
import { findBrowser } from './browser.mjs';
import { pagesOf, prepare } from './screenshots.mjs';
import { apiOf, signedIn, startInstallation, until } from './shown-installation.mjs';
import { cleanEnvironment, say } from './steps.mjs';

const LIGHTHOUSE = 'lighthouse@12.8.2';
const CATEGORIES = ['accessibility', 'best-practices'];
const FLAGS = [
  '--output=json',
  '--quiet',
  '--preset=desktop',
  '--throttling-method=provided',
  `--only-categories=${CATEGORIES.join(',')}`,
  '--chrome-flags=--headless=new --no-sandbox --disable-dev-shm-usage',
];
const REPORT_BYTES_MAX = 64 * 1024 * 1024;
const run = promisify(execFile);
const wanted = new RegExp(process.argv[2] ?? '');

/** The cookies of somebody who is signed in to `project`, as a header. */
async function cookieOf(url, project) {
  const browser = await chromium.launch({ executablePath: findBrowser(), args: ['--no-sandbox'] });
  try {
    const context = await signedIn(browser, url, project, {});
    return (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  } finally {
    await browser.close();
  }
}

/** What Lighthouse says of the page at `address`: scores from 0 to 100, and what cost points. */
async function reportOf(address, cookie) {
  const headers = cookie === null ? [] : [`--extra-headers=${JSON.stringify({ Cookie: cookie })}`];
  const { stdout } = await run('npx', ['--yes', LIGHTHOUSE, address, ...FLAGS, ...headers], {
    env: { ...cleanEnvironment(), CHROME_PATH: findBrowser() },
    maxBuffer: REPORT_BYTES_MAX,
  });
  const { categories, audits, runtimeError } = JSON.parse(stdout);
  if (runtimeError !== undefined) throw new Error(`${address}: ${runtimeError.message}`);
  return CATEGORIES.map((name) => ({
    score: Math.round(categories[name].score * 100),
    faults: categories[name].auditRefs
      .filter(({ id, weight }) => weight > 0 && audits[id].score !== null && audits[id].score < 1)
      .map(({ id }) => faultOf(audits[id])),
  }));
}

/** A fault and where it is. */
function faultOf({ id, title, details }) {
  const places = (details?.items ?? []).map(
    ({ node, description, sourceLocation }) => node?.selector ?? description ?? sourceLocation?.url ?? '',
  );
  return `${id}: ${title}${places.length === 0 ? '' : `\n      ${places.slice(0, 5).join('\n      ')}`}`;
}

async function look(url, places) {
  const cookie = await cookieOf(url, places.project);
  const pages = { 'sign-in': '/sign-in', ...pagesOf(places) };
  let isAll = true;
  for (const [name, path] of Object.entries(pages)) {
    if (!wanted.test(name)) continue;
    const [accessibility, practices] = await reportOf(`${url}${path}`, name === 'sign-in' ? null : cookie);
    say(`${String(accessibility.score).padStart(4)} ${String(practices.score).padStart(4)}  ${name}`);
    for (const fault of [...accessibility.faults, ...practices.faults]) say(`    ${fault}`);
    if (accessibility.score < 100 || practices.score < 100) isAll = false;
  }
  return isAll;
}

const { url, stop } = await startInstallation();
try {
  await until('Tidegate', async () => (await fetch(`${url}/readyz`)).ok);
  const places = await prepare(apiOf(url));
  say('Accessibility and best practices, of 100:');
  if (!(await look(url, places))) process.exitCode = 1;
} finally {
  await stop();
}
