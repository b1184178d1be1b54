/** Mirrors of single devices are brought into the shared one: tried first, stopped, taken up again, and cleaned up. */
import type { Sql } from 'postgres';
import { openReviewOf, replayed } from './world/conditions';
import { press, tabTo } from './world/hands';
import { setMode } from './world/registry';
import type { Place } from './world/place';
import { expect, test } from './world/test';

/**
 * Holds the device's lineage as a batch of it does, so that the job waits in the middle of its work.
 * `stepWaits` resolves when a step has just begun to: each gives up after seconds and comes again later. `free` waits
 * until whoever wants to stop the job waits too, and then lets the lineage go.
 */
async function holdDevice(sql: Sql, place: Place, name: string) {
  const held = await sql.reserve();
  await held`begin`;
  await held`select from tidegate.lineage l join tidegate.device d on d.id = l.device_id
    where d.project_id = ${place.project.id} and d.name = ${name} for update of l`;
  const [{ pid } = { pid: 0 }] = await held<{ pid: number }[]>`select pg_backend_pid() as pid`;
  const steps = async () =>
    (
      await sql`
        select from pg_stat_activity
        where ${pid} = any(pg_blocking_pids(pid)) and query_start > clock_timestamp() - interval '1 second'`
    ).length;
  const waiting = async () =>
    (
      await sql`
        select from pg_stat_activity step, pg_stat_activity stop
        where ${pid} = any(pg_blocking_pids(step.pid)) and step.pid = any(pg_blocking_pids(stop.pid))`
    ).length;
  return {
    stepWaits: () =>
      expect.poll(steps, { intervals: [50], message: 'a step waits', timeout: 60_000 }).toBeGreaterThan(0),
    free: async () => {
      await expect.poll(waiting, { message: 'the stop waits for the step under way' }).toBe(1);
      await held`rollback`;
      held.release();
    },
  };
}

test('two devices’ own mirrors become one, and the old tables go by hand', async ({
  place,
  newDevice,
  pageOf,
  sql,
}) => {
  test.setTimeout(120_000);
  const tables: string[] = [];
  for (const name of ['pump-01', 'pump-02']) {
    const device = await newDevice(name);
    device.sql(
      'create table levels (id integer primary key, m real); insert into levels values (1, 0.5), (2, 1.5);',
    );
    device.startAgent();
    const review = await openReviewOf(place, 'levels');
    await place.approve(review.id);
    const { mirror } = await replayed(place, review.lineage_id);
    tables.push(mirror?.mirror_table_name ?? '');
  }
  const page = await pageOf(await place.person('operator'));

  await test.step('without a shared mode there is nothing to bring together, and the page says why', async () => {
    await page.goto('/registry/consolidation');
    await expect(page.getByText('The mode of this project is none')).toBeVisible();
    await expect(page.getByText('Nothing was consolidated yet.')).toBeVisible();
    await expect(page.getByText('No table has mirrors of single devices')).toBeVisible();
    await expect(page.getByRole('link', { name: 'See the shared mirrors' })).toBeVisible();
    await setMode(place, 'project');
    await expect(page.getByText('1 table can be brought together now.')).toBeVisible();
    await expect(page.getByRole('link', { name: 'Try levels' })).toHaveAttribute(
      'href',
      '/registry/consolidation/run?table=levels',
    );
  });

  await test.step('the dry run has a line for each device', async () => {
    await page.goto('/registry/consolidation');
    await press(page.getByRole('link', { name: 'levels', exact: true }));
    const devices = page.getByRole('table', { name: 'Devices' });
    await expect(devices.getByRole('row')).toHaveCount(3);
    await expect(devices.getByRole('row', { name: /pump-02/ })).toContainText('move');
    await expect(page.getByText('A dry run: 4 rows would move, nothing is changed')).toBeVisible();
  });

  await test.step('stop it in the middle of a device, and go on', async () => {
    const held = await holdDevice(sql, place, 'pump-02');
    await page.keyboard.press('a');
    const dialog = page.getByRole('dialog', { name: 'Consolidate levels?' });
    await expect(dialog).toContainText('4 rows of 2 devices are copied in the background');
    await press(dialog.getByRole('button', { name: 'Consolidate 2 devices' }));
    const progress = page.getByRole('region', { name: 'Progress' });
    await expect(progress).toContainText('1 of 2 devices moved');
    await expect(page.getByText('Running', { exact: true })).toBeVisible();
    const stop = page.getByRole('button', { name: 'Stop' });
    await tabTo(stop);
    await held.stepWaits();
    await stop.press('Enter');
    await held.free();
    await expect(page.getByText('Stopped', { exact: true })).toBeVisible();
    const devices = page.getByRole('table', { name: 'Devices' });
    await expect(devices.getByRole('row', { name: /pump-02/ })).toContainText('Copying');
    await press(page.getByRole('button', { name: 'Go on' }));
    await expect(progress).toContainText('2 of 2 devices moved, 0 left alone, 4 rows');
    await expect(page.getByText('Completed', { exact: true })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Stop' })).toHaveAccessibleDescription('It is over.');
  });

  await test.step('dropping names every table that goes', async () => {
    await press(page.getByRole('button', { name: 'Drop 2 old mirrors…' }));
    const dialog = page.getByRole('dialog', { name: 'Drop 2 old mirror tables?' });
    for (const table of tables) await expect(dialog).toContainText(`tidegate_mirror.${table}`);
    await press(dialog.getByRole('button', { name: 'Drop 2 tables' }));
    await expect(page.getByText('None is left: all were dropped.')).toBeVisible();
    const left = await sql`select from pg_tables where tablename = any(${tables})`;
    expect(left).toHaveLength(0);
  });

  await test.step('the rows are in the shared mirror', async () => {
    await page.goto('/registry/mirrors');
    await press(page.getByRole('link', { name: 'levels', exact: true }));
    await expect(page.getByRole('table', { name: 'Devices' }).getByRole('row')).toHaveCount(3);
  });
});
