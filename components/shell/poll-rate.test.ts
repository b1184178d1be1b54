import { expect, it } from 'vitest';
import { pollMs } from './poll-rate';

it('polls seldom while events arrive, and as often as it takes while they do not', () => {
  expect(pollMs(true, { items: [] })).toBeGreaterThan(pollMs(false, { items: [] }));
});

it.each([
  { replay_intent: { status: 'running' } },
  { replay_intent: { status: 'pending' } },
  { status: 'approved', replay: { status: 'running' } },
  { status: 'running', pending_items: 3 },
  { status: 'running', moved_devices: 3 },
  { status: 'approved', replay: { lineages: 200, completed: 199 } },
])('follows what moves closely: %j', (data) => {
  expect(pollMs(true, data)).toBeLessThan(pollMs(false, null));
});

it.each([
  { replay_intent: { status: 'completed' } },
  { replay: null },
  { status: 'completed', pending_items: 0 },
  { status: 'stopped', moved_devices: 3 },
  { status: 'approved', replay: { lineages: 200, completed: 200 } },
  null,
])('leaves what stands still alone: %j', (data) => {
  expect(pollMs(true, data)).toBe(pollMs(true, undefined));
});
