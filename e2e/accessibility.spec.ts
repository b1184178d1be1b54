/**
 * Every page and what lies over it: axe finds nothing, light and dark; what a mouse can do keys can, so that each control
 * is come to by Tab, seen to be, and named in the palette; and a telephone is wide enough. The tests say where not.
 */
import type { Page } from '@playwright/test';
import { faultsOf } from './world/axe';
import { openReviewOf } from './world/conditions';
import { everyPage, SIGN_IN } from './world/every-page';
import { press } from './world/hands';
import { unnamed } from './world/named';
import { routeOf } from './world/routes';
import { walk } from './world/tab-walk';
import { expect, test } from './world/test';

/** What of `page` keys do not do. */
async function keylessOf(page: Page, where: string, within?: string): Promise<string[]> {
  const { missed, unseen, mouseOnly } = await walk(page, within);
  return [
    ...missed.map((one) => `${where}: Tab does not come to ${one}`),
    ...unseen.map((one) => `${where}: the focus is not seen on ${one}`),
    ...mouseOnly.map((one) => `${where}: a mouse alone presses ${one}`),
  ];
}

/** Buttons that open something: they say so by their name, or by their role. */
const OPENS = /…$|^(Add|Create|Register) |^(New password|Remove|Revoke|Rename|Delete)$/;
const OVERLAY = '[role="dialog"], [role="menu"]';

/** What opens over `page` and is not in `seen`: it is opened, looked at and closed, which gives the focus back. */
async function overlayFaultsOf(page: Page, path: string, seen: Set<string>): Promise<string[]> {
  const faults: string[] = [];
  const buttons = await page
    .locator('main, header')
    .getByRole('button', { disabled: false })
    .evaluateAll((all) =>
      all.map((one) => {
        const shown = one.cloneNode(true) as Element;
        for (const hidden of shown.querySelectorAll('[aria-hidden="true"]')) hidden.remove();
        return {
          name: (one.getAttribute('aria-label') ?? shown.textContent).trim(),
          // Arrows go through the entries of a menu, and of the palette.
          isMenu: one.matches('[aria-haspopup], [aria-keyshortcuts~="Control+K"]'),
        };
      }),
    );
  for (const { name, isMenu } of buttons) {
    const id = isMenu ? name : `${routeOf(path) ?? path} ${name}`;
    if (seen.has(id) || !(isMenu || OPENS.test(name))) continue;
    seen.add(id);
    const opener = page.getByRole('button', { name, exact: true }).first();
    await press(opener);
    const overlay = page.locator(OVERLAY).last();
    await expect(overlay, `what "${name}" opens on ${path}`).toBeVisible();
    faults.push(...(await faultsOf(page, `"${name}" on ${path}`, OVERLAY)));
    if (!isMenu) faults.push(...(await keylessOf(page, `"${name}" on ${path}`, OVERLAY)));
    await page.keyboard.press('Escape');
    await expect(overlay).toBeHidden();
    await expect(opener, `"${name}" on ${path} has the focus again`).toBeFocused();
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
  test(`axe finds nothing on any page, keys do all of it, and it fits a telephone, part ${half + 1} of ${HALVES}`, async ({
    place,
    newDevice,
    pageOf,
  }) => {
    // As many pages as there are, one after the other: as long as that takes.
    test.setTimeout(600_000);
    const targets = await everyPage(place, newDevice);
    const page = await pageOf(await place.person('owner'));
    const faults: string[] = [];
    const seen = new Set<string>();
    for (const { path, shows } of targets.filter((_, at) => at % HALVES === half)) {
      await page.goto(path);
      await expect(page.locator('body')).toContainText(shows);
      faults.push(...(await faultsOf(page, path)), ...(await overflowOf(page, path)));
      faults.push(...(await keylessOf(page, path)));
      if ((await page.getByRole('main').getByRole('button').count()) > 0)
        faults.push(...(await unnamed(page)).map((one) => `${path}: the palette does not name ${one}`));
      faults.push(...(await overlayFaultsOf(page, path, seen)));
    }
    expect(faults).toEqual([]);
  });
}

test('axe finds nothing on the page before all others', async ({ newPage }) => {
  const page = await newPage();
  await page.goto(SIGN_IN.path);
  await expect(page.locator('body')).toContainText(SIGN_IN.shows);
  expect([...(await faultsOf(page, SIGN_IN.path)), ...(await keylessOf(page, SIGN_IN.path))]).toEqual([]);
});

test('axe finds nothing in what lies over a page', async ({ place, newDevice, pageOf }) => {
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
  await page.keyboard.press('c');
  await expect(page.getByRole('button', { name: 'Release' })).toBeVisible();
  faults.push(...(await overlayFaultsOf(page, `/reviews/${review.id}`, new Set())));

  await page.goto('/events');
  await press(page.getByRole('table', { name: 'Events' }).getByRole('button').first());
  await expect(dialog).toBeVisible();
  faults.push(
    ...(await faultsOf(page, 'an event', OVERLAY)),
    ...(await keylessOf(page, 'an event', OVERLAY)),
  );
  expect(faults).toEqual([]);
});
