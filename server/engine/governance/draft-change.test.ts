import { expect, it } from 'vitest';
import type { ColumnAction } from '@/server/contract/governance';
import { draftChange } from './draft-change';

const mirror = (name: string): ColumnAction => ({ source_column_name: name, action: 'mirror' });
const ignore = (name: string): ColumnAction => ({ source_column_name: name, action: 'ignore' });

it('names the columns that a save decides otherwise, and no others', () => {
  expect(draftChange([mirror('a'), mirror('b')], [mirror('a'), ignore('b')])).toEqual({
    before: [mirror('b')],
    after: [ignore('b')],
  });
  expect(draftChange(null, [mirror('a')])).toEqual({ before: [], after: [mirror('a')] });
  expect(draftChange([mirror('a')], [])).toEqual({ before: [mirror('a')], after: [] });
});

it('is nothing where a draft is saved again as it was, whatever the order of keys', () => {
  const again: ColumnAction = { action: 'mirror', source_column_name: 'a' };
  expect(draftChange([mirror('a')], [again])).toBeNull();
  expect(draftChange(null, [])).toBeNull();
});
