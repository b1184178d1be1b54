/** The queue's filters and views, and what a person does on a review besides approving it. */
import { randomUUID } from 'node:crypto';
import type { Page, Route } from '@playwright/test';
import { alive, openReviewOf, replayed } from './world/conditions';
import { choose, pick, press, turnTo, write } from './world/hands';
import { expect, test } from './world/test';

/** Keeps what the server answers to the next action from the page until it is released; the action is done at once. */
async function holdAnswer(page: Page): Promise<() => void> {
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  const isAction = (route: Route) => route.request().headers()['next-action'] !== undefined;
  let isHeld = false;
  await page.route(/\/reviews(\?|$)/, async (route) => {
    if (isHeld || !isAction(route)) return route.fallback();
    isHeld = true;
    const response = await route.fetch();
    await released;
    return route.fulfill({ response });
  });
  return release;
}

test('filters are kept as a view, found in the palette, renamed and forgotten', async ({
  place,
  newDevice,
  pageOf,
}) => {
  const device = await newDevice();
  device.sql(`create table tanks (id integer primary key); insert into tanks values (1);
              create table doors (id integer primary key); insert into doors values (1);`);
  device.startAgent();
  await openReviewOf(place, 'tanks');
  await openReviewOf(place, 'doors');
  const page = await pageOf(await place.person('operator'));
  await page.goto('/reviews');
  const row = (name: string) => page.getByRole('link', { name });

  await test.step('each filter narrows, and is in the address', async () => {
    await write(page.getByRole('searchbox'), 'tank');
    await expect(row('doors')).toBeHidden();
    await choose(page.getByLabel('Claimant', { exact: true }), 'Claimed by nobody');
    await choose(page.getByLabel('Staged', { exact: true }), 'Rows wait');
    await choose(page.getByLabel('Change', { exact: true }), 'First schema');
    await choose(page.getByLabel('Kind', { exact: true }), 'Of devices');
    await choose(page.getByLabel('Fleet', { exact: true }), 'Pumps');
    await expect(row('tanks')).toBeVisible();
    await expect(page).toHaveURL(/claimant=nobody/);
    await choose(page.getByLabel('Age', { exact: true }), 'Over 1 week');
    await expect(page.getByText('No review matches these filters.')).toBeVisible();
    await choose(page.getByLabel('Age', { exact: true }), 'Age: any');
    await expect(row('tanks')).toBeVisible();
  });

  await test.step('save, leave, and come back by the palette', async () => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('b');
    await write(page.getByLabel('Name', { exact: true }), 'Mine to do');
    // The list of views tells of the new one before its own answer has come: the dialog says what it is doing all along.
    const listed = page.waitForResponse((answer) => answer.url().includes('/saved-views') && answer.ok());
    const release = await holdAnswer(page);
    await press(page.getByRole('button', { name: 'Save view' }));
    await listed;
    await expect(page.getByRole('button', { name: 'Mine to do', exact: true })).toBeAttached();
    await expect(page.getByRole('dialog').getByRole('button', { name: 'Save view' })).toBeVisible();
    release();
    await expect(page.getByRole('dialog')).toBeHidden();
    await expect(page.getByRole('button', { name: 'Mine to do' })).toBeVisible();
    let answer = () => {};
    const held = new Promise<void>((resolve) => (answer = resolve));
    await page.route('**/saved-views*', async (route) => {
      await held;
      await route.continue();
    });
    await alive(page, () => page.goto('/events'));
    await page.keyboard.press('Control+k');
    await page.keyboard.type('Mine to do');
    // The views may come after the last letter: Enter then goes to what was found late.
    await expect(page.getByText('Nothing of that name on this page')).toBeVisible();
    answer();
    await expect(page.getByRole('dialog').getByText('Mine to do')).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/reviews\?.*claimant=nobody/);
    await expect(row('doors')).toBeHidden();
  });

  await test.step('rename and delete', async () => {
    await pick(
      page.getByRole('button', { name: 'Mine to do' }),
      page.getByRole('menuitem', { name: 'Rename or delete…' }),
    );
    const dialog = page.getByRole('dialog', { name: 'Saved views' });
    await write(dialog.getByLabel('Name of the view Mine to do'), 'Tanks');
    await press(dialog.getByRole('button', { name: 'Rename' }));
    await press(dialog.getByRole('button', { name: 'Delete the view Tanks' }));
    const asks = page.getByRole('dialog', { name: 'Delete the view "Tanks"?' });
    await press(asks.getByRole('button', { name: 'Cancel' }));
    await expect(dialog.getByRole('listitem')).toHaveCount(1);
    await press(dialog.getByRole('button', { name: 'Delete the view Tanks' }));
    await press(asks.getByRole('button', { name: 'Delete the view' }));
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Views', exact: true })).toBeVisible();
  });

  await test.step('a fleet that is gone, in a link, is shown as chosen and can be taken away', async () => {
    await page.goto(`/reviews?fleet=${randomUUID()}`);
    const fleet = page.getByLabel('Fleet', { exact: true });
    await expect(fleet.locator('option', { hasText: 'Fleet: chosen' })).toBeAttached();
    await expect(fleet.locator('option', { hasText: 'Pumps' })).toBeAttached();
    await expect(page.getByText('No review matches these filters.')).toBeVisible();
    await choose(fleet, 'Fleet: any');
    await expect(row('tanks')).toBeVisible();
  });
});

test('a rename is accepted, a column is mapped, and people talk about it', async ({
  place,
  newDevice,
  pageOf,
  sql,
}) => {
  const device = await newDevice();
  device.sql(
    'create table tanks (id integer primary key, level real); insert into tanks values (1, 0.5), (2, 0.25);',
  );
  device.startAgent();
  const first = await openReviewOf(place, 'tanks');
  await place.approve(first.id);
  await replayed(place, first.lineage_id);
  await place.data('POST', `devices/${first.device_id}/data-points`, {
    name: 'temperature',
    value_type: 'numeric',
  });
  device.sql(`alter table tanks rename column level to fill; alter table tanks add column temp real;
              update tanks set temp = 20.5;`);
  const review = await openReviewOf(place, 'tanks');
  const page = await pageOf(await place.person('operator'));
  await page.goto(`/reviews/${review.id}`);
  await press(page.getByRole('button', { name: 'Claim' }));

  await test.step('the proposal says why, and is accepted', async () => {
    await expect(page.getByText('2 of 2 values for the same keys agree')).toBeVisible();
    await turnTo(page.getByRole('radio', { name: 'Renamed: goes on in the column of level' }));
    await expect(page.getByText('Its mirror column goes on with the values of fill.')).toBeVisible();
  });
  await test.step('a column goes to a data point', async () => {
    await choose(page.getByLabel('Action for temp'), 'Map to data point');
    await expect(page.getByText('Choose the data point that it is mapped to.')).toBeVisible();
    await choose(page.getByLabel('Data point for temp'), 'temperature');
    await expect(page.getByText(/Draft saved/)).toBeVisible();
    await page.reload();
    await expect(page.getByLabel('Data point for temp')).toHaveValue(/.+/);
  });
  await test.step('the blast radius is counted', async () => {
    await expect(page.getByRole('region', { name: 'Blast radius' })).toContainText('Pumps: 1 waiting');
  });
  await test.step('a comment', async () => {
    await write(page.getByLabel('Comment', { exact: true }), 'The firmware renamed it.');
    await page.getByLabel('Comment', { exact: true }).press('Control+Enter');
    await expect(page.getByRole('list', { name: 'Comments' })).toContainText('The firmware renamed it.');
  });
  await test.step('approve: the button becomes the progress', async () => {
    await press(page.getByRole('button', { name: /^Approve and replay 2 rows/ }));
    const confirm = page.getByRole('dialog').getByRole('button', { name: 'Approve and replay 2 rows' });
    await expect(confirm).toBeEnabled();
    await press(confirm);
    await expect(page.getByRole('region', { name: 'Replay' })).toContainText('2 of 2 rows');
  });
  const values = async () =>
    (
      await sql`select distinct value_numeric from tidegate.telemetry_data_point_value where device_id = ${first.device_id}`
    ).map((r) => Number(r['value_numeric']));
  await expect.poll(values).toEqual([20.5]);
});

test('two operators: taken over in the middle of a change, neither loses a draft', async ({
  place,
  newDevice,
  pageOf,
}) => {
  const device = await newDevice();
  device.sql(
    "create table doors (id integer primary key, label text, side text); insert into doors values (1, 'n', 'l');",
  );
  device.startAgent();
  const review = await openReviewOf(place, 'doors');
  const [ada, bo] = [await place.person('operator'), await place.person('operator')];
  const [adas, bos] = [await pageOf(ada), await pageOf(bo)];
  await adas.goto(`/reviews/${review.id}`);
  await bos.goto(`/reviews/${review.id}`);
  await expect(bos.getByRole('button', { name: 'Claim' })).toBeVisible();

  await test.step('the second sees the claim, and cannot act', async () => {
    await press(adas.getByRole('button', { name: 'Claim' }));
    await expect(adas.getByRole('button', { name: 'Release' })).toBeVisible();
    await expect(bos.getByText(`Read-only. Claimed by ${ada.name}`)).toBeVisible();
    await expect(bos.getByLabel('Action for label')).toBeDisabled();
  });
  await test.step('the draft comes with the take-over', async () => {
    await choose(adas.getByLabel('Action for label'), 'Ignore');
    await expect(adas.getByText(/Draft saved/)).toBeVisible();
    // What Ada changes next does not reach the server any more.
    await adas.route('**/reviews/**', (route) =>
      route.request().method() === 'POST' ? route.abort() : route.continue(),
    );
    await choose(adas.getByLabel('Action for side'), 'Defer');
    await press(bos.getByRole('button', { name: 'Take over…' }));
    await press(bos.getByRole('dialog').getByRole('button', { name: 'Take over' }));
    await expect(bos.getByLabel('Action for label')).toHaveValue('ignore');
    await expect(bos.getByLabel('Action for side')).toHaveValue('mirror');
  });
  await test.step('the first keeps what was not saved, and can put it back', async () => {
    await expect(adas.getByText('Your last changes are kept here.')).toBeVisible();
    await adas.unroute('**/reviews/**');
    await press(adas.getByRole('button', { name: 'Take over…' }));
    await press(adas.getByRole('dialog').getByRole('button', { name: 'Take over' }));
    await press(adas.getByRole('button', { name: 'Put my changes back' }));
    await expect(adas.getByLabel('Action for side')).toHaveValue('defer');
    await expect(adas.getByText(/Draft saved/)).toBeVisible();
    await expect(bos.getByLabel('Action for side')).toHaveValue('defer');
  });
});
