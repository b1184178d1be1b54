import { expect, it } from 'vitest';
import { bucketsOf } from './activity-window';
import { forecastOf, seenMinutesOf, type BacklogGrowth } from './forecast';

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

it.each([
  ['an old lineage', '2026-01-01T00:00:00Z', 15],
  ['one of three minutes', '2026-04-28T12:04:30Z', 3],
  ['one that has just begun', '2026-04-28T12:07:29Z', 1],
  ['one that another clock began later', '2026-04-28T12:09:00Z', 1],
])('looks at the last 15 minutes, or as many as there were: %s', (_, since, minutes) => {
  expect(seenMinutesOf(since, now)).toBe(minutes);
});

it('a young lineage that fills in two minutes is not said to take the window over', () => {
  const young = { ...growth, stagedRows: 310, capRows: 516, rowsSeen: 310, seenMinutes: 3 };
  expect(forecastOf(young, now)).toMatchObject({ seen_minutes: 3, full_at: '2026-04-28T12:09:29.612Z' });
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
