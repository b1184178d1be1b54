/** The row viewer: a table of thousands by keys, conditions and jumps, the way of one key, and files. */
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { openReviewOf, replayed, untilLineage } from './world/conditions';
import type { Device } from './world/device';
import { pick, press, write } from './world/hands';
import type { Place } from './world/place';
import { expect, test } from './world/test';

// More than are kept at hand.
const ROWS = 2400;
const TABLE = `
  create table parts (id integer primary key, name text, price numeric, note text);
  with recursive n(i) as (select 1 union all select i + 1 from n where i < ${ROWS})
  insert into parts select i, 'part-' || i, i || '.50', case i % 3 when 0 then null when 1 then '' else 'NULL' end from n;
  update parts set note = '=cmd()' where id = 7;`;

/** The lineage of `parts`, approved and replayed where asked for. */
async function filled(place: Place, device: Device, isApproved: boolean): Promise<string> {
  device.sql(TABLE);
  device.startAgent();
  const review = await openReviewOf(place, 'parts');
  await untilLineage(
    place,
    review.lineage_id,
    'all rows are staged',
    (d) => d.lineage.staged_row_count >= ROWS,
  );
  if (!isApproved) return review.lineage_id;
  await place.approve(review.id);
  await replayed(place, review.lineage_id);
  return review.lineage_id;
}

const cell = (page: Page, text: string) => page.getByRole('cell', { name: text, exact: true });

/** The numbers of the parts between the head of the grid and its lower edge, from above. */
const partsInSight = (grid: Locator): Promise<number[]> =>
  grid.evaluate((frame) => {
    const { top, bottom } = frame.getBoundingClientRect();
    return [...frame.querySelectorAll('[role="rowgroup"] [role="row"]')]
      .map((row) => ({ row, at: row.getBoundingClientRect() }))
      .filter(({ at }) => at.top >= top + 30 && at.bottom <= bottom + 1)
      .sort((a, b) => a.at.top - b.at.top)
      .map(({ row }) => [...row.querySelectorAll('[role="cell"]')].map((one) => one.textContent))
      .map((texts) => Number(texts.find((text) => text.startsWith('part-'))?.slice('part-'.length)));
  });

async function fileOf(page: Page, format: RegExp): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    pick(page.getByRole('button', { name: 'Export' }), page.getByRole('menuitem', { name: format })),
  ]);
  return readFile(await download.path(), 'utf8');
}

test('written rows are walked, found, ordered and taken away', async ({ place, newDevice, pageOf }) => {
  test.setTimeout(150_000);
  const lineageId = await filled(place, await newDevice(), true);
  const page = await pageOf(await place.person('operator'));
  const key = (name: string) => page.keyboard.press(name);
  await page.goto(`/lineages/${lineageId}/rows?source=mirror`);
  const grid = page.getByRole('table', { name: 'Written rows' });
  await expect(cell(page, 'part-1')).toBeVisible();

  await test.step('a link to the first row has it again after a refresh', async () => {
    const first = encodeURIComponent(JSON.stringify(['1']));
    await page.goto(`/lineages/${lineageId}/rows?source=mirror&row=${first}`);
    const before = page.waitForResponse((answer) => answer.url().includes('direction=backward'));
    await expect(cell(page, 'part-1')).toBeVisible();
    await before;
    const again = page.waitForResponse((answer) => answer.url().includes('mirror-rows'));
    await key('r');
    await again;
    await expect(cell(page, 'part-1')).toBeVisible();
    await expect(page.getByText('The mirror table has no row')).toHaveCount(0);
    await page.goto(`/lineages/${lineageId}/rows?source=mirror`);
    await expect(cell(page, 'part-1')).toBeVisible();
  });

  await test.step('to the end and back by keys', async () => {
    await key('End');
    await expect(cell(page, `part-${ROWS}`)).toBeVisible();
    await expect(page).toHaveURL(/at=/);
    await key('Home');
    await expect(cell(page, 'part-1')).toBeVisible();
  });

  await test.step('past what is kept at hand by the wheel, and back', async () => {
    await grid.hover();
    for (const [turnPx, end] of [
      [2500, ROWS],
      [-2500, 1],
    ] as const) {
      await expect(async () => {
        await page.mouse.wheel(0, turnPx);
        const shown = await partsInSight(grid);
        expect(shown).toEqual(shown.map((_, at) => (shown[0] ?? 0) + at));
        expect(shown).toContain(end);
      }).toPass({ intervals: [50], timeout: 30_000 });
    }
    expect(await grid.evaluate(({ scrollTop }) => scrollTop)).toBe(0);
  });

  await test.step('a column less, and all again', async () => {
    const columns = page.getByRole('button', { name: 'Columns' });
    await pick(columns, page.getByRole('menuitemcheckbox', { name: 'price' }));
    await expect(page.getByRole('menuitemcheckbox', { name: 'price' })).not.toBeChecked();
    await expect(grid.getByRole('columnheader', { name: 'price' })).toHaveCount(0);
    await expect(page).toHaveURL(/hide=/);
    await key('Escape');
    await pick(columns, page.getByRole('menuitem', { name: 'Show all columns' }));
    await expect(grid.getByRole('columnheader', { name: 'price' })).toBeAttached();
    // Nothing is left for it to do, and the focus is still in the menu: Escape closes that, and not the page.
    await key('Escape');
    await expect(page.getByRole('menu')).toHaveCount(0);
    await expect(grid.getByRole('columnheader', { name: 'price' })).toBeVisible();
    await expect(page).toHaveURL(/\/rows\?source=mirror/);
  });

  await test.step('to a key, which a link keeps', async () => {
    await key('g');
    await page.getByLabel('id', { exact: true }).fill('777');
    await key('Enter');
    await expect(page.getByRole('complementary', { name: 'Written row' })).toContainText('777.5');
    await page.reload();
    await expect(page.getByRole('complementary', { name: 'Written row' })).toContainText('part-777');
    await expect(cell(page, 'part-777')).toBeVisible();
    const way = page.getByRole('region', { name: 'Way of this key' });
    await expect(way).toContainText('Received');
    await expect(way).toContainText('Written');
    await expect(way).toContainText('Only the newest written version is kept');
    await expect(cell(page, 'part-776')).toBeAttached();
    await key('k');
    await expect(page.getByRole('complementary', { name: 'Written row' })).toContainText('part-776');
    await key('Escape');
    await expect(page.getByRole('complementary', { name: 'Written row' })).toHaveCount(0);
    await expect(cell(page, 'part-776')).toBeVisible();
  });

  await test.step('conditions, in the URL and in the file', async () => {
    await key('/');
    await page.getByLabel('Column to filter by').selectOption('id');
    await page.getByLabel('Comparison').selectOption('is at most');
    await page.getByLabel('Value of id').fill('9');
    await key('Enter');
    await expect(grid.getByRole('row')).toHaveCount(10);
    await page.getByRole('button', { name: 'id', exact: true }).click();
    await page.getByRole('button', { name: 'id', exact: true }).click();
    await expect(grid.getByRole('row').nth(1)).toContainText('part-9');
    await expect(page).toHaveURL(/sort=-id/);
    await page.reload();
    await expect(grid.getByRole('row').nth(1)).toContainText('part-9');
    const csv = (await fileOf(page, /CSV/)).split('\r\n');
    expect(csv[0]).toBe('device_id,id,name,price,note,created_at,updated_at');
    expect(csv).toHaveLength(11);
    expect(csv.slice(1, 4).map((line) => line.split(',').slice(1, 5))).toEqual([
      ['9', 'part-9', '9.5', ''],
      ['8', 'part-8', '8.5', 'NULL'],
      ['7', 'part-7', '7.5', `"'=cmd()"`],
    ]);
    const jsonl = (await fileOf(page, /JSONL/)).trim().split('\n');
    expect(jsonl.map((line) => (JSON.parse(line) as { data: { id: number } }).data.id)).toEqual([
      9, 8, 7, 6, 5, 4, 3, 2, 1,
    ]);
    await page.getByRole('button', { name: /Drop the condition/ }).click();
    await page.getByRole('button', { name: 'name', exact: true }).click();
    await expect(page.getByText('No index has this order')).toBeVisible();
  });

  await page.goto('/events?kind=edge_rows.exported');
  await expect(page.getByText('exported rows').first()).toBeVisible();
});

test('staged rows tell NULL, the empty text and the word apart, and a deleted key keeps its way', async ({
  place,
  newDevice,
  pageOf,
}) => {
  const device = await newDevice();
  const lineageId = await filled(place, device, false);
  const page = await pageOf(await place.person('operator'));
  const key = (name: string) => page.keyboard.press(name);
  await page.goto(`/lineages/${lineageId}/rows?source=staged`);
  const grid = page.getByRole('table', { name: 'Staged rows' });
  await expect(grid).toContainText('part-1');
  for (const [note, kind] of [
    ['NULL', 'null'],
    ['empty string', 'empty'],
    ['NULL', 'text'],
  ] as const)
    await expect(grid.locator(`[data-kind="${kind}"]`).filter({ hasText: note }).first()).toBeVisible();

  const [deep] = await place.data<{ commit_seq: string; pk: { id: number } }[]>(
    'GET',
    `edge/lineages/${lineageId}/staged-rows?page=13&limit=100`,
  );
  await key('g');
  const seq = page.getByLabel('Or commit seq');
  await seq.fill('WO-1001');
  await key('Enter');
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText('“WO-1001” is no commit seq');
  await expect(grid).toContainText('part-1');
  await seq.fill(deep?.commit_seq ?? '');
  await key('Enter');
  await expect(grid.getByText(`part-${deep?.pk.id ?? ''}`, { exact: true })).toBeVisible();

  await test.step('to a key, and not to one that has no staged row', async () => {
    await key('g');
    const id = page.getByRole('dialog').getByLabel('id', { exact: true });
    await id.fill('999999');
    await key('Enter');
    await expect(page.getByRole('dialog').getByRole('alert')).toHaveText('No row of this key is staged.');
    await expect(grid).toBeVisible();
    await id.fill('777');
    await key('Enter');
    await expect(page.getByRole('complementary', { name: /^Staged / })).toContainText('part-777');
    await key('Escape');
    await expect(page.getByRole('complementary', { name: /^Staged / })).toHaveCount(0);
  });

  await key('/');
  await page.getByLabel('Column to filter by').selectOption('price');
  await page.getByLabel('Comparison').selectOption('is at least');
  await page.getByLabel('Value of price').fill(`${ROWS}`);
  await key('Enter');
  await expect(grid.getByRole('row')).toHaveCount(2);
  await expect(page.getByText('No index has what was received')).toBeVisible();
  await key('j');
  await expect(page.getByRole('region', { name: 'Way of this key' })).toContainText('Staged');
  await expect(page.getByRole('region', { name: 'Way of this key' })).toContainText('no mirror table yet');

  await test.step('a key that is gone', async () => {
    const review = await openReviewOf(place, 'parts');
    await place.approve(review.id);
    await replayed(place, lineageId);
    device.sql('delete from parts where id = 5;');
    const gone = async () => {
      await page.goto(`/lineages/${lineageId}/rows?source=mirror&key=${encodeURIComponent('["5"]')}`);
      return page.getByRole('region', { name: 'Way of this key' }).innerText();
    };
    await expect.poll(gone).toContain('Deleted');
  });
});

test('a viewer sees no row, and is told why', async ({ place, newDevice, pageOf }) => {
  const lineageId = await filled(place, await newDevice(), false);
  const page = await pageOf(await place.person('viewer'));
  await page.goto(`/lineages/${lineageId}/rows`);
  await expect(page.getByText('You may not see the contents of rows.')).toBeVisible();
});

test('a dialog that throws rows away follows the count, and a list of lineages becomes a file', async ({
  place,
  newDevice,
  pageOf,
}) => {
  const device = await newDevice();
  device.sql('create table held (id integer primary key); insert into held values (1), (2);');
  device.startAgent();
  const review = await openReviewOf(place, 'held');
  await untilLineage(
    place,
    review.lineage_id,
    'both rows are staged',
    (d) => d.lineage.staged_row_count === 2,
  );
  const page = await pageOf(await place.person('operator'));
  await page.goto(`/lineages/${review.lineage_id}`);
  await pick(
    page.getByRole('button', { name: 'More actions' }),
    page.getByRole('menuitem', { name: 'Discard staged rows…' }),
  );
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('Discard 2 staged rows?');
  await write(dialog.getByLabel('Type 2 to confirm'), '2');
  device.sql('insert into held values (3);');
  await expect(dialog).toContainText('There are 3 staged rows by now');
  await expect(dialog.getByRole('button', { name: 'Discard 2 rows' })).toBeDisabled();
  await press(dialog.getByRole('button', { name: 'Confirm 3 instead' }));
  await write(dialog.getByLabel('Type 3 to confirm'), '3');
  await press(dialog.getByRole('button', { name: 'Discard 3 rows' }));
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('link', { name: '0 staged rows' })).toBeVisible();

  await page.goto('/lineages');
  const csv = await fileOf(page, /CSV/);
  expect(csv).toContain('held');
  expect(csv.split('\r\n')[0]).toMatch(/^id,device_id,device_name,.*pause_causes/);
});
