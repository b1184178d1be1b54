import { expect, it } from 'vitest';
import { judgeAttempt, TRIES_MAX, type AttemptResult } from './judge-attempt';

const answered = (responseCode: number | null, error: string | null = null): AttemptResult => ({
  responseCode,
  responseExcerpt: null,
  error,
  durationMs: 1,
});

it.each([200, 204, 299])('%i is delivered', (code) => {
  expect(judgeAttempt(answered(code), 1)).toEqual({ status: 'delivered' });
});

it.each([301, 400, 404, 429, 500, 503])('%i is tried again', (code) => {
  expect(judgeAttempt(answered(code), 1)).toMatchObject({ status: 'pending', waitMs: 10_000 });
});

it('no answer is tried again, with its reason', () => {
  expect(judgeAttempt(answered(null, 'No answer within 10 s.'), 2)).toEqual({
    status: 'pending',
    error: 'No answer within 10 s.',
    waitMs: 60_000,
  });
});

it('waits longer after each try, and gives up after the last', () => {
  const waits = Array.from({ length: TRIES_MAX }, (_, i) => judgeAttempt(answered(500), i + 1));
  const last = waits.pop();
  const times = waits.map((verdict) => (verdict.status === 'pending' ? verdict.waitMs : 0));
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(new Set(times).size).toBe(times.length);
  expect(last).toMatchObject({ status: 'failed', isGone: false });
});

it('410 ends it at once', () => {
  expect(judgeAttempt(answered(410), 1)).toMatchObject({ status: 'failed', isGone: true });
});
