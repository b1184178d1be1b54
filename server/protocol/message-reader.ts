/**
 * What every uplink message has in common: size, JSON, tenant fields and version are checked here in this
 * order, and the first offence becomes the rejection. A parser that skipped a step would let a device name
 * its own tenant.
 */
import { isUuid, isUuidV7 } from '@/server/lib/uuid';
import {
  ExactJsonError,
  canonicalNumber,
  isIntegerText,
  parseExactJson,
  type JsonObject,
  type JsonValue,
} from '@/server/protocol/exact-json';
import { FORMAT_VERSION, PAYLOAD_BYTES_MAX, SEQ_MAX, SOURCE_TABLE_CHARS_MAX } from '@/server/protocol/limits';
import type { Rejection, RejectionCode } from '@/server/protocol/rejections';
import { parseTimestampNs } from '@/server/protocol/timestamp';
import { characterCount, isStorableText } from '@/server/protocol/utf8-order';

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

/** A message that has passed the common checks. */
export interface Message {
  readonly source: string;
  readonly root: JsonObject;
  /** Size of the payload as received. */
  readonly bytes: number;
}

export type Parsed<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly rejection: Rejection };

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

/**
 * Reads one payload: decodes and checks what all messages share, then `read` the rest; a `Refused` from
 * either becomes the rejection, with whatever of batch id, source table and schema hash can be read.
 */
export function readMessage<T>(payload: Uint8Array, read: (message: Message) => T): Parsed<T> {
  let root: JsonObject | null = null;
  try {
    const source = decode(payload);
    root = rootOf(source, (partial) => (root = partial));
    checkEnvelope(root);
    return { ok: true, value: read({ source, root, bytes: payload.byteLength }) };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const { code, detail, path } = error;
    return { ok: false, rejection: { code, detail, path, ...readableHeader(root) } };
  }
}

function decode(payload: Uint8Array): string {
  if (payload.byteLength > PAYLOAD_BYTES_MAX) {
    const detail = `the payload is ${formatCount(payload.byteLength)} bytes, at most ${formatCount(PAYLOAD_BYTES_MAX)}`;
    throw new Refused('payload_too_large', null, detail);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(payload);
  } catch {
    throw new Refused('invalid_json', null, 'the payload is not valid UTF-8');
  }
}

function rootOf(source: string, keepPartial: (root: JsonObject) => void): JsonObject {
  let value: JsonValue;
  try {
    value = parseExactJson(source);
  } catch (error) {
    if (!(error instanceof ExactJsonError)) throw error;
    if (error.reason !== 'number') throw new Refused('invalid_json', null, error.message);
    const partial = asObject(error.value);
    if (partial !== null) keepPartial(partial);
    const place = findNotFinite(error.value);
    const path = place?.path?.replace(/^\./, '') ?? null;
    if (place === null || path === null) throw new Refused('invalid_number_encoding', null, error.message);
    throw new Refused(
      'invalid_number_encoding',
      path,
      `is ${place.shown}, must be a number that a double can hold`,
    );
  }
  const root = asObject(value);
  if (root === null)
    throw new Refused('invalid_json', null, `the message is ${show(value)}, must be an object`);
  return root;
}

/** The first number without a finite double, and where it is; slow, and only for a message that has one. */
function findNotFinite(value: JsonValue): { path: string | null; shown: string } | null {
  if (value === null || typeof value !== 'object') return null;
  if (value.kind === 'number') {
    return Number.isFinite(Number(value.text)) ? null : { path: null, shown: show(value) };
  }
  const members: Iterable<readonly [string, JsonValue]> =
    value.kind === 'array'
      ? value.items.map((item, i) => [`[${i}]`, item] as const)
      : Array.from(value.entries, ([key, member]) => [pathKey(key), member] as const);
  for (const [step, member] of members) {
    const found = findNotFinite(member);
    if (found !== null) return { ...found, path: step + (found.path ?? '') };
  }
  return null;
}

const TENANT_FIELDS = ['org_id', 'project_id', 'fleet_id', 'device_id'] as const;

function checkEnvelope(root: JsonObject): void {
  refuseTenantFields(root, '');
  const rows = root.entries.get('rows');
  if (typeof rows === 'object' && rows !== null && rows.kind === 'array') {
    rows.items.forEach((item, i) => {
      const row = asObject(item);
      if (row !== null) refuseTenantFields(row, `rows[${i}].`);
    });
  }
  const version = root.entries.get('format_version');
  const integer = integerOf(version);
  if (integer === null || integer < 1n) {
    throw new Refused(
      'invalid_format_version',
      'format_version',
      `is ${show(version)}, must be ${FORMAT_VERSION}`,
    );
  }
  if (integer > BigInt(FORMAT_VERSION)) {
    throw new Refused(
      'unsupported_format_version',
      'format_version',
      `is ${show(version)}, at most ${FORMAT_VERSION}`,
    );
  }
}

/** Refuses an envelope that claims a tenant; `prefix` is its path with a dot at the end, or empty. */
function refuseTenantFields(envelope: JsonObject, prefix: string): void {
  for (const field of TENANT_FIELDS) {
    if (!envelope.entries.has(field)) continue;
    throw new Refused('envelope_unstripped_tenant_fields', prefix + field, 'must not be sent by a device');
  }
}

function readableHeader(root: JsonObject | null): Pick<Rejection, 'batchId' | 'sourceTable' | 'schemaHash'> {
  const batchId = root?.entries.get('batch_id');
  const table = root?.entries.get('source_table');
  const hash = root?.entries.get('schema_hash');
  return {
    batchId: typeof batchId === 'string' && isUuid(batchId) ? batchId.toLowerCase() : null,
    sourceTable: typeof table === 'string' && sourceTableShape(table) === null ? table : null,
    schemaHash: typeof hash === 'string' && SCHEMA_HASH.test(hash) ? hash : null,
  };
}

/** The integer that a JSON number stands for (`1`, `1.0`, `10e-1`), or null for anything else. */
export function integerOf(value: JsonValue | undefined): bigint | null {
  if (typeof value !== 'object' || value === null || value.kind !== 'number') return null;
  if (isIntegerText(value.text)) return BigInt(value.text);
  const canonical = canonicalNumber(value.text);
  return isIntegerText(canonical) ? BigInt(canonical) : null;
}

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

/** The required `schema_hash`: 64 lowercase hex digits. */
export function requiredSchemaHash(fields: JsonObject): string {
  const value = required(fields, 'schema_hash');
  if (typeof value === 'string' && SCHEMA_HASH.test(value)) return value;
  throw new Refused(
    'invalid_schema_hash',
    'schema_hash',
    `is ${show(value)}, must be 64 lowercase hex digits`,
  );
}

/** What keeps `name` from being stored as a table name, as the end of a sentence; null when nothing does. */
function sourceTableShape(name: string): string | null {
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
  const problem = sourceTableShape(value);
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
