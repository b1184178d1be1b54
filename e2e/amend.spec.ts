/** An approval that left columns out, completed later: what was kept for one of them is not lost, for others neither. */
import type { DataPoint } from '@/server/contract/telemetry';
import { mirrorOf, openReviewOf, replayed } from './world/conditions';
import { choose, press } from './world/hands';
import { expect, test } from './world/test';

test('an approval is amended: a kept column goes to a data point, an ignored one into the mirror', async ({
  place,
  newDevice,
  pageOf,
  sql,
}) => {
  await place.data('PATCH', 'edge/policy', { allow_auto_create_device_data_points: true });
  const device = await newDevice();
  device.sql(
    `create table boilers (id integer primary key, read_at text, bar real, note text);
     insert into boilers values (1, '2026-05-01T08:00:00Z', 2.5, 'old'), (2, '2026-05-01T09:00:00Z', 3.5, 'old');`,
  );
  device.startAgent();
  const review = await openReviewOf(place, 'boilers');
  const page = await pageOf(await place.person('operator'));
  await page.goto(`/reviews/${review.id}`);

  await test.step('approve without deciding everything', async () => {
    await press(page.getByRole('button', { name: 'Claim' }));
    await choose(page.getByLabel('Action for bar'), 'Defer');
    await choose(page.getByLabel('Action for note'), 'Ignore');
    await expect(page.getByText(/Draft saved/)).toBeVisible();
    await press(page.getByRole('button', { name: /^Approve and replay 2 rows/ }));
    await press(page.getByRole('dialog').getByRole('button', { name: /^Approve/ }));
    await replayed(place, review.lineage_id);
  });
  const lineage = await place.lineage(review.lineage_id);
  const mirror = sql(mirrorOf(lineage));

  await test.step('amend', async () => {
    await press(page.getByRole('button', { name: 'Amend…' }));
    const dialog = page.getByRole('dialog', { name: /Amend the approval of boilers/ });
    const confirm = dialog.getByRole('button', { name: 'Amend approval' });
    await expect(confirm).toBeDisabled();
    await expect(dialog.getByLabel('read_at')).toHaveCount(0);
    // Its device has no data point yet.
    await expect(dialog.locator('option', { hasText: 'Map to data point' }).first()).toBeDisabled();
    await choose(dialog.getByLabel('bar', { exact: true }), 'Create data point and map');
    await choose(dialog.getByLabel('Time of the mapped values'), 'Measured: read_at');
    await choose(dialog.getByLabel('note', { exact: true }), 'Mirror');
    await expect(dialog).toContainText('those that were kept since the approval too');
    await expect(dialog).toContainText('Rows that were kept for a deferred column bring its values');
    await press(confirm);
    await expect(dialog).toBeHidden();
    await expect(page.getByRole('button', { name: 'Amend…' })).toHaveAttribute('aria-disabled', 'true');
  });

  await test.step('what was kept and what comes now arrive', async () => {
    const path = `devices/${lineage.lineage.device_id}/data-points`;
    const point = async () =>
      (await place.data<DataPoint[]>('GET', path)).find((p) => p.name === 'boilers.bar');
    await expect.poll(async () => (await point())?.value_type).toBe('numeric');
    await replayed(place, review.lineage_id);
    const samples = async (): Promise<number[]> =>
      (
        await sql<{ v: number }[]>`
          select value_numeric::float8 as v from tidegate.telemetry_data_point_value
          where data_point_id = ${(await point())?.id ?? ''} order by 1`
      ).map(({ v }) => v);
    await expect.poll(samples).toEqual([2.5, 3.5]);
    device.sql("insert into boilers values (3, '2026-05-01T10:00:00Z', 4.5, 'new');");
    await expect
      .poll(async () => sql`select id::int, note from ${mirror} order by id`)
      .toEqual([
        { id: 1, note: 'old' },
        { id: 2, note: 'old' },
        { id: 3, note: 'new' },
      ]);
    await expect.poll(samples).toEqual([2.5, 3.5, 4.5]);
  });
});
