import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ExactJsonError,
  canonicalNumber,
  isIntegerText,
  parseExactJson,
  stringifyExact,
  toPlain,
  type JsonValue,
} from '@/server/protocol/exact-json';

function reasonOf(text: string): string {
  try {
    parseExactJson(text);
    return 'accepted';
  } catch (error) {
    if (error instanceof ExactJsonError) return error.reason;
    throw error;
  }
}

/** A double that JSON.stringify and back keeps; toPlain turns integers above 2^53 into text, so they stay out. */
const plainDouble = fc
  .double({ noNaN: true, noDefaultInfinity: true })
  .filter((n) => !Number.isInteger(n) || Math.abs(n) <= 2 ** 53);
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constant(null),
    fc.boolean(),
    plainDouble,
    fc.string({ unit: 'binary' }),
    fc
      .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 6 })
      .map((units) => String.fromCharCode(...units)),
    fc.array(tie('value')),
    fc.dictionary(fc.string({ unit: 'binary' }), tie('value'), { noNullPrototype: true }),
  ),
})).value;

describe('parseExactJson', () => {
  it('agrees with JSON.parse, with and without white space', () => {
    fc.assert(
      fc.property(json, fc.constantFrom(0, 1, '\t'), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(toPlain(parseExactJson(text))).toEqual(JSON.parse(text));
      }),
    );
  });

  it('writes back what it read', () => {
    fc.assert(
      fc.property(json, (value) => {
        const text = JSON.stringify(value);
        expect(stringifyExact(parseExactJson(text))).toBe(text);
      }),
    );
  });

  it('accepts exactly the texts that JSON.parse accepts', () => {
    const mutated = fc.tuple(
      json,
      fc.nat(),
      fc.constantFrom('', ',', '"', '}', '0', '-', '.', 'e', '\\', '\n', '\u0001', 'n'),
    );
    fc.assert(
      fc.property(mutated, ([value, at, insert]) => {
        const text = JSON.stringify(value);
        const place = at % (text.length + 1);
        const broken = text.slice(0, place) + insert + text.slice(insert === '' ? place + 1 : place);
        let accepted = true;
        try {
          JSON.parse(broken);
        } catch {
          accepted = false;
        }
        // An inserted digit or exponent may overflow a double, and a shortened key may repeat another.
        const reason = reasonOf(broken);
        if (reason === 'number' || reason === 'duplicate_key') return;
        expect(reason).toBe(accepted ? 'accepted' : 'syntax');
      }),
      { numRuns: 2000 },
    );
  });

  it('knows where every object and array stood in the source', () => {
    const source = ' { "pk" : { "id" : 1.50 } , "list": [ 1,2 ] } ';
    const slices: string[] = [];
    const visit = (value: JsonValue): void => {
      if (value === null || typeof value !== 'object' || value.kind === 'number') return;
      slices.push(source.slice(value.start, value.end));
      for (const member of value.kind === 'array' ? value.items : value.entries.values()) visit(member);
    };
    visit(parseExactJson(source));
    expect(slices).toEqual([source.trim(), '{ "id" : 1.50 }', '[ 1,2 ]']);
  });

  it.each([
    ['9007199254740993', '9007199254740993'],
    ['-9223372036854775808', '-9223372036854775808'],
    ['0.1000000000000000055511151231257827', '0.1000000000000000055511151231257827'],
    ['1E+2', '1E+2'],
  ])('keeps the number %s as text', (text, kept) => {
    expect(parseExactJson(text)).toEqual({ kind: 'number', text: kept });
  });

  it('keeps NUL and lone surrogates in strings', () => {
    expect(parseExactJson('"a\\u0000\\ud800b"')).toBe('a\u0000\ud800b');
    expect(stringifyExact('a\u0000\ud800b')).toBe('"a\\u0000\\ud800b"');
  });

  it('keeps a key named __proto__ as an ordinary key', () => {
    const plain = toPlain(parseExactJson('{"__proto__":{"x":1}}'));
    expect(Object.keys(plain ?? {})).toEqual(['__proto__']);
  });

  it.each([
    ['', 'syntax'],
    ['{', 'syntax'],
    ['{"a":1,}', 'syntax'],
    ['[1,]', 'syntax'],
    ['01', 'syntax'],
    ['+1', 'syntax'],
    ['1.', 'syntax'],
    ['.5', 'syntax'],
    ['1e', 'syntax'],
    ['"\u0001"', 'syntax'],
    ['"\\x"', 'syntax'],
    ['"\\u00g0"', 'syntax'],
    ['"open', 'syntax'],
    ['nul', 'syntax'],
    ['1 2', 'syntax'],
    ["{'a':1}", 'syntax'],
    ['-NaN', 'syntax'],
    ['NaN', 'number'],
    ['[Infinity]', 'number'],
    ['{"a":-Infinity}', 'number'],
    ['1e999', 'number'],
    ['-1e309', 'number'],
    ['9'.repeat(400), 'number'],
    ['9'.repeat(308), 'accepted'],
    ['1e-999', 'accepted'],
    ['[NaN,]', 'syntax'],
    ['{"a":1e999,"a":1}', 'duplicate_key'],
    ['{"a":1,"\\u0061":2}', 'duplicate_key'],
    ['[{"a":1},{"a":1}]', 'accepted'],
    ['['.repeat(64) + ']'.repeat(64), 'accepted'],
    ['['.repeat(65) + ']'.repeat(65), 'too_deep'],
    ['['.repeat(100_000), 'too_deep'],
  ])('%#: %.40s is %s', (text, reason) => {
    expect(reasonOf(text)).toBe(reason);
  });

  it('hands over the document whose only offence is a number', () => {
    try {
      parseExactJson('{"batch_id":"b","n":NaN}');
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(ExactJsonError);
      if (error instanceof ExactJsonError) {
        expect(error.offset).toBe(20);
        expect(toPlain(error.value)).toMatchObject({ batch_id: 'b' });
      }
    }
  });
});

/** `digits` times ten to the power of `exponent`, as a fraction in lowest powers of ten, for comparison. */
const sameValue = (a: [bigint, number], b: [bigint, number]): boolean => {
  const low = Math.min(a[1], b[1]);
  return a[0] * 10n ** BigInt(a[1] - low) === b[0] * 10n ** BigInt(b[1] - low);
};
const spell = ([digits, exponent]: [bigint, number]): string => `${digits}e${exponent}`;

describe('canonicalNumber', () => {
  it.each([
    ['1', '1'],
    ['1.0', '1'],
    ['10e-1', '1'],
    ['0.1E1', '1'],
    ['-0', '0'],
    ['-0.000', '0'],
    ['0e99999999999999999999', '0'],
    ['-1.50', '-1.5'],
    ['0.00012', '0.00012'],
    ['12e3', '12000'],
    ['9007199254740993.0', '9007199254740993'],
    ['1e-500', '1e-500'],
    ['0.1e-499', '1e-500'],
    ['1e-99999999999999999999', '1e-99999999999999999999'],
  ])('%s is %s', (text, canonical) => {
    expect(canonicalNumber(text)).toBe(canonical);
  });

  it('is equal exactly when the values are', () => {
    const number = fc.tuple(
      fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
      fc.integer({ min: -450, max: 250 }),
    );
    const near = number.chain(([digits, exponent]) =>
      fc.tuple(
        fc.constant<[bigint, number]>([digits, exponent]),
        fc.constantFrom<[bigint, number]>(
          [digits * 10n, exponent - 1],
          [digits + 1n, exponent],
          [digits * 1000n, exponent - 3],
          [-digits, exponent],
        ),
      ),
    );
    fc.assert(
      fc.property(near, ([a, b]) => {
        expect(canonicalNumber(spell(a)) === canonicalNumber(spell(b))).toBe(sameValue(a, b));
      }),
    );
  });

  it('is a number of the same value, and its own canonical form', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.integer({ min: -40, max: 40 }), (digits, exponent) => {
        const canonical = canonicalNumber(spell([digits, exponent]));
        expect(canonicalNumber(canonical)).toBe(canonical);
        const [whole = '', fraction = ''] = canonical.split('.');
        expect(sameValue([BigInt(whole + fraction), -fraction.length], [digits, exponent])).toBe(true);
      }),
    );
  });
});

describe('number rules', () => {
  it.each([
    ['0', true],
    ['-12', true],
    ['1.0', false],
    ['1e2', false],
    ['01', false],
    ['', false],
  ])('isIntegerText(%s) is %s', (text, expected) => {
    expect(isIntegerText(text)).toBe(expected);
  });

  it.each<[string, number | string]>([
    ['1', 1],
    ['0.1', 0.1],
    ['21.50', 21.5],
    ['9007199254740992', 9007199254740992],
    ['9007199254740993', '9007199254740993'],
    ['1e300', '1e300'],
    ['0.10000000000000000001', '0.10000000000000000001'],
    ['1e-999', '1e-999'],
  ])('toPlain of %s is %s', (text, expected) => {
    expect(toPlain({ kind: 'number', text })).toBe(expected);
  });
});
