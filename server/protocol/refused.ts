/**
 * How a parser says no: a code, the place and a sentence. Every text made here is short, in one line and
 * storable, because a rejection that Postgres could not keep would bring its message back for ever.
 */
import {
  canonicalNumber,
  isIntegerText,
  type JsonObject,
  type JsonValue,
} from '@/server/protocol/exact-json';
import type { RejectionCode } from '@/server/protocol/rejections';

/** Ends the parse with a rejection; thrown and caught inside this folder only. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly detail: string;
  /** `predicate` follows the path: `is 7, must be a string`. With a null path it is the whole sentence. */
  constructor(
    readonly code: RejectionCode,
    readonly path: string | null,
    readonly predicate: string,
    /** Set where the sentence reads better without the path. */
    detail?: string,
  ) {
    super(code);
    this.detail = detail ?? (path === null ? predicate : `${path} ${predicate}`);
  }

  /** The same offence seen from the message: `op` of row 17 is `rows[17].op`. */
  under(prefix: string): Refused {
    const path =
      this.path === null ? prefix : this.path.startsWith('[') ? prefix + this.path : `${prefix}.${this.path}`;
    return new Refused(this.code, path, this.predicate);
  }
}

const SHOWN_CHARS_MAX = 60;
const count = new Intl.NumberFormat('en-US');

/** `4200` as `4,200`. */
export const formatCount = (n: number): string => count.format(n);

/** `value` for a sentence: short, in one line, with nothing that Postgres could not store. */
export function show(value: JsonValue | undefined): string {
  if (value === undefined) return 'missing';
  if (value === null || typeof value === 'boolean') return String(value);
  const cut = (text: string): string =>
    text.length > SHOWN_CHARS_MAX ? `${text.slice(0, SHOWN_CHARS_MAX)}…` : text;
  if (typeof value === 'string') return JSON.stringify(cut(value));
  if (value.kind === 'number') return cut(value.text);
  return value.kind === 'array' ? 'an array' : 'an object';
}

/** A key as it is appended to a path: `.mode`, or `["set point"]` where it is not a plain word. */
export function pathKey(key: string): string {
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(key) && key.length <= SHOWN_CHARS_MAX) return `.${key}`;
  return `[${show(key)}]`;
}

/** `JsonObject` or null. */
export function asObject(value: JsonValue | undefined): JsonObject | null {
  return typeof value === 'object' && value !== null && value.kind === 'object' ? value : null;
}

/** The integer that a JSON number stands for (`1`, `1.0`, `10e-1`), or null for anything else. */
export function integerOf(value: JsonValue | undefined): bigint | null {
  if (typeof value !== 'object' || value === null || value.kind !== 'number') return null;
  if (isIntegerText(value.text)) return BigInt(value.text);
  const canonical = canonicalNumber(value.text);
  return isIntegerText(canonical) ? BigInt(canonical) : null;
}
