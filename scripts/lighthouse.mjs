// Lighthouse over every page: accessibility and best practices have to be 100. Starts an installation of its own, in
// the state that the pictures show; `npm run lighthouse [-- pages]`, where `pages` is an expression that the names of
// the pages have to match. Lighthouse is no dependency: npx fetches it (13 needs a later Node than Tidegate does).
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { chromium } from '@playwright/test';
import { findBrowser } from './browser.mjs';
import { OUTSIDE, pagesOf } from './shown-pages.mjs';
import { prepare } from './shown-places.mjs';
import { apiOf, signedIn, startInstallation, until } from './shown-installation.mjs';
import { cleanEnvironment, say } from './steps.mjs';

const LIGHTHOUSE = 'lighthouse@12.8.2';
const CATEGORIES = ['accessibility', 'best-practices'];
const FLAGS = [
  '--output=json',
  '--quiet',
  '--preset=desktop',
  '--throttling-method=provided',
  // The stream of events stays open: a page of the console never has asked for its last.
  '--max-wait-for-load=6000',
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

/** What Lighthouse says of the page at `address`: scores from 0 to 100, null where it has none, and what cost points. */
async function reportOf(address, cookie) {
  const headers = cookie === null ? [] : [`--extra-headers=${JSON.stringify({ Cookie: cookie })}`];
  // Where the page could not be measured it fails, and its report says why.
  const { stdout } = await run('npx', ['--yes', LIGHTHOUSE, address, ...FLAGS, ...headers], {
    env: { ...cleanEnvironment(), CHROME_PATH: findBrowser() },
    maxBuffer: REPORT_BYTES_MAX,
  }).catch((error) => (error.stdout ? error : Promise.reject(error)));
  const { categories, audits, runtimeError } = JSON.parse(stdout);
  if (runtimeError !== undefined)
    return CATEGORIES.map(() => ({ score: null, faults: [`not measured: ${runtimeError.message}`] }));
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

const scoreText = ({ score }) => (score === null ? 'none' : String(score));

/** Prints the scores as a table, a line a page, and what cost points below it; answers whether nothing did. */
async function look(url, places) {
  const cookie = await cookieOf(url, places.project);
  // What is nowhere answers with an error, which Lighthouse measures none of.
  const pages = Object.entries({ 'sign-in': OUTSIDE['sign-in'], ...pagesOf(places) }).filter(([name]) =>
    wanted.test(name),
  );
  const width = Math.max(...pages.map(([name]) => name.length));
  const line = (...cells) => say(`| ${cells.join(' | ')} |`);
  line('Page'.padEnd(width), 'Accessibility', 'Best practices');
  line('-'.repeat(width), `${'-'.repeat(12)}:`, `${'-'.repeat(13)}:`);
  const faults = [];
  for (const [name, path] of pages) {
    const [accessibility, practices] = await reportOf(`${url}${path}`, name === 'sign-in' ? null : cookie);
    line(name.padEnd(width), scoreText(accessibility).padStart(13), scoreText(practices).padStart(14));
    for (const { score, faults: found } of [accessibility, practices])
      if (score !== 100) faults.push(...found.map((fault) => `${name}: ${fault}`));
  }
  for (const fault of faults) say(fault);
  return faults.length === 0;
}

const { url, stop } = await startInstallation();
try {
  await until('Tidegate', async () => (await fetch(`${url}/readyz`)).ok);
  const places = await prepare(apiOf(url));
  if (!(await look(url, places))) process.exitCode = 1;
} finally {
  await stop();
}
