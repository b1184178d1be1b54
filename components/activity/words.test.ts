import { expect, it } from 'vitest';
import { formatShort, perMinute, summaryOf } from './words';

it('says what a chart shows to who cannot see it', () => {
  expect(summaryOf('Staged rows', '1h', [null, 5, 8130, 12, null])).toBe(
    'Staged rows, last hour: 12 now, 8,130 at most',
  );
  expect(summaryOf('Staged rows', '7d', [null])).toBe('Staged rows, last 7 days: nothing is known yet');
});

it('keeps numbers short beside an axis and knows no rate where nobody looked', () => {
  expect(formatShort(1234)).toBe('1.2K');
  expect(perMinute(30, 900)).toBe(2);
  expect(perMinute(null, 900)).toBeNull();
});
