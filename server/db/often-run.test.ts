import { expect, it } from 'vitest';
import { OftenRun } from './often-run';

it('names a statement from its third run', () => {
  const often = new OftenRun(2);
  expect(['a', 'a', 'a', 'a'].map((text) => often.has(text))).toEqual([false, false, true, true]);
});

it('forgets a statement when more others than it may hold have run since', () => {
  const often = new OftenRun(2);
  for (const text of ['a', 'a', 'a', 'b']) often.has(text);
  expect(often.has('a')).toBe(true);
  for (const text of ['b', 'c']) often.has(text);
  expect(often.has('a')).toBe(false);
});

it('never names what comes round in a circle that is larger than it may hold', () => {
  const often = new OftenRun(4);
  const circle = ['a', 'b', 'c', 'd', 'e'];
  const runs = [...circle, ...circle, ...circle, ...circle].map((text) => often.has(text));
  expect(runs).not.toContain(true);
});
