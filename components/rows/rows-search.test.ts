import { expect, it } from 'vitest';
import { rowCondition } from '@/server/contract/rows';
import { loadRowsSearch } from './rows-search';

// The browser reads conditions without the contract's schema: both have to take the same.
it.each([
  { column: 'mode', op: 'eq', value: 'cooling' },
  { column: 'mode', op: 'is_null' },
  { column: 'm', op: 'contains', value: '' },
  { column: '', op: 'eq', value: 'x' },
  { column: 'c'.repeat(1000), op: 'ne', value: 'v'.repeat(10_000) },
  { column: 'c'.repeat(1001), op: 'ne', value: 'v' },
  { column: 'mode', op: 'ne', value: 'v'.repeat(10_001) },
  { column: 'mode', op: 'like', value: 'x' },
  { column: 'mode', op: 'toString', value: 'x' },
  { column: 'mode', op: 'eq', value: 1 },
  { column: 'mode', op: 'eq', value: null },
  { column: 'mode', op: 'eq', value: 'x', more: true },
  { op: 'eq', value: 'x' },
  'mode',
  null,
])('takes a condition exactly where the contract does: %o', (one) => {
  const { where } = loadRowsSearch({ where: JSON.stringify([one]) });
  expect(where).toEqual(rowCondition.safeParse(one).success ? [one] : []);
});

it('takes no more conditions than the contract', () => {
  const many = (n: number) => Array.from({ length: n }, () => ({ column: 'a', op: 'is_null' }));
  expect(loadRowsSearch({ where: JSON.stringify(many(10)) }).where).toHaveLength(10);
  expect(loadRowsSearch({ where: JSON.stringify(many(11)) }).where).toEqual([]);
});
