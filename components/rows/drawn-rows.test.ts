import { describe, expect, it } from 'vitest';
import { drawnRows, NOTHING_DRAWN, type Drawn } from './drawn-rows';

/** Twenty rows in sight of a thousand. */
const from = (startIndex: number) => ({ startIndex, endIndex: startIndex + 19, overscan: 12, count: 1000 });
const ends = ({ indexes }: Drawn) => [indexes[0], indexes.at(-1)];

describe('the rows that are drawn', () => {
  const calm = drawnRows(NOTHING_DRAWN, from(0), false, 0);

  it('reach beyond what is in sight where somebody reads on', () => {
    expect(ends(calm)).toEqual([0, 31]);
    expect(ends(drawnRows(calm, from(5), true, 10))).toEqual([0, 36]);
  });

  it('are those in sight after a leap, also where it is only then known that somebody scrolls', () => {
    expect(ends(drawnRows(calm, from(300), true, 10))).toEqual([299, 320]);
    const first = drawnRows(calm, from(300), false, 10);
    expect(ends(drawnRows(first, from(300), true, 11))).toEqual([299, 320]);
    expect(ends(drawnRows(first, from(300), false, 160))).toEqual([288, 331]);
  });

  it('stay while a leap follows a leap, and are those in sight once it is calm', () => {
    const first = drawnRows(calm, from(300), true, 10);
    const second = drawnRows(first, from(330), true, 45);
    const third = drawnRows(second, from(360), true, 80);
    expect(ends(third)).toEqual(ends(first));
    expect(ends(drawnRows(third, from(360), false, 230))).toEqual([348, 391]);
  });

  it('are those in sight after each of two leaps that are apart, and after a short step of a rush', () => {
    const first = drawnRows(calm, from(300), true, 10);
    expect(ends(drawnRows(first, from(330), true, 200))).toEqual([329, 350]);
    const second = drawnRows(first, from(330), true, 45);
    expect(ends(drawnRows(second, from(335), true, 60))).toEqual([323, 366]);
  });
});
