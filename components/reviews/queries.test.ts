import { expect, it } from 'vitest';
import { nextOf, previousOf } from './queries';

const at = (id: string, created_at: string) => ({ id, created_at });
const queue = [at('a', '09:00'), at('b', '09:01'), at('c', '09:01'), at('d', '09:01')];
const [a, b, c, d] = queue as [(typeof queue)[0], (typeof queue)[0], (typeof queue)[0], (typeof queue)[0]];

it('comes by every review of one moment, and round', () => {
  expect([a, b, c, d].map((review) => nextOf(queue, review)?.id)).toEqual(['b', 'c', 'd', 'a']);
  expect([a, b, c, d].map((review) => previousOf(queue, review)?.id)).toEqual(['d', 'a', 'b', 'c']);
});

it('goes on from where a review was that waits no more', () => {
  const decided = at('x', '09:00:30');
  expect(nextOf(queue, decided)?.id).toBe('b');
  expect(previousOf(queue, decided)?.id).toBe('a');
  expect(nextOf(queue, at('y', '10:00'))?.id).toBe('a');
});

it('leads nowhere where no other waits', () => {
  expect(nextOf([a], a)).toBeNull();
  expect(previousOf([a], a)).toBeNull();
});
