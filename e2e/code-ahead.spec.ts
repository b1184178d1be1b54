/** The code of the rail's pages comes ahead: once somebody is there, and without a sign where somebody was before. */
import type { Page } from '@playwright/test';
import { openSettled } from '../scripts/settled.mjs';
import { expect, test } from './world/test';

const countScripts = (page: Page): Promise<number> =>
  page.evaluate(
    () => performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.js')).length,
  );

/** The code of the rail's ten pages is in more files than this. */
const MANY = 12;

test('the code of other pages waits for a sign of somebody, and for none where somebody was before', async ({
  place,
  pageOf,
}) => {
  const page = await pageOf(await place.person('operator'));
  await openSettled(page, '/');
  const looked = await countScripts(page);

  await page.mouse.move(400, 400);
  await expect.poll(() => countScripts(page)).toBeGreaterThan(looked + MANY);

  const tab = await page.context().newPage();
  await tab.goto('/');
  await expect.poll(() => countScripts(tab)).toBeGreaterThan(looked + MANY);
});
