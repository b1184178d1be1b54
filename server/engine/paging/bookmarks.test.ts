import { expect, it } from 'vitest';
import { BOOKMARK_EVERY, keyBefore, type Hop } from './bookmarks';

const ROWS = 4 * BOOKMARK_EVERY + 700;

/** A list whose keys are its row numbers from 1, and how many rows were passed. */
function listOf(rows: number) {
  let passed = 0;
  const hop: Hop = (after, by) => {
    const at = Number(after?.[0] ?? 0) + by;
    passed += by;
    return Promise.resolve(at > rows ? null : [String(at)]);
  };
  return { hop, passed: () => passed };
}

let time = 0;
const clock = { now: () => new Date(time) };
let names = 0;
const newList = () => ({ list: `list ${(names += 1)}`, clock });

it.each([1, 700, BOOKMARK_EVERY - 1, BOOKMARK_EVERY, BOOKMARK_EVERY + 1, 3 * BOOKMARK_EVERY, ROWS])(
  'finds the row before offset %i, at every visit',
  async (offset) => {
    const deep = newList();
    for (let visit = 0; visit < 3; visit++) {
      expect(await keyBefore(deep, offset, listOf(ROWS).hop)).toEqual([String(offset)]);
    }
  },
);

it('passes a few rows at the next visit, there and on the way there', async () => {
  const deep = newList();
  await keyBefore(deep, ROWS, listOf(ROWS).hop);
  for (const offset of [ROWS, ROWS - 1, 2 * BOOKMARK_EVERY + 3, BOOKMARK_EVERY]) {
    const again = listOf(ROWS);
    expect(await keyBefore(deep, offset, again.hop)).toEqual([String(offset)]);
    expect(again.passed()).toBeLessThan(BOOKMARK_EVERY);
  }
});

it('says that a page is behind the end', async () => {
  const deep = newList();
  expect(await keyBefore(deep, ROWS + 1, listOf(ROWS).hop)).toBeNull();
  expect(await keyBefore(deep, 9 * BOOKMARK_EVERY, listOf(ROWS).hop)).toBeNull();
});

it('keeps lists apart, and forgets after a minute', async () => {
  const deep = newList();
  await keyBefore(deep, 3 * BOOKMARK_EVERY, listOf(ROWS).hop);
  const other = listOf(ROWS);
  await keyBefore(newList(), 3 * BOOKMARK_EVERY, other.hop);
  expect(other.passed()).toBe(3 * BOOKMARK_EVERY);
  time += 59_999;
  const still = listOf(ROWS);
  await keyBefore(deep, 3 * BOOKMARK_EVERY, still.hop);
  expect(still.passed()).toBe(0);
  time += 1;
  const anew = listOf(ROWS);
  await keyBefore(deep, 3 * BOOKMARK_EVERY, anew.hop);
  expect(anew.passed()).toBe(3 * BOOKMARK_EVERY);
});
