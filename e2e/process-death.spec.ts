/**
 * A worker that dies again and again is said on every page, and what devices sent meanwhile is not lost; a web that dies
 * under an open page is there again without the page being loaded. They have an installation of their own: without a
 * worker or a web no other test could get on.
 */
import postgres from 'postgres';
import { alive, mirrorOf, openReviewOf, replayed } from './world/conditions';
import { Device } from './world/device';
import { holderPid } from '@/server/runtime/port-holder';
import { startInstallation, type RunningInstallation } from './world/installation';
import { Place } from './world/place';
import { expect, signIn, test } from './world/test';

// One installation for both: they go one after the other.
test.describe.configure({ mode: 'default' });

let installation: RunningInstallation;
test.beforeAll(async () => {
  installation = await startInstallation();
});
test.afterAll(async () => {
  await installation.stop();
});

/** Kills with -9, if it is there still. */
function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

test.setTimeout(150_000);

test('a worker that keeps dying is said on the screen, and it comes back', async ({ browser }) => {
  const sql = postgres(installation.databaseUrl, { max: 2, onnotice: () => undefined });
  const place = await Place.make(sql, installation);
  const device = new Device(await place.register('pump-01'));
  const context = await browser.newContext({ baseURL: installation.url });
  try {
    device.sql('create table pulses (id integer primary key); insert into pulses values (1);');
    device.startAgent();
    const review = await openReviewOf(place, 'pulses');
    await place.approve(review.id);
    const mirror = sql(mirrorOf(await replayed(place, review.lineage_id)));
    await signIn(context, installation.url, await place.person('viewer'));
    const page = await context.newPage();
    await page.goto('/lineages');
    await expect(page.getByRole('link', { name: 'pulses' })).toBeVisible();
    const banner = page.getByRole('status').filter({ hasText: 'No worker is running' });
    await expect(banner).toBeHidden();

    const killed = new Set<number>();
    const dies = async (): Promise<boolean> => {
      if (await banner.isVisible()) return true;
      const [slot] = await sql<{ pid: number }[]>`select pid from tidegate.worker_slot`;
      if (slot !== undefined && !killed.has(slot.pid)) {
        killed.add(slot.pid);
        kill(slot.pid);
      }
      return false;
    };
    await expect.poll(dies, { intervals: [100], timeout: 80_000 }).toBe(true);
    await expect(banner).toContainText('Batches wait in the broker');
    device.sql('insert into pulses values (2);');

    await expect(banner).toBeHidden({ timeout: 60_000 });
    await expect.poll(async () => (await sql`select 1 from ${mirror} where id = 2`).length).toBe(1);
  } finally {
    await context.close();
    await device.remove();
    await sql.end();
  }
});

/** In the page: remembers in the document whether `text` was ever shown. */
function rememberShown(text: string): void {
  const look = () => {
    if (document.body.textContent.includes(text)) document.body.dataset['shown'] = 'yes';
  };
  new MutationObserver(look).observe(document.body, { childList: true, characterData: true, subtree: true });
}

test('a web that dies under an open page is said there, and the page goes on by itself', async ({
  browser,
}) => {
  const sql = postgres(installation.databaseUrl, { max: 2, onnotice: () => undefined });
  const place = await Place.make(sql, installation);
  const device = new Device(await place.register('pump-02'));
  const context = await browser.newContext({ baseURL: installation.url });
  try {
    device.sql('create table beats (id integer primary key); insert into beats values (1);');
    device.startAgent();
    const review = await openReviewOf(place, 'beats');
    await signIn(context, installation.url, await place.person('viewer'));
    const page = await context.newPage();
    const begun = page.waitForResponse((answer) => answer.url().includes('/events/stream') && answer.ok());
    await alive(page, () => page.goto(`/reviews/${review.id}`));
    await begun;
    await expect(page.getByText('Approve and replay 1 row')).toBeVisible();
    // Kept by this document alone: one that is loaded anew has it not.
    await page.evaluate(rememberShown, 'Connection lost');

    const pid = holderPid(Number(new URL(installation.url).port));
    if (pid === undefined) throw new Error('nobody listens where the web should');
    const resumed = page.waitForResponse((answer) => answer.url().includes('/events/stream') && answer.ok(), {
      timeout: 60_000,
    });
    kill(pid);
    device.sql('insert into beats values (2), (3);');
    expect((await resumed).request().headers()['last-event-id']).toMatch(/\d/);
    await expect(page.getByText('Approve and replay 3 rows')).toBeVisible();
    await expect(page.getByRole('status').filter({ hasText: 'Connection lost' })).toBeHidden();
    await expect(page.locator('body')).toHaveAttribute('data-shown', 'yes');
  } finally {
    await context.close();
    await device.remove();
    await sql.end();
  }
});
