/** A row's whole way: from a file that another program writes to a table that others query. */
import { expect, test } from './world/test';
import type { SchemaReview } from '@/server/contract/governance';

const ROWS = 40;
const TABLE = `
  create table readings (id integer primary key, sensor text not null, value real, note text);
  with recursive n(i) as (select 1 union all select i + 1 from n where i < ${ROWS})
  insert into readings select i, 'inlet-' || i, i * 1.5, null from n;`;

/** Milliseconds until `isThere`, asked again and again; the test's own timeout ends it. */
async function msUntil(isThere: () => Promise<boolean>): Promise<number> {
  const startMs = performance.now();
  await expect.poll(isThere, { intervals: [50] }).toBe(true);
  return Math.round(performance.now() - startMs);
}

test('a row travels from the device to Postgres, through an approval in the browser', async ({
  place,
  newDevice,
  newPage,
  sql,
}) => {
  const operator = await place.person('operator');
  const device = await newDevice();
  device.sql(TABLE);
  device.startAgent({});
  const page = await newPage();

  await test.step('sign in, and be where one wanted to be', async () => {
    await page.goto('/reviews');
    await page.getByLabel('E-mail').fill(operator.email);
    await page.getByLabel('Password', { exact: true }).fill(operator.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Reviews' })).toBeVisible();
  });

  await test.step('the review appears by itself, and shows what was received', async () => {
    const line = page.getByRole('row', { name: /readings/ });
    await expect(line).toContainText(device.name);
    await expect(line).toContainText('First schema');
    await expect(line.getByRole('cell', { name: String(ROWS), exact: true })).toBeVisible();
    await line.getByRole('link', { name: 'readings' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'readings' })).toBeVisible();
    const sensor = page.getByRole('row', { name: /^sensor/ });
    await expect(sensor).toContainText(/"inlet-\d+"/);
    await expect(page.getByRole('row', { name: /^note/ })).toContainText('100 % NULL');
  });

  await test.step('claim and simulate', async () => {
    await page.getByRole('button', { name: 'Claim' }).click();
    await expect(page.getByRole('button', { name: 'Release' })).toBeVisible();
    await page.getByRole('button', { name: 'Simulate' }).click();
    await expect(page.getByText(`${ROWS} rows would land`)).toBeVisible();
    await expect(page.getByText(/create table/i)).toBeVisible();
  });

  const [review] = await place.reviews();
  if (review === undefined) throw new Error('the review is gone');
  const mirrorTable = await approveInBrowser(review);
  const mirror = sql(`tidegate_mirror.${mirrorTable}`);

  async function approveInBrowser({ id, lineage_id }: SchemaReview) {
    return test.step('approve; the replay drains what was staged', async () => {
      await page
        .getByRole('group', { name: 'Decision' })
        .getByRole('button', { name: `Approve and replay ${ROWS} rows` })
        .click();
      const dialog = page.getByRole('dialog', { name: /Approve readings/ });
      await expect(dialog).toContainText('4 columns of readings');
      await dialog.getByRole('button', { name: `Approve and replay ${ROWS} rows` }).click();
      const replay = page.getByRole('region', { name: 'Replay' });
      await expect(replay).toContainText('Replayed');
      await expect(replay).toContainText(`${ROWS} of ${ROWS} rows`);
      await page.reload();
      await expect(replay).toContainText(`${ROWS} of ${ROWS} rows`);
      await expect(page.getByRole('link', { name: '0 staged rows' })).toBeVisible();
      expect((await place.review(id)).status).toBe('approved');
      const { mirror: made } = await place.lineage(lineage_id);
      if (made === null) throw new Error('there is no mirror');
      return made.mirror_table_name;
    });
  }

  await test.step('the rows are in the viewer and in Postgres', async () => {
    expect(await sql`select count(*)::int as rows, sum(value) as sum from ${mirror}`).toEqual([
      { rows: ROWS, sum: (1.5 * ROWS * (ROWS + 1)) / 2 },
    ]);
    await page.goto(`/lineages/${review.lineage_id}`);
    await page.getByRole('button', { name: 'Written rows' }).click();
    const rows = page.getByRole('table', { name: 'Written rows' });
    await expect(rows.getByRole('row').filter({ hasText: 'inlet-7' })).toContainText('10.5');
  });

  await test.step('later changes follow by themselves', async () => {
    device.sql("insert into readings values (1000, 'late', 9.25, 'from another program');");
    const inserted = await msUntil(
      async () =>
        (await sql`select 1 from ${mirror} where id = 1000 and note = 'from another program'`).length === 1,
    );
    device.sql('update readings set value = -1 where id = 1000;');
    const updated = await msUntil(
      async () => (await sql`select 1 from ${mirror} where id = 1000 and value = -1`).length === 1,
    );
    device.sql('delete from readings where id = 1000;');
    const deleted = await msUntil(
      async () => (await sql`select 1 from ${mirror} where id = 1000`).length === 0,
    );
    process.stdout.write(
      `from file to mirror: insert ${inserted} ms, update ${updated} ms, delete ${deleted} ms\n`,
    );
  });
});
