import { describe, expect, it, test } from 'vitest';
import { encodeCell, showValue } from '@/server/engine/mirror/cell';

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
