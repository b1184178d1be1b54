/** A part of a page that cannot be read says so in its own panel, and tries again at a press. */
import { faultsOf } from './world/axe';
import { openReviewOf } from './world/conditions';
import { expect, test } from './world/test';

test('a review whose facts and discussion fail says so where they stand, and shows them once they can be read', async ({
  place,
  newDevice,
  pageOf,
}) => {
  const device = await newDevice();
  device.sql('CREATE TABLE counters (id INTEGER PRIMARY KEY); INSERT INTO counters VALUES (1);');
  device.startAgent();
  const review = await openReviewOf(place, 'counters');
  const page = await pageOf(await place.person('operator'));
  const parts = /\/(facts|comments)(\?|$)/;
  const asked = { facts: 0, comments: 0 };
  const refusal = { ok: 0, message: 'too_many_requests', detail: 'Wait a minute.' };
  await page.route(parts, (route) => {
    asked[route.request().url().includes('/facts') ? 'facts' : 'comments'] += 1;
    return route.fulfill({ status: 429, json: refusal });
  });
  await page.goto(`/reviews/${review.id}`);

  for (const title of ['Blast radius', 'Discussion']) {
    const panel = page.getByRole('region', { name: title });
    await expect(panel.getByRole('alert')).toContainText(
      `The ${title.toLowerCase()} cannot be read: Wait a minute.`,
    );
  }
  await expect(page.getByRole('row', { name: /id/ }).first()).toBeVisible();
  expect(await faultsOf(page, 'a panel that cannot be read')).toEqual([]);

  for (const [title, part] of [
    ['Blast radius', 'facts'],
    ['Discussion', 'comments'],
  ] as const) {
    const before = asked[part];
    await page.getByRole('region', { name: title }).getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => asked[part], `${title} is asked for at once`).toBeGreaterThan(before);
  }

  await page.unroute(parts);
  for (const title of ['Blast radius', 'Discussion'])
    await expect(page.getByRole('region', { name: title }).getByRole('alert')).toHaveCount(0);
  await expect(page.getByRole('region', { name: 'Blast radius' })).toContainText('Devices that wait');
});
