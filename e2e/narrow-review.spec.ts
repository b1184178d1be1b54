/** A review on a telephone and on half a screen: what is decided of each column is in sight without scrolling sideways. */
import { faultsOf } from './world/axe';
import { openReviewOf } from './world/conditions';
import { press } from './world/hands';
import { expect, test } from './world/test';

const WIDTHS = [390, 900, 1280] as const;

test('every cell of a review is in sight at any width, and what would fail is told by kind', async ({
  place,
  newDevice,
  pageOf,
}) => {
  const device = await newDevice();
  device.sql(`create table gauges (id integer primary key, pressure_before_mbar real, label text not null, tag blob);
    insert into gauges values (1, 1.5, 'one', 735), (2, 'high', 'two', 975), (3, 'low', 'three', x'00'),
      (4, 4.5, 'four', 13);`);
  device.startAgent();
  const { id } = await openReviewOf(place, 'gauges');
  const page = await pageOf(await place.person('operator'));
  await page.goto(`/reviews/${id}`);
  const table = page.getByRole('table', { name: 'Columns, riskiest first' });
  await expect(table).toContainText('do not cast');

  for (const width of WIDTHS) {
    await test.step(`${width} px wide`, async () => {
      await page.setViewportSize({ width, height: 900 });
      await expect(table.getByRole('row')).toHaveCount(5);
      await expect(table.getByRole('cell')).toHaveCount(12);
      await expect(table.getByRole('rowheader')).toHaveCount(4);
      const outside = await table.evaluate((element, right) => {
        const parts = element.querySelectorAll('tbody :is(th, td, input, select, button)');
        return [...parts].flatMap((part) => {
          const box = part.getBoundingClientRect();
          return box.width > 0 && (box.left < 0 || box.right > right) ? [part.outerHTML.slice(0, 120)] : [];
        });
      }, width);
      expect(outside).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      expect(await faultsOf(page, `${width} px`)).toEqual([]);
    });
  }

  await test.step('the whole name of a mirror column is on hover', async () => {
    await expect(page.getByLabel('Mirror column for pressure_before_mbar')).toHaveAttribute(
      'title',
      /^pressure_before_mbar/,
    );
  });

  await test.step('what would fail is a line per column and kind, whatever the values', async () => {
    await press(page.getByRole('button', { name: /^Simulate/ }));
    const failures = page.getByRole('table', { name: 'Rows that would fail' });
    await expect(failures.getByRole('row')).toHaveCount(3);
    await expect(failures).toContainText('pressure_before_mbar: not a number');
    await expect(failures).toContainText('tag: not base64');
  });
});
