import { expect, it } from 'vitest';
import { movedBy } from './chart-keys';

it.each<[string, string, number | null, number | null]>([
  ['left from nowhere begins at the newest', 'ArrowLeft', null, 9],
  ['right from nowhere too', 'ArrowRight', null, 9],
  ['left goes back in time', 'ArrowLeft', 9, 8],
  ['and stops at the oldest', 'ArrowLeft', 0, 0],
  ['right goes on', 'ArrowRight', 3, 4],
  ['and stops at the newest', 'ArrowRight', 9, 9],
  ['Home is the oldest', 'Home', 5, 0],
  ['End is the newest', 'End', 5, 9],
  ['any other key is the page’s', 'j', 5, null],
])('%s', (_what, key, at, to) => {
  expect(movedBy(key, at, 10)).toBe(to);
});
