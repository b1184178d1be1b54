/** The inbox of rejected batches: every filter, the groups, the export, and retries that land once the cause is gone. */
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { uuidV7 } from '@/server/lib/uuid';
import type { SchemaColumn } from '@/server/protocol/fingerprint';
import { schemaHash } from '@/server/protocol/fingerprint';
import { encodeRowBatch } from '@/server/protocol/row-batch-encode';
import { encodeTelemetryBatch } from '@/server/protocol/telemetry-batch-encode';
import { alive, mirrorOf, openReviewOf, replayed, untilLineage } from './world/conditions';
import { choose, press, turnTo } from './world/hands';
import { connectAs, type RawDevice } from './world/mqtt';
import type { Place } from './world/place';
import { expect, test } from './world/test';

const TABLE = 'flows';
const COLUMNS: SchemaColumn[] = [
  { name: 'id', decl_type_affinity: 'INTEGER', pk_ordinal: 1, not_null: true },
  { name: 'litres', decl_type_affinity: 'REAL', pk_ordinal: 0, not_null: false },
];
const SCHEMA = {
  sourceTable: TABLE,
  schemaHash: schemaHash({ tableName: TABLE, columns: COLUMNS }),
  schemaColumns: COLUMNS,
};

const samples = (): string =>
  encodeTelemetryBatch({
    ...SCHEMA,
    batchId: uuidV7(),
    batchSeq: 1n,
    rows: [{ ts: '2026-04-28T09:00:00Z', fields: { id: 1n, litres: 1.5 } }],
  });
const journalEpoch = uuidV7();
const row = (id: number): string =>
  encodeRowBatch({
    ...SCHEMA,
    batchId: uuidV7(),
    journalEpoch,
    rows: [
      {
        commitSeq: BigInt(id),
        op: 'insert',
        pk: { id: BigInt(id) },
        row: { id: BigInt(id), litres: id + 0.5 },
      },
    ],
  });

const rejected = async (place: Place) => (await place.data<unknown[]>('GET', 'edge/rejected-batches')).length;

interface Refused {
  one: RawDevice;
  lineageId: string;
  deviceId: string;
}

/** Two devices: garbage from both, and rows of a table that sends telemetry from the first. */
async function refuse(place: Place): Promise<Refused> {
  const first = await place.register('meter-01');
  const one = await connectAs(first.mqtt);
  const two = await connectAs((await place.register('meter-02')).mqtt);
  await one.publish('telemetry/batch', samples());
  const { lineage_id: lineageId } = await openReviewOf(place, TABLE);
  for (const id of [1, 2, 3]) await one.publish('rows/batch', row(id));
  for (const device of [one, two]) await device.publish('rows/batch', 'garbage {');
  await expect.poll(() => rejected(place)).toBe(5);
  return { one, lineageId, deviceId: first.id };
}

const line = (page: Page, name: RegExp) => page.getByRole('row', { name });

test('filters, groups and exports of the inbox', async ({ place, pageOf, sql }) => {
  const { deviceId } = await refuse(place);
  await sql`
    update tidegate.rejected_batch set received_at = now() - interval '3 days'
    where project_id = ${place.project.id} and code = 'invalid_json' and device_id <> ${deviceId}`;
  const page = await pageOf(await place.person('operator'));
  await alive(page, () => page.goto('/rejected'));

  await test.step('one line for each cause, whichever the device', async () => {
    await expect(line(page, /invalid_json/)).toContainText('2 devices');
    await expect(line(page, /unsupported_capture_strategy/)).toContainText('meter-01');
    await expect(page.getByText('5 batches in 2 groups.')).toBeVisible();
  });

  await test.step('by device', async () => {
    await page.keyboard.press('g');
    await expect(page).toHaveURL(/view=device/);
    await expect(line(page, /invalid_json.*meter-02/)).toBeVisible();
    await expect(page.getByText('5 batches in 3 groups.')).toBeVisible();
  });

  await test.step('by outcome, with a key', async () => {
    await page.keyboard.press('f');
    await expect(page).toHaveURL(/state=waiting/);
    await expect(page.getByText('5 batches in 3 groups.')).toBeVisible();
    await page.keyboard.press('f');
    await expect(page).toHaveURL(/state=accepted/);
    await expect(page.getByText('No rejected batch matches these filters.')).toBeVisible();
    await page.keyboard.press('f');
    await expect(page).not.toHaveURL(/state=/);
  });

  await test.step('by code, age and outcome, each in the URL, and away again', async () => {
    await choose(page.getByLabel('Code', { exact: true }), 'invalid_json');
    await expect(line(page, /unsupported_capture_strategy/)).toHaveCount(0);
    await choose(page.getByLabel('Received', { exact: true }), '24');
    await expect(line(page, /invalid_json/)).toHaveCount(1);
    await expect(line(page, /invalid_json/)).toContainText('meter-01');
    await expect(page).toHaveURL(/code=invalid_json.*hours=24|hours=24.*code=invalid_json/);
    await choose(page.getByLabel('Retry', { exact: true }), 'accepted');
    await expect(page.getByText('No rejected batch matches these filters.')).toBeVisible();
    await press(page.getByRole('button', { name: 'Clear filters' }));
    await expect(page.getByText('5 batches in 3 groups.')).toBeVisible();
  });

  await test.step('one cause, one by one', async () => {
    await turnTo(page.getByRole('radio', { name: 'By cause' }));
    await press(line(page, /unsupported_capture_strategy/).getByRole('link'));
    await expect(page).toHaveURL(/view=all&cause=/);
    await expect(page.getByRole('row', { name: /unsupported_capture_strategy/ })).toHaveCount(3);
    await press(page.getByRole('button', { name: /^Cause .*: take this filter away$/ }));
    await expect(page.getByRole('row', { name: /invalid_json/ })).toHaveCount(2);
    await page.goto(`/rejected?view=all&device=${deviceId}`);
    await expect(page.getByRole('row', { name: /invalid_json/ })).toHaveCount(1);
  });

  await test.step('the export has what is filtered, with the payload', async () => {
    await choose(page.getByLabel('Code', { exact: true }), 'invalid_json');
    for (const format of ['CSV', 'JSONL']) {
      const link = page.getByRole('link', { name: `Export ${format}` });
      await expect(link).toHaveAttribute('href', /code=invalid_json/);
      const [download] = await Promise.all([page.waitForEvent('download'), press(link)]);
      const text = await readFile(await download.path(), 'utf8');
      expect(text.match(/garbage \{/g)).toHaveLength(1);
      expect(text).not.toContain('unsupported_capture_strategy');
    }
  });
});

test('once the cause is gone, a retry of one and of a kind lands the rows', async ({
  place,
  pageOf,
  sql,
}) => {
  const { lineageId } = await refuse(place);
  const page = await pageOf(await place.person('operator'));
  const { lineage } = await place.lineage(lineageId);

  await test.step('while it is there, a retry is refused again, and says so', async () => {
    await alive(page, () => page.goto('/rejected?code=unsupported_capture_strategy'));
    await press(page.getByRole('button', { name: 'Retry 3…' }));
    const dialog = page.getByRole('dialog', { name: /^Retry 3 batches refused as/ });
    await press(dialog.getByRole('button', { name: 'Retry 3 batches' }));
    const progress = dialog.getByRole('status');
    await expect(progress).toContainText('3 of 3 tried: 0 accepted, 3 rejected again.');
    await expect(progress).toContainText('The last one that was rejected: the table sends telemetry');
    await press(dialog.getByRole('button', { name: 'Close', exact: true }).last());
  });

  await place.data('DELETE', `edge/lineages/${lineageId}?expected_staged_rows=${lineage.staged_row_count}`);

  await test.step('one', async () => {
    await page.goto('/rejected?view=all&code=unsupported_capture_strategy');
    await press(
      line(page, /unsupported_capture_strategy/)
        .last()
        .getByRole('link')
        .first(),
    );
    await expect(page.getByRole('region', { name: 'Payload', exact: true }).locator('mark')).toHaveText(
      '"sqlite_row_batch_v1"',
    );
    await press(page.getByRole('button', { name: 'Retry' }));
    await expect(page.getByText('Accepted: its rows are in.')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Retry' })).toHaveAccessibleDescription(
      'A retry of this batch was accepted already.',
    );
  });

  const review = await openReviewOf(place, TABLE);
  await test.step('the rest of the kind', async () => {
    await page.goto('/rejected?code=unsupported_capture_strategy');
    await press(page.getByRole('button', { name: 'Retry 2…' }));
    const dialog = page.getByRole('dialog', { name: /^Retry 2 batches/ });
    await press(dialog.getByRole('button', { name: 'Retry 2 batches' }));
    await expect(dialog.getByRole('status')).toContainText('2 of 2 tried: 2 accepted, 0 rejected again.');
    await press(dialog.getByRole('button', { name: 'Close', exact: true }).last());
    await expect(page.getByRole('button', { name: 'Retry 0…' })).toHaveAccessibleDescription(
      'Every batch of this kind is in.',
    );
    await choose(page.getByLabel('Retry', { exact: true }), 'accepted');
    await expect(page.getByText('3 batches in 1 group.')).toBeVisible();
  });

  await untilLineage(place, review.lineage_id, '3 rows wait', (d) => d.lineage.staged_row_count === 3);
  await place.approve(review.id);
  const done = await replayed(place, review.lineage_id);
  const rows = await sql`select id::int, litres from ${sql(mirrorOf(done))} order by id`;
  expect([...rows]).toEqual([1, 2, 3].map((id) => ({ id, litres: id + 0.5 })));
});
