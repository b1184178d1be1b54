/** A lineage's strip and its rows without a mouse, and what is copied on the way, as it comes out of the clipboard. */
import type { Page } from '@playwright/test';
import { alive, openReviewOf, replayed } from './world/conditions';
import { choose, press, turnTo, write } from './world/hands';
import { connectAs } from './world/mqtt';
import { expect, test } from './world/test';

/** What was copied last; each worker's browser has a clipboard of its own. */
async function clipboardOf(page: Page): Promise<() => Promise<string>> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  return () => page.evaluate(() => navigator.clipboard.readText());
}

test('rows are filtered, ordered, opened and copied by keys alone', async ({ place, newDevice, pageOf }) => {
  const device = await newDevice();
  device.sql(`create table parts (id integer primary key, name text, price real);
              insert into parts values (1, 'bolt', 0.5), (2, 'nut' || char(9) || 'M8', 0.25), (3, 'washer', null);`);
  device.startAgent();
  const review = await openReviewOf(place, 'parts');
  await expect
    .poll(async () => (await place.lineage(review.lineage_id)).lineage.staged_row_count, { intervals: [100] })
    .toBe(3);
  const page = await pageOf(await place.person('operator'));
  const clipboard = await clipboardOf(page);
  const key = (name: string) => page.keyboard.press(name);
  await alive(page, () => page.goto(`/lineages/${review.lineage_id}`));

  await test.step('from the strip to the review, and back to what is staged', async () => {
    const first = page.getByRole('list', { name: 'What holds the rows up' }).getByRole('listitem').first();
    await press(first.getByRole('link', { name: 'Open review' }));
    await expect(page).toHaveURL(`/reviews/${review.id}`);
    await key('d');
    await expect(page.getByRole('table', { name: 'Staged rows' }).getByRole('row')).toHaveCount(4);
    await key('v');
    await expect(page).toHaveURL(`/reviews/${review.id}`);
    await place.approve(review.id);
    await replayed(place, review.lineage_id);
  });

  const grid = page.getByRole('table', { name: 'Written rows' });
  const ids = (...wanted: string[]) =>
    expect(grid.locator('[role="rowgroup"] [role="row"]')).toHaveText(
      wanted.map((id) => new RegExp(`^${id}`)),
    );
  await test.step('the switch, a condition and the order', async () => {
    await alive(page, () => page.goto(`/lineages/${review.lineage_id}/rows`));
    await turnTo(page.getByRole('radio', { name: 'Mirror' }));
    await ids('1', '2', '3');
    await turnTo(page.getByRole('radio', { name: 'Staged' }));
    await expect(page.getByText('No row is staged.')).toBeVisible();
    await turnTo(page.getByRole('radio', { name: 'Mirror' }));
    await choose(page.getByLabel('Column to filter by'), 'id');
    await choose(page.getByLabel('Comparison'), 'is at most');
    await write(page.getByLabel('Value of id'), '2');
    await press(page.getByRole('button', { name: 'Add filter' }));
    await ids('1', '2');
    await press(grid.getByRole('button', { name: 'id', exact: true }));
    await press(grid.getByRole('button', { name: 'id', exact: true }));
    await ids('2', '1');
    await page.reload();
    await ids('2', '1');
    await expect(grid.getByRole('columnheader', { name: 'id' })).toHaveAttribute('aria-sort', 'descending');
  });

  await test.step('a row is copied as JSON, and for a spreadsheet', async () => {
    await alive(page, () => page.reload());
    await ids('2', '1');
    await key('j');
    const open = page.getByRole('complementary', { name: 'Written row' });
    await expect(open).toContainText('0.25');
    await key('y');
    await expect(open.getByText('Row copied')).toBeVisible();
    expect(JSON.parse(await clipboard())).toMatchObject({ id: 2, name: 'nut\tM8', price: 0.25 });
    await key('Y');
    // A tab in a value would be a column of its own.
    await expect
      .poll(async () => (await clipboard()).split('\t').slice(0, 3))
      .toEqual(['2', 'nut M8', '0.25']);
    await key('ArrowDown');
    await expect(open).toContainText('bolt');
    await key('y');
    await expect
      .poll(async () => JSON.parse(await clipboard()) as unknown)
      .toMatchObject({ id: 1, name: 'bolt' });
    await key('ArrowUp');
    await expect(open).toContainText('0.25');
    await key('Escape');
    await press(page.getByRole('button', { name: 'Drop the condition id is at most "2"' }));
    await ids('3', '2', '1');
  });

  await test.step('an id is copied whole, though its first letters are shown', async () => {
    const { schema_hash: hash } = await place.review(review.id);
    await page.goto(`/reviews/${review.id}`);
    const copy = page.getByRole('button', { name: `Copy schema hash ${hash}` });
    await expect(copy).not.toContainText(hash);
    await copy.click();
    await expect(page.getByText('schema hash copied')).toBeAttached();
    expect(await clipboard()).toBe(hash);
  });
});

test('the strip is mended by keys alone, and by who may', async ({ place, pageOf, newWire }) => {
  const device = await newWire('tank-01');
  await device.send('levels', ['id', 'n'], [[1, 10]]);
  const review = await openReviewOf(place, 'levels');
  await place.approve(review.id);
  await replayed(place, review.lineage_id);
  await place.data('POST', `edge/lineages/${review.lineage_id}/pause`, { reason: 'maintenance' });
  await (await connectAs(device.mqtt)).publish('rows/batch', 'garbage');
  const [viewers, page] = [
    await pageOf(await place.person('viewer')),
    await pageOf(await place.person('operator')),
  ];
  const strip = (of: Page) => of.getByRole('list', { name: 'What holds the rows up' });
  await viewers.goto(`/lineages/${review.lineage_id}`);
  await expect(strip(viewers)).toContainText('Paused: maintenance');
  await expect(strip(viewers).getByRole('button', { name: 'Resume' })).toBeDisabled();
  await page.goto(`/lineages/${review.lineage_id}`);
  await press(strip(page).getByRole('button', { name: 'Resume' }));
  for (const one of [page, viewers]) await expect(strip(one)).not.toContainText('Paused: maintenance');
});
