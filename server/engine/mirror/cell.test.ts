import { describe, expect, it, test } from 'vitest';
import { encodeCell, showValue } from '@/server/engine/mirror/cell';
import { doubleText } from '@/server/engine/mirror/widen';

describe('numbers as SQLite and people write them', () => {
  test.each([
    ['.5', 'numeric', '0.5'],
    ['-.5', 'numeric', '-0.5'],
    ['+5.', 'numeric', '5'],
    ['5.e2', 'bigint', '500'],
    ['5.', 'bigint', '5'],
    ['+.5e1', 'bigint', '5'],
    ['.5', 'double precision', '0.5'],
  ] as const)('takes %s for %s as %s', (text, type, key) => {
    expect(encodeCell(text, type)).toMatchObject({ ok: true, key });
  });

  it('has a sentence, and no exception, for .5 in a column of integers', () => {
    expect(encodeCell('.5', 'bigint')).toMatchObject({ ok: false, why: expect.stringContaining('fraction') });
  });

  it('does not let seven characters become 100,000 digits in everybody’s reading', () => {
    expect(encodeCell('1e100000', 'numeric')).toMatchObject({ ok: false });
    expect(encodeCell({ kind: 'number', text: '1e-100000' }, 'numeric')).toMatchObject({ ok: false });
    expect(encodeCell({ kind: 'number', text: '1e308' }, 'numeric')).toMatchObject({ ok: true });
  });

  // Two runs of digits beside each other in the pattern took hours for this text.
  it('looks at half a megabyte of digits once', () => {
    expect(encodeCell(`${'1'.repeat(500_000)}x`, 'bigint')).toMatchObject({ ok: false });
  });
});

it('never cuts a shown value inside a character', () => {
  for (let before = 50; before < 64; before++) {
    expect(showValue('x'.repeat(before) + '😀'.repeat(20)).isWellFormed()).toBe(true);
  }
});

// As PostgreSQL 18 prints each of them.
test.each([
  [1, '1'],
  [-0, '-0'],
  [0.0001, '0.0001'],
  [0.00001, '1e-05'],
  [123456789012345, '123456789012345'],
  [1e15, '1e+15'],
  [1.25e21, '1.25e+21'],
  [-2.5e-7, '-2.5e-07'],
  [5e-324, '5e-324'],
  [1.7976931348623157e308, '1.7976931348623157e+308'],
])('writes the double %d as %s', (n, text) => {
  expect(doubleText(n)).toBe(text);
});
