/** Every page and what lies over it: axe finds nothing serious in light and dark, and a telephone is wide enough. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { openReviewOf } from './world/conditions';
import { everyPage, SIGN_IN } from './world/every-page';
import { expect, test } from './world/test';

const SCHEMES = ['light', 'dark'] as const;

/** What axe finds in `page` as it is, in both schemes: only colours differ, so the page is loaded once. */
async function faultsOf(page: Page, where: string): Promise<string[]> {
  const faults: string[] = [];
  for (const colorScheme of SCHEMES) {
    await page.emulateMedia({ colorScheme });
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
    const { violations } = await new AxeBuilder({ page })
      .setLegacyMode()
      .options({ resultTypes: ['violations'] })
      .analyze();
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    for (const { id, nodes } of serious)
      faults.push(
        `${where}, ${colorScheme}: ${id} at ${nodes.map(({ target }) => String(target)).join(', ')}`,
      );
  }
  return faults;
}

const TELEPHONE = { width: 320, height: 640 };

/** How much wider than a telephone the page is: what does not fit scrolls in its own frame, and never the page. */
async function overflowOf(page: Page, where: string): Promise<string[]> {
  const before = page.viewportSize();
  await page.setViewportSize(TELEPHONE);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  if (before !== null) await page.setViewportSize(before);
  return width <= TELEPHONE.width ? [] : [`${where}: ${width} px wide on a screen of ${TELEPHONE.width}`];
}

// Two runs, each over every second page, side by side.
const HALVES = 2;
for (const half of [0, 1]) {
  test(`axe finds nothing serious on any page, and each fits a telephone, part ${half + 1} of ${HALVES}`, async ({
    place,
    newDevice,
    pageOf,
  }) => {
    // As many pages as there are, one after the other: as long as that takes.
    test.setTimeout(600_000);
    const targets = await everyPage(place, newDevice);
    const page = await pageOf(await place.person('owner'));
    const faults: string[] = [];
    for (const { path, shows } of targets.filter((_, at) => at % HALVES === half)) {
      await page.goto(path);
      await expect(page.locator('body')).toContainText(shows);
      faults.push(...(await faultsOf(page, path)), ...(await overflowOf(page, path)));
    }
    expect(faults).toEqual([]);
  });
}

test('axe finds nothing serious on the page before all others', async ({ newPage }) => {
  const page = await newPage();
  await page.goto(SIGN_IN.path);
  await expect(page.locator('body')).toContainText(SIGN_IN.shows);
  expect(await faultsOf(page, SIGN_IN.path)).toEqual([]);
});

test('axe finds nothing serious in what lies over a page', async ({ place, newDevice, pageOf }) => {
  const device = await newDevice();
  device.sql('create table waiting (id integer primary key); insert into waiting values (1);');
  device.startAgent();
  const review = await openReviewOf(place, 'waiting');
  const page = await pageOf(await place.person('operator'));
  const dialog = page.getByRole('dialog');
  await page.goto(`/reviews/${review.id}`);
  await expect(page.getByRole('button', { name: 'Claim' })).toBeVisible();
  const faults: string[] = [];
  for (const [key, shows] of [
    ['a', '1 row would land'],
    ['?', 'List the keys'],
    ['Control+k', 'Overview'],
  ] as const) {
    await page.keyboard.press(key);
    await expect(dialog).toContainText(shows);
    faults.push(...(await faultsOf(page, key)));
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  }
  expect(faults).toEqual([]);
});
