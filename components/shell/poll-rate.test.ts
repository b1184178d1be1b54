import { expect, it } from 'vitest';
import { pollMs } from './poll-rate';

it('polls seldom while events arrive, and as often as it takes while they do not', () => {
  expect(pollMs(true, { items: [] })).toBeGreaterThan(pollMs(false, { items: [] }));
});

it.each([
  { replay_intent: { status: 'running' } },
  { replay_intent: { status: 'pending' } },
  { status: 'approved', replay: { status: 'running' } },
])('follows a replay closely: %j', (data) => {
  expect(pollMs(true, data)).toBeLessThan(pollMs(false, null));
});

it.each([{ replay_intent: { status: 'completed' } }, { replay: null }, null])(
  'leaves what stands still alone: %j',
  (data) => {
    expect(pollMs(true, data)).toBe(pollMs(true, undefined));
  },
);
