/** The line is cut, or the session over, under an open page: it says so, keeps what it has, and goes on. */
import type { Page, Response } from '@playwright/test';
import { alive, openReviewOf, untilLineage } from './world/conditions';
import { Line } from './world/line';
import { expect, test } from './world/test';

const isStream = (response: Response): boolean => response.url().includes('/events/stream') && response.ok();

/** Marks the document, so that one that was loaded anew is told from it. */
const mark = (page: Page) => page.evaluate(() => void (document.body.dataset['same'] = 'yes'));
const isSame = (page: Page) => expect(page.locator('body')).toHaveAttribute('data-same', 'yes');

test('a minute without a line: the page says so, and then shows the truth without being loaded again', async ({
  place,
  newDevice,
  pageOf,
  installation,
}) => {
  const device = await newDevice();
  device.sql('create table tanks (id integer primary key); insert into tanks values (1);');
  device.startAgent();
  const review = await openReviewOf(place, 'tanks');
  const line = await Line.to(installation.url);
  try {
    const page = await pageOf(await place.person('operator'), { baseURL: line.url });
    await page.clock.install();
    const begun = page.waitForResponse(isStream);
    await alive(page, () => page.goto(`/reviews/${review.id}`));
    await begun;
    await expect(page.getByText('Approve and replay 1 row')).toBeVisible();
    await mark(page);

    line.cut();
    const banner = page.getByRole('status').filter({ hasText: 'Connection lost' });
    await expect(banner).toContainText('What you see is the last known state');
    await page.clock.fastForward('01:00');
    await expect(banner).toContainText('Connection lost 1 min');
    await expect(page.getByText('Approve and replay 1 row')).toBeVisible();

    // Meanwhile another operator claims it, and more rows come.
    const other = await place.person('operator');
    const path = `/projects/${place.project.id}/edge/schema-reviews/${review.id}/claim`;
    await other.api.data('POST', path, { action_version: review.action_version });
    device.sql('insert into tanks values (2), (3);');
    await untilLineage(place, review.lineage_id, 'three rows wait', (l) => l.lineage.staged_row_count === 3);
    await expect(page.getByText(`Claimed by ${other.name}`)).toHaveCount(0);

    const resumed = page.waitForResponse(isStream);
    line.mend();
    // From the event that was heard last, so that none is missed.
    expect((await resumed).request().headers()['last-event-id']).toMatch(/\d/);
    await expect(banner).toBeHidden();
    await expect(page.getByText(`Claimed by ${other.name}`).first()).toBeVisible();
    await expect(page.getByText('Approve and replay 3 rows')).toBeVisible();
    await isSame(page);
  } finally {
    await line.close();
  }
});

test('a session that ends in the middle of a review: sign in again, and nothing is lost', async ({
  place,
  newDevice,
  pageOf,
}) => {
  const device = await newDevice();
  device.sql('create table tanks (id integer primary key, level real, note text);');
  device.sql("insert into tanks values (1, 0.5, 'a');");
  device.startAgent();
  const review = await openReviewOf(place, 'tanks');
  const operator = await place.person('operator');
  const page = await pageOf(operator);
  const context = page.context();
  const action = (column: string) => page.getByLabel(`Action for ${column}`);
  const signedOut = page.getByRole('status').filter({ hasText: 'this page is no longer kept up to date' });
  const signInOn = async (at: Page) => {
    await at.getByLabel('E-mail').fill(operator.email);
    await at.getByLabel('Password', { exact: true }).fill(operator.password);
    await at.getByRole('button', { name: 'Sign in', exact: true }).click();
  };
  await alive(page, () => page.goto(`/reviews/${review.id}`));
  await page.getByRole('button', { name: 'Claim' }).click();
  await expect(page.getByRole('button', { name: 'Release' })).toBeVisible();
  await mark(page);

  await test.step('signed in again in another tab, the page goes on and saves what it holds', async () => {
    await context.clearCookies();
    await action('level').selectOption('Ignore');
    await expect(signedOut).toBeVisible();
    await expect(page.getByText(/Draft not saved/)).toBeVisible();
    const tab = await context.newPage();
    await tab.goto('/sign-in');
    await signInOn(tab);
    await expect(tab.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();
    await tab.close();
    await expect(signedOut).toBeHidden();
    await expect(page.getByText(/Draft saved/)).toBeVisible();
    await isSame(page);
  });

  await test.step('signed in again in this tab, it is back where it was, with what was not saved', async () => {
    await context.clearCookies();
    await page.getByLabel('Comment', { exact: true }).fill('The level is not calibrated.');
    await action('note').selectOption('Ignore');
    await expect(page.getByText(/Draft not saved/)).toBeVisible();
    await signedOut.getByRole('link', { name: 'Sign in again' }).click();
    await expect(page).toHaveURL(/\/sign-in\?next=/);
    await signInOn(page);
    await expect(page).toHaveURL(new RegExp(`/reviews/${review.id}$`));
    await page.getByRole('button', { name: 'Put my changes back' }).click();
    await expect(page.getByText(/Draft saved/)).toBeVisible();
    await expect(page.getByLabel('Comment', { exact: true })).toHaveValue('The level is not calibrated.');
  });

  const { draft } = await place.review(review.id);
  expect(draft?.map(({ action: chosen }) => chosen).sort()).toEqual(['ignore', 'ignore', 'mirror']);
});

test('what is wrong stays in sight, however far a page is scrolled', async ({
  place,
  pageOf,
  installation,
}) => {
  const line = await Line.to(installation.url);
  try {
    const viewport = { width: 1280, height: 500 };
    const page = await pageOf(await place.person('viewer'), { baseURL: line.url, viewport });
    await alive(page, () => page.goto('/policy'));
    await page.mouse.move(640, 300);
    await page.mouse.wheel(0, 2_000);
    await expect(page.getByRole('heading', { level: 1 })).not.toBeInViewport();
    line.cut();
    const banner = page.getByRole('status').filter({ hasText: 'Connection lost' });
    await expect(banner).toBeInViewport({ ratio: 1 });
    line.mend();
    await expect(banner).toBeHidden();
  } finally {
    await line.close();
  }
});

test('a decision over a line that says nothing does not look called off, and is told once it is known', async ({
  place,
  newDevice,
  pageOf,
  installation,
}) => {
  const device = await newDevice();
  device.sql('create table vats (id integer primary key); insert into vats values (1);');
  device.startAgent();
  const review = await openReviewOf(place, 'vats');
  const line = await Line.to(installation.url);
  try {
    const page = await pageOf(await place.person('operator'), { baseURL: line.url });
    await page.clock.install();
    await alive(page, () => page.goto(`/reviews/${review.id}`));
    // What says something at the top comes when it is first needed: over a line that says nothing it would not.
    await page.keyboard.press('m');
    await expect(page.getByText('Only an approved review can be amended.')).toBeVisible();
    await page.keyboard.press('a');
    const dialog = page.getByRole('dialog', { name: /^Approve vats/ });
    const confirm = dialog.getByRole('button', { name: 'Claim, approve and replay 1 row' });
    await expect(confirm).toBeFocused();
    line.hold();
    await page.keyboard.press('Enter');
    await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeDisabled();
    await page.keyboard.press('Escape');
    await expect(dialog).toBeVisible();
    await page.clock.fastForward('00:21');
    await expect(page.getByText('it is not known whether this was done')).toBeVisible();
    expect((await place.review(review.id)).status).toBe('queued');

    line.mend();
    await expect(page.getByText('Claimed', { exact: true })).toBeVisible();
    await expect.poll(async () => (await place.review(review.id)).status).toBe('in_review');
  } finally {
    await line.close();
  }
});
