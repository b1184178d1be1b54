/**
 * The fields that several messages share, each with its one rejection code. A field that was read by two
 * rules would be refused on one topic and accepted on another.
 */
import { isUuidV7 } from '@/server/lib/uuid';
import type { JsonObject, JsonValue } from '@/server/protocol/exact-json';
import { SEQ_MAX, SOURCE_TABLE_CHARS_MAX } from '@/server/protocol/limits';
import { Refused, formatCount, integerOf, show } from '@/server/protocol/refused';
import type { RejectionCode } from '@/server/protocol/rejections';
import { parseTimestampNs } from '@/server/protocol/timestamp';
import { characterCount, isStorableText } from '@/server/protocol/utf8-order';

/** A field that must be there; its absence is `missing_field`. */
export function required(fields: JsonObject, name: string): JsonValue {
  const value = fields.entries.get(name);
  if (value === undefined) throw new Refused('missing_field', name, 'is missing');
  return value;
}

/** A required UUIDv7, in lowercase. */
export function requiredUuidV7(fields: JsonObject, name: string, code: RejectionCode): string {
  const value = required(fields, name);
  if (typeof value !== 'string' || !isUuidV7(value))
    throw new Refused(code, name, `is ${show(value)}, must be a UUIDv7`);
  return value.toLowerCase();
}

/** An optional UUIDv7 in lowercase; null where absent or null. */
export function optionalUuidV7(fields: JsonObject, name: string, code: RejectionCode): string | null {
  return (fields.entries.get(name) ?? null) === null ? null : requiredUuidV7(fields, name, code);
}

/** A required integer of `min` to 2^63-1. */
export function requiredSeq(fields: JsonObject, name: string, min: bigint): bigint {
  const value = required(fields, name);
  const seq = integerOf(value);
  if (seq !== null && seq >= min && seq <= SEQ_MAX) return seq;
  throw new Refused(
    'invalid_commit_seq',
    name,
    `is ${show(value)}, must be an integer from ${min} to ${SEQ_MAX}`,
  );
}

const SCHEMA_HASH = /^[0-9a-f]{64}$/;

/** True for 64 lowercase hex digits. */
export const isSchemaHash = (text: string): boolean => SCHEMA_HASH.test(text);

/** The required `schema_hash`: 64 lowercase hex digits. */
export function requiredSchemaHash(fields: JsonObject): string {
  const value = required(fields, 'schema_hash');
  if (typeof value === 'string' && isSchemaHash(value)) return value;
  throw new Refused(
    'invalid_schema_hash',
    'schema_hash',
    `is ${show(value)}, must be 64 lowercase hex digits`,
  );
}

/** What keeps `name` from being stored as a table name, as the end of a sentence; null when nothing does. */
export function sourceTableProblem(name: string): string | null {
  if (name === '') return 'is empty, must name a table';
  if (!isStorableText(name)) return `is ${show(name)}, must not hold NUL or half a surrogate pair`;
  const length = characterCount(name);
  if (length <= SOURCE_TABLE_CHARS_MAX) return null;
  return `has ${formatCount(length)} characters, at most ${SOURCE_TABLE_CHARS_MAX}`;
}

/** The required `source_table`: any storable name of 1 to 500 characters but SQLite's own tables. */
export function requiredSourceTable(fields: JsonObject): string {
  const value = required(fields, 'source_table');
  if (typeof value !== 'string')
    throw new Refused('invalid_source_table', 'source_table', `is ${show(value)}, must be a string`);
  const problem = sourceTableProblem(value);
  if (problem !== null) throw new Refused('invalid_source_table', 'source_table', problem);
  if (/^sqlite_/i.test(value)) {
    throw new Refused('invalid_source_table', 'source_table', `is ${show(value)}, a table of SQLite's own`);
  }
  return value;
}

/** A required RFC 3339 time: as received, and in nanoseconds since 1970. */
export function requiredTimestamp(fields: JsonObject, name: string): { text: string; ns: bigint } {
  const value = required(fields, name);
  const ns = typeof value === 'string' ? parseTimestampNs(value) : null;
  if (typeof value === 'string' && ns !== null) return { text: value, ns };
  const predicate = `is ${show(value)}, must be a time such as 2026-04-28T09:00:00Z`;
  throw new Refused('invalid_timestamp', name, predicate);
}
