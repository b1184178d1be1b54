/** People come, change their role and go; tokens are made, used and ended; everyone changes their own password. */
import { Api } from './world/api';
import { choose, press, tick, write } from './world/hands';
import { signIn, expect, test } from './world/test';

test('an administrator adds a person, changes the role and removes them again', async ({
  place,
  pageOf,
  newPage,
  installation,
}) => {
  const page = await pageOf(await place.person('admin'));
  const email = `ines-${place.orgId.slice(0, 8)}@example.test`;
  const row = page.getByRole('row').filter({ hasText: email });

  const password = await test.step('add', async () => {
    await page.goto('/settings');
    await press(page.getByRole('button', { name: 'Add member' }));
    const dialog = page.getByRole('dialog', { name: /^Add a member/ });
    await choose(dialog.getByLabel('Role'), 'viewer');
    const address = dialog.getByLabel('E-mail address');
    await write(address, 'ines');
    await address.press('Enter');
    await expect(address).toHaveAccessibleDescription(/not an e-mail address/);
    await write(address, email);
    await expect(address).not.toHaveAttribute('aria-invalid');
    await address.press('Enter');
    const once = page.getByRole('dialog', { name: `Password of ${email}` });
    const text = (await once.locator('pre').textContent()) ?? '';
    await expect(once.getByRole('button', { name: 'Close' })).toBeDisabled();
    await page.keyboard.press('Escape');
    await expect(once).toBeVisible();
    await tick(once.getByLabel('I have stored the password'));
    await press(once.getByRole('button', { name: 'Close' }));
    await expect(row).toContainText('never');
    return text.trim();
  });

  const theirs = await newPage();
  await test.step('the person signs in and may see, not administer', async () => {
    await signIn(theirs.context(), installation.url, { email, password });
    await theirs.goto('/settings');
    await expect(theirs.getByText('Needs ORG_CAN_ADMIN').first()).toBeVisible();
    await expect(theirs.getByRole('button', { name: 'Add member' })).toHaveAttribute('aria-disabled', 'true');
  });

  await test.step('they change their own password', async () => {
    await write(theirs.getByLabel('Present password'), 'not this one');
    await write(theirs.getByLabel('New password', { exact: true }), 'a longer one of mine');
    await press(theirs.getByRole('button', { name: 'Change password' }));
    await expect(
      theirs.getByRole('alert').filter({ hasText: 'The present password is not right' }),
    ).toBeVisible();
    await write(theirs.getByLabel('Present password'), password);
    await press(theirs.getByRole('button', { name: 'Change password' }));
    await expect(theirs.getByText('Password changed')).toBeVisible();
    const again = await newPage();
    await signIn(again.context(), installation.url, { email, password: 'a longer one of mine' });
  });

  await test.step('a new password, in the place of one that is forgotten', async () => {
    await press(row.getByRole('button', { name: 'New password' }));
    await press(page.getByRole('dialog').getByRole('button', { name: 'Make a new password' }));
    const once = page.getByRole('dialog', { name: `New password of ${email}` });
    const fresh = ((await once.locator('pre').textContent()) ?? '').trim();
    await tick(once.getByLabel('I have stored the password'));
    await press(once.getByRole('button', { name: 'Close' }));
    const again = await newPage();
    await signIn(again.context(), installation.url, { email, password: fresh });
  });

  await test.step('another role, then out', async () => {
    await press(row.getByRole('button', { name: 'Role…' }));
    const roles = page.getByRole('dialog', { name: `Change the role of ${email}?` });
    await choose(roles.getByLabel('Role'), 'operator');
    await press(roles.getByRole('button', { name: 'Make operator' }));
    await expect(page.getByText(`${email} is operator now`)).toBeVisible();
    await press(row.getByRole('button', { name: 'Remove' }));
    const dialog = page.getByRole('dialog', { name: `Remove ${email}?` });
    await press(dialog.getByRole('button', { name: 'Remove from the organisation' }));
    await expect(row).toHaveCount(0);
    await theirs.goto('/lineages');
    await expect(theirs).toHaveURL(/sign-in/);
  });
});

test('a token is shown once, works, and is refused once it is revoked', async ({
  place,
  pageOf,
  installation,
}) => {
  const page = await pageOf(await place.person('operator'));
  await page.goto('/settings');
  await press(page.getByRole('button', { name: 'Create token' }));
  const dialog = page.getByRole('dialog', { name: 'Create an API token' });
  await write(dialog.getByLabel('What it is for'), 'nightly report');
  await tick(dialog.getByLabel('PROJECT_CAN_MANAGE_DEVICES'), false);
  await press(dialog.getByRole('button', { name: 'Create token' }));
  const once = page.getByRole('dialog', { name: 'Your new API token' });
  const token = ((await once.locator('pre').textContent()) ?? '').trim();
  await tick(once.getByLabel('I have stored the token'));
  await press(once.getByRole('button', { name: 'Close' }));

  const api = new Api(installation.url, token);
  expect(await api.data<{ name: string }[]>('GET', '/projects')).toMatchObject([{ name: 'Plant' }]);
  const fleet = await api.call('POST', `/projects/${place.project.id}/fleets`, { name: 'x' });
  expect(fleet.status).toBe(403);

  const row = page.getByRole('row').filter({ hasText: 'nightly report' });
  await press(row.getByRole('button', { name: 'Revoke' }));
  await press(page.getByRole('button', { name: 'Revoke token' }));
  await expect(row).toContainText('revoked');
  expect((await api.call('GET', '/projects')).status).toBe(401);
});

test('what is kept for how long, and when the rest was taken away last, is told', async ({
  place,
  pageOf,
}) => {
  await place.data('PATCH', 'edge/policy', { tombstone_retention_days: 60 });
  await place.data('PATCH', `fleets/${place.fleet.id}/edge/policy`, { tombstone_retention_days: 7 });
  const page = await pageOf(await place.person('viewer'));
  await page.goto('/settings');
  const retention = page.getByRole('region', { name: 'Retention' });
  const tombstones = retention.getByRole('row', { name: /Tombstones of deleted keys/ });
  await expect(tombstones).toContainText('60 days');
  await expect(tombstones).toContainText('Pumps 7 days');
  await expect(retention.getByRole('row', { name: /Bulk operations 30 days/ })).toBeVisible();
  await expect(retention.getByRole('row', { name: /Events for ever/ })).toBeVisible();
  await expect(retention.getByText(/^Last round/)).toBeVisible();
  await expect(retention.getByRole('row', { name: /Batch ledger 30 days/ })).toBeVisible();
  await press(tombstones.getByRole('link', { name: 'Pumps' }));
  await expect(page).toHaveURL(`/policy?fleet=${place.fleet.id}`);
  await expect(page.getByLabel('Keep tombstones, days', { exact: true })).toHaveValue('7');
});

test('an administrator sees whether single sign-on is set up; others see why they do not', async ({
  place,
  pageOf,
}) => {
  const admins = await pageOf(await place.person('admin'));
  await admins.goto('/settings');
  const panel = admins.getByRole('region', { name: 'Single sign-on (OIDC)' });
  await expect(panel).toContainText('Not set up');
  await expect(panel).toContainText('TIDEGATE_OIDC_ISSUER');
  const viewers = await pageOf(await place.person('viewer'));
  await viewers.goto('/settings');
  await expect(viewers.getByRole('region', { name: 'Single sign-on (OIDC)' })).toContainText(
    'Needs ORG_CAN_ADMIN',
  );
});
