/**
 * Browser tests against the real installation: `dist/start.mjs` with its database, broker, worker and console,
 * started once per run. No retries: a test that passes at the second attempt hides what an operator meets.
 */
import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

const given = process.env['PLAYWRIGHT_CHROMIUM'];
const usual = '/usr/bin/chromium';
const browser = given !== undefined && given !== '' ? given : existsSync(usual) ? usual : undefined;

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  globalSetup: './e2e/world/global-setup.ts',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: true,
  timeout: 90_000,
  expect: { timeout: 20_000 },
  reporter: [['list'], ['./e2e/world/every-action.ts']],
  use: {
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    contextOptions: { reducedMotion: 'reduce' },
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(browser === undefined ? {} : { executablePath: browser }),
      args: ['--no-sandbox', '--disable-dev-shm-usage'],
    },
  },
});
