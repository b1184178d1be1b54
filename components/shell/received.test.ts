import { dehydrate, hydrate, QueryClient } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import { FRESH_MS, received } from './received';

const KEY = ['devices'];
const nowMs = Date.now();

/** Whether a query takes for fresh what a server read `agoMs` ago, whose clock is `aheadMs` ahead. */
function isFresh({ agoMs, aheadMs = 0, staleTime = FRESH_MS }: Record<string, number>): boolean {
  const server = new QueryClient();
  server.setQueryData(KEY, [], { updatedAt: nowMs + aheadMs - (agoMs ?? 0) });
  const browser = new QueryClient();
  hydrate(browser, received(dehydrate(server), { aheadMs, nowMs }));
  return browser.getQueryCache().find({ queryKey: KEY })?.isStaleByTime(staleTime) === false;
}

it('is old where it lay ready for a minute, also where the server is ahead of the browser', () => {
  expect(isFresh({ agoMs: 60_000 })).toBe(false);
  expect(isFresh({ agoMs: 60_000, aheadMs: 300_000 })).toBe(false);
});

it('is old after a minute also for a query that counts on events', () => {
  expect(isFresh({ agoMs: 60_000, staleTime: Infinity })).toBe(false);
});

it('is fresh where it was just read', () => {
  expect(isFresh({ agoMs: 0 })).toBe(true);
  expect(isFresh({ agoMs: 0, aheadMs: 300_000 })).toBe(true);
  expect(isFresh({ agoMs: 0, staleTime: Infinity })).toBe(true);
});
