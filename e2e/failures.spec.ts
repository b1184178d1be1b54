/** Rows that their mirror cannot hold: the breaker opens, the screen says why, and each remedy sends them on. */
import { mirrorOf, openReviewOf, replayed, untilLineage } from './world/conditions';
import { press, tick } from './world/hands';
import { expect, test } from './world/test';

test('five batches with a row that does not fit open the breaker; a remedy and a reset bring everything home', async ({
  place,
  newDevice,
  pageOf,
  sql,
}) => {
  const device = await newDevice();
  device.sql(
    'create table meters (id integer primary key, value integer); insert into meters values (1, 10);',
  );
  device.startAgent();
  const review = await openReviewOf(place, 'meters');
  await place.approve(review.id);
  const name = mirrorOf(await replayed(place, review.lineage_id));
  const mirror = sql(name);
  const ids = async () =>
    (await sql<{ id: number }[]>`select id::int from ${mirror} order by id`).map(({ id }) => id);
  const page = await pageOf(await place.person('operator'));
  await page.goto(`/lineages/${review.lineage_id}`);
  const troubles = page.getByRole('list', { name: 'What holds the rows up' });
  await expect(troubles).toHaveText('Rows flow from the device to the mirror.');

  await test.step('each batch writes its good row and keeps the other', async () => {
    for (const n of [1, 2, 3, 4, 5]) {
      device.sql(`insert into meters values (${100 + n}, 'broken ${n}'), (${200 + n}, ${n});`);
      await expect.poll(ids).toContain(200 + n);
      if (n === 1) await expect(troubles).toContainText('1 batch in a row failed; at 5 the breaker opens.');
    }
  });

  await test.step('the breaker is open, and the device knows', async () => {
    const { lineage } = await untilLineage(place, review.lineage_id, 'the device has acknowledged', (now) =>
      now.lineage.pause_causes.some((c) => c.cause === 'circuit_breaker' && c.acknowledged_at !== null),
    );
    expect(lineage.staged_row_count).toBe(5);
    await expect(troubles.getByRole('listitem').first()).toContainText('Mirror: Breaker open.');
    await expect(page.getByRole('heading', { name: 'Paused for' })).toBeVisible();
    await expect(page.getByRole('heading', { name: '5 failed rows in 1 group' })).toBeVisible();
    device.sql('insert into meters values (300, 30);');
  });

  await test.step('a remedy waits for the reset', async () => {
    await press(page.getByRole('button', { name: 'Write as text beside it' }));
    const dialog = page.getByRole('dialog', { name: 'Write as text beside it?' });
    await expect(dialog).toContainText('The mirror gains a text column beside value.');
    await press(dialog.getByRole('button', { name: 'Send 5 rows on' }));
    await expect(page.getByText('5 rows sent on once the lineage is no longer paused')).toBeVisible();
    expect(await ids()).not.toContain(101);
  });

  await test.step('the reset closes the breaker, and every row arrives', async () => {
    await press(troubles.getByRole('listitem').first().getByRole('button', { name: 'Reset' }));
    const dialog = page.getByRole('dialog', { name: 'Reset materialization?' });
    await press(dialog.getByRole('button', { name: 'Reset and replay' }));
    await expect.poll(ids).toEqual([1, 101, 102, 103, 104, 105, 201, 202, 203, 204, 205, 300]);
    await expect(page.getByRole('heading', { name: 'Not paused' })).toBeVisible();
    await expect(page.getByRole('heading', { name: /failed row/ })).toBeHidden();
    const kept = await sql<{ row: Record<string, unknown> }[]>`
      select to_jsonb(m) as row from ${mirror} m where id between 101 and 105 order by id`;
    expect(kept.map(({ row }) => row['value'])).toEqual([null, null, null, null, null]);
    for (const [i, { row }] of kept.entries()) expect(Object.values(row)).toContain(`broken ${i + 1}`);
  });

  await test.step('later rows of the kind need no remedy', async () => {
    device.sql("insert into meters values (106, 'broken 6');");
    await expect.poll(ids).toContain(106);
    await expect(troubles).toHaveText('Rows flow from the device to the mirror.');
  });

  await test.step('deleted by its key with its mirror; the next batch asks anew', async () => {
    await page.keyboard.press('Shift+D');
    const dialog = page.getByRole('dialog', { name: 'Delete this lineage?' });
    await expect(dialog).toContainText('0 staged rows');
    await tick(dialog.getByRole('checkbox', { name: /Also drop the mirror table/ }));
    await press(dialog.getByRole('button', { name: 'Delete lineage and mirror table' }));
    await expect(page).toHaveURL(/\/lineages(\?|$)/);
    await expect(page.getByRole('row', { name: /meters/ })).toHaveCount(0);
    const [table] = await sql<{ there: string | null }[]>`select to_regclass(${name})::text as there`;
    expect(table?.there).toBe(null);
    device.sql('insert into meters values (400, 40);');
    const next = await openReviewOf(place, 'meters');
    expect(next.lineage_id).not.toBe(review.lineage_id);
  });
});
