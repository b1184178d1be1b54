/**
 * Values from the API's own description: fitting ones, and ones that are wrong in one place. What a route takes is
 * tried as it is described, so a route that is added is tried too.
 */
import fc from 'fast-check';

export type JsonSchema = { [key: string]: unknown };

const JUNK: readonly unknown[] = [
  null,
  true,
  '',
  ' ',
  'x'.repeat(5000),
  -1,
  0,
  1.5,
  1e308,
  '9'.repeat(400),
  [],
  [[]],
  {},
  { a: { b: { c: 1 } } },
  'ü漢😀‮',
  "'; drop table tidegate.lineage; --",
  '%00',
  '{{7*7}}',
  '../../etc/passwd',
  '2026-13-45T99:99:99Z',
  '00000000-0000-0000-0000-000000000000',
];

/** Something that rarely fits anywhere. */
export const junk = (): fc.Arbitrary<unknown> => fc.constantFrom(...JUNK);

/** A value that fits the schema, as far as a schema can say it. */
export function fitting(schema: JsonSchema): fc.Arbitrary<unknown> {
  if ('const' in schema) return fc.constant(schema['const']);
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...(schema['enum'] as unknown[]));
  const choices = (schema['anyOf'] ?? schema['oneOf']) as JsonSchema[] | undefined;
  if (choices !== undefined) return fc.oneof(...choices.map(fitting));
  switch (schema['type']) {
    case 'string':
      return text(schema);
    case 'integer':
    case 'number':
      return fc.integer({ min: (schema['minimum'] as number | undefined) ?? 0, max: upperOf(schema) });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(fitting((schema['items'] ?? {}) as JsonSchema), {
        minLength: (schema['minItems'] as number | undefined) ?? 0,
        maxLength: 4,
      });
    case 'object':
      return objectOf(schema);
    default:
      return fc.constantFrom<unknown>('x', 1, null);
  }
}

function upperOf({ minimum, maximum }: JsonSchema): number {
  return Math.max(
    (minimum as number | undefined) ?? 0,
    Math.min((maximum as number | undefined) ?? 1000, 100_000),
  );
}

function text({ format, pattern, minLength, maxLength }: JsonSchema): fc.Arbitrary<unknown> {
  if (format === 'uuid') return fc.uuid({ version: 4 });
  if (format === 'date-time') return fc.constantFrom('2026-01-31T08:00:00Z', '2026-01-31T08:00:00.123+02:00');
  if (typeof pattern === 'string') return fc.stringMatching(new RegExp(pattern)).map((s) => s.slice(0, 60));
  const min = (minLength as number | undefined) ?? 1;
  const max = Math.max(min, Math.min((maxLength as number | undefined) ?? 12, 12));
  return fc.oneof(
    fc.string({ unit: fc.constantFrom(...'abcdefgh0189-_'), minLength: min, maxLength: max }),
    fc.string({ unit: 'grapheme', minLength: min, maxLength: max }),
  );
}

/** The required fields, and any of the others. */
function objectOf(schema: JsonSchema): fc.Arbitrary<Record<string, unknown>> {
  const properties = (schema['properties'] ?? {}) as Record<string, JsonSchema>;
  const required = (schema['required'] ?? []) as string[];
  const optional = Object.keys(properties).filter((name) => !required.includes(name));
  const values = Object.entries(properties).map(([name, member]) => [name, fitting(member)] as const);
  return fc
    .tuple(fc.subarray(optional), fc.record(Object.fromEntries(values)))
    .map(([chosen, all]) =>
      Object.fromEntries(
        Object.entries(all).filter(([name]) => required.includes(name) || chosen.includes(name)),
      ),
    );
}

/** A fitting object with one place wrong: a field with junk, one gone, or one that is not known. */
export function flawed(schema: JsonSchema): fc.Arbitrary<Record<string, unknown>> {
  const names = Object.keys((schema['properties'] ?? {}) as object);
  const place =
    names.length === 0
      ? fc.constant('unknown_field')
      : fc.constantFrom(...names, 'unknown_field', '__proto__');
  return fc
    .tuple(objectOf(schema), place, fc.option(junk(), { freq: 4, nil: undefined }))
    .map(([object, name, wrong]) => {
      const copy: Record<string, unknown> = Object.fromEntries(
        Object.entries(object).filter(([key]) => key !== name),
      );
      if (wrong !== undefined) Object.defineProperty(copy, name, { value: wrong, enumerable: true });
      return copy;
    });
}
