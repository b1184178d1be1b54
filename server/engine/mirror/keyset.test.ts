import { expect, it } from 'vitest';
import { keysetBranches, keysetOrder } from './keyset';

const columns = [
  { identifier: '"a"', type: 'bigint' },
  { identifier: '"b"', type: 'text' },
];

it('orders all columns in one direction, so that one index serves', () => {
  expect(keysetOrder(columns, true)).toBe('"a" desc, "b" desc');
});

it('goes on after values, with the NULLs behind them', () => {
  expect(keysetBranches(columns, ['1', 'x'], false, 3)).toEqual([
    '"a" > $3::text::bigint',
    '"a" is null',
    '"a" = $3::text::bigint and "b" > $4::text::text',
    '"a" = $3::text::bigint and "b" is null',
  ]);
});

it('goes on after a NULL', () => {
  expect(keysetBranches(columns, [null, null], false, 1)).toEqual([]);
  expect(keysetBranches(columns, [null, 'x'], true, 1)).toEqual([
    '"a" is not null',
    '"a" is null and "b" < $2::text::text',
  ]);
});
