import { expect, test } from 'vitest';
import { changesOf } from './changes';

test('the fields that differ, in their words', () => {
  const data = {
    before: { cap: 5, mode: 'none', kept: [1], gone: true },
    after: { cap: 6, mode: 'none', kept: [1], fresh: 'x' },
  };
  expect(changesOf(data)).toEqual([
    { field: 'cap', before: '5', after: '6' },
    { field: 'gone', before: 'true', after: 'none' },
    { field: 'fresh', before: 'none', after: 'x' },
  ]);
});

test('values that are no objects are one change; nothing is none', () => {
  expect(changesOf({ before: ['a'], after: [] })).toEqual([{ field: '', before: '["a"]', after: '[]' }]);
  expect(changesOf({ name: 'x' })).toEqual([]);
});
