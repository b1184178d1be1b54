/**
 * What the source file holds, read from SQLite itself. The fingerprint of a table is made from exactly these
 * columns (PRAGMA table_info, so without generated ones); reading the CREATE text instead would go wrong on
 * the first quoted comma.
 */
import { affinityOf } from '@/server/protocol/affinity';
import { schemaHash, type SchemaColumn } from '@/server/protocol/fingerprint';
import { SOURCE_TABLE_CHARS_MAX } from '@/server/protocol/limits';
import type { TelemetrySettings } from '@/server/agent/config';
import { bigintOf, intOf, quoteText, type Sqlite, textOf } from '@/server/agent/sqlite';

/** A unique constraint or index other than the key; through it REPLACE deletes rows without a trigger. */
export interface UniqueIndex {
  readonly name: string;
  /** The column of each term; null for an expression. */
  readonly columns: readonly (string | null)[];
  readonly collations: readonly string[];
  /** CREATE INDEX text; null for an index that a constraint made. */
  readonly sql: string | null;
  readonly isPartial: boolean;
}

export interface SourceTable {
  readonly name: string;
  readonly schemaHash: string;
  /** In the order of PRAGMA table_info; the journal's values stand in this order. */
  readonly columns: readonly SchemaColumn[];
  /** The key's columns in key order; never empty. */
  readonly key: readonly string[];
  /** True where SQLite lets a key column be NULL, so that two rows can share such a key. */
  readonly isKeyNullable: boolean;
  /** True where two keys that differ in bytes can be equal to SQLite (NOCASE and the like). */
  readonly isKeyCollated: boolean;
  /** The name under which the rowid can be read; null for WITHOUT ROWID, or where columns hide all names. */
  readonly rowid: string | null;
  readonly uniqueIndexes: readonly UniqueIndex[];
  /** Set where its rows are sent as samples. */
  readonly samples: SampleSource | null;
}

export interface SampleSource {
  readonly tsColumn: string;
  /** What tells one row of the table from another, as column names or the rowid's: journaled after the columns. */
  readonly identity: readonly string[];
}

export interface SkippedTable {
  readonly name: string;
  readonly reason: string;
}

export interface SourceCatalog {
  readonly tables: readonly SourceTable[];
  readonly skipped: readonly SkippedTable[];
}

/** The journal has a few columns of its own beside the table's; SQLite allows 2,000 by default. */
const COLUMNS_JOURNALED_MAX = 1_990;
const OWN_PREFIX = '_tidegate_';

/** `UTF-8`, `UTF-16le` or `UTF-16be`: how this file's text is stored. */
export const encodingOf = (db: Sqlite): string => String(db.value('PRAGMA encoding'));

/** Every table an application made, and why the others are not replicated. */
export function readCatalog(db: Sqlite, telemetry: ReadonlyMap<string, TelemetrySettings>): SourceCatalog {
  const encoding = encodingOf(db);
  const listed = db.all(
    `SELECT CAST(name AS BLOB), type, wr, strict FROM pragma_table_list
     WHERE schema = 'main' AND type IN ('table', 'virtual') ORDER BY name`,
  );
  const tables: SourceTable[] = [];
  const skipped: SkippedTable[] = [];
  for (const [nameBytes, type, withoutRowid] of listed) {
    const name = textOf(nameBytes, encoding);
    if (isOwnOrSystem(name)) continue;
    if (type === 'virtual') {
      skipped.push({ name, reason: 'it is a virtual table, which takes no triggers' });
      continue;
    }
    const asSamples = telemetry.get(name) ?? null;
    const table = readTable(db, { name, encoding, isWithoutRowid: bigintOf(withoutRowid) === 1n, asSamples });
    if ('reason' in table) skipped.push(table);
    else tables.push(table);
  }
  return { tables, skipped };
}

function isOwnOrSystem(name: string): boolean {
  const lower = name.toLowerCase();
  return lower.startsWith('sqlite_') || lower.startsWith(OWN_PREFIX) || lower.startsWith('libsql_');
}

interface TableToRead {
  readonly name: string;
  readonly encoding: string;
  readonly isWithoutRowid: boolean;
  readonly asSamples: TelemetrySettings | null;
}

function readTable(
  db: Sqlite,
  { name, encoding, isWithoutRowid, asSamples }: TableToRead,
): SourceTable | SkippedTable {
  if (name.includes('\uFFFD') || [...name].length > SOURCE_TABLE_CHARS_MAX)
    return { name, reason: `its name is not text, or longer than ${SOURCE_TABLE_CHARS_MAX} characters` };
  const info = db.all(
    `SELECT CAST(name AS BLOB), CAST(type AS BLOB), "notnull", pk FROM pragma_table_info(${quoteText(name)}) ORDER BY cid`,
  );
  const columns = info.map(([column, type, notNull, pk]) => ({
    name: textOf(column, encoding),
    decl_type_affinity: affinityOf(type === null ? null : textOf(type, encoding)),
    pk_ordinal: intOf(pk),
    not_null: bigintOf(notNull) === 1n,
  }));
  if (columns.length > COLUMNS_JOURNALED_MAX)
    return { name, reason: `it has ${columns.length} columns, more than ${COLUMNS_JOURNALED_MAX}` };
  const keyColumns = columns.filter((c) => c.pk_ordinal > 0).sort((a, b) => a.pk_ordinal - b.pk_ordinal);
  const rowid = isWithoutRowid ? null : freeRowidName(columns);
  if (asSamples !== null) return sampleTable({ name, columns, keyColumns, rowid, asSamples });
  if (keyColumns.length === 0) return { name, reason: 'it has no PRIMARY KEY' };
  const indexes = readIndexes(db, name, encoding);
  const isRowidKey = !isWithoutRowid && !indexes.some((index) => index.origin === 'pk');
  const collations = indexes.find((index) => index.origin === 'pk')?.collations ?? [];
  return {
    name,
    schemaHash: schemaHash({ tableName: name, columns }),
    columns,
    key: keyColumns.map((column) => column.name),
    isKeyNullable: !isWithoutRowid && !isRowidKey && keyColumns.some((column) => !column.not_null),
    isKeyCollated: collations.some((collation) => collation.toUpperCase() !== 'BINARY'),
    rowid,
    uniqueIndexes: indexes.filter((index) => index.origin !== 'pk'),
    samples: null,
  };
}

/** A table whose rows are samples: it needs no key, since the rowid tells its rows apart as well. */
function sampleTable(table: {
  name: string;
  columns: readonly SchemaColumn[];
  keyColumns: readonly SchemaColumn[];
  rowid: string | null;
  asSamples: TelemetrySettings;
}): SourceTable | SkippedTable {
  const { name, keyColumns, rowid, asSamples } = table;
  const { tsColumn, includeColumns } = asSamples;
  const wanted = new Set([tsColumn, ...(includeColumns ?? table.columns.map((column) => column.name))]);
  const columns = table.columns.filter((column) => wanted.has(column.name));
  const missing = [...wanted].filter((column) => columns.every((c) => c.name !== column));
  if (missing.length > 0)
    return {
      name,
      reason: `it is set to telemetry, and has no column ${missing.map((m) => `"${m}"`).join(', ')}`,
    };
  const identity =
    keyColumns.length > 0 ? keyColumns.map((column) => column.name) : rowid === null ? [] : [rowid];
  if (identity.length === 0) return { name, reason: 'it has no PRIMARY KEY, and its columns hide the rowid' };
  return {
    name,
    schemaHash: schemaHash({ tableName: name, columns }),
    columns,
    key: identity,
    isKeyNullable: false,
    isKeyCollated: false,
    rowid,
    uniqueIndexes: [],
    samples: { tsColumn, identity },
  };
}

/** What a journal entry of the table holds, in the order of its values. */
export const journaledNames = (table: SourceTable): string[] => [
  ...table.columns.map((column) => column.name),
  ...(table.samples?.identity ?? []),
];

const freeRowidName = (columns: readonly SchemaColumn[]): string | null =>
  ['rowid', '_rowid_', 'oid'].find((name) => columns.every((c) => c.name.toLowerCase() !== name)) ?? null;

function readIndexes(db: Sqlite, table: string, encoding: string): (UniqueIndex & { origin: string })[] {
  const list = db.all(
    `SELECT CAST(l.name AS BLOB), l.origin, l.partial, CAST(s.sql AS BLOB)
     FROM pragma_index_list(${quoteText(table)}) l LEFT JOIN sqlite_schema s ON s.type = 'index' AND s.name = l.name
     WHERE l."unique" = 1 ORDER BY l.name`,
  );
  return list.map(([nameBytes, origin, partial, sql]) => {
    const name = textOf(nameBytes, encoding);
    const terms = db.all(
      `SELECT CAST(name AS BLOB), CAST(coll AS BLOB) FROM pragma_index_xinfo(${quoteText(name)}) WHERE key = 1 ORDER BY seqno`,
    );
    return {
      name,
      origin: String(origin),
      isPartial: bigintOf(partial) === 1n,
      sql: sql === null || sql === undefined ? null : textOf(sql, encoding),
      columns: terms.map(([column]) => (column === null ? null : textOf(column, encoding))),
      collations: terms.map(([, collation]) => textOf(collation, encoding)),
    };
  });
}
