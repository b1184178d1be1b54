/** The flow strip of a lineage in trouble: the first red stage, the words beside it, and the button that mends it. */
import type { Page } from '@playwright/test';
import { uuidV7 } from '@/server/lib/uuid';
import { schemaHash, type SchemaColumn } from '@/server/protocol/fingerprint';
import { encodeRowBatch, type SqlValue } from '@/server/protocol/row-batch-encode';
import { alive, openReviewOf, replayed, untilLineage } from './world/conditions';
import { press, tabTo } from './world/hands';
import { connectAs } from './world/mqtt';
import type { Place } from './world/place';
import { expect, test } from './world/test';

const TABLE = 'levels';
const COLUMNS: SchemaColumn[] = [
  { name: 'id', decl_type_affinity: 'INTEGER', pk_ordinal: 1, not_null: true },
  { name: 'level', decl_type_affinity: 'INTEGER', pk_ordinal: 0, not_null: false },
];
const journalEpoch = uuidV7();

/** A batch of one row; a text level does not fit its column. */
const batch = (seq: number, level: SqlValue, op: 'insert' | 'replace' = 'insert'): string =>
  encodeRowBatch({
    batchId: uuidV7(),
    journalEpoch,
    sourceTable: TABLE,
    schemaHash: schemaHash({ tableName: TABLE, columns: COLUMNS }),
    schemaColumns: COLUMNS,
    rows: [
      { commitSeq: BigInt(seq), op: 'insert', pk: { id: BigInt(seq) }, row: { id: BigInt(seq), level } },
    ],
  }).replace('"op":"insert"', `"op":"${op}"`);

/** A device that sends as it is told, with its table approved. */
async function approved(place: Place) {
  const registered = await place.register('tank-01');
  const raw = await connectAs(registered.mqtt);
  const send = (...args: Parameters<typeof batch>) => raw.publish('rows/batch', batch(...args));
  await send(1, 1n);
  const review = await openReviewOf(place, TABLE);
  await place.approve(review.id);
  await replayed(place, review.lineage_id);
  return { registered, raw, send, lineageId: review.lineage_id };
}

const first = (page: Page) =>
  page.getByRole('list', { name: 'What holds the rows up' }).getByRole('listitem').first();

test('refused batches, failed rows and an open breaker: each is told, mended from the strip, and gone', async ({
  place,
  pageOf,
  sql,
}) => {
  const { registered, send, lineageId } = await approved(place);
  const page = await pageOf(await place.person('operator'));
  await alive(page, () => page.goto(`/lineages/${lineageId}`));
  await expect(first(page)).toHaveText('Rows flow from the device to the mirror.');

  await test.step('each stage says when a row last came to it, and the mirror is counted when asked', async () => {
    const stage = (name: string) =>
      page
        .getByRole('region', { name: 'Way of a row' })
        .getByRole('listitem')
        .filter({ has: page.getByText(name, { exact: true }) });
    for (const name of ['Validate', 'Classify', 'Stage', 'Replay', 'Mirror'])
      await expect(stage(name).locator('time')).toHaveText(/just now|ago/);
    await press(page.getByRole('button', { name: 'count exactly' }));
    await expect(stage('Mirror').getByRole('status')).toHaveText('1rows, counted');
    await expect(page.getByRole('button', { name: 'count again' })).toBeEnabled();
  });

  await test.step('the chart is read by the arrow keys, local time and UTC', async () => {
    const chart = page.getByRole('slider', { name: /^New rows a minute/ });
    await tabTo(chart);
    await page.keyboard.press('Home');
    await expect(chart).toHaveAttribute('aria-valuenow', '0');
    await page.keyboard.press('ArrowRight');
    await expect(chart).toHaveAttribute('aria-valuenow', '1');
    await expect(chart.locator('..')).toContainText(/\d\d:\d\d:\d\d: \S+.*\d\d:\d\d:\d\d UTC/);
    await page.keyboard.press('Tab');
    await expect(chart.locator('..')).not.toContainText('UTC');
  });

  await test.step('refused batches call while they are recent and not in', async () => {
    await send(2, 2n, 'replace');
    await expect(first(page)).toContainText(
      'Validate: 1 batch of this table was refused in the last 24 hours and is not in yet.',
    );
    await first(page).getByRole('link', { name: 'Open rejected batches' }).click();
    await expect(page).toHaveURL(/state=waiting/);
    await expect(page.getByRole('row', { name: /invalid_op/ })).toHaveCount(1);
    await sql`
      update tidegate.rejected_batch set received_at = now() - interval '25 hours' where device_id = ${registered.id}`;
    await page.goBack();
    await expect(first(page)).toHaveText('Rows flow from the device to the mirror.');
  });

  await test.step('rows that fail are red, and a reset tries them again', async () => {
    await send(3, 'full');
    await expect(first(page)).toContainText('Replay: 1 row cannot be written and stays staged.');
    await expect(first(page).getByRole('button', { name: 'Reset' })).toBeVisible();
  });

  await test.step('five in a row open the breaker; the reset closes it', async () => {
    for (const seq of [4, 5, 6, 7]) await send(seq, 'full');
    const breaker = page.getByRole('listitem').filter({ hasText: 'Mirror: Breaker open.' });
    await expect(breaker).toBeVisible();
    await untilLineage(place, lineageId, 'the breaker holds it', ({ lineage }) =>
      lineage.pause_causes.some(({ cause }) => cause === 'circuit_breaker'),
    );
    await breaker.getByRole('button', { name: 'Reset' }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Reset/ })
      .click();
    await expect(breaker).toHaveCount(0);
    await expect(first(page)).toContainText('Replay: 5 rows cannot be written and stay staged.');
  });

  await test.step('once they are discarded nothing is red', async () => {
    await untilLineage(
      place,
      lineageId,
      'the replay is over',
      ({ replay_intent: replay, lineage }) =>
        replay?.status === 'completed' && lineage.staged_row_count === 5,
    );
    await place.data('POST', `edge/lineages/${lineageId}/discard-staged`, { expected_rows: 5 });
    await expect(first(page)).not.toContainText('cannot be written');
  });
});

test('a full backlog, a rejected schema, an operator’s pause and a device that is away', async ({
  place,
  pageOf,
}) => {
  const registered = await place.register('tank-02');
  const raw = await connectAs(registered.mqtt);
  await place.data('PATCH', 'edge/policy', { max_pending_rows_per_lineage: 1 });
  await raw.publish('rows/batch', batch(1, 1n));
  await raw.publish('rows/batch', batch(2, 2n));
  const review = await openReviewOf(place, TABLE);
  const page = await pageOf(await place.person('operator'));
  await alive(page, () => page.goto(`/lineages/${review.lineage_id}`));

  await test.step('a full backlog leads to the review that fills it', async () => {
    await expect(first(page)).toContainText('Stage: Backpressure. 2 rows');
    await first(page)
      .getByRole('link', { name: /review/i })
      .click();
    await expect(page).toHaveURL(`/reviews/${review.id}`);
  });

  await test.step('a rejected schema says how it ends, and leads to its review', async () => {
    await place.data('PATCH', 'edge/policy', { max_pending_rows_per_lineage: null });
    const { action_version } = await place.data<{ action_version: number }>(
      'POST',
      `edge/schema-reviews/${review.id}/claim`,
      { action_version: 1 },
    );
    await place.data('POST', `edge/schema-reviews/${review.id}/reject`, { action_version, reason: 'No.' });
    await page.goto(`/lineages/${review.lineage_id}`);
    await expect(first(page)).toContainText(
      'Classify: This schema was rejected and is still being sent; 2 rows wait.',
    );
    await first(page).getByRole('link', { name: 'Open its reviews' }).click();
    await expect(page.getByRole('row', { name: /levels/ })).toContainText('Rejected');
  });

  await test.step('an operator’s pause is ended from the strip', async () => {
    await place.data('POST', `edge/schema-reviews/${review.id}/reopen`, { action_version: 3 });
    await place.approve(review.id);
    await replayed(place, review.lineage_id);
    await place.data('POST', `edge/lineages/${review.lineage_id}/pause`, { reason: 'maintenance' });
    await page.goto(`/lineages/${review.lineage_id}`);
    await expect(first(page)).toContainText('Stage: Paused: maintenance');
    await first(page).getByRole('button', { name: 'Resume' }).click();
    await expect(first(page)).toHaveText('Rows flow from the device to the mirror.');
  });

  await test.step('a device that is away leads to the device', async () => {
    await raw.end();
    await expect(first(page)).toContainText('Device: The device is not connected.');
    await first(page).getByRole('link', { name: 'Open the device' }).click();
    await expect(page).toHaveURL(`/devices/${registered.id}`);
  });
});
