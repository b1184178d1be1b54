// Every page of the console, and what lies over it, by the name of its picture.

/** A condition that no index answers, and the key of a row. */
const WHERE = encodeURIComponent(JSON.stringify([{ column: 'id', op: 'not_null' }]));
const KEY = encodeURIComponent(JSON.stringify(['1']));

/** Pages outside of the console's frame: before anybody is signed in, and where there is none. */
export const OUTSIDE = { 'sign-in': '/sign-in', 'sign-in-refused': '/sign-in', 'not-found': '/nowhere' };

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
export const BEFORE = {
  'sign-in-refused': async (page) => {
    await page.getByLabel('E-mail').fill('ada@example.com');
    await page.getByLabel('Password', { exact: true }).fill('guess');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('alert').filter({ hasText: /./ }).waitFor();
  },
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
export const pagesOf = ({
  shown,
  approved,
  rejected,
  shared,
  counted,
  claims,
  refused,
  troubles,
  paused,
  webhook,
}) => ({
  ...LISTS,
  'reviews-picked': '/reviews',
  'policy-changed': '/policy',
  'bulk-counted': `/bulk/${counted.id}`,
  'bulk-done': `/bulk/${claims.id}`,
  'review-open': `/reviews/${shown.id}`,
  'review-approved': `/reviews/${approved.id}`,
  'review-rejected': `/reviews/${refused.id}`,
  'review-over-cap': `/reviews/${troubles.overCapReview}`,
  'lineage-paused': `/lineages/${shown.lineage_id}`,
  'lineage-active': `/lineages/${approved.lineage_id}`,
  'lineage-breaker': `/lineages/${troubles.breaker}`,
  'lineage-over-cap': `/lineages/${troubles.overCap}`,
  'lineage-by-operator': `/lineages/${paused.lineage_id}`,
  'rows-staged': `/lineages/${shown.lineage_id}/rows?source=staged`,
  'rows-staged-filtered': `/lineages/${shown.lineage_id}/rows?source=staged&where=${WHERE}`,
  'rows-staged-failed': `/lineages/${troubles.breaker}/rows?source=staged`,
  'rows-mirror': `/lineages/${approved.lineage_id}/rows?source=mirror`,
  'rows-mirror-end': `/lineages/${approved.lineage_id}/rows?source=mirror&at=end`,
  'rows-mirror-key': `/lineages/${approved.lineage_id}/rows?source=mirror&row=${KEY}`,
  'rows-mirror-none': `/lineages/${shown.lineage_id}/rows?source=mirror`,
  device: `/devices/${approved.device_id}`,
  'device-refused': `/devices/${rejected.device_id}`,
  'registry-version': `/registry/${shared.entry}`,
  'registry-of-fleet': `/registry?fleet=${shared.fleet}`,
  'registry-version-behind': `/registry/${shared.newest}?on=older`,
  'registry-version-rejected': `/registry/${shared.refused.registry_id}`,
  'registry-review': `/reviews/registry/${shared.waiting.id}`,
  'registry-review-rejected': `/reviews/registry/${shared.refused.id}`,
  'policy-mode': '/policy',
  'shared-mirror': `/registry/mirrors/${shared.mirror.id}`,
  'shared-mirror-rows': `/registry/mirrors/${shared.mirror.id}/rows`,
  'consolidation-run': '/registry/consolidation/run?table=device_state',
  'consolidation-job': `/registry/consolidation/${shared.job.id}`,
  'rejected-by-device': '/rejected?view=device',
  'rejected-one-by-one': '/rejected?view=all',
  'rejected-batch': `/rejected/${rejected.id}`,
  webhook: `/settings/webhooks/${webhook}`,
  reference: '/reference',
  'reference-operation': '/reference/getLineages',
  'reference-shape': '/reference/shapes/Lineage',
});

/** Pages of a project in which nothing has happened, and lists of which a filter leaves nothing. */
export const emptyPagesOf = () => ({
  ...LISTS,
  'reviews-filtered': '/reviews?q=nothing',
  'lineages-filtered': '/lineages?q=nothing',
  'devices-filtered': '/devices?q=nothing',
  'events-filtered': '/events?kind=edge_schema_review.*',
});

const byKey = (key) => async (page) => {
  await page.keyboard.press(key);
  await page.getByRole('dialog').waitFor();
};

const byPalette = (command) => async (page) => {
  const palette = page.getByRole('dialog', { name: 'Command palette' });
  await page.keyboard.press('Control+k');
  await palette.waitFor();
  await page.keyboard.type(command);
  await palette.getByText(command, { exact: true }).waitFor();
  await page.keyboard.press('Enter');
  await palette.waitFor({ state: 'hidden' });
  await page.getByRole('dialog').waitFor();
};

const byClick = (role, name, then) => async (page) => {
  await page.getByRole(role, { name }).first().click();
  await page.getByRole(then).first().waitFor();
};

/** What lies over pages: where, and how it is opened. */
export const OVER = ({ shown, approved, paused, shared, troubles, webhook }) => {
  const review = `/reviews/${shown.id}`;
  const registryReview = `/reviews/registry/${shared.waiting.id}`;
  const lineage = `/lineages/${shown.lineage_id}`;
  const rows = `/lineages/${approved.lineage_id}/rows?source=mirror`;
  const device = `/devices/${approved.device_id}`;
  return {
    palette: { at: '/', open: byKey('Control+k') },
    keys: { at: review, open: byKey('?') },
    account: { at: '/', open: byClick('button', /^Account of/, 'menu') },
    projects: { at: '/', open: byClick('button', 'Default project', 'menu') },
    approve: { at: review, open: byPalette('Approve the review') },
    reject: { at: review, open: byPalette('Reject the review') },
    amend: { at: `/reviews/${paused.id}`, open: byPalette('Amend the approval') },
    'approve-shared': { at: registryReview, open: byPalette('Approve the review') },
    abandon: { at: registryReview, open: byPalette('Abandon the review') },
    views: { at: '/reviews', open: byClick('button', /views/i, 'menu') },
    'save-view': { at: '/reviews', open: byPalette('Save this view') },
    reset: { at: `/lineages/${troubles.breaker}`, open: byPalette('Reset materialization') },
    pause: { at: `/lineages/${approved.lineage_id}`, open: byPalette('Pause the lineage') },
    discard: { at: lineage, open: byPalette('Discard staged rows') },
    'delete-lineage': { at: lineage, open: byPalette('Delete the lineage') },
    'go-to-key': { at: rows, open: byPalette('Go to a key') },
    export: { at: rows, open: byClick('button', /^Export/, 'menu') },
    register: { at: '/devices', open: byPalette('Register a device') },
    credentials: { at: device, open: byPalette('Issue new credentials') },
    'delete-device': { at: device, open: byPalette('Delete the device') },
    'new-fleet': { at: '/devices/fleets', open: byPalette('Create a fleet') },
    event: {
      at: '/events?kind=edge_schema_review.*',
      open: byClick('button', /approved the review/, 'dialog'),
    },
    reconcile: { at: `/registry/${shared.entry}`, open: byPalette('Reconcile') },
    'drop-mirrors': {
      at: `/registry/consolidation/${shared.job.id}`,
      open: byPalette('Drop the old mirrors'),
    },
    member: { at: '/settings', open: byPalette('Add a member') },
    token: { at: '/settings', open: byPalette('Create an API token') },
    'new-webhook': { at: '/settings', open: byPalette('Add a webhook') },
    'change-webhook': { at: `/settings/webhooks/${webhook}`, open: byPalette('Change the webhook') },
  };
};

const refusal = (route) =>
  route.fulfill({
    status: 500,
    json: { ok: 0, message: 'internal', detail: 'The database did not answer.' },
  });

/** The overview as it is, but for its workers. */
const workers = (change) => async (route) => {
  const answer = await route.fetch();
  const body = await answer.json();
  await route.fulfill({
    response: answer,
    json: { ...body, data: { ...body.data, workers: change(body.data.workers) } },
  });
};

/** Pages of which something cannot be had from the beginning: where, and who answers in the server's place. */
export const failuresOf = ({ shown, approved }) => ({
  'review-parts': { at: `/reviews/${shown.id}`, routes: [[/\/(facts|comments)(\?|$)/, refusal]] },
  'lineage-activity': { at: `/lineages/${approved.lineage_id}`, routes: [[/\/activity/, refusal]] },
  'rows-unread': {
    at: `/lineages/${approved.lineage_id}/rows?source=mirror`,
    routes: [[/mirror-rows/, refusal]],
  },
  'no-worker': {
    at: '/',
    routes: [[/\/overview(\?|$)/, workers((all) => all.map((one) => ({ ...one, alive: false })))]],
  },
  'no-broker': {
    at: '/lineages',
    routes: [[/\/overview(\?|$)/, workers((all) => all.map((one) => ({ ...one, broker_connected: false })))]],
  },
});
