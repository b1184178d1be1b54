/** Data points: made, mapped by an approval, their newest values and how good they are, at the device and the lineage. */
import type { SchemaReview } from '@/server/contract/governance';
import { uuidV7 } from '@/server/lib/uuid';
import { schemaHash, type SchemaColumn } from '@/server/protocol/fingerprint';
import { encodeTelemetryBatch } from '@/server/protocol/telemetry-batch-encode';
import { alive, openReviewOf, replayed } from './world/conditions';
import { press, write } from './world/hands';
import { connectAs } from './world/mqtt';
import { expect, test } from './world/test';

const TABLE = 'temps';
const COLUMNS: SchemaColumn[] = [
  { name: 'ts', decl_type_affinity: 'TEXT', pk_ordinal: 0, not_null: true },
  { name: 'value_c', decl_type_affinity: 'REAL', pk_ordinal: 0, not_null: false },
  { name: 'running', decl_type_affinity: 'INTEGER', pk_ordinal: 0, not_null: false },
];

const samples = (seq: number, ts: string, celsius: number): string =>
  encodeTelemetryBatch({
    batchId: uuidV7(),
    batchSeq: BigInt(seq),
    sourceTable: TABLE,
    schemaHash: schemaHash({ tableName: TABLE, columns: COLUMNS }),
    schemaColumns: COLUMNS,
    rows: [{ ts, fields: { value_c: celsius, running: 1n } }],
  });
const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();

test('data points show what fills them, their newest value and whether it is fresh', async ({
  place,
  pageOf,
}) => {
  const registered = await place.register('sensor-01');
  const raw = await connectAs(registered.mqtt);
  await place.data('PATCH', 'edge/policy', { allow_auto_create_device_data_points: true });
  const page = await pageOf(await place.person('operator'));
  const panel = page.getByRole('region', { name: 'Data points' });
  const line = (name: RegExp) => panel.getByRole('row', { name });

  await test.step('an operator makes one for a column to be mapped to', async () => {
    await alive(page, () => page.goto(`/devices/${registered.id}`));
    await expect(panel).toContainText('No data point.');
    await expect(panel.getByRole('link', { name: 'Approvals may make data points' })).toBeVisible();
    await press(panel.getByRole('button', { name: 'Add data point…' }));
    const dialog = page.getByRole('dialog', { name: 'Add a data point' });
    await write(dialog.getByLabel('Name of the data point'), 'Room temperature');
    await write(dialog.getByLabel('Unit, if it has one'), '°C');
    await press(dialog.getByRole('button', { name: 'Add data point' }));
    await expect(line(/Room temperature/)).toContainText('Not mapped');
    await expect(line(/Room temperature/)).toContainText('none yet');
  });

  const [point] = await place.data<{ id: string }[]>('GET', `devices/${registered.id}/data-points`);
  await raw.publish('telemetry/batch', samples(1, minutesAgo(150), 20.5));
  const review = await openReviewOf(place, TABLE);
  const at = `edge/schema-reviews/${review.id}`;
  const { action_version } = await place.data<SchemaReview>('POST', `${at}/claim`, { action_version: 1 });
  await place.data('POST', `${at}/approve`, {
    action_version,
    column_actions: [
      { source_column_name: 'ts', action: 'mirror' },
      { source_column_name: 'value_c', action: 'map', device_data_point_id: point?.id },
      { source_column_name: 'running', action: 'auto_create_and_map' },
    ],
  });
  await replayed(place, review.lineage_id);

  await test.step('mapped: the value, its time, and that it is old', async () => {
    await expect(line(/Room temperature/)).toContainText('20.5 °C');
    await expect(line(/Room temperature/)).toContainText('Old');
    await expect(line(/Room temperature/).getByRole('link', { name: 'temps.value_c' })).toBeVisible();
    await expect(line(/temps\.running.*made by approval/)).toBeVisible();
  });

  await test.step('a new value makes it fresh, without a reload', async () => {
    await raw.publish('telemetry/batch', samples(2, minutesAgo(1), 21.25));
    await expect(line(/Room temperature/)).toContainText('21.25 °C');
    await expect(line(/Room temperature/)).toContainText('Fresh');
  });

  await test.step('a clock that is ahead is told', async () => {
    await raw.publish('telemetry/batch', samples(3, minutesAgo(-60), 22));
    await expect(line(/Room temperature/)).toContainText('Ahead of time');
  });

  await test.step('the lineage shows those that it fills', async () => {
    await place.data('POST', `devices/${registered.id}/data-points`, {
      name: 'Humidity',
      value_type: 'numeric',
    });
    await press(line(/Room temperature/).getByRole('link', { name: 'temps.value_c' }));
    await expect(page).toHaveURL(`/lineages/${review.lineage_id}`);
    await expect(line(/Room temperature/)).toContainText('22 °C');
    await expect(line(/Humidity/)).toHaveCount(0);
  });

  await test.step('who may not read rows sees why there is nothing', async () => {
    const viewers = await pageOf(await place.person('viewer'));
    await viewers.goto(`/devices/${registered.id}`);
    await expect(viewers.getByRole('region', { name: 'Data points' })).toContainText(
      'Needs PROJECT_CAN_READ_ROWS',
    );
  });
});
