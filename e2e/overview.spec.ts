/** The overview's numbers: each leads to the list behind it, which has as many. */
import { uuidV7 } from '@/server/lib/uuid';
import { schemaHash, type SchemaColumn } from '@/server/protocol/fingerprint';
import { encodeRowBatch } from '@/server/protocol/row-batch-encode';
import { alive, openReviewOf, replayed, untilLineage } from './world/conditions';
import { press } from './world/hands';
import { connectAs } from './world/mqtt';
import type { Place } from './world/place';
import { expect, test } from './world/test';
import type { WireDevice } from './world/wire';

const COLUMNS: SchemaColumn[] = [
  { name: 'id', decl_type_affinity: 'INTEGER', pk_ordinal: 1, not_null: true },
  { name: 'n', decl_type_affinity: 'INTEGER', pk_ordinal: 0, not_null: false },
];

/** A batch of `counters` whose every `n` is a text, of which none can be written. */
function misfits(rows: number): string {
  return encodeRowBatch({
    batchId: uuidV7(),
    journalEpoch: uuidV7(),
    sourceTable: 'counters',
    schemaHash: schemaHash({ tableName: 'counters', columns: COLUMNS }),
    schemaColumns: COLUMNS,
    rows: Array.from({ length: rows }, (_, i) => ({
      commitSeq: BigInt(i + 1),
      op: 'insert' as const,
      pk: { id: BigInt(i + 100) },
      row: { id: BigInt(i + 100), n: 'full' },
    })),
  });
}

/** An open breaker, full backlogs, reviews, refused batches and silent devices, another number of each. */
async function trouble(place: Place, newWire: (name: string) => Promise<WireDevice>): Promise<void> {
  await place.data('PATCH', 'edge/policy', { max_pending_rows_per_lineage: 3 });
  const device = await newWire('pump-01');
  await device.send('counters', ['id', 'n'], [[1, 10]]);
  const counters = await openReviewOf(place, 'counters');
  await place.approve(counters.id);
  await replayed(place, counters.lineage_id);
  for (const table of ['doors', 'pumps', 'tanks']) await device.send(table, ['id', 'n'], [[1, 10]]);
  for (const table of ['doors', 'pumps'])
    await device.send(
      table,
      ['id', 'n'],
      [
        [2, 10],
        [3, 10],
        [4, 10],
        [5, 10],
      ],
    );
  const raw = await connectAs((await place.register('valve-01')).mqtt);
  for (let batch = 0; batch < 4; batch += 1) await raw.publish('rows/batch', `garbage ${batch}`);
}

test('each number of what needs a person is that of the rows of the list it leads to', async ({
  place,
  newWire,
  pageOf,
  sql,
}) => {
  await trouble(place, newWire);
  for (const name of ['door-01', 'door-02', 'door-03', 'door-04', 'door-05']) await place.register(name);
  await sql`
    update tidegate.device set last_seen_at = now() - interval '20 minutes'
    where project_id = ${place.project.id} and name like 'door-%'`;
  const figures = [
    { name: 'Reviews waiting', list: 'Reviews', number: 3, at: /\/reviews$/ },
    { name: 'Backpressure', list: 'Lineages', number: 2, at: /cause=backpressure/ },
    { name: 'Devices silent', list: 'Devices', number: 5, at: /presence=silent/ },
    { name: 'Rejected batches', list: 'Rejected batches', number: 4, at: /hours=24/ },
    { name: 'Lineages paused', list: 'Lineages', number: 3, at: /status=paused/ },
    { name: 'Devices connected', list: 'Devices', number: 2, at: /presence=connected/ },
  ];
  const page = await pageOf(await place.person('viewer'));
  for (const { name, list, number, at } of figures) {
    await test.step(name, async () => {
      await alive(page, () => page.goto('/'));
      const figure = page.getByRole('main').getByRole('link', { name: new RegExp(`^${name}`) });
      await expect(figure.getByText(String(number), { exact: true })).toBeVisible();
      await press(figure);
      await expect(page).toHaveURL(at);
      await expect(page.getByRole('table', { name: list }).locator('[data-row-link]')).toHaveCount(number);
    });
  }
});

test('an open breaker is counted, and the number leads to it', async ({ place, pageOf }) => {
  const raw = await connectAs((await place.register('pump-01')).mqtt);
  await raw.publish('rows/batch', misfits(8));
  const { id, lineage_id: lineageId } = await openReviewOf(place, 'counters');
  const page = await pageOf(await place.person('viewer'));
  await alive(page, () => page.goto('/'));
  const breakers = page.getByRole('main').getByRole('link', { name: /^Circuit breakers open/ });
  await expect(breakers.getByText('0', { exact: true })).toBeVisible();
  await place.approve(id);
  for (let batch = 0; batch < 8; batch += 1) await raw.publish('rows/batch', misfits(1));
  await untilLineage(place, lineageId, 'the breaker holds it', ({ lineage }) =>
    lineage.pause_causes.some(({ cause }) => cause === 'circuit_breaker'),
  );
  await expect(breakers.getByText('1', { exact: true })).toBeVisible();
  await press(breakers);
  await expect(page).toHaveURL(/cause=circuit_breaker/);
  await expect(page.getByRole('table', { name: 'Lineages' }).locator('[data-row-link]')).toHaveText([
    'counters',
  ]);
});
