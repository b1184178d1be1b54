/** Signing in that is refused: what is said, what stays in the form, and when it can be tried again. */
import { randomInt } from 'node:crypto';
import type { Page } from '@playwright/test';
import { press, write } from './world/hands';
import { Line } from './world/line';
import { expect, test as base } from './world/test';

/** A line that comes from an address of its own: failures are counted by address too, and others sign in from this one. */
const test = base.extend<{ line: Line }>({
  line: async ({ installation }, provide) => {
    const line = await Line.to(
      installation.url,
      `127.${randomInt(1, 255)}.${randomInt(256)}.${randomInt(1, 255)}`,
    );
    await provide(line);
    await line.close();
  },
});

const FAILURES_MAX = 10;

async function tryToSignIn(page: Page, password: string): Promise<void> {
  await write(page.getByLabel('Password', { exact: true }), password);
  const answered = page.waitForResponse(/\/callback\/credentials/);
  await press(page.getByRole('button', { name: 'Sign in' }));
  await answered;
}

test('a wrong password is refused in words and the e-mail stays; after too many it says when to try again', async ({
  place,
  line,
  newPage,
}) => {
  const person = await place.person('viewer');
  const page = await newPage({ baseURL: line.url });
  const email = page.getByLabel('E-mail');
  const said = page.getByRole('alert').filter({ hasText: /\w/ });
  await page.goto('/events');
  await expect(email).toBeFocused();
  await page.keyboard.type(person.email);

  await test.step('a wrong password, and the right one after it', async () => {
    await tryToSignIn(page, 'wrong');
    await expect(said).toContainText('E-mail address and password do not match an account.');
    await expect(email).toHaveValue(person.email);
    await expect(page).toHaveURL(/\/sign-in/);
    await tryToSignIn(page, person.password);
    // Where one wanted to go in the first place.
    await expect(page.getByRole('heading', { level: 1, name: 'Events' })).toBeVisible();
  });

  await test.step('an address that nobody has is refused in the same words', async () => {
    await page.context().clearCookies();
    await page.goto('/');
    await write(email, `nobody-${person.userId}@example.test`);
    await tryToSignIn(page, person.password);
    await expect(said).toContainText('E-mail address and password do not match an account.');
  });

  await test.step('too many: not even the right password is tried, and it says for how long', async () => {
    await write(email, person.email);
    for (let failures = 0; failures < FAILURES_MAX; failures += 1) {
      await tryToSignIn(page, 'wrong');
      await expect(said).toContainText('do not match an account');
    }
    await tryToSignIn(page, person.password);
    await expect(said).toContainText(/Too many failed sign-ins\. Try again in \d+ minutes\./);
    await expect(email).toHaveValue(person.email);
    await expect(page).toHaveURL(/\/sign-in/);
  });

  await test.step('another account is not held up by it', async () => {
    const other = await place.person('viewer');
    await write(email, other.email);
    await tryToSignIn(page, other.password);
    await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();
  });
});
