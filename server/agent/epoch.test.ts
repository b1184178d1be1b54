import { expect, test } from 'vitest';
import { uuidV7 } from '@/server/lib/uuid';
import { decideEpoch, nextEpoch, type JournalIdentity, type RememberedIdentity } from '@/server/agent/epoch';

const A = '01900000-0000-7000-8000-000000000001';
const B = '01900000-0001-7000-8000-000000000002';
const journal: JournalIdentity = { epoch: A, inode: '7', lease: 'l1', highestSeq: 10n };
const known: RememberedIdentity = {
  epoch: A,
  nextEpoch: null,
  lease: 'l1',
  nextLease: null,
  highestCut: 10n,
};
const fresh: RememberedIdentity = {
  epoch: null,
  nextEpoch: null,
  lease: null,
  nextLease: null,
  highestCut: 0n,
};

test.each([
  ['the same file', '7', journal, known, { kind: 'continue', epoch: A }],
  [
    'a stop between the two halves of a lease',
    '7',
    { ...journal, lease: 'l2' },
    { ...known, nextLease: 'l2' },
    { kind: 'continue', epoch: A },
  ],
  [
    'a stop between the two halves of an epoch',
    '7',
    { ...journal, epoch: B },
    { ...known, nextEpoch: B },
    { kind: 'continue', epoch: B },
  ],
  ['a lost state file', '7', journal, fresh, { kind: 'continue', epoch: A }],
  ['a first run', '7', null, fresh, { kind: 'begin', reason: 'first_run', previous: null }],
  ['a new file in its place', '7', null, known, { kind: 'begin', reason: 'replaced', previous: A }],
  ['a file copied over it', '8', journal, known, { kind: 'begin', reason: 'replaced', previous: A }],
  ['a copied file and a lost state', '8', journal, fresh, { kind: 'begin', reason: 'replaced', previous: A }],
  [
    "another device's file",
    '7',
    { ...journal, epoch: B },
    known,
    { kind: 'begin', reason: 'replaced', previous: A },
  ],
  [
    'a backup written over it',
    '7',
    { ...journal, lease: 'l0' },
    known,
    { kind: 'begin', reason: 'restored', previous: A },
  ],
  [
    'a backup from before the last batch',
    '7',
    { ...journal, highestSeq: 9n },
    known,
    { kind: 'begin', reason: 'rolled_back', previous: A },
  ],
])('%s', (_, inode, found, remembered, decision) => {
  expect(decideEpoch(inode, found, remembered)).toEqual(decision);
});

test('an epoch is later than those before it, also when the clock was set back', () => {
  const latest = uuidV7();
  const next = nextEpoch(new Date(0), [null, A, latest]);
  expect(next > latest).toBe(true);
  expect(nextEpoch(new Date(0), [next]) > next).toBe(true);
});
