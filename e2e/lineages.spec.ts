/** Where the rows of a table are, and what a device sent that could not be taken in. */
import { alive, openReviewOf, replayed, untilLineage } from './world/conditions';
import { pick, press, write } from './world/hands';
import { connectAs } from './world/mqtt';
import { expect, test } from './world/test';
import { uuidV7 } from '@/server/lib/uuid';

test('a lineage tells where its rows are, and an operator holds it and lets it go', async ({
  place,
  newDevice,
  pageOf,
}) => {
  const device = await newDevice();
  device.sql(
    'create table flows (id integer primary key, rate real); insert into flows values (1, 2.5), (2, 3.5);',
  );
  device.startAgent();
  const review = await openReviewOf(place, 'flows');
  const page = await pageOf(await place.person('operator'));

  await page.goto('/lineages');
  const line = page.getByRole('row', { name: /flows/ });
  await expect(line).toContainText(device.name);
  await expect(line).toContainText(/schema review/i);
  await line.getByRole('link', { name: 'flows' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'flows' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Paused for' })).toBeVisible();
  const written = page.getByRole('button', { name: 'Written rows' });
  await expect(written).toHaveAccessibleDescription(/no mirror table yet/);

  await page.getByRole('button', { name: 'Staged rows' }).click();
  const staged = page.getByRole('table', { name: 'Staged rows' });
  await expect(staged.getByRole('row')).toHaveCount(3);
  await expect(staged).toContainText('3.5');
  await place.approve(review.id);
  await replayed(place, review.lineage_id);
  await page.getByRole('radiogroup', { name: 'Which rows' }).getByText('Mirror').click();
  await expect(page).toHaveURL(/source=mirror/);
  const rows = page.getByRole('table', { name: 'Written rows' });
  await expect(rows.getByRole('row').filter({ hasText: '3.5' })).toHaveCount(1);
  await page.reload();
  await expect(rows.getByRole('row').filter({ hasText: '3.5' })).toHaveCount(1);

  await test.step('pause with a reason, which the device hears of', async () => {
    await page.goto(`/lineages/${review.lineage_id}`);
    const more = page.getByRole('button', { name: 'More actions' });
    await pick(more, page.getByRole('menuitem', { name: 'Pause…' }));
    const dialog = page.getByRole('dialog', { name: 'Pause this lineage?' });
    await write(dialog.getByLabel(/^Reason/), 'The pump is being serviced.');
    await press(dialog.getByRole('button', { name: 'Pause and tell the device' }));
    await expect(page.getByText('The pump is being serviced.').first()).toBeVisible();
    await untilLineage(place, review.lineage_id, 'the device has acknowledged', ({ lineage }) =>
      lineage.pause_causes.some(({ acknowledged_at: at }) => at !== null),
    );
    await pick(more, page.getByRole('menuitem', { name: 'Resume' }));
    await expect(page.getByRole('heading', { name: 'Not paused' })).toBeVisible();
  });
});

test('what cannot be taken in is in the inbox, with the offending place, and can be tried again', async ({
  place,
  newDevice,
  pageOf,
}) => {
  const device = await newDevice('meter-07');
  const client = await connectAs(device.registered.mqtt);
  const batch = {
    format_version: 1,
    capture_strategy: 'sqlite_row_batch_v1',
    batch_id: uuidV7(),
    journal_epoch: uuidV7(),
    source_table: 'counters',
    schema_hash: '0'.repeat(64),
    first_commit_seq: 1,
    last_commit_seq: 2,
    rows: [
      { commit_seq: 1, op: 'insert', pk: { id: 1 }, row: { id: 1 } },
      { commit_seq: 2, op: 'replace', pk: { id: 2 }, row: { id: 2 } },
    ],
  };
  await client.publish('rows/batch', 'garbage {');
  await client.publish('rows/batch', JSON.stringify(batch));
  const page = await pageOf(await place.person('operator'));

  await page.goto('/rejected');
  await expect(page.getByRole('row', { name: /invalid_json/ })).toContainText('meter-07');
  await page
    .getByRole('row', { name: /invalid_op/ })
    .getByRole('link')
    .click();
  await expect(page.getByRole('heading', { level: 1, name: 'invalid_op' })).toBeVisible();
  const meaning = page.getByRole('region', { name: 'What it means' });
  await expect(meaning).toContainText('Fix:');
  await expect(page.getByText('rows[1].op').first()).toBeVisible();
  await expect(page.getByRole('region', { name: 'Payload', exact: true }).locator('mark')).toHaveText(
    '"replace"',
  );
  await page.getByRole('button', { name: 'Retry' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Rejected again' })).toBeVisible();
  await page.goto('/rejected?view=all');
  await expect(page.getByRole('row', { name: /invalid_op/ })).toContainText('Rejected again');
  expect(await place.reviews()).toEqual([]);
});

test('what somebody else deletes under an open page does not look alive', async ({
  place,
  newDevice,
  pageOf,
}) => {
  const device = await newDevice();
  device.sql('create table tanks (id integer primary key); insert into tanks values (1), (2);');
  device.startAgent();
  const { lineage_id: id } = await openReviewOf(place, 'tanks');
  await untilLineage(place, id, 'two rows wait', (l) => l.lineage.staged_row_count === 2);
  const page = await pageOf(await place.person('viewer'));
  await alive(page, () => page.goto(`/lineages/${id}`));
  const banner = page.getByRole('status').filter({ hasText: 'could not be read and is as it was' });
  await expect(page.getByRole('heading', { level: 1, name: 'tanks' })).toBeVisible();
  await expect(banner).toBeHidden();

  await device.stopAgent();
  const operator = await place.person('operator');
  const path = `/projects/${place.project.id}/edge/lineages/${id}`;
  await operator.api.data('DELETE', `${path}?expected_staged_rows=2`);
  await expect(banner).toContainText(/no lineage/i);
  // It is told of what is on the page alone.
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { level: 1, name: 'Lineages' })).toBeVisible();
  await expect(banner).toBeHidden();
});
