import { describe, expect, it } from 'vitest';
import { Slots } from './slots';

const rows = Array.from({ length: 12 }, (_, id) => ({ id }));
const numbers = (slots: Slots, from: number, to: number): (number | undefined)[] => {
  const shown = rows.slice(from, to);
  const given = slots.assign(shown);
  return shown.map((row) => given.get(row));
};

describe('the slots of rows', () => {
  it('are given anew to what comes into sight, while what stays keeps its own', () => {
    const slots = new Slots();
    expect(numbers(slots, 0, 4)).toEqual([0, 1, 2, 3]);
    expect(numbers(slots, 2, 6)).toEqual([2, 3, 0, 1]);
    // The second is back, in what the sixth had.
    expect(numbers(slots, 1, 5)).toEqual([1, 2, 3, 0]);
  });

  it('are as few as there are rows, also after others have all left', () => {
    const slots = new Slots();
    numbers(slots, 0, 6);
    expect(numbers(slots, 8, 11)).toEqual([0, 1, 2]);
  });
});
