/** Escape leads back along the way that was taken, and what is typed by mistake decides nothing. */
import { alive, openReviewOf } from './world/conditions';
import { expect, test } from './world/test';

test('Escape leads back to the list as it was left, at its row, and never out of the console', async ({
  place,
  newDevice,
  pageOf,
}) => {
  const device = await newDevice();
  device.sql(`create table ovens (id integer primary key); insert into ovens values (1);
    create table over_heats (id integer primary key); insert into over_heats values (1);
    create table pans (id integer primary key); insert into pans values (1);`);
  device.startAgent();
  for (const table of ['ovens', 'over_heats', 'pans']) await openReviewOf(place, table);
  const page = await pageOf(await place.person('operator'));
  const press = (key: string) => page.keyboard.press(key);
  await alive(page, () => page.goto('/reviews?q=ove&sort=table'));
  await expect(page.getByRole('link', { name: 'over_heats' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'pans' })).toHaveCount(0);
  await press('j');
  await press('j');
  await expect(page.getByRole('link', { name: 'over_heats' })).toBeFocused();
  await press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'over_heats' })).toBeVisible();

  await test.step('over another review', async () => {
    await expect(page.getByRole('link', { name: 'Next review' })).toBeVisible();
    await press('n');
    await expect(page.getByRole('heading', { level: 1, name: 'over_heats' })).toHaveCount(0);
    await press('p');
    await expect(page.getByRole('heading', { level: 1, name: 'over_heats' })).toBeVisible();
    await press('Escape');
    await expect(page).toHaveURL(/\/reviews\?q=ove&sort=table$/);
    await expect(page.getByRole('link', { name: 'over_heats' })).toBeFocused();
    await press('k');
    await expect(page.getByRole('link', { name: 'ovens' })).toBeFocused();
  });

  await test.step('where the way began', async () => {
    await press('Escape');
    await press('f');
    await expect(page).toHaveURL(/\/reviews\?.*status=/);
  });

  await test.step('from a page that was opened by its address', async () => {
    const review = await openReviewOf(place, 'pans');
    await alive(page, () => page.goto(`/reviews/${review.id}`));
    await press('Escape');
    await expect(page).toHaveURL(/\/reviews$/);
    await expect(page.getByRole('link', { name: 'pans' })).toBeFocused();
    await press('Escape');
    await press('j');
    await expect(page).toHaveURL(/\/reviews$/);
  });
});

test('a sentence that is typed into a confirmation confirms nothing', async ({
  place,
  newDevice,
  pageOf,
}) => {
  const device = await newDevice();
  device.sql(
    'create table crew (id integer primary key, name text); insert into crew values (1, $$a$$);'.replaceAll(
      '$$',
      "'",
    ),
  );
  device.startAgent();
  const review = await openReviewOf(place, 'crew');
  const page = await pageOf(await place.person('operator'));
  await alive(page, () => page.goto(`/reviews/${review.id}`));

  await test.step('a review that nobody holds is rejected by claiming it first', async () => {
    await page.keyboard.press('x');
    const dialog = page.getByRole('dialog', { name: 'Reject this schema of crew?' });
    await expect(dialog.getByLabel('Reason')).toBeFocused();
    await page.keyboard.type('Names stay on the machine.');
    await expect(dialog.getByRole('button', { name: 'Claim and reject schema' })).toBeEnabled();
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  });

  await test.step('typed into the approval', async () => {
    await page.keyboard.press('a');
    const dialog = page.getByRole('dialog', { name: /^Approve crew/ });
    const confirm = dialog.getByRole('button', { name: 'Claim, approve and replay 1 row' });
    await expect(confirm).toBeFocused();
    await page.keyboard.type('Names of technicians stay.');
    await page.keyboard.press('Enter');
    await expect(confirm).not.toBeFocused();
    await expect(dialog).toBeVisible();
    expect((await place.review(review.id)).status).toBe('queued');
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  });

  await test.step('and rejected', async () => {
    await page.keyboard.press('x');
    await expect(page.getByLabel('Reason')).toBeFocused();
    await page.keyboard.type('Names stay on the machine.');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await expect(page.getByRole('button', { name: 'Claim and reject schema' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByText('Rejected because: Names stay on the machine.')).toBeVisible();
  });
});
