import { expect, test } from 'vitest';
import type { Overview } from '@/server/contract/fleet';
import { attentionOf, checksOf, flowOf } from './attention';

const empty: Overview = {
  reviews_waiting: 0,
  oldest_review_at: null,
  lineages: 0,
  lineages_paused: 0,
  breakers_open: 0,
  backpressure: 0,
  devices: 0,
  devices_connected: 0,
  devices_silent: 0,
  devices_never_seen: 0,
  rejected_batches_24h: 0,
  staged_rows: 0,
  rows_last_hour: 0,
  workers: [],
};
const at = '2026-01-01T00:00:00Z';
const done = (overview: Overview) => checksOf(overview).map((check) => check.done);

test('what is zero does not call, and what is not does', () => {
  expect(attentionOf(empty).map((f) => f.tone)).toEqual(['idle', 'idle', 'idle', 'idle', 'idle']);
  const busy = {
    ...empty,
    reviews_waiting: 2,
    oldest_review_at: at,
    breakers_open: 1,
    devices: 3,
    devices_connected: 1,
    devices_silent: 2,
  };
  expect(attentionOf(busy).map((f) => [f.value, f.tone, f.since])).toEqual([
    ['2', 'wait', at],
    ['1', 'bad', undefined],
    ['0', 'idle', undefined],
    ['2', 'wait', undefined],
    ['0', 'idle', undefined],
  ]);
});

test('the flow compares active with paused and connected with all', () => {
  const figures = flowOf({ ...empty, lineages: 5, lineages_paused: 2, devices: 4, devices_connected: 3 });
  expect(figures.map((f) => `${f.value} ${f.note}`).slice(2)).toEqual(['2 3 active', '3 of 4']);
});

test('the checks go from the worker to the first approval', () => {
  expect(done(empty)).toEqual([false, false, false, false, false, false]);
  const worker = { slot: '1', alive: true, broker_connected: false, beat_at: at };
  expect(done({ ...empty, workers: [worker] })).toEqual([true, false, false, false, false, false]);
  const dead = { ...worker, alive: false, broker_connected: true };
  expect(done({ ...empty, workers: [dead] })).toEqual([false, false, false, false, false, false]);
  const running = { ...worker, broker_connected: true };
  const all = {
    ...empty,
    workers: [running],
    devices: 1,
    devices_connected: 1,
    lineages: 2,
    lineages_paused: 1,
  };
  expect(done(all)).toEqual([true, true, true, true, true, true]);
  expect(done({ ...all, lineages_paused: 2 }).at(-1)).toBe(false);
});
