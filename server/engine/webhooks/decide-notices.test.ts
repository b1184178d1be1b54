import { describe, expect, it } from 'vitest';
import { decideNotices, type Notice } from './decide-notices';
import type { Situation } from './situation';

const NOW = new Date('2026-05-01T12:00:00Z');
const ago = (minutes: number): Date => new Date(NOW.getTime() - minutes * 60_000);

const situation = (over: Partial<Situation> = {}): Situation => ({
  kind: 'review_waits',
  key: 'a',
  since: ago(5),
  isTellable: true,
  grewAt: null,
  subject: { of: 'fleet', id: 'x' },
  ...over,
});
const notice = (over: Partial<Notice> = {}): Notice => ({
  kind: 'review_waits',
  key: 'a',
  toldAt: ago(5),
  endedAt: null,
  ...over,
});
const told = (situations: Situation[], notices: Notice[]) =>
  decideNotices(situations, notices, NOW).tell.map(({ key }) => key);

describe('a situation', () => {
  it('is told once it has settled, and not while a person is at it', () => {
    expect(told([situation()], [])).toEqual(['a']);
    expect(told([situation({ since: new Date(NOW.getTime() - 9_000) })], [])).toEqual([]);
    expect(told([situation({ isTellable: false })], [])).toEqual([]);
  });

  it('is not told again while it lasts, however long', () => {
    expect(told([situation()], [notice({ toldAt: ago(10_000) })])).toEqual([]);
  });

  it('that has ended and begins again is told again after an hour', () => {
    expect(told([situation()], [notice({ toldAt: ago(59), endedAt: ago(30) })])).toEqual([]);
    expect(told([situation()], [notice({ toldAt: ago(61), endedAt: ago(30) })])).toEqual(['a']);
  });

  it('that grows is told again, once an hour', () => {
    const grown = situation({ grewAt: ago(1) });
    expect(told([grown], [notice({ toldAt: ago(61) })])).toEqual(['a']);
    expect(told([grown], [notice({ toldAt: ago(59) })])).toEqual([]);
    expect(told([situation({ grewAt: ago(70) })], [notice({ toldAt: ago(61) })])).toEqual([]);
  });

  it('is told per kind, and the longest standing first, in portions', () => {
    expect(told([situation()], [notice({ kind: 'breaker_opened' })])).toEqual(['a']);
    const many = Array.from({ length: 50 }, (_, i) => situation({ key: `${i}`, since: ago(100 - i) }));
    expect(told(many.toReversed(), [])).toEqual(Array.from({ length: 20 }, (_, i) => `${i}`));
  });
});

it('a notice ends with its situation, and is forgotten when it would be told anew', () => {
  const over = { toldAt: ago(61), endedAt: ago(60) };
  const { ended, forget } = decideNotices(
    [situation({ key: 'lasts' })],
    [notice({ key: 'lasts' }), notice({ key: 'gone' }), notice({ key: 'old', ...over })],
    NOW,
  );
  expect(ended.map(({ key }) => key)).toEqual(['gone']);
  expect(forget.map(({ key }) => key)).toEqual(['old']);
});
