/**
 * What every uplink message has in common: size, JSON, tenant fields and version are checked here in this
 * order, and the first offence becomes the rejection. A parser that skipped a step would let a device name
 * its own tenant.
 */
import { isUuid } from '@/server/lib/uuid';
import {
  ExactJsonError,
  parseExactJson,
  type JsonObject,
  type JsonValue,
} from '@/server/protocol/exact-json';
import { FORMAT_VERSION, PAYLOAD_BYTES_MAX } from '@/server/protocol/limits';
import { isSchemaHash, sourceTableProblem } from '@/server/protocol/message-fields';
import { Refused, asObject, formatCount, integerOf, pathKey, show } from '@/server/protocol/refused';
import type { Rejection } from '@/server/protocol/rejections';

/** A message that has passed the common checks. */
export interface Message {
  readonly source: string;
  readonly root: JsonObject;
  /** Size of the payload as received. */
  readonly bytes: number;
}

export type Parsed<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly rejection: Rejection };

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

/**
 * Reads one payload without making objects of the array `field`: `scan` passes over it where it starts, `read` gets
 * the rest of the message and what `scan` found. Null where either says no, and for whatever `readMessage` refuses.
 */
export function readPlainMessage<R, T>(
  payload: Uint8Array,
  field: string,
  scan: (source: string, start: number) => { rows: R; end: number } | null,
  read: (message: Omit<Message, 'source'>, rows: R) => T,
): T | null {
  try {
    const source = decode(payload);
    const key = `"${field}":`;
    const start = source.indexOf(key) + key.length;
    const found = start < key.length ? null : scan(source, start);
    if (found === null) return null;
    const root = rootOf(`${source.slice(0, start)}[]${source.slice(found.end)}`, () => undefined);
    const value = root.entries.get(field) ?? null;
    // Elsewhere in the message the same words may be part of something else.
    if (typeof value !== 'object' || value?.kind !== 'array' || value.start !== start) return null;
    checkEnvelope(root);
    return read({ root, bytes: payload.byteLength }, found.rows);
  } catch (error) {
    if (error instanceof Refused) return null;
    throw error;
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

type Header = Pick<Rejection, 'batchId' | 'sourceTable' | 'schemaHash' | 'rows'>;

/**
 * What can be read of a message that is refused for a reason outside it: whose it is and what it holds. Every
 * part is null where it cannot be read. Never throws.
 */
export function headerOf(payload: Uint8Array): Header {
  const parsed = readMessage(payload, ({ root }) => readableHeader(root));
  return parsed.ok ? parsed.value : parsed.rejection;
}

function readableHeader(root: JsonObject | null): Header {
  const batchId = root?.entries.get('batch_id');
  const table = root?.entries.get('source_table');
  const hash = root?.entries.get('schema_hash');
  const rows = root?.entries.get('rows') ?? null;
  return {
    batchId: typeof batchId === 'string' && isUuid(batchId) ? batchId.toLowerCase() : null,
    sourceTable: typeof table === 'string' && sourceTableProblem(table) === null ? table : null,
    schemaHash: typeof hash === 'string' && isSchemaHash(hash) ? hash : null,
    rows: rows !== null && typeof rows === 'object' && rows.kind === 'array' ? rows.items.length : null,
  };
}

/** What a line of an uploaded object is refused for; the upload's own header is not in the line. */
export type LineResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly rejection: Pick<Rejection, 'code' | 'detail' | 'path'> };

/** Reads one line of an uploaded object by the rules of a row envelope; `lineNumber` counts from 1. */
export function readLine<T>(
  line: string,
  lineNumber: number,
  read: (envelope: JsonObject, source: string) => T,
): LineResult<T> {
  try {
    const envelope = rootOf(line, () => undefined);
    refuseTenantFields(envelope, '');
    return { ok: true, value: read(envelope, line) };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const path = error.path === null ? `line ${lineNumber}` : `line ${lineNumber}: ${error.path}`;
    const detail =
      error.path === null ? `line ${lineNumber}: ${error.predicate}` : `${path} ${error.predicate}`;
    return { ok: false, rejection: { code: error.code, detail, path } };
  }
}
