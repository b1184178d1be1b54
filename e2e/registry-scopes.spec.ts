/** The mode of a project and of one of its fleets: what a change says before it is saved, and what it then does. */
import type { Page } from '@playwright/test';
import type { Fleet } from '@/server/contract/fleet';
import type { RegistryReview } from '@/server/contract/registry';
import { alive, openReviewOf } from './world/conditions';
import { choose, press } from './world/hands';
import { approveShared, openRegistryReviewOf } from './world/registry';
import { expect, test } from './world/test';

const effectOf = (page: Page) => page.getByRole('status', { name: 'Effect of the mode' }).first();
const rowsOf = (page: Page, table: string) => page.getByRole('table', { name: table }).locator('tbody tr');

async function saveMode(page: Page): Promise<void> {
  await press(page.getByRole('button', { name: 'Save 1 change…' }));
  const dialog = page.getByRole('dialog', { name: 'Change the policy?' });
  await press(dialog.getByRole('button', { name: 'Save 1 change' }));
  await expect(dialog).toBeHidden();
}

test('project and fleet decide side by side, and each list tells them apart', async ({
  place,
  newWire,
  pageOf,
}) => {
  test.setTimeout(150_000);
  const mixers = await place.data<Fleet>('POST', 'fleets', { name: 'Mixers' });
  const [pump, mixer] = [await newWire('pump-01'), await newWire('mixer-01', mixers.id)];
  await pump.send('levels', ['id', 'level'], [[1, 5]]);
  const own = await openReviewOf(place, 'levels');
  await place.approve(own.id);
  const page = await pageOf(await place.person('operator'));

  await test.step('from none to project: the approved mirror stays, and says so', async () => {
    await alive(page, () => page.goto('/policy'));
    await choose(page.getByLabel('Schema coalescing'), 'project');
    await expect(effectOf(page)).toContainText('2 devices and 1 table are concerned');
    await expect(effectOf(page)).toContainText('1 mirror of single devices stays until consolidated');
    await saveMode(page);
    await expect(page.getByText('Set for the project', { exact: true })).toBeVisible();
  });

  await test.step('a fleet with a mode of its own; the project’s next change leaves it out', async () => {
    await choose(page.getByLabel('Whose policy'), 'Fleet Mixers');
    await expect(page.getByRole('region', { name: 'Policy of the fleet' })).toBeVisible();
    await choose(page.getByLabel('Schema coalescing'), 'fleet');
    await expect(effectOf(page)).toContainText('1 device and 0 tables are concerned');
    await saveMode(page);
    await expect(page.getByText('Set for this fleet', { exact: true })).toBeVisible();
    await choose(page.getByLabel('Whose policy'), 'Project Plant');
    await choose(page.getByLabel('Schema coalescing'), 'none');
    await expect(effectOf(page)).toContainText('Fleet Mixers keeps its own mode, fleet.');
    await expect(effectOf(page)).toContainText('1 device and 1 table are concerned');
    await press(page.getByRole('button', { name: 'Undo' }));
  });

  for (const device of [pump, mixer]) await device.send('doors', ['id', 'open'], [[1, 0]]);
  await expect
    .poll(async () => {
      const open = await place.data<RegistryReview[]>('GET', 'edge/registry-reviews?status=open');
      return open.map(({ scope_name }) => scope_name).sort();
    })
    .toEqual(['Mixers', 'Plant']);

  await test.step('the matrix has a row for each, and one fleet’s alone', async () => {
    await alive(page, () => page.goto('/registry'));
    await expect(rowsOf(page, 'Registry')).toHaveCount(2);
    await choose(page.getByLabel('Scope', { exact: true }), 'Fleet Mixers');
    await expect(page).toHaveURL(new RegExp(`fleet=${mixers.id}`));
    await expect(rowsOf(page, 'Registry')).toHaveCount(1);
    await expect(rowsOf(page, 'Registry')).toContainText('Fleet Mixers');
    await page.reload();
    await expect(rowsOf(page, 'Registry')).toHaveCount(1);
    await choose(page.getByLabel('Scope', { exact: true }), 'Fleet Pumps');
    await expect(page.getByText('No table matches these filters.')).toBeVisible();
    await press(page.getByRole('button', { name: 'Show everything' }));
    await expect(rowsOf(page, 'Registry')).toHaveCount(2);
  });

  await test.step('a fleet’s review says whom it is for, and the queue finds it by its fleet', async () => {
    await alive(page, () => page.goto('/reviews?kind=registry'));
    await expect(rowsOf(page, 'Reviews')).toHaveCount(2);
    await choose(page.getByLabel('Fleet', { exact: true }), 'Mixers');
    await expect(rowsOf(page, 'Reviews')).toHaveCount(1);
    await press(page.getByRole('link', { name: 'doors' }));
    await expect(page.getByRole('link', { name: 'Registry, for the fleet Mixers' })).toBeVisible();
    await expect(page.getByRole('region', { name: 'Whom it concerns' })).toContainText('Mixers: 1 waiting');
  });

  const shared = await place.data<RegistryReview[]>('GET', 'edge/registry-reviews?status=open');
  for (const { id } of shared) await approveShared(place, id);

  await test.step('versions and shared mirrors of one scope', async () => {
    for (const [path, table] of [
      ['/registry/entries', 'Versions'],
      ['/registry/mirrors', 'Shared mirrors'],
    ] as const) {
      await alive(page, () => page.goto(path));
      await expect(rowsOf(page, table)).toHaveCount(2);
      await choose(page.getByLabel('Scope', { exact: true }), 'Project');
      await expect(rowsOf(page, table)).toHaveCount(1);
      await expect(rowsOf(page, table)).toContainText(`edge_mirror_p${place.project.id.slice(0, 8)}_doors`);
      await choose(page.getByLabel('Scope', { exact: true }), 'Fleet Mixers');
      await expect(rowsOf(page, table)).toContainText(`edge_mirror_f${mixers.id.slice(0, 8)}_doors`);
      await press(page.getByRole('button', { name: 'Clear filters' }));
      await expect(rowsOf(page, table)).toHaveCount(2);
    }
  });

  await test.step('the fleet inherits again: what it decided stays, and the next schema is the project’s', async () => {
    await alive(page, () => page.goto(`/policy?fleet=${mixers.id}`));
    await press(page.getByRole('button', { name: 'Inherit' }));
    await expect(page.getByText('Goes back to the inherited value.')).toBeVisible();
    await expect(effectOf(page)).toContainText('What is approved keeps its decision and its mirror');
    await saveMode(page);
    await mixer.send('temps', ['id', 'c'], [[1, 20]]);
    const next = await openRegistryReviewOf(place, 'temps', 1);
    expect(next.scope).toBe('project');
    await alive(page, () => page.goto('/registry'));
    await expect(page.getByRole('row', { name: /doors.*Fleet Mixers/ })).toBeVisible();
    await expect(page.getByRole('row', { name: /temps.*Project/ })).toContainText('1 waiting');
  });

  await test.step('a matrix cell leads to its version, and a device of it to its lineage', async () => {
    const row = page.getByRole('row', { name: /doors.*Fleet Mixers/ });
    await press(row.getByRole('link', { name: /^[0-9a-f]{6}/ }));
    await expect(page.getByRole('heading', { level: 1, name: 'doors' })).toBeVisible();
    await press(page.getByRole('link', { name: 'mixer-01' }));
    await expect(page).toHaveURL(/\/lineages\//);
    await press(page.getByRole('link', { name: 'shared by devices' }));
    await press(page.getByRole('link', { name: '1 version' }));
    await expect(page).toHaveURL(new RegExp(`table=doors&fleet=${mixers.id}`));
    await expect(rowsOf(page, 'Versions')).toHaveCount(1);
  });
});
