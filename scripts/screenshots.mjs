// Pictures of every page, for eyes: light and dark, at two widths, empty, full and with the server failing. Starts an
// installation of its own with the demo fleet and stops it at the end. `npm run screenshots [-- folder [pages]]`, where
// `pages` is an expression that the names of the pages have to match.
import { mkdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import mqtt from 'mqtt';
import { findBrowser } from './browser.mjs';
import { shareSchemas } from './share-schemas.mjs';
import { openSettled } from './settled.mjs';
import { apiOf, signedIn, startInstallation, until } from './shown-installation.mjs';
import { root, say } from './steps.mjs';

const folder = resolve(process.argv[2] ?? join(root, '.tidegate', 'screenshots'));
const wanted = new RegExp(process.argv[3] ?? '');
const README_PICTURE = join(root, 'docs', 'console.png');
const SIZES = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
];

/** Sends two messages that are refused, as a device called `meter-legacy`. */
async function sendGarbage(api, project) {
  const [fleet] = await api('GET', `/projects/${project}/fleets`);
  const { mqtt: access } = await api('POST', `/projects/${project}/fleets/${fleet.id}/devices`, {
    name: 'meter-legacy',
  });
  const client = await mqtt.connectAsync(access.broker_url, {
    clientId: access.client_id,
    username: access.username,
    password: access.password,
  });
  const batch = {
    format_version: 1,
    capture_strategy: 'sqlite_row_batch_v1',
    source_table: 'totals',
    rows: [{ commit_seq: 1, op: 'replace', pk: { id: 1 }, row: { id: 1, kwh: 18.25 } }],
  };
  for (const payload of ['{"format_version": 1,', JSON.stringify(batch)])
    await client.publishAsync(`${access.root_topic}/sync/rows/batch`, payload, { qos: 1 });
  await client.endAsync();
}

/** Brings the demo into every state: approved and replayed, in review with a draft, rejected batches. */
export async function prepare(api) {
  const [{ id: project }] = await until('a project', async () => {
    const projects = await api('GET', '/projects');
    return projects.length > 0 && projects;
  });
  const edge = `/projects/${project}/edge`;
  const review = (device, table) =>
    until(`${table} of ${device}`, async () =>
      (await api('GET', `${edge}/schema-reviews?limit=100`)).find(
        (one) => one.device_name === device && one.source_table === table && one.staged_row_count > 1,
      ),
    );
  const shown = await review('demo-press-01', 'work_orders');
  const approved = await review('demo-chiller-01', 'sensor_readings');
  const at = (id, verb) => `${edge}/schema-reviews/${id}/${verb}`;
  await api('POST', at(shown.id, 'claim'), { action_version: shown.action_version });
  const approve = async (id) => {
    const { columns, action_version: seen } = await api('GET', `${edge}/schema-reviews/${id}`);
    const { action_version } = await api('POST', at(id, 'claim'), { action_version: seen });
    await api('POST', at(id, 'approve'), {
      action_version,
      column_actions: columns.map(({ name }) => ({ source_column_name: name, action: 'mirror' })),
    });
  };
  await approve(approved.id);
  await approve((await review('demo-chiller-02', 'device_state')).id);
  const job = (action, filter) =>
    api('POST', `${edge}/bulk-jobs`, { action, filter: { status: 'open', ...filter } });
  const counted = await job('approve', {});
  const claims = await job('claim', { q: 'demo-press' });
  await api('POST', `${edge}/bulk-jobs/${claims.id}/start`, { expected_items: claims.total_items });
  await sendGarbage(api, project);
  const [rejected] = await until('rejected batches', async () => {
    const batches = await api('GET', `${edge}/rejected-batches`);
    return batches.length > 1 && batches;
  });
  const empty = await api('POST', '/projects', { name: 'Empty', topic_slug: 'empty' });
  const shared = await shareSchemas({ api, until, project });
  return { project, empty: empty.id, shown, approved, rejected, shared, counted, claims };
}

/** A condition that no index answers, and the key of a row. */
const WHERE = encodeURIComponent(JSON.stringify([{ column: 'id', op: 'not_null' }]));
const KEY = encodeURIComponent(JSON.stringify(['1']));

const LISTS = {
  overview: '/',
  reviews: '/reviews',
  bulk: '/bulk',
  lineages: '/lineages',
  registry: '/registry',
  versions: '/registry/entries',
  mirrors: '/registry/mirrors',
  consolidation: '/registry/consolidation',
  devices: '/devices',
  fleets: '/devices/fleets',
  rejected: '/rejected',
  events: '/events',
  policy: '/policy',
  settings: '/settings',
};

/** What is done on a page before its picture is taken, by name. */
const BEFORE = {
  'policy-changed': async (page) => {
    await page.getByLabel('Backlog cap, rows', { exact: true }).fill('1');
    await page.getByLabel('Keep rejected batches, days', { exact: true }).fill('1');
    await page.getByLabel('Continue on additive changes', { exact: true }).click();
    await page
      .getByRole('link', { name: /^demo-/ })
      .first()
      .waitFor();
  },
  'reviews-picked': async (page) => {
    await page.getByRole('checkbox', { name: 'Select every row of this page' }).check();
    await page.getByRole('group', { name: 'Selection' }).waitFor();
  },
  'policy-mode': async (page) => {
    await page.getByLabel('Schema coalescing').selectOption('fleet');
    await page.getByRole('status', { name: 'Effect of the mode' }).first().waitFor();
  },
};

/** The paths of every page with something on it, by name. */
export const pagesOf = ({ shown, approved, rejected, shared, counted, claims }) => ({
  ...LISTS,
  'reviews-picked': '/reviews',
  'policy-changed': '/policy',
  'bulk-counted': `/bulk/${counted.id}`,
  'bulk-done': `/bulk/${claims.id}`,
  'review-open': `/reviews/${shown.id}`,
  'review-approved': `/reviews/${approved.id}`,
  'lineage-paused': `/lineages/${shown.lineage_id}`,
  'lineage-active': `/lineages/${approved.lineage_id}`,
  'rows-staged': `/lineages/${shown.lineage_id}/rows?source=staged`,
  'rows-staged-filtered': `/lineages/${shown.lineage_id}/rows?source=staged&where=${WHERE}`,
  'rows-mirror': `/lineages/${approved.lineage_id}/rows?source=mirror`,
  'rows-mirror-end': `/lineages/${approved.lineage_id}/rows?source=mirror&at=end`,
  'rows-mirror-key': `/lineages/${approved.lineage_id}/rows?source=mirror&row=${KEY}`,
  'rows-mirror-none': `/lineages/${shown.lineage_id}/rows?source=mirror`,
  device: `/devices/${approved.device_id}`,
  'registry-version': `/registry/${shared.entry}`,
  'registry-of-fleet': `/registry?fleet=${shared.fleet}`,
  'registry-version-behind': `/registry/${shared.newest}?on=older`,
  'registry-version-rejected': `/registry/${shared.refused.registry_id}`,
  'registry-review': `/reviews/registry/${shared.waiting.id}`,
  'registry-review-rejected': `/reviews/registry/${shared.refused.id}`,
  'policy-mode': '/policy',
  'shared-mirror': `/registry/mirrors/${shared.mirror.id}`,
  'consolidation-run': '/registry/consolidation/run?table=device_state',
  'consolidation-job': `/registry/consolidation/${shared.job.id}`,
  'rejected-batch': `/rejected/${rejected.id}`,
});

/** Opens `path` and waits until it has its data. */
async function open(page, path) {
  await openSettled(page, path);
  await page.evaluate(() => document.fonts.ready);
}

async function shoot(browser, url, name, { project, pages, breaks = false }) {
  for (const viewport of SIZES) {
    for (const colorScheme of ['light', 'dark']) {
      const context = await signedIn(browser, url, project, { viewport, colorScheme });
      const page = await context.newPage();
      for (const [pageName, path] of Object.entries(pages)) {
        if (!wanted.test(pageName)) continue;
        await open(page, path);
        await BEFORE[pageName]?.(page);
        if (breaks) {
          await context.route('**/core/api/**', (route) => route.abort());
          await page.getByText(/Connection lost/).waitFor();
          await context.unroute('**/core/api/**');
        }
        const file = `${name}-${pageName}-${viewport.width}-${colorScheme}.png`;
        await page.screenshot({ path: join(folder, file), fullPage: true });
      }
      await context.close();
    }
  }
}

async function shootForReadme(browser, url, { project, shown }) {
  const context = await signedIn(browser, url, project, {
    viewport: { width: 1280, height: 800 },
    colorScheme: 'light',
    deviceScaleFactor: 1.5,
  });
  const page = await context.newPage();
  await open(page, `/reviews/${shown.id}`);
  await page.screenshot({ path: README_PICTURE });
  await context.close();
  say(`docs/console.png has ${Math.round(statSync(README_PICTURE).size / 1024)} kB.`);
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
    const { project, empty } = places;
    await shoot(browser, url, 'full', { project, pages: pagesOf(places) });
    await shoot(browser, url, 'empty', { project: empty, pages: LISTS });
    const failing = {
      lineages: '/lineages',
      review: `/reviews/${places.shown.id}`,
      rows: `/lineages/${places.approved.lineage_id}/rows?source=mirror`,
      registry: '/registry',
      'registry-version': `/registry/${places.shared.entry}`,
      policy: '/policy',
    };
    await shoot(browser, url, 'failing', { project, pages: failing, breaks: true });
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
