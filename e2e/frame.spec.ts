/** What is the same on every page: the project that is chosen at the top, and who is signed in. */
import { alive } from './world/conditions';
import { pick, press } from './world/hands';
import { expect, test } from './world/test';

test('another project is chosen at the top and stays, until one signs out', async ({ place, pageOf }) => {
  const owner = await place.person('owner');
  const slug = `zone-${place.orgId.slice(0, 8)}`;
  await owner.api.data('POST', '/projects', { name: 'Zone B', topic_slug: slug });
  await place.register('pump-of-plant');
  const page = await pageOf(owner);
  const rail = page.getByRole('navigation', { name: 'Main' });
  await page.goto('/devices/fleets');
  await expect(page.getByText('Pumps')).toBeVisible();
  await rail.getByRole('link', { name: 'Devices' }).click();
  await expect(page.getByRole('link', { name: 'pump-of-plant' })).toBeVisible();

  await pick(
    page.getByRole('button', { name: 'Plant', exact: true }),
    page.getByRole('menuitem', { name: /Zone B/ }),
  );
  await expect(page.getByRole('button', { name: 'Zone B', exact: true })).toBeVisible();
  // What the browser has of the other project's pages is not drawn.
  await rail.getByRole('link', { name: 'Devices' }).click();
  await expect(page.getByText('No device is registered.')).toBeVisible();
  await expect(page.getByRole('link', { name: 'pump-of-plant' })).toHaveCount(0);
  await page.goto('/devices/fleets');
  await expect(page.getByRole('button', { name: 'Zone B', exact: true })).toBeVisible();
  await expect(page.getByText('Pumps')).toHaveCount(0);

  const account = page.getByRole('button', { name: `Account of ${owner.email}` });
  await pick(account, page.getByRole('menuitem', { name: 'Sign out' }));
  await expect(page).toHaveURL(/\/sign-in/);
  await page.goto('/devices/fleets');
  await expect(page).toHaveURL(/\/sign-in/);
});

test('a page that is opened again is there without the server, and shows what has changed meanwhile', async ({
  place,
  newDevice,
  pageOf,
}) => {
  const first = await newDevice();
  const page = await pageOf(await place.person('viewer'));
  // No event tells of the change.
  await page.route(/\/events\/stream/, (route) => route.abort());
  let asked = 0;
  page.on('request', (request) => {
    const { pathname, searchParams } = new URL(request.url());
    const isAhead = Object.keys(request.headers()).some((name) => /^next-router-.*prefetch$/.test(name));
    if (pathname === '/devices' && searchParams.has('_rsc') && !isAhead) asked += 1;
  });
  const go = (name: string) =>
    page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name, exact: true }).click();
  const rowOf = (name: string) => page.getByRole('table', { name: 'Devices' }).getByRole('link', { name });

  await page.goto('/policy');
  await go('Devices');
  await expect(rowOf(first.name)).toBeVisible();
  expect(asked).toBe(1);
  await go('Policy');
  await expect(page.getByRole('heading', { level: 1, name: 'Policy' })).toBeVisible();
  const second = await newDevice('pump-02');
  await go('Devices');
  await expect(rowOf(second.name)).toBeVisible();
  await expect(rowOf(first.name)).toBeVisible();
  expect(asked).toBe(1);
});

test('a long list fetches nothing that nobody opens, and is back where it was scrolled to', async ({
  place,
  pageOf,
}) => {
  const names = Array.from({ length: 14 }, (_, i) => `valve-${String(i).padStart(2, '0')}`);
  for (const name of names) await place.register(name);
  // A window of five rows: the others are drawn behind them.
  const page = await pageOf(await place.person('viewer'), { viewport: { width: 1280, height: 320 } });
  const rows = page.getByRole('table', { name: 'Devices' }).locator('[data-row-link]');
  await page.goto('/policy');
  const asked: string[] = [];
  page.on('request', (request) => {
    const { pathname, searchParams } = new URL(request.url());
    if (!searchParams.has('_rsc')) return;
    searchParams.delete('_rsc');
    asked.push([pathname, ...searchParams.keys()].join(' '));
  });

  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Devices' }).click();
  await expect(rows).toHaveCount(names.length);
  await rows.last().scrollIntoViewIfNeeded();
  const at = await page.evaluate(() => window.scrollY);
  expect(at).toBeGreaterThan(0);
  const opened = (await rows.last().getAttribute('href')) ?? '';
  await rows.last().click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('valve-');
  await page.goBack();
  await expect(rows).toHaveCount(names.length);
  await expect.poll(() => page.evaluate(() => window.scrollY)).toBe(at);
  const isOfRail = (path: string) => /^\/\w*$/.test(path);
  expect(asked.filter((path) => !isOfRail(path))).toEqual([opened]);
});

test('the theme that one has switched to stays, on every page and after a reload', async ({
  place,
  pageOf,
}) => {
  const page = await pageOf(await place.person('viewer'), { colorScheme: 'light' });
  const isShown = async (scheme: 'light' | 'dark') => {
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', scheme);
    await expect(page.locator('body')).toHaveCSS('color-scheme', scheme);
  };
  await alive(page, () => page.goto('/'));
  await isShown('light');
  await press(page.getByRole('button', { name: 'Switch between light and dark' }));
  await isShown('dark');
  await alive(page, () => page.reload());
  await isShown('dark');
  await page.goto('/devices');
  await isShown('dark');

  // That of the system again, whatever it is.
  const account = page.getByRole('button', { name: /^Account of/ });
  await pick(account, page.getByRole('menuitem', { name: 'Theme of the system' }));
  await isShown('light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await isShown('dark');
  await page.reload();
  await isShown('dark');
});

test('arrows move through a list as j and k do, and the palette opens by Cmd+K as by Ctrl+K', async ({
  place,
  pageOf,
}) => {
  for (const name of ['pump-01', 'pump-02', 'pump-03']) await place.register(name);
  const page = await pageOf(await place.person('viewer'));
  const key = (name: string) => page.keyboard.press(name);
  const isOn = (name: string) => expect(page.getByRole('link', { name, exact: true })).toBeFocused();
  await alive(page, () => page.goto('/devices'));
  await expect(page.getByRole('link', { name: 'pump-03' })).toBeVisible();
  await key('ArrowDown');
  await isOn('pump-01');
  await key('ArrowDown');
  await isOn('pump-02');
  await key('j');
  await isOn('pump-03');
  await key('ArrowUp');
  await isOn('pump-02');

  const palette = page.getByRole('dialog', { name: 'Command palette' });
  for (const shortcut of ['Meta+k', 'Control+k', 'Meta+k']) {
    await key(shortcut);
    await expect(palette).toBeVisible();
    await key('Escape');
    await expect(palette).toBeHidden();
  }
  await isOn('pump-02');
  await key('Meta+k');
  await page.keyboard.type('Events');
  await expect(palette.getByText('Events', { exact: true })).toBeVisible();
  await key('Enter');
  await expect(page).toHaveURL(/\/events$/);
});
