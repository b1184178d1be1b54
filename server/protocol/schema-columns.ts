/**
 * The columns that a message says its source table has. They are a claim: only columns that hash to the
 * message's schema hash count as verified, so that nobody approves a schema that the device does not have.
 */
import { AFFINITIES, type Affinity } from '@/server/protocol/affinity';
import type { JsonObject, JsonValue } from '@/server/protocol/exact-json';
import { schemaHash, type SchemaColumn } from '@/server/protocol/fingerprint';
import { COLUMNS_MAX } from '@/server/protocol/limits';
import { asObject, integerOf, show } from '@/server/protocol/refused';
import { isStorableText } from '@/server/protocol/utf8-order';

export type SchemaColumnsResult =
  | { readonly ok: true; readonly tableName: string; readonly columns: SchemaColumn[] }
  /** `path` is relative to the value, e.g. `columns[2].pk_ordinal`; `problem` names it in a sentence. */
  | { readonly ok: false; readonly problem: string; readonly path: string };

class Malformed extends Error {
  constructor(
    readonly path: string,
    readonly predicate: string,
  ) {
    super(predicate);
  }
}

/** Reads `{ table_name, columns: [...] }`; unknown fields are ignored. */
export function parseSchemaColumns(value: JsonValue): SchemaColumnsResult {
  try {
    const object = asObject(value);
    if (object === null) throw new Malformed('', `is ${show(value)}, must be an object`);
    const tableName = storableText(object, 'table_name', 'table_name');
    return { ok: true, tableName, columns: readColumns(object.entries.get('columns')) };
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    const place = error.path === '' ? 'schema_columns' : `schema_columns.${error.path}`;
    return { ok: false, problem: `${place} ${error.predicate}`, path: error.path };
  }
}

function readColumns(value: JsonValue | undefined): SchemaColumn[] {
  const isArray = typeof value === 'object' && value !== null && value.kind === 'array';
  if (!isArray || value.items.length === 0)
    throw new Malformed('columns', 'must be an array with a column or more');
  if (value.items.length > COLUMNS_MAX)
    throw new Malformed('columns', `has more than ${COLUMNS_MAX} columns`);
  const names = new Set<string>();
  return value.items.map((item, i) => {
    const column = readColumn(item, `columns[${i}]`);
    if (names.has(column.name))
      throw new Malformed(`columns[${i}].name`, `is ${show(column.name)} a second time`);
    names.add(column.name);
    return column;
  });
}

function readColumn(item: JsonValue, path: string): SchemaColumn {
  const object = asObject(item);
  if (object === null) throw new Malformed(path, `is ${show(item)}, must be an object`);
  const name = storableText(object, 'name', `${path}.name`);
  const affinity = object.entries.get('decl_type_affinity');
  if (!isAffinity(affinity)) {
    throw new Malformed(
      `${path}.decl_type_affinity`,
      `is ${show(affinity)}, must be one of ${AFFINITIES.join(', ')}`,
    );
  }
  const ordinal = integerOf(object.entries.get('pk_ordinal'));
  if (ordinal === null || ordinal < 0n || ordinal > BigInt(COLUMNS_MAX)) {
    const shown = show(object.entries.get('pk_ordinal'));
    throw new Malformed(`${path}.pk_ordinal`, `is ${shown}, must be 0 or the column's place in the key`);
  }
  const notNull = object.entries.get('not_null');
  if (typeof notNull !== 'boolean')
    throw new Malformed(`${path}.not_null`, `is ${show(notNull)}, must be true or false`);
  return { name, decl_type_affinity: affinity, pk_ordinal: Number(ordinal), not_null: notNull };
}

const isAffinity = (value: JsonValue | undefined): value is Affinity => AFFINITIES.some((a) => a === value);

function storableText(object: JsonObject, key: string, path: string): string {
  const value = object.entries.get(key);
  if (typeof value !== 'string') throw new Malformed(path, `is ${show(value)}, must be a string`);
  if (!isStorableText(value))
    throw new Malformed(path, `is ${show(value)}, must not hold NUL or half a surrogate pair`);
  return value;
}

/** What a message says about its schema beside the hash. */
export interface ClaimedSchema {
  /** The columns sent, sorted as sent; null where none were, or where they cannot be read. */
  readonly schemaColumns: SchemaColumn[] | null;
  /** True when the columns are there and hash to the message's schema hash. */
  readonly schemaVerified: boolean;
  /** Why columns that were sent are not verified, for the review; null when verified or not sent. */
  readonly schemaProblem: string | null;
}

/** Reads a message's optional `schema_columns` against its hash and table; never a reason to refuse it. */
export function readClaimedSchema(
  fields: JsonObject,
  expected: { sourceTable: string; schemaHash: string },
): ClaimedSchema {
  const value = fields.entries.get('schema_columns') ?? null;
  if (value === null) return { schemaColumns: null, schemaVerified: false, schemaProblem: null };
  const parsed = parseSchemaColumns(value);
  if (!parsed.ok) return { schemaColumns: null, schemaVerified: false, schemaProblem: parsed.problem };
  const { tableName, columns } = parsed;
  if (tableName !== expected.sourceTable) {
    const schemaProblem = `schema_columns.table_name is ${show(tableName)}, but source_table is ${show(expected.sourceTable)}`;
    return { schemaColumns: columns, schemaVerified: false, schemaProblem };
  }
  const hash = schemaHash({ tableName, columns });
  if (hash === expected.schemaHash)
    return { schemaColumns: columns, schemaVerified: true, schemaProblem: null };
  const schemaProblem = `schema_columns hash to ${hash}, but schema_hash is ${expected.schemaHash}`;
  return { schemaColumns: columns, schemaVerified: false, schemaProblem };
}
