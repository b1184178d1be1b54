/**
 * One text per JSON value, whatever its spelling: keys in byte order, numbers by their exact value. Dedup
 * hashes it, so two spellings of a key must meet here, and two different keys must never.
 */
import crypto from 'node:crypto';
import { canonicalNumber, type JsonObject, type JsonValue } from '@/server/protocol/exact-json';
import { compareUtf8 } from '@/server/protocol/utf8-order';

const PK_HASH_BYTES = 16;

/** The canonical text of `value`; equal texts mean equal values. */
export function canonicalJson(value: JsonValue): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return JSON.stringify(value);
  if (value.kind === 'number') return canonicalNumber(value.text);
  if (value.kind === 'array') return `[${value.items.map(canonicalJson).join(',')}]`;
  return canonicalObject(value);
}

function canonicalObject({ entries }: JsonObject): string {
  const keys = [...entries.keys()];
  if (keys.length > 1) keys.sort(compareUtf8);
  let out = '';
  for (const key of keys) {
    out += `${out === '' ? '{' : ','}${JSON.stringify(key)}:${canonicalJson(entries.get(key) ?? null)}`;
  }
  return out === '' ? '{}' : `${out}}`;
}

/** True when two plain values are the same value: `1.0` equals `1`, `"1"` does not. */
export function sameScalar(a: JsonValue, b: JsonValue): boolean {
  if (a === b) return true;
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return false;
  if (a.kind !== 'number' || b.kind !== 'number') return false;
  return a.text === b.text || canonicalNumber(a.text) === canonicalNumber(b.text);
}

// crypto.hash costs half of createHash for short texts, but Node has it only from 20.12 on. Either way by
// hex: a digest as a Buffer has an ArrayBuffer of its own, and 4,096 of those keep the collector busy.
/** SHA-256 of `text` in UTF-8, 64 hex digits. */
export const sha256Hex: (text: string) => string =
  typeof crypto.hash === 'function'
    ? (text) => crypto.hash('sha256', text, 'hex')
    : (text) => crypto.createHash('sha256').update(text, 'utf8').digest('hex');

/** The dedup key of a primary key: the first 16 bytes of SHA-256 over its canonical text. */
export function pkHashOf(pk: JsonObject): Buffer {
  return Buffer.from(sha256Hex(canonicalJson(pk)).slice(0, PK_HASH_BYTES * 2), 'hex');
}
