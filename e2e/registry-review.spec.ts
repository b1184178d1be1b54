/** A review of the registry through every hand: released, taken over, rejected, reopened, abandoned; then by keys alone. */
import type { Page } from '@playwright/test';
import { alive } from './world/conditions';
import { choose, press, write } from './world/hands';
import { openRegistryReviewOf, setMode } from './world/registry';
import { expect, test } from './world/test';

const confirm = (page: Page, title: string | RegExp, button: string) =>
  page.getByRole('dialog', { name: title }).getByRole('button', { name: button });

test('two operators on one registry review: every action of it, seen by both, and on its entry', async ({
  place,
  newWire,
  pageOf,
}) => {
  test.setTimeout(150_000);
  await setMode(place, 'project');
  const devices = [await newWire('pump-01'), await newWire('pump-02')];
  const sendAll = async () => {
    for (const device of devices) await device.send('counters', ['id', 'n'], [[1, 10]]);
  };
  await sendAll();
  const review = await openRegistryReviewOf(place, 'counters', 2);
  const [ada, bo] = [await place.person('operator'), await place.person('operator')];
  const [adas, bos] = [await pageOf(ada), await pageOf(bo)];
  const path = `/reviews/registry/${review.id}`;
  await alive(adas, () => adas.goto(path));
  await alive(bos, () => bos.goto(path));

  await test.step('released with its draft, and free for the other', async () => {
    await adas.keyboard.press('c');
    await choose(adas.getByLabel('Action for n', { exact: true }), 'Ignore');
    await expect(adas.getByText(/Draft saved/)).toBeVisible();
    await expect(bos.getByText(`Read-only. Claimed by ${ada.name}`)).toBeVisible();
    await expect(bos.getByLabel('Action for n', { exact: true })).toHaveValue('ignore');
    await press(adas.getByRole('button', { name: 'Release' }));
    await expect(adas.getByRole('button', { name: 'Claim' })).toBeVisible();
    await expect(adas.getByLabel('Action for n', { exact: true })).toHaveValue('ignore');
    await expect(bos.getByText('Read-only. Nobody has claimed it.')).toBeVisible();
  });

  await test.step('taken over with the draft; the first can no longer decide', async () => {
    await press(adas.getByRole('button', { name: 'Claim' }));
    await press(bos.getByRole('button', { name: 'Take over…' }));
    await press(confirm(bos, /^Take the review over from/, 'Take over'));
    await expect(bos.getByRole('button', { name: 'Release' })).toBeVisible();
    await expect(bos.getByLabel('Action for n', { exact: true })).toHaveValue('ignore');
    await expect(adas.getByText(`Read-only. Claimed by ${bo.name}`)).toBeVisible();
    for (const name of ['Abandon…', 'Reject…']) {
      const button = adas.getByRole('button', { name });
      await expect(button).toHaveAccessibleDescription(new RegExp(`Claimed by ${bo.name}`));
    }
  });

  await test.step('rejected with a reason: the devices are held, and the entry says so', async () => {
    await bos.keyboard.press('x');
    const reject = confirm(bos, 'Reject this schema of counters?', 'Reject schema');
    await expect(reject).toBeDisabled();
    await write(bos.getByLabel('Reason'), 'n has no unit');
    await press(reject);
    await expect(adas.getByText('Rejected because: n has no unit')).toBeVisible();
    await adas.goto(`/registry/${review.registry_id}`);
    await expect(adas.getByText('2 devices held with 2 staged rows')).toBeVisible();
    await expect(adas.getByRole('region', { name: 'Reviews' })).toContainText('n has no unit');
    const held = adas.getByRole('table', { name: 'Devices' }).getByRole('row', { name: /pump-02/ });
    await expect(held).toContainText('Held');
  });

  await test.step('what one says, the other reads; a viewer reads it too, and cannot answer', async () => {
    await write(bos.getByLabel('Comment', { exact: true }), 'The device team adds a unit.');
    await bos.getByLabel('Comment', { exact: true }).press('Control+Enter');
    const viewers = await pageOf(await place.person('viewer'));
    await viewers.goto(path);
    await expect(viewers.getByRole('list', { name: 'Comments' })).toContainText(
      'The device team adds a unit.',
    );
    await expect(viewers.getByRole('button', { name: 'Comment' })).toHaveAccessibleDescription(
      /Needs PROJECT_CAN_MANAGE_DEVICES/,
    );
    await expect(bos.getByRole('region', { name: 'History' })).toContainText('commented on it');
  });

  await test.step('reopened: it waits again, for the same devices', async () => {
    await press(bos.getByRole('button', { name: 'Reopen' }));
    await expect(bos.getByText('Queued', { exact: true })).toBeVisible();
    await expect(bos.getByRole('region', { name: '2 devices waiting' })).toBeVisible();
    await expect(adas.getByText('2 devices waiting with 2 staged rows')).toBeVisible();
  });

  await test.step('abandoned with a reason: nothing is decided, and the next batch asks again', async () => {
    await press(bos.getByRole('button', { name: 'Abandon…' }));
    const abandon = confirm(bos, 'Abandon the review of counters?', 'Abandon review');
    await expect(abandon).toBeDisabled();
    await write(bos.getByLabel('Reason'), 'the fleet goes back');
    await press(abandon);
    await expect(bos.getByText('Abandoned because: the fleet goes back')).toBeVisible();
    const history = bos.getByRole('region', { name: 'History' });
    for (const did of ['released it', 'took it over', 'rejected it', 'reopened it', 'abandoned it'])
      await expect(history).toContainText(did);
    await sendAll();
    const again = await openRegistryReviewOf(place, 'counters', 2);
    expect(again.id).not.toBe(review.id);
    await expect(adas.getByRole('link', { name: 'Open the review' })).toHaveAttribute(
      'href',
      `/reviews/registry/${again.id}`,
    );
  });

  await test.step('without a mouse: matrix, version, its devices, the review, and the approval', async () => {
    const key = (name: string) => adas.keyboard.press(name);
    await alive(adas, () => adas.goto('/'));
    await key('Control+k');
    await adas.keyboard.type('Registry');
    await key('Enter');
    await expect(adas.getByRole('table', { name: 'Registry' })).toContainText('2 waiting');
    await key('j');
    await expect(adas.getByRole('link', { name: 'counters', exact: true })).toBeFocused();
    await key('Enter');
    await expect(adas).toHaveURL(`/registry/${review.registry_id}`);
    await key('j');
    await expect(adas.getByRole('link', { name: 'pump-01', exact: true })).toBeFocused();
    await key('Enter');
    await expect(adas).toHaveURL(/\/lineages\//);
    await adas.goBack();
    await expect(adas.getByRole('table', { name: 'Devices' })).toBeVisible();
    await key('v');
    await expect(adas).toHaveURL(/\/reviews\/registry\//);
    await expect(adas.getByRole('button', { name: 'Claim' })).toBeVisible();
    await key('c');
    await expect(adas.getByRole('button', { name: 'Release' })).toBeVisible();
    await key('a');
    const approve = adas
      .getByRole('dialog')
      .getByRole('button', { name: 'Approve for 2 devices and replay 4 rows' });
    await expect(approve).toBeFocused();
    await key('Enter');
    await expect(adas.getByRole('region', { name: 'Replay' })).toContainText('2 of 2 devices done');
    await key('Escape');
    await expect(adas.getByRole('heading', { level: 1, name: 'Reviews' })).toBeVisible();
  });
});
