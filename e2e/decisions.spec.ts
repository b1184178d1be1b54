/** Decisions other than a plain approval: a rejection and its way back, and a review that changes hands. */
import { mirrorOf, openReviewOf, replayed, untilLineage } from './world/conditions';
import { choose, press, write } from './world/hands';
import { expect, test } from './world/test';

test('a rejected schema holds its own rows back, and nothing else', async ({
  place,
  newDevice,
  pageOf,
  sql,
}) => {
  const device = await newDevice();
  device.sql('create table tanks (id integer primary key, level real); insert into tanks values (1, 0.5);');
  device.startAgent();
  const first = await openReviewOf(place, 'tanks');
  await place.approve(first.id);
  const mirror = sql(mirrorOf(await replayed(place, first.lineage_id)));
  const ids = async () =>
    (await sql<{ id: number }[]>`select id::int from ${mirror} order by id`).map(({ id }) => id);
  const isPausedForReview = (causes: readonly { cause: string }[]) =>
    causes.some(({ cause }) => cause === 'schema_review');

  device.sql("alter table tanks add column colour text; insert into tanks values (2, 0.25, 'red');");
  const second = await openReviewOf(place, 'tanks');
  expect(second.classification).toBe('compatible_additive');
  device.sql("insert into tanks values (3, 0.125, 'blue');");
  await untilLineage(
    place,
    first.lineage_id,
    'the row is staged',
    ({ lineage }) => lineage.staged_row_count > second.staged_row_count,
  );
  const page = await pageOf(await place.person('operator'));
  await page.goto(`/reviews/${second.id}`);

  await test.step('claim it, let it go again, and claim it for good', async () => {
    await press(page.getByRole('button', { name: 'Claim' }));
    await press(page.getByRole('button', { name: 'Release' }));
    await expect.poll(async () => (await place.review(second.id)).status).toBe('queued');
    await press(page.getByRole('button', { name: 'Claim' }));
  });

  await test.step('reject with a reason', async () => {
    await press(page.getByRole('button', { name: 'Reject…' }));
    const dialog = page.getByRole('dialog', { name: /Reject this schema of tanks/ });
    await expect(dialog.getByRole('button', { name: 'Reject schema' })).toBeDisabled();
    await write(dialog.getByLabel('Reason'), 'Nobody ordered a colour.');
    await press(dialog.getByRole('button', { name: 'Reject schema' }));
    await expect(page.getByText('Rejected because: Nobody ordered a colour.')).toBeVisible();
    const { lineage } = await place.lineage(first.lineage_id);
    expect(isPausedForReview(lineage.pause_causes)).toBe(true);
    expect(lineage.staged_row_count).toBeGreaterThan(0);
    expect(await ids()).not.toContain(3);
  });

  await test.step('the device goes back, and its rows flow again', async () => {
    device.sql('alter table tanks drop column colour; insert into tanks values (4, 0.5);');
    await expect.poll(ids).toContain(4);
    const { lineage } = await untilLineage(
      place,
      first.lineage_id,
      'it goes on',
      (detail) => detail.lineage.status === 'active',
    );
    expect(lineage.staged_row_count).toBeGreaterThan(0);
    await page.goto(`/lineages/${first.lineage_id}`);
    await expect(page.getByRole('heading', { name: 'Not paused' })).toBeVisible();
  });

  await test.step('reopen: what was held back can still be had', async () => {
    await page.goto(`/reviews/${second.id}`);
    await press(page.getByRole('button', { name: 'Reopen' }));
    await expect(page.getByRole('button', { name: 'Claim' })).toBeVisible();
    await place.approve(second.id);
    await replayed(place, first.lineage_id);
    await expect.poll(ids).toEqual([1, 2, 3, 4]);
    await expect
      .poll(async () => (await sql`select colour from ${mirror} where id = 2`)[0]?.['colour'])
      .toBe('red');
  });
});

test('two operators: who holds a review is seen, and it changes hands with its draft', async ({
  place,
  newDevice,
  pageOf,
}) => {
  const device = await newDevice();
  device.sql(
    "create table doors (id integer primary key, label text); insert into doors values (1, 'north');",
  );
  device.startAgent();
  const review = await openReviewOf(place, 'doors');
  const [ada, bo] = [await place.person('operator'), await place.person('operator')];
  const adas = await pageOf(ada);
  const bos = await pageOf(bo);

  await bos.goto('/reviews');
  await expect(bos.getByRole('row', { name: /doors/ })).toContainText('nobody');
  await adas.goto(`/reviews/${review.id}`);
  await press(adas.getByRole('button', { name: 'Claim' }));
  await expect(bos.getByRole('row', { name: /doors/ })).toContainText(ada.name);
  await choose(adas.getByLabel('Action for label'), 'Ignore');
  await expect(adas.getByText(/Draft saved/)).toBeVisible();

  await press(bos.getByRole('link', { name: 'doors' }));
  const approve = bos.getByRole('button', { name: /^Approve/ });
  await expect(approve).toHaveAttribute('aria-disabled', 'true');
  await expect(approve).toHaveAccessibleDescription(new RegExp(`Claimed by ${ada.name}`));
  await expect(bos.getByLabel('Action for label')).toBeDisabled();
  const { action_version } = await place.review(review.id);
  const refused = await bo.api.call(
    'POST',
    `/projects/${place.project.id}/edge/schema-reviews/${review.id}/reject`,
    {
      action_version,
      reason: 'mine',
    },
  );
  expect(refused.status).toBe(409);

  await press(bos.getByRole('button', { name: 'Take over…' }));
  const dialog = bos.getByRole('dialog', { name: `Take the review over from ${ada.name}?` });
  await press(dialog.getByRole('button', { name: 'Take over' }));
  await expect(bos.getByLabel('Action for label')).toBeEnabled();
  await expect(bos.getByLabel('Action for label')).toHaveValue('ignore');
  await expect(bos.getByRole('button', { name: /^Approve/ })).not.toHaveAttribute('aria-disabled', 'true');
  await expect(bos.getByText('took it over')).toBeVisible();
  await expect(adas.getByText(`Read-only. Claimed by ${bo.name}`)).toBeVisible();
});
