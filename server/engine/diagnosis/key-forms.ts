// One key in its two forms: by source columns as the device wrote it, which staging hashes, and typed as its mirror
// holds it, which tombstones hash. Pure.
import {
  ExactJsonError,
  parseExactJson,
  stringifyExact,
  type JsonObject,
  type JsonValue,
} from '@/server/protocol/exact-json';
import { Refusal } from '../errors/errors';
import { encodeCell } from '../mirror/cell';
import { keyHashOf } from '../mirror/prepare-writes';
import type { MirrorView } from '../mirror/read-mirror';

export interface TypedKey {
  /** One text per key column in key order, null for NULL. */
  parts: (string | null)[];
  hash: Buffer;
}

const refuse = (detail: string) => new Refusal(400, 'invalid_parameter', detail);

/** The key as JSON; 400 where it is none. */
export function parsePk(text: string): JsonObject {
  let value: JsonValue;
  try {
    value = parseExactJson(text);
  } catch (error) {
    if (error instanceof ExactJsonError) throw refuse('"pk" is not JSON. An example: pk={"id":1}.');
    throw error;
  }
  if (value === null || typeof value !== 'object' || value.kind !== 'object' || value.entries.size === 0)
    throw refuse('"pk" is a JSON object of the key columns: pk={"id":1}.');
  return value;
}

const keyColumns = (mirror: MirrorView) =>
  mirror.keyColumnNames.flatMap((name) => mirror.columns.find((column) => column.name === name) ?? []);

function typed(mirror: MirrorView, values: readonly (JsonValue | undefined)[]): TypedKey | null {
  const parts: (string | null)[] = [];
  const keys: string[] = [];
  for (const [i, column] of keyColumns(mirror).entries()) {
    const value = values[i];
    if (value === undefined) return null;
    const cell = encodeCell(value, column.type);
    if (!cell.ok) return null;
    keys.push(cell.key);
    parts.push(value === null ? null : textOf(cell.json));
  }
  return { parts, hash: Buffer.from(keyHashOf(JSON.stringify(keys)), 'hex') };
}

const textOf = (json: string): string => (json.startsWith('"') ? (JSON.parse(json) as string) : json);

/** The key of `pk` as the mirror holds it; null where it has other columns, or a value does not fit. */
export const typedKey = (mirror: MirrorView, pk: JsonObject): TypedKey | null =>
  typed(
    mirror,
    keyColumns(mirror).map(({ source_column_name: source }) => pk.entries.get(source)),
  );

/** A mirror row's `key` as JSON values of its columns. */
function valuesOf(mirror: MirrorView, parts: readonly (string | null)[]): JsonValue[] {
  const columns = keyColumns(mirror);
  if (parts.length !== columns.length)
    throw refuse(`"key" has ${parts.length} values, the key has ${columns.length} columns.`);
  return columns.map(({ type }, i): JsonValue => {
    const text = parts[i] ?? null;
    if (text === null) return null;
    if (type === 'bytea') return Buffer.from(text.replace(/^\\x/, ''), 'hex').toString('base64');
    if (type === 'text' || type === 'timestamptz' || !/^-?[\d.]+([eE][+-]?\d+)?$/.test(text)) return text;
    return { kind: 'number', text };
  });
}

/** The typed key of a mirror row's `key`. */
export const keyOfMirror = (mirror: MirrorView, parts: readonly (string | null)[]): TypedKey | null =>
  typed(mirror, valuesOf(mirror, parts));

/** The same by source columns, as a device writes it that sends numbers as numbers. */
export function pkOfKey(mirror: MirrorView, parts: readonly (string | null)[]): JsonObject {
  const values = valuesOf(mirror, parts);
  const members = keyColumns(mirror).map(
    ({ source_column_name: source }, i) => `${JSON.stringify(source)}:${stringifyExact(values[i] ?? null)}`,
  );
  return parsePk(`{${members.join(',')}}`);
}
