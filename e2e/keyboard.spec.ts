/** A night shift without a mouse: every step of a review by keys alone. */
import { alive, mirrorOf, openReviewOf, replayed } from './world/conditions';
import { expect, test } from './world/test';

test('sign in, find a review and approve it by keys alone', async ({ place, newDevice, newPage, sql }) => {
  const device = await newDevice();
  device.sql(`create table alpha (id integer primary key); insert into alpha values (1);
              create table beta (id integer primary key); insert into beta values (1), (2);`);
  device.startAgent();
  await openReviewOf(place, 'alpha');
  const review = await openReviewOf(place, 'beta');
  const operator = await place.person('operator');
  const page = await newPage();
  const press = (key: string) => page.keyboard.press(key);

  await page.goto('/');
  await expect(page.getByLabel('E-mail')).toBeFocused();
  await page.keyboard.type(operator.email);
  await press('Tab');
  await page.keyboard.type(operator.password);
  await alive(page, () => press('Enter'));
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();

  await test.step('the palette leads anywhere', async () => {
    await press('Control+k');
    await expect(page.getByRole('dialog', { name: 'Command palette' })).toBeVisible();
    await page.keyboard.type('Reviews');
    await expect(page.getByRole('dialog').getByText('Reviews', { exact: true })).toBeVisible();
    await press('Enter');
    await expect(page).toHaveURL(/\/reviews/);
    await expect(page.getByRole('dialog', { name: 'Command palette' })).toBeHidden();
  });

  await test.step('the help lists the keys of this page', async () => {
    await press('?');
    const help = page.getByRole('dialog', { name: 'Keys' });
    await expect(help).toContainText('Claim the review');
    await expect(help).toContainText('Next row');
    await press('Escape');
    await expect(help).toBeHidden();
  });

  await test.step('move to the review and open it', async () => {
    await expect(page.getByRole('link', { name: 'beta' })).toBeVisible();
    await press('j');
    await press('j');
    await press('k');
    const names = await page.locator('[data-row-link]').allTextContents();
    await expect(page.getByRole('link', { name: names[0] ?? '', exact: true })).toBeFocused();
    if (names[0] !== 'beta') await press('j');
    await expect(page.getByRole('link', { name: 'beta' })).toBeFocused();
    await press('Enter');
    await expect(page.getByRole('heading', { level: 1, name: 'beta' })).toBeVisible();
  });

  await test.step('claim, approve, confirm', async () => {
    await press('c');
    await expect(page.getByRole('button', { name: 'Release' })).toBeVisible();
    await press('a');
    const confirm = page.getByRole('dialog').getByRole('button', { name: 'Approve and replay 2 rows' });
    await expect(confirm).toBeEnabled();
    await expect(confirm).toBeFocused();
    await press('Enter');
    await expect(page.getByRole('region', { name: 'Replay' })).toContainText('2 of 2 rows');
    // Its buttons are gone: who approves by keys goes on from what came of it.
    await expect(page.getByRole('region', { name: 'Replay' })).toBeFocused();
  });

  const detail = await replayed(place, review.lineage_id);
  expect(
    (await sql`select id::int from ${sql(mirrorOf(detail))} order by id`).map(({ id }) => id as number),
  ).toEqual([1, 2]);
  await press('Escape');
  await expect(page.getByRole('heading', { level: 1, name: 'Reviews' })).toBeVisible();
});

test('what is typed before the palette is there is typed into it, over a line that fails', async ({
  place,
  pageOf,
}) => {
  const page = await pageOf(await place.person('viewer'));
  await alive(page, () => page.goto('/lineages'));
  const line = { isWhole: false };
  let asked = 0;
  await page.route(/\/_next\/static\/chunks\//, (route) => {
    asked += 1;
    // Asked for again and again until it is whole.
    return line.isWhole ? route.continue() : route.abort();
  });

  await page.keyboard.press('?');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  // On the page itself these letters are commands.
  await page.keyboard.type('dxv');
  for (const _ of 'dxv') await page.keyboard.press('Backspace');
  await page.keyboard.type('devices');
  await page.keyboard.press('Enter');
  await expect.poll(() => asked).toBeGreaterThan(1);
  await expect(page).toHaveURL(/\/lineages$/);
  line.isWhole = true;
  await expect(page).toHaveURL(/\/devices$/);
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('no key reaches the page below a dialog that is not drawn yet, over a line that fails', async ({
  place,
  newDevice,
  pageOf,
}) => {
  const device = await newDevice();
  device.sql('create table tanks (id integer primary key); insert into tanks values (1);');
  device.startAgent();
  await openReviewOf(place, 'tanks');
  const page = await pageOf(await place.person('operator'));
  const line = { isWhole: false };
  let asked = 0;
  await alive(page, () => page.goto('/reviews'));
  await page.route(/\/_next\/static\/chunks\//, (route) => {
    asked += 1;
    return line.isWhole ? route.continue() : route.abort();
  });

  await page.keyboard.press('j');
  await page.keyboard.press('s');
  await expect(page.getByRole('checkbox', { name: `Select tanks of ${device.name}` })).toBeChecked();
  // Escape takes back what was asked for, and then is the page's again.
  await page.keyboard.press('x');
  await page.keyboard.press('Escape');
  await page.keyboard.press('x');
  // The row has the focus: Enter would open it, the letters take away its tick and ask for a claim.
  for (const key of ['Enter', 's', 'c', 'g', 'd']) await page.keyboard.press(key);
  await expect.poll(() => asked).toBeGreaterThan(1);
  line.isWhole = true;
  const dialog = page.getByRole('dialog', { name: 'Reject 1 review?' });
  await expect(dialog.getByLabel('Reason')).toBeFocused();
  await expect(dialog.getByLabel('Reason')).toHaveValue('');
  await page.keyboard.type('not ours');
  await expect(dialog.getByLabel('Reason')).toHaveValue('not ours');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(page).toHaveURL(/\/reviews$/);
  await expect(page.getByRole('checkbox', { name: `Select tanks of ${device.name}` })).toBeChecked();
  expect((await place.reviews()).map(({ status }) => status)).toEqual(['queued']);
});
