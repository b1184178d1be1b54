/**
 * JSON with nothing lost: numbers stay the text that the device sent and every array and object knows its
 * place in the source. With JSON.parse, 9007199254740993 would reach the mirror as 9007199254740992, and a
 * repeated key would silently hide the value before it.
 */

import { plainNumber } from '@/server/protocol/exact-number';

export { canonicalNumber, isIntegerText } from '@/server/protocol/exact-number';

export interface JsonNumber {
  readonly kind: 'number';
  /** The number exactly as received, e.g. `1.50`. */
  readonly text: string;
}

export interface JsonArray {
  readonly kind: 'array';
  readonly items: readonly JsonValue[];
  /** `source.slice(start, end)` is the array exactly as received. */
  readonly start: number;
  readonly end: number;
}

export interface JsonObject {
  readonly kind: 'object';
  readonly entries: ReadonlyMap<string, JsonValue>;
  /** `source.slice(start, end)` is the object exactly as received. */
  readonly start: number;
  readonly end: number;
}

export type JsonValue = null | boolean | string | JsonNumber | JsonArray | JsonObject;

export type ExactJsonReason = 'syntax' | 'number' | 'duplicate_key' | 'too_deep';

/** Why a text is not acceptable JSON; `offset` counts UTF-16 units from the start of the text. */
export class ExactJsonError extends Error {
  override readonly name = 'ExactJsonError';
  constructor(
    readonly reason: ExactJsonReason,
    readonly offset: number,
    message: string,
    /** The whole document where only a number is at fault, so that its sender can still be told apart. */
    readonly value: JsonValue = null,
  ) {
    super(message);
  }
}

const DEPTH_MAX = 64;
const DIGITS_SURELY_FINITE = 308;
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

const isDigit = (c: number): boolean => c >= 48 && c <= 57;

class Parser {
  private pos = 0;
  private depth = 0;
  private badNumberAt = -1;

  constructor(private readonly text: string) {}

  document(): JsonValue {
    const value = this.value();
    this.skipSpace();
    if (this.pos < this.text.length) this.fail();
    if (this.badNumberAt >= 0) {
      const message = `the number at offset ${this.badNumberAt} is not finite`;
      throw new ExactJsonError('number', this.badNumberAt, message, value);
    }
    return value;
  }

  private value(): JsonValue {
    this.skipSpace();
    const c = this.text.charCodeAt(this.pos);
    if (c === 34) return this.string();
    if (c === 123) return this.object();
    if (c === 91) return this.array();
    if (c === 45 || isDigit(c)) return this.number();
    if (c === 110) return this.word('null', null);
    if (c === 116) return this.word('true', true);
    if (c === 102) return this.word('false', false);
    if (c === 78) return this.notFinite('NaN');
    if (c === 73) return this.notFinite('Infinity');
    return this.fail();
  }

  private object(): JsonObject {
    const start = this.enter();
    const entries = new Map<string, JsonValue>();
    this.skipSpace();
    if (this.text.charCodeAt(this.pos) !== 125) {
      for (;;) {
        this.skipSpace();
        const keyAt = this.pos;
        if (this.text.charCodeAt(keyAt) !== 34) this.fail();
        const key = this.string();
        if (entries.has(key)) {
          const message = `the key ${JSON.stringify(key.slice(0, 60))} is repeated at offset ${keyAt}`;
          throw new ExactJsonError('duplicate_key', keyAt, message);
        }
        this.skipSpace();
        if (this.text.charCodeAt(this.pos) !== 58) this.fail();
        this.pos++;
        entries.set(key, this.value());
        this.skipSpace();
        const c = this.text.charCodeAt(this.pos);
        if (c === 125) break;
        if (c !== 44) this.fail();
        this.pos++;
      }
    }
    return { kind: 'object', entries, start, end: this.leave() };
  }

  private array(): JsonArray {
    const start = this.enter();
    const items: JsonValue[] = [];
    this.skipSpace();
    if (this.text.charCodeAt(this.pos) !== 93) {
      for (;;) {
        items.push(this.value());
        this.skipSpace();
        const c = this.text.charCodeAt(this.pos);
        if (c === 93) break;
        if (c !== 44) this.fail();
        this.pos++;
      }
    }
    return { kind: 'array', items, start, end: this.leave() };
  }

  private enter(): number {
    if (++this.depth > DEPTH_MAX) {
      const message = `nested deeper than ${DEPTH_MAX} levels at offset ${this.pos}`;
      throw new ExactJsonError('too_deep', this.pos, message);
    }
    return this.pos++;
  }

  private leave(): number {
    this.depth--;
    return ++this.pos;
  }

  private string(): string {
    const { text } = this;
    const start = this.pos + 1;
    for (let i = start; ; i++) {
      const c = text.charCodeAt(i);
      if (c === 34) {
        this.pos = i + 1;
        return text.slice(start, i);
      }
      if (c === 92) return this.escapedString(start, i);
      if (!(c >= 32)) this.fail(i);
    }
  }

  private escapedString(start: number, firstEscape: number): string {
    const { text } = this;
    let out = text.slice(start, firstEscape);
    let i = firstEscape;
    for (;;) {
      const letter = text.charAt(i + 1);
      if (letter === 'u') {
        const hex = text.slice(i + 2, i + 6);
        if (!/^[0-9a-fA-F]{4}$/.test(hex)) this.fail(i);
        out += String.fromCharCode(Number.parseInt(hex, 16));
        i += 6;
      } else {
        out += ESCAPES[letter] ?? this.fail(i);
        i += 2;
      }
      const from = i;
      let c = text.charCodeAt(i);
      while (c >= 32 && c !== 34 && c !== 92) c = text.charCodeAt(++i);
      out += text.slice(from, i);
      if (c === 34) {
        this.pos = i + 1;
        return out;
      }
      if (c !== 92) this.fail(i);
    }
  }

  private number(): JsonNumber {
    const { text } = this;
    const start = this.pos;
    let i = start;
    let c = text.charCodeAt(i);
    if (c === 45) {
      c = text.charCodeAt(++i);
      if (c === 73) return this.notFinite('-Infinity');
    }
    if (!isDigit(c)) this.fail(i);
    const leadingZero = c === 48;
    i++;
    if (!leadingZero) while (isDigit(text.charCodeAt(i))) i++;
    c = text.charCodeAt(i);
    if (c === 46) {
      i = this.digits(i + 1);
      c = text.charCodeAt(i);
    }
    let mayOverflow = i - start > DIGITS_SURELY_FINITE;
    if (c === 101 || c === 69) {
      const sign = text.charCodeAt(i + 1);
      i = this.digits(sign === 43 || sign === 45 ? i + 2 : i + 1);
      mayOverflow = true;
    }
    this.pos = i;
    const slice = text.slice(start, i);
    if (mayOverflow && !Number.isFinite(Number(slice))) this.noteBadNumber(start);
    return { kind: 'number', text: slice };
  }

  /** Skips one digit or more from `i`; returns the offset after them. */
  private digits(i: number): number {
    if (!isDigit(this.text.charCodeAt(i))) this.fail(i);
    while (isDigit(this.text.charCodeAt(i))) i++;
    return i;
  }

  private notFinite(token: string): JsonNumber {
    this.noteBadNumber(this.pos);
    this.word(token, null);
    return { kind: 'number', text: token };
  }

  private noteBadNumber(offset: number): void {
    if (this.badNumberAt < 0) this.badNumberAt = offset;
  }

  private word<T>(token: string, value: T): T {
    if (!this.text.startsWith(token, this.pos)) this.fail();
    this.pos += token.length;
    return value;
  }

  private skipSpace(): void {
    for (;;) {
      const c = this.text.charCodeAt(this.pos);
      if (c !== 32 && c !== 10 && c !== 13 && c !== 9) return;
      this.pos++;
    }
  }

  private fail(at = this.pos): never {
    if (at >= this.text.length)
      throw new ExactJsonError('syntax', at, `the text ends too early, at offset ${at}`);
    const found = JSON.stringify(String.fromCodePoint(this.text.codePointAt(at) ?? 0));
    throw new ExactJsonError('syntax', at, `unexpected ${found} at offset ${at}`);
  }
}

/** Parses one JSON document (RFC 8259, at most 64 levels deep); throws ExactJsonError. */
export function parseExactJson(text: string): JsonValue {
  return new Parser(text).document();
}

/** Writes `value` without white space: numbers as received, strings as JSON.stringify writes them. */
export function stringifyExact(value: JsonValue): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return JSON.stringify(value);
  if (value.kind === 'number') return value.text;
  if (value.kind === 'array') return `[${value.items.map(stringifyExact).join(',')}]`;
  const members = Array.from(
    value.entries,
    ([key, member]) => `${JSON.stringify(key)}:${stringifyExact(member)}`,
  );
  return `{${members.join(',')}}`;
}

/**
 * `value` as ordinary JavaScript data, for display: a number that a double cannot hold (an integer above
 * 2^53, more digits than 17) becomes its text, so that no digit is lost.
 */
export function toPlain(value: JsonValue): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (value.kind === 'number') return plainNumber(value.text);
  if (value.kind === 'array') return value.items.map(toPlain);
  return Object.fromEntries(Array.from(value.entries, ([key, member]) => [key, toPlain(member)]));
}
