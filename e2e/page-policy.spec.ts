/** What answers say to the browser about what it may do with them, and that the browser holds to it. */
import type { APIResponse } from '@playwright/test';
import { everyPage, SIGN_IN } from './world/every-page';
import { expect, signIn, test } from './world/test';

const EVERYWHERE = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': expect.stringContaining('camera=()') as unknown,
};

const INLINE_SCRIPT = /<script(?![^>]*\ssrc=)([^>]*)>/g;

/** The nonce of a page's policy; every script in its text has to carry it. */
async function nonceOf(answer: APIResponse, path: string): Promise<string> {
  expect(answer.headers(), path).toMatchObject(EVERYWHERE);
  const policy = answer.headers()['content-security-policy'] ?? '';
  expect(policy, path).toContain("frame-ancestors 'none'");
  expect(/script-src [^;]*/.exec(policy)?.[0], path).not.toMatch(/unsafe-inline|unsafe-eval|https?:|\*/);
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
  expect(nonce, path).not.toBe('');
  const scripts = [...(await answer.text()).matchAll(INLINE_SCRIPT)].map(([, attributes = '']) => attributes);
  expect(scripts.length, path).toBeGreaterThan(0);
  expect(
    scripts.filter((attributes) => !attributes.includes(`nonce="${nonce}"`)),
    path,
  ).toEqual([]);
  return nonce;
}

test('every page answers with a policy and a nonce of its own, and so do other answers with theirs', async ({
  place,
  newDevice,
  newPage,
  pageOf,
}) => {
  test.setTimeout(180_000);
  const targets = await everyPage(place, newDevice);
  const { request } = (await pageOf(await place.person('owner'))).context();
  const nonces = [await nonceOf(await (await newPage()).request.get(SIGN_IN.path), SIGN_IN.path)];
  for (const { path } of targets) nonces.push(await nonceOf(await request.get(path), path));
  expect(new Set(nonces).size).toBe(nonces.length);

  for (const path of ['/core/api/v1/projects', '/core/api/v1/openapi.json', '/healthz', '/api/auth/csrf']) {
    const headers = (await request.get(path)).headers();
    expect(headers, path).toMatchObject(EVERYWHERE);
    expect(headers['content-security-policy'], path).toBe("default-src 'none'; frame-ancestors 'none'");
  }
});

test('markup that got into a page runs nothing', async ({ browser, installation, place }) => {
  // Not of the test's own pages: those fail at the first thing that is blocked.
  const context = await browser.newContext({ baseURL: installation.url });
  await signIn(context, installation.url, await place.person('viewer'));
  const page = await context.newPage();
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
      const { blocked = '' } = document.documentElement.dataset;
      document.documentElement.dataset['blocked'] = `${blocked} ${effectiveDirective}`.trim();
    });
  });
  // As the server would send it, had a name of a device got into a page as markup.
  await page.route('/devices', async (route) => {
    const answer = await route.fetch();
    const taken = "document.documentElement.dataset.taken = 'yes'";
    const foreign = `<script>${taken}</script><img src="/none" onerror="${taken}"><a id="foreign" href="javascript:${taken}">x</a>`;
    await route.fulfill({
      response: answer,
      body: (await answer.text()).replace('<body>', `<body>${foreign}`),
    });
  });
  await page.goto('/devices');
  await page.locator('#foreign').evaluate((link: HTMLElement) => link.click());
  const html = page.locator('html');
  await expect(html).toHaveAttribute('data-blocked', /script-src-attr/);
  await expect(html).toHaveAttribute('data-blocked', /script-src-elem.*script-src-elem/);
  await expect(html).not.toHaveAttribute('data-taken');
  await context.close();
});
