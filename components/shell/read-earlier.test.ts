import { dehydrate, hydrate, QueryClient } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import { readEarlier } from './read-earlier';

const KEY = ['devices'];
const STALE_MS = 1500;

/** Whether a browser takes what a server read `agoMs` ago, whose clock is `aheadMs` ahead, for fresh. */
function isFresh(agoMs: number, aheadMs: number, correctedMs: number): boolean {
  const server = new QueryClient();
  server.setQueryData(KEY, [], { updatedAt: Date.now() + aheadMs - agoMs });
  const browser = new QueryClient();
  hydrate(browser, readEarlier(dehydrate(server), correctedMs));
  return browser.getQueryCache().find({ queryKey: KEY })?.isStaleByTime(STALE_MS) === false;
}

it('takes a page that came a minute ago for old, also where the server is ahead of the browser', () => {
  expect(isFresh(60_000, 0, 0)).toBe(false);
  expect(isFresh(60_000, 300_000, 300_000)).toBe(false);
  // Without the correction it would be taken for fresh.
  expect(isFresh(60_000, 300_000, 0)).toBe(true);
});

it('takes what was just read for fresh', () => {
  expect(isFresh(0, 0, 0)).toBe(true);
  expect(isFresh(0, 300_000, 300_000)).toBe(true);
});
