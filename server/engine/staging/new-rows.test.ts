import fc from 'fast-check';
import { expect, it } from 'vitest';
import { pkHashOf } from '@/server/protocol/canonical-json';
import { parseExactJson } from '@/server/protocol/exact-json';
import { encodeRowJson, type SqlValue } from '@/server/protocol/row-batch-encode';
import { hashOfKeyText } from './new-rows';

function hashOf(text: string): string {
  const key = parseExactJson(text);
  if (key === null || typeof key !== 'object' || key.kind !== 'object') throw new Error('no object');
  return pkHashOf(key).toString('hex');
}

it('hashes a key as it stands where that is its canonical text', () => {
  const value = fc.oneof(
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    fc.bigInt({ min: -9n, max: 9n }),
    fc.double({ noNaN: true }),
    fc.string({ unit: 'binary' }),
    fc.constantFrom<SqlValue>(null, true, '', 'a"b\\'),
  );
  const name = fc.string({ unit: 'binary', maxLength: 4 });
  fc.assert(
    fc.property(fc.dictionary(name, value, { minKeys: 1, maxKeys: 2 }), (key) => {
      const text = encodeRowJson(key);
      expect(hashOfKeyText(text)).toBe(hashOf(text));
    }),
    { numRuns: 200 },
  );
  for (const text of [
    '{"id":1.0}',
    '{ "id":1}',
    '{"id":-0}',
    '{"id":1e2}',
    '{"a":"x","b":1}',
    '{"i\\u0064":1}',
  ])
    expect(hashOfKeyText(text)).toBe(hashOf(text));
});
