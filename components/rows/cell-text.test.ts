import { describe, expect, test } from 'vitest';
import { cellText, looksLike, shortened, typedText } from './cell-text';

describe('a cell', () => {
  test('tells NULL, the empty string and blanks apart', () => {
    expect(cellText(null).kind).toBe('null');
    expect(cellText('').kind).toBe('empty');
    expect(cellText(' \n')).toEqual({ kind: 'blank', text: '" \\n"' });
    expect(cellText('NULL')).toEqual({ kind: 'text', text: 'NULL' });
  });

  test('keeps every digit of a number that arrives as text', () => {
    expect(cellText('9007199254740993').text).toBe('9007199254740993');
    expect(cellText(0.1).text).toBe('0.1');
  });

  test('says how long a shortened value is', () => {
    expect(shortened('a'.repeat(200))).toBe('a'.repeat(200));
    expect(shortened('a'.repeat(201))).toContain('(201 characters)');
  });

  test('recognises what cannot be a value of a type', () => {
    expect(looksLike('9007199254740993', 'bigint')).toBe(true);
    expect(looksLike('severe', 'bigint')).toBe(false);
    expect(looksLike(1.5, 'bigint')).toBe(false);
    expect(looksLike('1e3', 'numeric')).toBe(true);
    expect(looksLike('', 'double precision')).toBe(false);
    expect(looksLike(null, 'bigint')).toBe(true);
    expect(looksLike('severe', 'text')).toBe(true);
  });

  test('shows what a BLOB is', () => {
    expect(typedText('AP8=', 'bytea')).toBe('2 bytes: 00 ff');
    expect(typedText('AA==', 'bytea')).toBe('1 byte: 00');
    expect(typedText('', 'bytea')).toBe('0 bytes: ');
    expect(typedText('AAAAAAAAAAAAAAAAAAAAAAAA', 'bytea')).toMatch(/^18 bytes: (00 ){12}…$/);
    expect(looksLike('not base64!', 'bytea')).toBe(false);
    expect(typedText(5, 'text')).toBe('"5"');
    expect(typedText('5', 'bigint')).toBeNull();
    expect(typedText('0.10000000000000000555', 'double precision')).toBe('0.1');
    expect(typedText('0.1', 'double precision')).toBeNull();
    expect(looksLike('9223372036854775807', 'bigint')).toBe(true);
    expect(looksLike('9223372036854775808', 'bigint')).toBe(false);
    expect(looksLike('a\0b', 'text')).toBe(false);
  });
});
