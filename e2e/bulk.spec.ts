/** Many at once: what is picked is counted, looked at, done in the background, and says what became of each. */
import { alive, openReviewOf } from './world/conditions';
import { choose, press, tick, write } from './world/hands';
import { expect, test } from './world/test';

const TANKS =
  'create table tanks (id integer primary key, level real, note text); insert into tanks values (1, 0.5, null);';

test('identical schemas are approved together, by keys alone', async ({ place, newDevice, pageOf, sql }) => {
  for (const name of ['pump-01', 'pump-02', 'pump-03']) {
    const device = await newDevice(name);
    device.sql(TANKS);
    device.startAgent();
  }
  await expect.poll(async () => (await place.reviews()).length).toBe(3);
  const page = await pageOf(await place.person('operator'));
  const key = (name: string) => page.keyboard.press(name);
  await alive(page, () => page.goto('/reviews'));
  await expect(page.getByRole('link', { name: 'tanks' })).toHaveCount(3);

  await test.step('pick rows by keys, then everything that matches', async () => {
    await key('j');
    await key('s');
    await expect(page.getByText('1 selected')).toBeVisible();
    await key('J');
    await expect(page.getByText('2 selected')).toBeVisible();
    await press(page.getByRole('button', { name: 'Select all 3 reviews that match' }));
    await expect(page.getByText('All 3 reviews that match')).toBeVisible();
  });

  await test.step('what would be done is shown first, and can be decided otherwise', async () => {
    await key('a');
    await expect(page.getByRole('heading', { level: 1, name: 'Approve 3 reviews' })).toBeVisible();
    await expect(page.getByText('3 reviews, 1 shape')).toBeVisible();
    await expect(page.getByText('1 row would land')).toBeVisible();
    await choose(page.getByLabel('Action for note of tanks'), 'Ignore');
    await expect(page.getByLabel('Action for note of tanks')).toHaveValue('ignore');
    await expect(page.getByText('Decided and simulated again')).toBeVisible();
    expect((await place.reviews()).map((r) => r.status)).toEqual(['queued', 'queued', 'queued']);
  });

  await test.step('it runs, each by itself, and the rows flow', async () => {
    await key('a');
    const dialog = page.getByRole('dialog', { name: 'Approve 3 reviews?' });
    const confirm = dialog.getByRole('button', { name: 'Approve 3 reviews and replay 3 rows' });
    await expect(confirm).toBeFocused();
    await key('Enter');
    await expect(page.getByText('3 done')).toBeVisible();
    await page.reload();
    await expect(page.getByText('Completed')).toBeVisible();
    await expect(page.getByRole('table', { name: 'Items' }).getByText('Done')).toHaveCount(3);
    const tables = await sql<{ table_name: string }[]>`
      select m.table_name from tidegate.mirror m where m.project_id = ${place.project.id}`;
    expect(tables).toHaveLength(3);
    for (const { table_name } of tables) {
      const rows = async () => [...(await sql`select * from ${sql(`tidegate_mirror.${table_name}`)}`)];
      await expect.poll(rows).toMatchObject([{ level: 0.5 }]);
      expect((await rows())[0]).not.toHaveProperty('note');
    }
  });
});

test('a rejection of many: what moved on fails with its reason, and is done again alone', async ({
  place,
  newDevice,
  pageOf,
}) => {
  const device = await newDevice();
  device.sql(`${TANKS} create table doors (id integer primary key); insert into doors values (1);`);
  device.startAgent();
  const doors = await openReviewOf(place, 'doors');
  await openReviewOf(place, 'tanks');
  const page = await pageOf(await place.person('operator'));
  await alive(page, () => page.goto('/reviews'));
  await tick(page.getByRole('checkbox', { name: 'Select every row of this page' }));
  await press(page.getByRole('button', { name: 'Reject…' }));
  await write(page.getByLabel('Reason'), 'Wrong firmware.');
  await press(page.getByRole('button', { name: 'Count and look first' }));
  await expect(page.getByRole('heading', { level: 1, name: 'Reject 2 reviews' })).toBeVisible();

  const { action_version } = doors;
  await place.data('POST', `edge/schema-reviews/${doors.id}/claim`, { action_version });
  await place.data('POST', `edge/schema-reviews/${doors.id}/release`, { action_version: action_version + 1 });

  await press(page.getByRole('button', { name: 'Reject 2 reviews…' }));
  const dialog = page.getByRole('dialog', { name: 'Reject 2 reviews?' });
  await press(dialog.getByRole('button', { name: 'Reject 2 reviews' }));
  await expect(page.getByText('1 failed', { exact: true })).toBeVisible();
  await expect(page.getByText(/The review has changed since you saw it/)).toBeVisible();
  await press(page.getByRole('button', { name: 'Run 1 failed again' }));
  await expect(page.getByText('2 done')).toBeVisible();
  expect((await place.reviews()).map((r) => [r.status, r.reason])).toEqual([
    ['rejected', 'Wrong firmware.'],
    ['rejected', 'Wrong firmware.'],
  ]);

  await page.goto('/bulk');
  await expect(page.getByRole('link', { name: 'Reject 2 reviews, 2 shapes' })).toBeVisible();
});

test('a claim of many can be cancelled before it starts, and lineages are reset in bulk', async ({
  place,
  newDevice,
  pageOf,
}) => {
  const device = await newDevice();
  device.sql(TANKS);
  device.startAgent();
  const review = await openReviewOf(place, 'tanks');
  const page = await pageOf(await place.person('operator'));
  await alive(page, () => page.goto('/reviews'));
  await tick(page.getByRole('checkbox', { name: 'Select tanks of pump-01' }));
  await page.keyboard.press('c');
  await expect(page.getByRole('heading', { level: 1, name: 'Claim 1 review' })).toBeVisible();
  await press(page.getByRole('button', { name: 'Cancel job…' }));
  await press(page.getByRole('dialog').getByRole('button', { name: 'Begin no further item' }));
  await expect(page.getByText('1 not begun')).toBeVisible();
  expect((await place.review(review.id)).status).toBe('queued');

  await alive(page, () => page.goto('/lineages'));
  await tick(page.getByRole('checkbox', { name: 'Select tanks of pump-01' }));
  await press(page.getByRole('button', { name: 'Reset…' }));
  await press(page.getByRole('button', { name: 'Reset 1 lineage…' }));
  await press(page.getByRole('dialog').getByRole('button', { name: 'Reset 1 lineage' }));
  await expect(page.getByText(/there is nothing to reset/)).toBeVisible();
});
