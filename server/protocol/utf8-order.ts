/**
 * Strings in the order of their UTF-8 bytes, which is what SQLite, Postgres ("C") and the fingerprint use.
 * JavaScript's own order puts U+1F600 before U+FF21; a hash built on it would differ from other agents'.
 */

/** Shifts a UTF-16 unit so that surrogates rank above the rest of the basic plane, as in UTF-8. */
const rank = (unit: number): number =>
  unit >= 0xe000 ? unit - 0x800 : unit >= 0xd800 ? unit + 0x2000 : unit;

/** Negative, zero or positive as `a` sorts before, with or after `b` by UTF-8 bytes. */
export function compareUtf8(a: string, b: string): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return rank(x) - rank(y);
  }
  return a.length - b.length;
}

/** True when Postgres can store `text`: no NUL, and no half of a surrogate pair, which has no UTF-8 form. */
export function isStorableText(text: string): boolean {
  return !text.includes('\u0000') && !/\p{Surrogate}/u.test(text);
}

/** The length of `text` in characters (code points), not in UTF-16 units. */
export function characterCount(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}
