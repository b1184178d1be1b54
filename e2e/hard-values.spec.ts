/** Values that replication usually breaks: each arrives exactly, or is held back with the reason in sight. */
import { schemaHash, type SchemaColumn } from '@/server/protocol/fingerprint';
import { uuidV7 } from '@/server/lib/uuid';
import { mirrorOf, openReviewOf, replayed } from './world/conditions';
import { connectAs } from './world/mqtt';
import { expect, test } from './world/test';

const WEIRD = 'weird "table" name; drop';
const QUOTED = `"${WEIRD.replaceAll('"', '""')}"`;
const DIGITS_40 = '1234567890123456789012345678901234567890';

const SCRIPT = `
  create table ${QUOTED} (a text, n integer, big integer, dec numeric, txt text, data blob, primary key (a, n));
  insert into ${QUOTED} values ('k', 1, 9007199254740993, ${DIGITS_40}, '👩‍🚒 naïve “✓”', x'00ff10');
  insert into ${QUOTED} values (null, 2, -9223372036854775808, 0.1, '', x'');
  insert into ${QUOTED} values ('nul', 3, 1, null, 'a' || char(0) || 'b', null);`;

test('what an SQLite file holds arrives exactly, or is staged with the reason', async ({
  place,
  newDevice,
  pageOf,
  sql,
}) => {
  const device = await newDevice();
  device.sql(SCRIPT);
  device.startAgent();
  const review = await openReviewOf(place, WEIRD);
  const page = await pageOf(await place.person('operator'));

  await page.goto(`/reviews/${review.id}`);
  await expect(page.getByRole('heading', { level: 1, name: WEIRD })).toBeVisible();
  await expect(page.getByRole('row', { name: /^big/ })).toContainText('9007199254740993');
  await expect(page.getByRole('row', { name: /^txt/ })).toContainText('👩‍🚒 naïve “✓”');
  await expect(page.getByRole('row', { name: /^txt/ })).toContainText('1 of 3 do not cast');

  await place.approve(review.id);
  const detail = await replayed(place, review.lineage_id);
  const rows = await sql`
    select a, n::int, big::text, dec::text, txt, encode(data, 'hex') as data
    from ${sql(mirrorOf(detail))} order by n`;
  // SQLite itself keeps a literal of 40 digits as the nearest double.
  const asDouble = BigInt(Number(DIGITS_40).toPrecision(17).replace('.', '').replace('e+39', '0'.repeat(23)));
  expect([...rows]).toEqual([
    {
      a: 'k',
      n: 1,
      big: '9007199254740993',
      dec: asDouble.toString(),
      txt: '👩‍🚒 naïve “✓”',
      data: '00ff10',
    },
    { a: null, n: 2, big: '-9223372036854775808', dec: '0.1', txt: '', data: '' },
  ]);

  await page.goto(`/lineages/${review.lineage_id}/rows?source=mirror`);
  const written = page.getByRole('table', { name: 'Written rows' });
  await expect(written).toContainText('9007199254740993');
  await expect(written).toContainText('-9223372036854775808');
  await expect(written).toContainText(asDouble.toString());
  await expect(written).toContainText('👩‍🚒 naïve “✓”');
  await page.getByRole('radiogroup', { name: 'Which rows' }).getByText('Staged').click();
  const staged = page.getByRole('table', { name: 'Staged rows' });
  await expect(staged).toContainText('U+0000 at position 2');
});

test('a JSON number of any length arrives with every digit', async ({ place, newDevice, pageOf, sql }) => {
  const amount = `${DIGITS_40}.12345678901234567890`;
  const device = await newDevice('meter-01');
  const client = await connectAs(device.registered.mqtt);
  const columns: SchemaColumn[] = [
    { name: 'id', decl_type_affinity: 'INTEGER', pk_ordinal: 1, not_null: false },
    { name: 'amount', decl_type_affinity: 'NUMERIC', pk_ordinal: 0, not_null: false },
    { name: 'note', decl_type_affinity: 'TEXT', pk_ordinal: 0, not_null: false },
  ];
  const schema_columns = JSON.stringify({ table_name: 'ledger', columns });
  // Put together as text: JSON.stringify has no number of 60 digits.
  await client.publish(
    'rows/batch',
    `{"format_version":1,"capture_strategy":"sqlite_row_batch_v1","batch_id":"${uuidV7()}",
      "journal_epoch":"${uuidV7()}","source_table":"ledger",
      "schema_hash":"${schemaHash({ tableName: 'ledger', columns })}","schema_columns":${schema_columns},
      "first_commit_seq":1,"last_commit_seq":2,"rows":[
        {"commit_seq":1,"op":"insert","pk":{"id":9007199254740993},
         "row":{"id":9007199254740993,"amount":${amount},"note":"caf\\u00e9 \\ud83d\\ude00"}},
        {"commit_seq":2,"op":"insert","pk":{"id":2},"row":{"id":2,"amount":1,"note":"a\\u0000b"}}]}`,
  );
  const review = await openReviewOf(place, 'ledger');
  await place.approve(review.id);
  const detail = await replayed(place, review.lineage_id);
  const rows = await sql`select id::text, amount::text, note from ${sql(mirrorOf(detail))}`;
  expect([...rows]).toEqual([{ id: '9007199254740993', amount, note: 'café 😀' }]);
  expect(detail.lineage.staged_row_count).toBe(1);

  const page = await pageOf(await place.person('operator'));
  await page.goto(`/lineages/${review.lineage_id}/rows?source=mirror`);
  const written = page.getByRole('table', { name: 'Written rows' });
  await expect(written).toContainText('9007199254740993');
  await written.getByRole('row').filter({ hasText: '9007199254740993' }).click();
  await expect(page.getByRole('complementary', { name: 'Written row' })).toContainText(amount);
});
