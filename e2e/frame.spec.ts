/** What is the same on every page: the project that is chosen at the top, and who is signed in. */
import { pick } from './world/hands';
import { expect, test } from './world/test';

test('another project is chosen at the top and stays, until one signs out', async ({ place, pageOf }) => {
  const owner = await place.person('owner');
  const slug = `zone-${place.orgId.slice(0, 8)}`;
  await owner.api.data('POST', '/projects', { name: 'Zone B', topic_slug: slug });
  const page = await pageOf(owner);
  await page.goto('/devices/fleets');
  await expect(page.getByText('Pumps')).toBeVisible();

  await pick(
    page.getByRole('button', { name: 'Plant', exact: true }),
    page.getByRole('menuitem', { name: /Zone B/ }),
  );
  await expect(page.getByRole('button', { name: 'Zone B', exact: true })).toBeVisible();
  await page.goto('/devices/fleets');
  await expect(page.getByRole('button', { name: 'Zone B', exact: true })).toBeVisible();
  await expect(page.getByText('Pumps')).toHaveCount(0);

  const account = page.getByRole('button', { name: `Account of ${owner.email}` });
  await pick(account, page.getByRole('menuitem', { name: 'Sign out' }));
  await expect(page).toHaveURL(/\/sign-in/);
  await page.goto('/devices/fleets');
  await expect(page).toHaveURL(/\/sign-in/);
});
