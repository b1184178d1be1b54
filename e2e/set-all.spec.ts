/** A review whose columns are decided at once, and then some of them otherwise: each change is kept. */
import { openReviewOf } from './world/conditions';
import { choose, pick, press } from './world/hands';
import { expect, test } from './world/test';

const COLUMNS = ['id', 'n', 'fill', 'flow'];

test('all columns are set at once, single ones after that, and the draft is there after a reload', async ({
  place,
  newWire,
  pageOf,
}) => {
  const device = await newWire('tank-01');
  await device.send('levels', COLUMNS, [[1, 10, 20, 30]]);
  const review = await openReviewOf(place, 'levels');
  const page = await pageOf(await place.person('operator'));
  const actionFor = (column: string) => page.getByLabel(`Action for ${column}`, { exact: true });
  const are = async (...actions: string[]) => {
    for (const [at, column] of COLUMNS.entries())
      await expect(actionFor(column)).toHaveValue(actions[at] ?? '');
  };
  /** Saves follow each other: the last one is what counts. */
  const kept = (...actions: string[]) =>
    expect
      .poll(async () => {
        const { draft } = await place.review(review.id);
        return COLUMNS.map((name) => draft?.find((one) => one.source_column_name === name)?.action);
      })
      .toEqual(actions);
  const setAll = page.getByRole('button', { name: 'Set all to…' });
  await page.goto(`/reviews/${review.id}`);
  await are('mirror', 'mirror', 'mirror', 'mirror');
  await expect(setAll).toHaveAttribute('aria-disabled', 'true');
  await press(page.getByRole('button', { name: 'Claim' }));
  await expect(page.getByRole('button', { name: 'Release' })).toBeVisible();

  await pick(setAll, page.getByRole('menuitem', { name: 'Ignore', exact: true }));
  await are('ignore', 'ignore', 'ignore', 'ignore');
  await choose(actionFor('id'), 'Mirror');
  await choose(actionFor('flow'), 'Defer');
  await expect(page.getByRole('group', { name: 'Decision' })).toContainText(
    '1 column mirrored, 2 ignored, 1 deferred',
  );
  await kept('mirror', 'ignore', 'ignore', 'defer');
  await page.reload();
  await are('mirror', 'ignore', 'ignore', 'defer');
  await pick(setAll, page.getByRole('menuitem', { name: 'Mirror', exact: true }));
  await kept('mirror', 'mirror', 'mirror', 'mirror');
  await page.reload();
  await are('mirror', 'mirror', 'mirror', 'mirror');
});
