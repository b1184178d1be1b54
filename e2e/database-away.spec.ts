/** The database is away for a while: pages say so, come by themselves once it is back, and nothing is lost. */
import { randomBytes } from 'node:crypto';
import type { BrowserContext, Page } from '@playwright/test';
import postgres from 'postgres';
import { alive, mirrorOf, openReviewOf, replayed } from './world/conditions';
import { Device } from './world/device';
import { startInstallation } from './world/installation';
import { Line } from './world/line';
import { Place } from './world/place';
import { expect, signIn, test } from './world/test';

/** The address of the database `name` on the server at `url`, over `port` where given. */
function databaseAt(url: string, name: string, port?: number): string {
  const at = new URL(url);
  at.pathname = `/${name}`;
  if (port !== undefined) at.port = String(port);
  return at.href;
}

test.setTimeout(150_000);

test('without its database the console says so on every page, and goes on by itself once it is back', async ({
  browser,
  installation: shared,
  sql: server,
}) => {
  const name = `away_${randomBytes(6).toString('hex')}`;
  await server`create database ${server(name)}`;
  const line = await Line.to(shared.databaseUrl);
  const installation = await startInstallation({
    databaseUrl: databaseAt(shared.databaseUrl, name, line.nearPort),
  });
  const sql = postgres(databaseAt(shared.databaseUrl, name), { max: 2, onnotice: () => undefined });
  const place = await Place.make(sql, installation);
  const device = new Device(await place.register('pump-01'));
  const newContext = () => browser.newContext({ baseURL: installation.url });
  const [first, second] = [await newContext(), await newContext()];
  try {
    device.sql('create table levels (id integer primary key); insert into levels values (1);');
    device.startAgent();
    const review = await openReviewOf(place, 'levels');
    await place.approve(review.id);
    const mirror = sql(mirrorOf(await replayed(place, review.lineage_id)));
    const person = await place.person('viewer');
    const lineages = async (context: BrowserContext): Promise<Page> => {
      await signIn(context, installation.url, person);
      const page = await context.newPage();
      await alive(page, () => page.goto('/lineages'));
      await expect(page.getByRole('link', { name: 'levels' })).toBeVisible();
      return page;
    };
    const [open, next] = [await lineages(first), await lineages(second)];
    const opened = await first.newPage();

    line.cut();
    device.sql('insert into levels values (2), (3);');
    // What was on the screen stays, and is said to be old.
    const banner = open.getByRole('status').filter({ hasText: 'The database has not answered' });
    await expect(banner).toContainText('What you see is the last known state');
    await expect(open.getByRole('link', { name: 'levels' })).toBeVisible();
    // A page that is opened in the console, and one that is loaded, of which not even the frame can be made.
    const told = { name: 'The database does not answer.' };
    await next.keyboard.press('Control+k');
    await expect(next.getByRole('dialog', { name: 'Command palette' })).toBeVisible();
    await next.keyboard.type('Events');
    await next.keyboard.press('Enter');
    await expect(next.getByRole('heading', told)).toBeVisible();
    await opened.goto('/devices');
    await expect(opened.getByRole('heading', told)).toBeVisible();
    await expect(opened.getByRole('main')).toContainText('nothing is lost');

    line.mend();
    await expect(banner).toBeHidden({ timeout: 30_000 });
    await expect(next.getByRole('heading', { name: 'Events' })).toBeVisible({ timeout: 30_000 });
    await expect(opened.getByRole('heading', { name: 'Devices' })).toBeVisible({ timeout: 30_000 });
    await expect(opened.getByRole('link', { name: 'pump-01' })).toBeVisible();
    await expect
      .poll(async () => (await sql`select 1 from ${mirror} where id > 1`).length, { timeout: 60_000 })
      .toBe(2);
  } finally {
    await first.close();
    await second.close();
    await device.remove();
    await sql.end();
    line.mend();
    await installation.stop();
    await line.close();
    await server`drop database ${server(name)} with (force)`;
  }
});
