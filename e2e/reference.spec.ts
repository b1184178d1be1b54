/** The API's reference: found from the rail, filtered, and true to what is served. */
import { expect, test } from './world/test';

test('a reader finds an operation, follows its shape, and may call what the example says', async ({
  place,
  pageOf,
  installation,
}) => {
  const { origin } = new URL(installation.url);
  const page = await pageOf(await place.person('viewer'));
  const elsewhere: string[] = [];
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== origin) elsewhere.push(request.url());
  });
  await page.goto('/');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'API reference' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'API reference' })).toBeVisible();

  const list = page.getByRole('navigation', { name: 'Operations' });
  await page.keyboard.press('/');
  await page.keyboard.type('edge/lineages');
  await expect(list.getByRole('link', { name: /The review queue/ })).toHaveCount(0);
  await list.getByRole('link', { name: /The lineages of a project …/ }).click();
  await expect(page).toHaveURL(/\/reference\/getLineages\?q=edge/);
  await expect(page.getByRole('heading', { level: 1, name: 'The lineages of a project' })).toBeVisible();
  await expect(page.getByRole('row', { name: /^pause_cause/ })).toContainText('circuit_breaker');
  await expect(page.getByRole('group', { name: 'Example' })).toContainText('/edge/lineages"');

  await page.getByRole('group', { name: 'Answer' }).getByRole('link', { name: 'Lineage' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Lineage' })).toBeVisible();
  await expect(page.getByRole('row', { name: /^staged_row_count/ })).toBeVisible();

  const served = await page.request.get('/core/api/v1/openapi.json');
  expect(((await served.json()) as { openapi: string }).openapi).toBe('3.1.0');
  expect(elsewhere, 'it works without a network').toEqual([]);
});
