/** The queue from end to end: filtered, paged, and walked from one review to the next. */
import { alive, openReviewOf, replayed } from './world/conditions';
import { choose, press } from './world/hands';
import type { Place } from './world/place';
import { expect, test } from './world/test';
import type { WireDevice } from './world/wire';

const PAGE_ROWS = 50;

/** Sends one row of each of `tables` and waits until each has its review; answers their ids, the oldest first. */
async function waiting(place: Place, device: WireDevice, tables: readonly string[]): Promise<string[]> {
  for (const table of tables) await device.send(table, ['id', 'n'], [[1, 10]]);
  const queue = () =>
    place.data<{ id: string }[]>('GET', 'edge/review-queue?status=open&sort=created_at&limit=100');
  await expect.poll(async () => (await queue()).length, { intervals: [100] }).toBe(tables.length);
  return (await queue()).map(({ id }) => id);
}

test('a queue of more than a page is leafed through, by keys and by its buttons, and a link keeps the page', async ({
  place,
  newWire,
  pageOf,
}) => {
  const tables = Array.from({ length: PAGE_ROWS + 2 }, (_, i) => `t_${String(i).padStart(2, '0')}`);
  await waiting(place, await newWire('pump-01'), tables);
  const page = await pageOf(await place.person('viewer'));
  const links = page.getByRole('table', { name: 'Reviews' }).locator('[data-row-link]');
  const pages = page.getByRole('navigation', { name: 'Pages' });
  const [whole, rest] = [`1–${PAGE_ROWS} of ${tables.length}`, `51–${tables.length} of ${tables.length}`];
  await alive(page, () => page.goto('/reviews'));
  await expect(pages).toContainText(whole);
  await expect(links).toHaveCount(PAGE_ROWS);
  const first = await links.allTextContents();

  await page.keyboard.press('n');
  await expect(pages).toContainText(rest);
  await expect(links).toHaveCount(tables.length - PAGE_ROWS);
  await expect(page).toHaveURL(/page=2/);
  // Every one is on one of the two.
  expect([...first, ...(await links.allTextContents())].sort()).toEqual(tables);
  // There is none after it.
  await page.keyboard.press('n');
  await page.reload();
  await expect(pages).toContainText(rest);
  await expect(pages.getByRole('button', { name: 'Next page' })).toBeDisabled();
  await press(pages.getByRole('button', { name: 'Previous page' }));
  await expect(pages).toContainText(whole);
  await expect(links).toHaveText(first);
  await press(pages.getByRole('button', { name: 'Next page' }));
  await expect(pages).toContainText(rest);
  await page.keyboard.press('p');
  await expect(pages).toContainText(whole);
  await expect(page).not.toHaveURL(/page=/);
});

test('what waits is narrowed by status and classification, and a filter is in the link', async ({
  place,
  newWire,
  pageOf,
}) => {
  const device = await newWire('pump-01');
  await waiting(place, device, ['doors', 'pumps', 'tanks']);
  const tanks = await openReviewOf(place, 'tanks');
  await place.approve(tanks.id);
  await replayed(place, tanks.lineage_id);
  await device.send('tanks', ['id', 'n', 'fill'], [[2, 10, 20]]);
  await openReviewOf(place, 'tanks');
  const doors = await openReviewOf(place, 'doors');
  const { action_version } = doors;
  await place.data('POST', `edge/schema-reviews/${doors.id}/claim`, { action_version });

  const page = await pageOf(await place.person('viewer'));
  const links = page.getByRole('table', { name: 'Reviews' }).locator('[data-row-link]');
  const status = page.getByLabel('Status', { exact: true });
  const classification = page.getByLabel('Classification', { exact: true });
  const shown = async (tables: string[]) => {
    await expect(links).toHaveCount(tables.length);
    await expect.poll(async () => (await links.allTextContents()).sort()).toEqual(tables);
  };
  await alive(page, () => page.goto('/reviews'));
  await shown(['doors', 'pumps', 'tanks']);
  await choose(status, 'In review');
  await shown(['doors']);
  await choose(status, 'Queued');
  await shown(['pumps', 'tanks']);
  await choose(classification, 'Additive');
  await shown(['tanks']);
  await page.reload();
  await expect(status).toHaveValue('queued');
  await expect(classification).toHaveValue('compatible_additive');
  await shown(['tanks']);
  await choose(classification, 'Ambiguous');
  await shown(['pumps']);
  await choose(status, 'Approved');
  await shown(['tanks']);
  await choose(status, 'Status: any');
  await shown(['doors', 'pumps', 'tanks']);
  await press(page.getByRole('button', { name: 'Clear filters' }));
  await expect(status).toHaveValue('open');
  await shown(['doors', 'pumps', 'tanks']);
});

test('one opens the next, simulates it, and goes on to the others and round again, by links and by keys', async ({
  place,
  newWire,
  pageOf,
}) => {
  const ids = await waiting(place, await newWire('pump-01'), ['doors', 'pumps', 'tanks']);
  const [first = '', second = '', third = ''] = ids;
  const page = await pageOf(await place.person('operator'));
  const next = page.getByRole('link', { name: /^Next review/ });
  const previous = page.getByRole('link', { name: /^Previous/ });
  const isAt = async (id: string) => {
    await expect(page).toHaveURL(`/reviews/${id}`);
    // There once the queue is known.
    await expect(next).toBeVisible();
  };
  await alive(page, () => page.goto('/reviews'));
  await press(page.getByRole('link', { name: /^Open next/ }));
  await isAt(first);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { level: 1, name: 'Reviews' })).toBeVisible();
  await page.keyboard.press('o');
  await isAt(first);

  await test.step('n and p go through all of them, and round', async () => {
    for (const id of [second, third, first]) {
      await page.keyboard.press('n');
      await isAt(id);
    }
    for (const id of [third, second]) {
      await page.keyboard.press('p');
      await isAt(id);
    }
  });
  await test.step('so do the links', async () => {
    await press(next);
    await isAt(third);
    await press(previous);
    await isAt(second);
  });
  await test.step('what is held is passed over by what opens the next', async () => {
    await page.keyboard.press('p');
    await isAt(first);
    await page.keyboard.press('c');
    await expect(page.getByRole('button', { name: 'Release' })).toBeVisible();
    await page.keyboard.press('s');
    const simulation = page.getByRole('region', { name: 'Simulation' });
    await expect(simulation).toContainText('1 row would land');
    await expect(simulation).toContainText(/create table/i);
    expect((await place.review(first)).status).toBe('in_review');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('table', { name: 'Reviews' }).getByText('In review')).toBeVisible();
    await page.keyboard.press('o');
    await isAt(second);
  });
});
