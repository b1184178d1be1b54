import { expect, it } from 'vitest';
import type { DraftBasis } from '@/server/db/schema/governance';
import { staleReason } from './draft-basis';

const BASIS: DraftBasis = {
  approvedHash: 'a',
  hashes: ['a', 'b'],
  columnsHash: 'b',
  columns: ['id', 'mode'],
  hadRows: true,
  misfits: ['mode'],
};

it('is not stale while nothing that it rests on has changed, nor when trouble has gone', () => {
  expect(staleReason(BASIS, BASIS)).toBeNull();
  expect(staleReason(BASIS, { ...BASIS, misfits: [] })).toBeNull();
});

it.each<[string, Partial<DraftBasis>, RegExp]>([
  ['a further hash', { hashes: ['a', 'b', 'c'] }, /another schema/],
  ['two further hashes', { hashes: ['a', 'b', 'c', 'd'] }, /2 other schemas/],
  ['another approval', { approvedHash: 'c' }, /approved meanwhile/],
  ['a new column', { columns: ['id', 'mode', 'extra'], columnsHash: 'c' }, /extra/],
  ['other columns', { columnsHash: 'c' }, /anew/],
  ['a value that does not fit', { misfits: ['id', 'mode'] }, /fit their type .*: id\.$/],
])('is stale after %s', (_what, change, reason) => {
  expect(staleReason(BASIS, { ...BASIS, ...change })).toMatch(reason);
});

it('is stale once the first rows have arrived', () => {
  expect(staleReason({ ...BASIS, hadRows: false }, BASIS)).toMatch(/first rows/);
});
