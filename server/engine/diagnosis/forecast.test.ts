import { expect, it } from 'vitest';
import { bucketsOf } from './activity-window';
import { forecastOf, type BacklogGrowth } from './forecast';

const now = new Date('2026-04-28T12:07:30Z');
const growth: BacklogGrowth = {
  stagedRows: 40_000,
  stagedBytes: 4_000_000,
  capRows: 100_000,
  capBytes: 1_000_000_000,
  rowsSeen: 1500,
  bytesSeen: 150_000,
  seenMinutes: 15,
};

it.each([
  ['the rows fill first', {}, '2026-04-28T22:07:30.000Z'],
  ['the bytes fill first', { capBytes: 4_600_000 }, '2026-04-28T13:07:30.000Z'],
  ['it does not grow', { rowsSeen: 0, bytesSeen: 0 }, null],
  ['it is full', { stagedRows: 100_001 }, null],
  ['nothing was seen yet', { seenMinutes: 0 }, null],
  ['it would take longer than a calendar lasts', { rowsSeen: 1e-9, bytesSeen: 0 }, null],
])('says when the backlog is full: %s', (_, change, expected) => {
  expect(forecastOf({ ...growth, ...change }, now).full_at).toBe(expected);
});

it('cuts a window into whole buckets, the last of which is the present one', () => {
  expect(bucketsOf('24h', now)).toEqual({ seconds: 900, count: 96, from: new Date('2026-04-27T12:15:00Z') });
  for (const window of ['1h', '6h', '24h', '7d', '30d'] as const) {
    const { seconds, from, count } = bucketsOf(window, now);
    const end = from.getTime() + count * seconds * 1000;
    expect(end).toBeGreaterThan(now.getTime());
    expect(end - seconds * 1000).toBeLessThanOrEqual(now.getTime());
  }
});
