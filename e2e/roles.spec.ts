/** What a role does not allow is shown with its reason, and refused by the server whoever asks and how. */
import type { Request } from '@playwright/test';
import { alive, openReviewOf } from './world/conditions';
import { Place } from './world/place';
import { expect, test } from './world/test';

const NEEDS = /Needs PROJECT_CAN_MANAGE_DEVICES, which your role "viewer" does not have/;

test('a viewer sees why nothing can be done, and the server refuses all the same', async ({
  place,
  newDevice,
  pageOf,
}) => {
  const device = await newDevice();
  device.sql("create table valves (id integer primary key, name text); insert into valves values (1, 'a');");
  device.startAgent();
  const review = await openReviewOf(place, 'valves');
  const viewer = await place.person('viewer');
  const page = await pageOf(viewer);

  await test.step('the review', async () => {
    await alive(page, () => page.goto(`/reviews/${review.id}`));
    for (const name of [/^Claim/, /^Simulate/, /^Reject/, /^Approve/]) {
      const button = page.getByRole('button', { name });
      await expect(button).toHaveAttribute('aria-disabled', 'true');
      await expect(button).toHaveAccessibleDescription(NEEDS);
    }
    // Rows wait, and what is in them is not this role's to see: none is said to be there.
    await expect(page.getByText('Values are hidden. Needs PROJECT_CAN_READ_ROWS').first()).toBeVisible();
    await expect(page.getByText('no row is staged')).toHaveCount(0);
    await page.getByRole('button', { name: /^Claim/ }).hover();
    await expect(page.getByRole('tooltip')).toHaveText(NEEDS);
    await page.keyboard.press('c');
    await expect(page.getByRole('alert').filter({ hasText: NEEDS })).toBeVisible();
    await expect(page.getByLabel('Action for id')).toBeDisabled();
  });

  await test.step('the lineage', async () => {
    await page.goto(`/lineages/${review.lineage_id}`);
    const reset = page.getByRole('button', { name: /^Reset/ });
    await expect(reset).toHaveAttribute('aria-disabled', 'true');
    await expect(reset).toHaveAccessibleDescription(NEEDS);
    await page.getByRole('button', { name: 'More actions' }).click();
    for (const name of [/^Pause/, /^Discard staged rows/, /^Delete lineage/]) {
      const item = page.getByRole('menuitem', { name });
      await expect(item).toBeDisabled();
      await expect(item).toContainText(NEEDS);
    }
    await page.goto(`/lineages/${review.lineage_id}/rows?source=staged`);
    await expect(page.getByText('You may not see the contents of rows.')).toBeVisible();
  });

  await test.step('the API', async () => {
    const at = (path: string) => `/projects/${place.project.id}/edge/${path}`;
    const { action_version } = review;
    const calls: [string, string, unknown][] = [
      ['POST', at(`schema-reviews/${review.id}/claim`), { action_version }],
      ['POST', at(`schema-reviews/${review.id}/reject`), { action_version, reason: 'no' }],
      ['POST', at(`lineages/${review.lineage_id}/reset-materialization`), {}],
      ['POST', at(`lineages/${review.lineage_id}/discard-staged`), { expected_row_count: 1 }],
      ['DELETE', at(`lineages/${review.lineage_id}`), { confirm_staged_row_count: 1 }],
      ['POST', `/projects/${place.project.id}/fleets/${place.fleet.id}/devices`, { name: 'mine' }],
      ['GET', at(`lineages/${review.lineage_id}/staged-rows`), undefined],
    ];
    for (const [method, path, body] of calls) {
      const { status, body: answer } = await viewer.api.call(method, path, body);
      expect([path, status, answer.message]).toEqual([path, 403, 'permission_denied']);
    }
  });
});

test('the server refuses a viewer the very request that an operator’s button sends', async ({
  place,
  newDevice,
  pageOf,
}) => {
  const device = await newDevice();
  device.sql("create table valves (id integer primary key, name text); insert into valves values (1, 'a');");
  device.startAgent();
  const review = await openReviewOf(place, 'valves');
  const operators = await pageOf(await place.person('operator'));
  await operators.goto(`/reviews/${review.id}`);

  // The button's request is held back on its way, so that what is sent is sent by the viewer first.
  const held = new Promise<Request>((resolve) => {
    void operators.route('**/reviews/**', (route, request) => {
      if (request.method() !== 'POST') return route.continue();
      resolve(request);
      return route.abort();
    });
  });
  await operators.getByRole('button', { name: 'Claim' }).click();
  const request = await held;
  const headers = await request.allHeaders();
  const body = request.postData();
  if (body === null) throw new Error('the action sent nothing');
  const sent = {
    headers: Object.fromEntries(
      ['next-action', 'next-router-state-tree', 'accept', 'content-type', 'origin']
        .map((name) => [name, headers[name]])
        .filter((pair): pair is [string, string] => pair[1] !== undefined),
    ),
    data: body,
  };
  const viewers = await pageOf(await place.person('viewer'));
  const refused = await viewers.context().request.post(request.url(), sent);
  expect(await refused.text()).toContain('permission_denied');
  expect(await place.review(review.id)).toMatchObject({
    status: 'queued',
    action_version: review.action_version,
  });

  const allowed = await operators.context().request.post(request.url(), sent);
  expect(allowed.ok()).toBe(true);
  expect((await place.review(review.id)).status).toBe('in_review');
});

test('another organisation’s review does not exist', async ({
  place,
  newDevice,
  pageOf,
  sql,
  installation,
}) => {
  const device = await newDevice();
  device.sql("create table valves (id integer primary key, name text); insert into valves values (1, 'a');");
  device.startAgent();
  const review = await openReviewOf(place, 'valves');
  const elsewhere = await Place.make(sql, installation);
  const stranger = await elsewhere.person('owner');
  const page = await pageOf(stranger);
  const path = `/projects/${place.project.id}/edge/schema-reviews/${review.id}`;

  expect((await page.goto(`/reviews/${review.id}`))?.status()).toBe(404);
  await expect(page.getByText('valves')).toBeHidden();
  expect((await page.goto(`/lineages/${review.lineage_id}`))?.status()).toBe(404);
  expect((await page.context().request.get(`${installation.url}/core/api/v1${path}`)).status()).toBe(404);
  expect((await stranger.api.call('GET', path)).status).toBe(404);
  await page.goto('/reviews');
  await expect(page.getByText('No schema waits for a decision.')).toBeVisible();
});
