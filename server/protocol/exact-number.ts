/**
 * Rules for numbers that stay text. Values are compared by their exact decimal value and never by a double,
 * which would call 9007199254740992 and 9007199254740993 the same key.
 */

/** True for an integer written plainly, without fraction or exponent: `-12`, not `12.0`. */
export function isIntegerText(text: string): boolean {
  return /^-?(?:0|[1-9][0-9]*)$/.test(text);
}

/** Beyond this many zeros a number is written with an exponent, so that `1e-999999999` costs no memory. */
const ZEROS_MAX = 400;

/**
 * The one text of a number's exact decimal value: `1.0`, `10e-1` and `1` give `1`, `-0` gives `0`.
 * `text` is a JSON number; equal results mean equal values.
 */
export function canonicalNumber(text: string): string {
  if (isIntegerText(text)) return text === '-0' ? '0' : text;
  const match = /^(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?$/.exec(text);
  if (match === null) throw new Error(`not a JSON number: ${text.slice(0, 60)}`);
  const [, sign = '', whole = '', fraction = '', exponentText = '0'] = match;
  const all = whole + fraction;
  let from = 0;
  let to = all.length;
  while (from < to && all.charCodeAt(from) === 48) from++;
  while (to > from && all.charCodeAt(to - 1) === 48) to--;
  if (from === to) return '0';
  const digits = all.slice(from, to);
  const exponent = BigInt(exponentText) - BigInt(fraction.length) + BigInt(all.length - to);
  return sign + placePoint(digits, exponent);
}

/** `digits` (without outer zeros) times ten to the power of `exponent`. */
function placePoint(digits: string, exponent: bigint): string {
  const point = BigInt(digits.length) + exponent;
  if (exponent > ZEROS_MAX || point < -ZEROS_MAX) return `${digits}e${exponent}`;
  if (exponent >= 0n) return digits + '0'.repeat(Number(exponent));
  if (point <= 0n) return `0.${'0'.repeat(Number(-point))}${digits}`;
  return `${digits.slice(0, Number(point))}.${digits.slice(Number(point))}`;
}

const INTEGER_MAX = 2 ** 53;

/** The number `text` as a double where no digit is lost by it, otherwise `text` itself. */
export function plainNumber(text: string): number | string {
  const number = Number(text);
  if (Number.isInteger(number) && Math.abs(number) > INTEGER_MAX) return text;
  if (!Number.isFinite(number)) return text;
  return canonicalNumber(String(number)) === canonicalNumber(text) ? number : text;
}
