/** The list of lineages: filtered and ordered, with a link that keeps it, and from a lineage to what decides it. */
import { alive, openReviewOf, replayed } from './world/conditions';
import { choose, press, turnTo, write } from './world/hands';
import { expect, test } from './world/test';

test('lineages are narrowed and ordered by what the page offers, and the link has it all', async ({
  place,
  newWire,
  pageOf,
}) => {
  const device = await newWire('pump-01');
  await device.send('alpha', ['id', 'n'], [[1, 10]]);
  await device.send(
    'beta',
    ['id', 'n'],
    [
      [1, 10],
      [2, 20],
      [3, 30],
    ],
  );
  await device.send(
    'gamma',
    ['id', 'n'],
    [
      [1, 10],
      [2, 20],
    ],
  );
  const other = await newWire('valve-01');
  await other.send(
    'alpha',
    ['id', 'n'],
    [
      [1, 10],
      [2, 20],
      [3, 30],
      [4, 40],
    ],
  );
  const gamma = await openReviewOf(place, 'gamma');
  await place.approve(gamma.id);
  await replayed(place, gamma.lineage_id);
  await expect.poll(async () => (await place.reviews()).length, { intervals: [100] }).toBe(4);
  await place.data('POST', `edge/lineages/${gamma.lineage_id}/pause`, { reason: 'maintenance' });

  const page = await pageOf(await place.person('viewer'));
  const table = page.getByRole('table', { name: 'Lineages' });
  const rows = table.locator('tbody tr');
  const shown = async (...tables: string[]) => {
    await expect(table.locator('[data-row-link]')).toHaveText(tables);
  };
  const status = page.getByLabel('Status', { exact: true });
  const cause = page.getByLabel('Pause cause', { exact: true });
  const order = (name: string) => press(table.getByRole('button', { name, exact: true }));
  await alive(page, () => page.goto('/lineages'));

  await test.step('the largest backlog first; by each column that can be ordered', async () => {
    await shown('alpha', 'beta', 'alpha', 'gamma');
    await order('Staged rows');
    await shown('gamma', 'alpha', 'beta', 'alpha');
    await order('Device');
    await expect(rows.last()).toContainText('valve-01');
    await order('Device');
    await expect(rows.first()).toContainText('valve-01');
    await expect(page).toHaveURL(/sort=-device_name/);
    await order('Table');
    await shown('alpha', 'alpha', 'beta', 'gamma');
    await order('Table');
    await shown('gamma', 'beta', 'alpha', 'alpha');
    await expect(table.getByRole('columnheader', { name: 'Table' })).toHaveAttribute(
      'aria-sort',
      'descending',
    );
  });

  await test.step('by text, status, pause cause and error', async () => {
    await write(page.getByRole('searchbox'), 'pump');
    await shown('gamma', 'beta', 'alpha');
    await choose(cause, 'Operator');
    await shown('gamma');
    await choose(cause, 'Schema review');
    await shown('beta', 'alpha');
    await choose(page.getByLabel('Error', { exact: true }), 'Last write failed');
    await expect(page.getByText('No lineage matches these filters.')).toBeVisible();
    await choose(page.getByLabel('Error', { exact: true }), 'Error: any');
    await choose(status, 'Active');
    await expect(page.getByText('No lineage matches these filters.')).toBeVisible();
    await choose(status, 'Paused');
    await shown('beta', 'alpha');
  });

  await test.step('a reload has all of it, and it is taken away at once', async () => {
    await page.reload();
    await shown('beta', 'alpha');
    await expect(page.getByRole('searchbox')).toHaveValue('pump');
    await expect(status).toHaveValue('paused');
    await expect(cause).toHaveValue('schema_review');
    await press(page.getByRole('button', { name: 'Clear filters' }));
    await shown('gamma', 'beta', 'alpha', 'alpha');
    await place.data('POST', `edge/lineages/${gamma.lineage_id}/resume`);
    await choose(status, 'Active');
    await shown('gamma');
  });
});

test('a backlog that grows says when it is full, and a lineage leads to its review, by key and by button', async ({
  place,
  newWire,
  pageOf,
}) => {
  await place.data('PATCH', 'edge/policy', { max_pending_rows_per_lineage: 1000 });
  const device = await newWire('pump-01');
  await device.send(
    'flows',
    ['id', 'rate'],
    Array.from({ length: 100 }, (_, i) => [i, 250]),
  );
  const review = await openReviewOf(place, 'flows');
  const page = await pageOf(await place.person('viewer'));
  await alive(page, () => page.goto('/lineages'));

  await test.step('from the list by v, and from the lineage', async () => {
    await expect(page.getByRole('link', { name: 'flows' })).toBeVisible();
    await page.keyboard.press('j');
    await page.keyboard.press('v');
    await expect(page).toHaveURL(`/reviews/${review.id}`);
    await page.goto(`/lineages/${review.lineage_id}`);
    await press(page.getByRole('button', { name: /^Open review/ }));
    await expect(page).toHaveURL(`/reviews/${review.id}`);
    await alive(page, () => page.goto(`/lineages/${review.lineage_id}`));
    await page.keyboard.press('v');
    await expect(page).toHaveURL(`/reviews/${review.id}`);
  });

  await test.step('how far it is to the cap, and for how long', async () => {
    await page.goto(`/lineages/${review.lineage_id}`);
    const backlog = page.getByRole('region', { name: 'Staged backlog' });
    await expect(backlog.getByRole('meter', { name: 'Rows staged, of the cap' })).toHaveAttribute(
      'aria-valuenow',
      '100',
    );
    // 900 more, at 100 in the few minutes that there have been.
    await expect(backlog).toContainText(/Full in \d+ min at the pace of the last \d+ min\./);
    await device.send(
      'flows',
      ['id', 'rate'],
      Array.from({ length: 901 }, (_, i) => [1000 + i, 250]),
    );
    await expect(backlog).toContainText('The cap is reached.');
    await expect(backlog).not.toContainText('Full in');
  });

  await test.step('the window of the chart is in the link', async () => {
    const chart = page.getByRole('region', { name: 'Over time' });
    await expect(chart).toContainText('1,001 new rows');
    await turnTo(chart.getByRole('radio', { name: '1h' }));
    await expect(page).toHaveURL(/window=1h/);
    await expect(chart.getByRole('slider', { name: /^New rows a minute, last hour/ })).toBeVisible();
    await page.reload();
    await expect(chart.getByRole('radio', { name: '1h' })).toBeChecked();
    await expect(chart.getByRole('slider', { name: /^New rows a minute, last hour/ })).toBeVisible();
    await page.goto('/');
    await turnTo(chart.getByRole('radio', { name: '7d' }));
    await expect(page).toHaveURL(/window=7d/);
    await page.reload();
    await expect(chart.getByRole('radio', { name: '7d' })).toBeChecked();
  });
});
