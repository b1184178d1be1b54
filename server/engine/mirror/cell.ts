// Turns one received value into what its mirror column stores, or says why it cannot. SQLite types values,
// not columns, so any value can arrive in any column: what does not fit is the row's error and is staged
// with this sentence, and nothing is ever rounded, cut or guessed to make it fit.
import { canonicalNumber, isIntegerText, type JsonValue } from '@/server/protocol/exact-json';
import type { FAILURE_KINDS } from '@/server/contract/failure-kinds';
import { parseTimestampNs } from '@/server/protocol/timestamp';
import type { MirrorType } from '@/server/db/schema/mirrors';
import { doubleText } from './widen';

export type FailureKind = (typeof FAILURE_KINDS)[number];

/** A value ready for `json_to_recordset`, and its canonical form, equal exactly where Postgres finds the values equal. */
export type Cell = { ok: true; json: string; key: string } | { ok: false; why: string; kind: FailureKind };

const INT64_MIN = -(2n ** 63n);
const INT64_MAX = 2n ** 63n - 1n;
/** Linear in the text's length: two runs of digits beside each other would take hours over a long one. */
const DECIMAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const INFINITIES = new Set(['Infinity', '-Infinity']);
const SHOWN_CHARS_MAX = 60;

const cell = (json: string, key: string): Cell => ({ ok: true, json, key });
const misfit = (kind: FailureKind, why: string): Cell => ({ ok: false, why, kind });

/** The text of a number, also where a device sent it as a string; null for anything else. */
function numberText(value: JsonValue): string | null {
  if (typeof value === 'string') return DECIMAL.test(value) ? value : null;
  return value !== null && typeof value === 'object' && value.kind === 'number' ? value.text : null;
}

/** As a JSON number writes it: SQLite and people also write `+1`, `.5` and `5.`. */
const asJsonNumber = (text: string): string =>
  text
    .replace(/^\+/, '')
    .replace(/^(-?)\./, '$10.')
    .replace(/\.(?=$|[eE])/, '');

/**
 * `value` as an operator reads it, cut to a readable length, and never inside a character: half a surrogate
 * pair in a row's error is what Postgres cannot read out of JSON, and would hold up the row for ever.
 */
export function showValue(value: JsonValue): string {
  const text =
    value !== null && typeof value === 'object' && value.kind === 'number'
      ? value.text
      : JSON.stringify(value);
  return text.length > SHOWN_CHARS_MAX
    ? `${text.slice(0, SHOWN_CHARS_MAX).replace(/[\uD800-\uDBFF]$/, '')}… (${text.length} characters)`
    : text;
}

function integerCell(value: JsonValue): Cell {
  const text = numberText(value);
  if (text === null) return misfit('not_an_integer', `${showValue(value)} is not an integer`);
  const canonical = canonicalNumber(asJsonNumber(text));
  if (!isIntegerText(canonical))
    return misfit('has_a_fraction', `${showValue(value)} has a fraction, the column holds integers`);
  // A canonical integer of more than 20 characters is out of range whatever its digits; BigInt need not see it.
  const n = canonical.length > 20 ? INT64_MAX + 1n : BigInt(canonical);
  if (n < INT64_MIN || n > INT64_MAX)
    return misfit('out_of_range', `${showValue(value)} does not fit into 64 bits`);
  return cell(canonical, canonical);
}

function doubleCell(value: JsonValue): Cell {
  if (typeof value === 'string' && INFINITIES.has(value)) return cell(JSON.stringify(value), value);
  const text = numberText(value);
  if (text === null) return misfit('not_a_number', `${showValue(value)} is not a number`);
  const n = Number(text);
  if (!Number.isFinite(n))
    return misfit('out_of_range', `${showValue(value)} is larger than a double can hold`);
  return cell(Object.is(n, -0) ? '-0.0' : String(n), String(n));
}

function numericCell(value: JsonValue): Cell {
  if (typeof value === 'string' && INFINITIES.has(value)) return cell(JSON.stringify(value), value);
  const text = numberText(value);
  if (text === null) return misfit('not_a_number', `${showValue(value)} is not a number`);
  const canonical = canonicalNumber(asJsonNumber(text));
  // Seven characters can stand for 100,000 digits, which every reader of the table would then be sent.
  if (canonical.includes('e')) return misfit('out_of_range', `${showValue(value)} has more than 400 zeros`);
  return cell(JSON.stringify(text), canonical);
}

function textCell(value: JsonValue): Cell {
  const text =
    typeof value === 'boolean' ? String(value) : typeof value === 'string' ? value : numberText(value);
  if (text === null) return misfit('not_text', `${showValue(value)} is not text`);
  const nul = text.indexOf('\0');
  if (nul >= 0)
    return misfit(
      'nul_character',
      `the text holds the character U+0000 at position ${nul + 1}, which a Postgres text cannot store`,
    );
  if (!text.isWellFormed())
    return misfit('invalid_unicode', 'the text holds half of a surrogate pair, which is not valid Unicode');
  return cell(JSON.stringify(text), text);
}

function bytesCell(value: JsonValue): Cell {
  if (typeof value !== 'string')
    return misfit('not_base64', `${showValue(value)} is not a BLOB (base64 text)`);
  if (!BASE64.test(value)) return misfit('not_base64', `${showValue(value)} is not base64`);
  const hex = Buffer.from(value, 'base64').toString('hex');
  return cell(`"\\\\x${hex}"`, hex);
}

/**
 * A value of a REAL column whose mirror column is wider than that: as it stands there for a row that came before the
 * widening. Written as received, the same row would read `1.0` or `1` by when it came.
 */
export function asWidenedReal(value: JsonValue): JsonValue {
  const text = numberText(value);
  const n = text === null ? Number.NaN : Number(text);
  return Number.isFinite(n) ? doubleText(n) : value;
}

/** Only the event time of a telemetry sample has this type; its digits beyond the microsecond are in its key. */
function timeCell(value: JsonValue): Cell {
  const ns = typeof value === 'string' ? parseTimestampNs(value) : null;
  const text = ns === null ? null : storedTime(ns);
  return text === null
    ? misfit('not_a_time', `${showValue(value)} is not a time that can be stored`)
    : cell(JSON.stringify(text), text);
}

/** Nanoseconds since 1970 as Postgres reads them, cut to the microsecond; null outside the years 1 to 9999. */
export function storedTime(ns: bigint): string | null {
  const us = ns / 1000n - (ns % 1000n < 0n ? 1n : 0n);
  const ms = us / 1000n - (us % 1000n < 0n ? 1n : 0n);
  const iso = new Date(Number(ms)).toISOString();
  if (!/^\d{4}-/.test(iso) || iso.startsWith('0000')) return null;
  return `${iso.slice(0, -1)}${(us - ms * 1000n).toString().padStart(3, '0')}Z`;
}

/**
 * `value` for a mirror column of `type`. Accepted beside the plain JSON form: numbers as strings, since
 * some agents protect large ones so, and "Infinity", which JSON numbers cannot say.
 */
export function encodeCell(value: JsonValue, type: MirrorType): Cell {
  if (value === null) return cell('null', '\0null');
  switch (type) {
    case 'bigint':
      return integerCell(value);
    case 'double precision':
      return doubleCell(value);
    case 'numeric':
      return numericCell(value);
    case 'text':
      return textCell(value);
    case 'bytea':
      return bytesCell(value);
    case 'timestamptz':
      return timeCell(value);
  }
}
