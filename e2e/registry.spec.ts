/** One decision for many devices: who is on which version, what the shared mirror holds, and who is behind. */
import { openReviewOf, untilLineage } from './world/conditions';
import { choose, press } from './world/hands';
import { approveShared, openRegistryReviewOf, setMode } from './world/registry';
import { expect, test } from './world/test';

const COUNTERS = `create table counters (id integer primary key, n integer);
                  insert into counters values (1, 10), (2, 20);`;

test('devices of one shape are decided once, and the matrix tells who is behind a later version', async ({
  place,
  newDevice,
  pageOf,
  sql,
}) => {
  test.setTimeout(150_000);
  await setMode(place, 'project');
  const [first, second] = [await newDevice('pump-01'), await newDevice('pump-02')];
  for (const device of [first, second]) {
    device.sql(COUNTERS);
    device.startAgent();
  }
  const review = await openRegistryReviewOf(place, 'counters', 2);
  const page = await pageOf(await place.person('operator'));

  await test.step('the matrix leads to the review, which says whom it concerns', async () => {
    await page.goto('/');
    await press(page.getByRole('link', { name: 'Registry', exact: true }));
    const row = page.getByRole('table', { name: 'Registry' }).getByRole('row', { name: /counters/ });
    await expect(row).toContainText('2 waiting');
    await page.keyboard.press('j');
    await page.keyboard.press('v');
    await expect(page).toHaveURL(new RegExp(`/reviews/registry/${review.id}$`));
    const concerns = page.getByRole('region', { name: 'Whom it concerns' });
    await expect(concerns).toContainText('Pumps: 2 waiting');
    await expect(page.getByRole('region', { name: '2 devices waiting' })).toContainText('pump-02');
  });

  await test.step('claim, simulate and approve by keys; the replay is seen to its end', async () => {
    await page.keyboard.press('c');
    await expect(page.getByRole('button', { name: 'Release' })).toBeVisible();
    await page.keyboard.press('s');
    await expect(page.getByRole('region', { name: 'Simulation' })).toContainText('would land');
    await page.keyboard.press('a');
    await press(
      page.getByRole('dialog').getByRole('button', { name: 'Approve for 2 devices and replay 4 rows' }),
    );
    await expect(page.getByRole('region', { name: 'Replay' })).toContainText('2 of 2 devices done');
    await press(page.getByRole('link', { name: 'Open registry entry' }));
    await expect(page.getByRole('heading', { level: 1, name: 'counters' })).toBeVisible();
  });

  first.sql("alter table counters add column unit text; insert into counters values (3, 30, 'l');");
  const later = await openRegistryReviewOf(place, 'counters', 1);
  await approveShared(place, later.id);

  await test.step('the device that stayed is behind, and two versions are compared', async () => {
    await page.goto('/registry');
    const row = page.getByRole('table', { name: 'Registry' }).getByRole('row', { name: /counters/ });
    await expect(row).toContainText('1 device behind');
    await press(row.getByRole('link', { name: '1', exact: true }));
    await expect(page).toHaveURL(/on=older/);
    const devices = page.getByRole('table', { name: 'Devices' });
    await expect(devices.getByRole('row', { name: /pump-02/ })).toBeVisible();
    await expect(devices.getByRole('row', { name: /pump-01/ })).toBeHidden();
    const compared = page.getByRole('region', { name: 'Compare versions' });
    await expect(compared.getByRole('status')).toHaveText('1 added');
    await expect(compared.getByRole('row', { name: /unit/ })).toContainText('not there');
    await expect(page.getByRole('list', { name: 'Evolution of the mirror' })).toContainText('added unit');
  });

  await test.step('reconcile finds nothing to do, then mends a device that lost its binding', async () => {
    const dialog = page.getByRole('dialog', { name: 'Reconcile counters?' });
    await press(page.getByRole('button', { name: 'Reconcile…' }));
    await expect(dialog).toContainText('there is nothing to do');
    await expect(dialog.getByRole('button', { name: 'Reconcile' })).toBeDisabled();
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    // As after a restore of a backup that is older than the approval.
    await sql`
      with v as (
        update tidegate.schema_version v set status = 'pending' from tidegate.lineage l
        where l.id = v.lineage_id and l.device_id = ${first.registered.id} and v.registry_entry_id = ${later.registry_id}
        returning v.lineage_id, v.schema_hash)
      delete from tidegate.column_binding b using v where b.lineage_id = v.lineage_id and b.schema_hash = v.schema_hash`;
    await press(page.getByRole('button', { name: 'Reconcile…' }));
    await expect(dialog).toContainText('1 device is bound as this version says.');
    await press(dialog.getByRole('button', { name: 'Reconcile' }));
    await expect(page.getByText('Reconciled: 1 device bound, 0 replays scheduled')).toBeVisible();
    await press(page.getByRole('button', { name: 'Reconcile…' }));
    await expect(dialog).toContainText('there is nothing to do');
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  });

  await test.step('the shared mirror: columns, rows of each device, and of all', async () => {
    await page.keyboard.press('w');
    await expect(page).toHaveURL(/\/registry\/mirrors\//);
    const columns = page.getByRole('table', { name: 'Columns' });
    await expect(columns.getByRole('row', { name: /unit/ })).toContainText('text');
    const devices = page.getByRole('table', { name: 'Devices' });
    const rowsOf = (name: RegExp, rows: string) =>
      devices.getByRole('row', { name }).getByRole('cell', { name: rows, exact: true });
    await expect(rowsOf(/pump-01/, '3')).toBeVisible();
    await expect(rowsOf(/pump-02/, '2')).toBeVisible();
    await press(page.getByRole('button', { name: 'count exactly' }));
    await expect(page.getByText('5 rows, counted')).toBeVisible();
    await page.keyboard.press('w');
    const rows = page.getByRole('table', { name: 'Written rows' });
    await expect(rows.getByRole('row')).toHaveCount(6);
    await expect(rows.getByRole('row', { name: /pump-02/ })).toHaveCount(2);
  });

  await test.step('a lineage leads to its version and to the shared mirror', async () => {
    const lineages = await place.data<{ id: string; device_id: string }[]>('GET', 'edge/lineages');
    const lineage = lineages.find(({ device_id: id }) => id === first.registered.id);
    await page.goto(`/lineages/${lineage?.id ?? ''}`);
    await press(page.getByRole('link', { name: 'shared by devices' }));
    await expect(page).toHaveURL(/\/registry\/mirrors\//);
  });

  await test.step('a viewer sees why nothing can be done', async () => {
    const viewers = await pageOf(await place.person('viewer'));
    await viewers.goto(`/registry/${later.registry_id}`);
    const button = viewers.getByRole('button', { name: 'Reconcile…' });
    await expect(button).toHaveAccessibleDescription(/Needs PROJECT_CAN_MANAGE_DEVICES/);
    await viewers.goto('/registry/consolidation/run?table=counters');
    await expect(viewers.getByText(/Needs PROJECT_CAN_MANAGE_DEVICES/).first()).toBeVisible();
  });
});

test('a device’s review and the registry’s for the same schema: the screens say which, and one closes both', async ({
  place,
  newDevice,
  pageOf,
}) => {
  const own = await newDevice('pump-01');
  own.sql(COUNTERS);
  own.startAgent();
  const device = await openReviewOf(place, 'counters');
  const page = await pageOf(await place.person('operator'));

  await test.step('the policy says what a change of mode concerns before it is saved', async () => {
    // A choice made before the page has come alive would be lost: it has once it follows the events.
    const alive = page.waitForRequest(/\/events\/stream/);
    await page.goto('/policy');
    await alive;
    await choose(page.getByLabel('Schema coalescing'), 'fleet');
    const effect = page.getByRole('status', { name: 'Effect of the mode' }).first();
    await expect(effect).toContainText('1 device and 1 table are concerned');
    await expect(effect).toContainText('1 open review of single devices stays open');
    await press(page.getByRole('button', { name: 'Save 1 change…' }));
    const dialog = page.getByRole('dialog', { name: 'Change the policy?' });
    await expect(dialog).toContainText('1 device and 1 table are concerned');
    await press(dialog.getByRole('button', { name: 'Save 1 change' }));
    await expect(dialog).toBeHidden();
  });

  const other = await newDevice('pump-02');
  other.sql(COUNTERS);
  other.startAgent();
  const shared = await openRegistryReviewOf(place, 'counters', 1);
  expect(shared.scope).toBe('fleet');

  await test.step('list, review and lineage lead to the registry’s', async () => {
    await page.goto('/reviews');
    await expect(page.getByRole('row', { name: /counters.*pump-01/ })).toContainText('Use the registry’s');
    await page.goto(`/lineages/${device.lineage_id}`);
    await expect(page.getByRole('link', { name: 'registry review', exact: true })).toHaveAttribute(
      'href',
      `/reviews/registry/${shared.id}`,
    );
    await page.goto(`/reviews/${device.id}`);
    await expect(page.getByRole('button', { name: /^Approve/ })).toHaveAttribute('aria-disabled', 'true');
    await expect(page.getByRole('link', { name: 'open the registry review' })).toBeVisible();
  });

  await test.step('approving the registry’s closes the other on the screen', async () => {
    const beside = await pageOf(await place.person('operator'));
    await beside.goto(`/reviews/registry/${shared.id}`);
    await beside.keyboard.press('c');
    await expect(beside.getByRole('button', { name: 'Release' })).toBeVisible();
    await beside.keyboard.press('a');
    await press(beside.getByRole('dialog').getByRole('button', { name: /^Approve for/ }));
    await expect(beside.getByRole('region', { name: 'Replay' })).toContainText('2 of 2 devices done');
    await expect(page.getByText('Superseded', { exact: true })).toBeVisible();
    await untilLineage(place, device.lineage_id, 'it flows', ({ lineage }) => lineage.status === 'active');
  });
});
