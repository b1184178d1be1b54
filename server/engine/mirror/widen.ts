// Which mirror type holds the values of two, exactly. An integer beyond 2^53 and a double meet in numeric, not
// in double: nothing that is in the mirror, or that an older schema still sends, may be rounded by a widening.
import type { MirrorType } from '@/server/db/schema/mirrors';

const NUMBERS: ReadonlySet<MirrorType> = new Set(['bigint', 'double precision', 'numeric']);

/** The narrowest type that holds every value of both. */
export function widerOf(a: MirrorType, b: MirrorType): MirrorType {
  if (a === b) return a;
  return NUMBERS.has(a) && NUMBERS.has(b) ? 'numeric' : 'text';
}

/** True where a column of `type` takes every value of `wanted`. */
export const holds = (type: MirrorType, wanted: MirrorType): boolean => widerOf(type, wanted) === type;

/**
 * How a stored value of `from` becomes one of `to`; `column` is quoted. A double goes by its shortest text,
 * since Postgres' own cast to numeric keeps 15 digits only; bytes become the base64 that they arrived as.
 */
export function widenedExpression(column: string, from: MirrorType, to: MirrorType): string {
  if (from === 'bytea') return `replace(encode(${column}, 'base64'), E'\\n', '')`;
  return `${column}::text::${to}`;
}

/** From here on, and below the other, Postgres writes a double with an exponent. */
const PLAIN_BELOW_EXPONENT = 15;
const PLAIN_FROM_EXPONENT = -4;

/** A finite double as Postgres writes it. */
export function doubleText(n: number): string {
  if (Object.is(n, -0)) return '-0';
  const [digits = '0', exponent = '0'] = n.toExponential().split('e');
  const e = Number(exponent);
  if (e >= PLAIN_FROM_EXPONENT && e < PLAIN_BELOW_EXPONENT) return String(n);
  return `${digits}e${e < 0 ? '-' : '+'}${String(Math.abs(e)).padStart(2, '0')}`;
}
