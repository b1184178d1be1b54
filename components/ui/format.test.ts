import { describe, expect, test } from 'vitest';
import {
  formatAge,
  formatBytes,
  formatCount,
  formatCounted,
  formatDuration,
  formatPace,
  formatShare,
  formatUntil,
  shorten,
} from './format';

describe('format', () => {
  test('groups thousands and counts nouns', () => {
    expect(formatCount(8130)).toBe('8,130');
    expect(formatCounted(1, 'row')).toBe('1 row');
    expect(formatCounted(8130, 'row')).toBe('8,130 rows');
    expect(formatCounted(2, 'batch', 'batches')).toBe('2 batches');
  });

  test.each([
    [0, '0 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [3_599_999, '59 min'],
    [3_600_000, '1 h'],
    [11_400_000, '3 h 10 min'],
    [86_400_000, '1 d'],
    [187_200_000, '2 d 4 h'],
    [950_400_000, '11 d'],
    [-5, '0 s'],
  ])('a span of %i ms is %s', (ms, text) => expect(formatDuration(ms)).toBe(text));

  test('an age never lies in the future', () => {
    expect(formatAge('2026-01-01T00:00:10Z', Date.parse('2026-01-01T00:00:00Z'))).toBe('just now');
    expect(formatAge('2026-01-01T00:00:00Z', Date.parse('2026-01-01T00:01:00Z'))).toBe('1 min ago');
  });

  test('a time to come is told until it has come', () => {
    const now = Date.parse('2026-01-01T00:00:00Z');
    expect(formatUntil('2026-01-01T00:04:30Z', now)).toBe('in 4 min');
    expect(formatUntil('2026-01-01T00:00:00Z', now)).toBe('due');
    expect(formatUntil('2025-12-31T23:00:00Z', now)).toBe('due');
  });

  test.each([
    [0, '0'],
    [0.04, '< 0.1'],
    [1.23, '1.2'],
    [46.4, '46'],
    [8130, '8,130'],
  ])('%f a minute is %s', (n, text) => expect(formatPace(n)).toBe(text));

  test.each([
    [512, '512 B'],
    [1536, '1.5 KiB'],
    [1_073_741_824, '1.0 GiB'],
    [200 * 1024, '200 KiB'],
  ])('%i bytes are %s', (n, text) => expect(formatBytes(n)).toBe(text));

  test('a share is all or nothing only when it is', () => {
    expect([0, 0.001, 0.37, 0.999, 1].map(formatShare)).toEqual(['0 %', '< 1 %', '37 %', '> 99 %', '100 %']);
  });

  test('shortens only what is longer', () => {
    expect(shorten('abc')).toBe('abc');
    expect(shorten('0123456789')).toBe('01234567');
  });
});
