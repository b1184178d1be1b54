import { describe, expect, it } from 'vitest';
import { IDENTIFIER_BYTES_MAX, mirrorTable, quoteIdentifier } from './identifier';

describe('quoteIdentifier', () => {
  it.each([
    ['plain', '"plain"'],
    ['select', '"select"'],
    ['set point', '"set point"'],
    ['x"; drop table tidegate.device; --', '"x""; drop table tidegate.device; --"'],
    ['"', '""""'],
    ['\\', '"\\"'],
    ['größe 😀', '"größe 😀"'],
  ])('%j', (name, quoted) => {
    expect(quoteIdentifier(name)).toBe(quoted);
  });

  it('refuses what Postgres would cut or cannot hold', () => {
    expect(quoteIdentifier('x'.repeat(IDENTIFIER_BYTES_MAX))).toHaveLength(IDENTIFIER_BYTES_MAX + 2);
    for (const name of ['', 'a\0b', '\ud800', 'x'.repeat(IDENTIFIER_BYTES_MAX + 1), 'ä'.repeat(32)])
      expect(() => quoteIdentifier(name)).toThrow();
  });
});

it('quotes both parts of a mirror table', () => {
  expect(mirrorTable('a"b')).toBe('"tidegate_mirror"."a""b"');
});
