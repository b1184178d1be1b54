/**
 * Shapes: a source table as it was while a run of journal entries was written. Every entry names its shape, so
 * that rows journaled before an ALTER TABLE are still sent under the schema hash that they were written with.
 * Triggers and shapes change in one transaction; between the two a writer would journal under a wrong hash.
 */
import { z } from 'zod';
import { AFFINITIES } from '@/server/protocol/affinity';
import type { SchemaColumn } from '@/server/protocol/fingerprint';
import type { TelemetrySettings } from '@/server/agent/config';
import { ABSENT, OP_CODES, valueColumns, widen } from '@/server/agent/journal-schema';
import type { SourceTable } from '@/server/agent/source-tables';
import { encodingOf, readCatalog } from '@/server/agent/source-tables';
import { startSnapshot } from '@/server/agent/snapshot';
import { bigintOf, intOf, quoteName, type Sqlite, textOf } from '@/server/agent/sqlite';
import { triggersOf } from '@/server/agent/trigger-sql';

export interface Shape {
  readonly id: number;
  readonly sourceTable: string;
  readonly schemaHash: string;
  readonly columns: readonly SchemaColumn[];
  /** Set where its entries are samples; `identity` values follow those of the columns. */
  readonly samples: { readonly tsColumn: string; readonly identity: number } | null;
  /** True while triggers write entries of this shape. */
  readonly isLive: boolean;
}

export interface TableChange {
  readonly table: string;
  readonly kind: 'added' | 'altered' | 'recreated' | 'triggers_renewed' | 'gone' | 'ignored';
  readonly schemaHash: string;
}

export interface SyncResult {
  readonly tables: readonly SourceTable[];
  readonly skipped: readonly { name: string; reason: string }[];
  readonly changes: readonly TableChange[];
}

const storedColumns = z.array(
  z.object({
    name: z.string(),
    decl_type_affinity: z.enum(AFFINITIES),
    pk_ordinal: z.number().int(),
    not_null: z.boolean(),
  }),
);

/** As it stands in the file: the columns alone for rows. */
const storedShape = z.union([
  storedColumns.transform((columns) => ({ columns, samples: null })),
  z.object({
    columns: storedColumns,
    samples: z.object({ tsColumn: z.string(), identity: z.number().int() }),
  }),
]);

const shapeText = ({ columns, samples }: SourceTable): string =>
  JSON.stringify(
    samples === null
      ? columns
      : { columns, samples: { tsColumn: samples.tsColumn, identity: samples.identity.length } },
  );

/** All shapes of the file, oldest first. */
export function readShapes(db: Sqlite): Shape[] {
  const rows = db.all(
    'SELECT id, CAST(source_table AS BLOB), schema_hash, CAST(columns AS BLOB), live FROM _tidegate_shape ORDER BY id',
  );
  const encoding = encodingOf(db);
  return rows.map(([id, table, hash, columns, live]) => ({
    id: intOf(id),
    sourceTable: textOf(table, encoding),
    schemaHash: String(hash),
    ...storedShape.parse(JSON.parse(textOf(columns, encoding))),
    isLive: bigintOf(live) === 1n,
  }));
}

/**
 * Brings shapes and triggers in line with the tables as they are now; within a write transaction.
 * `snapshotNew` says whether rows that a table already has are to be sent.
 */
export function syncShapes(
  db: Sqlite,
  options: {
    isIgnored: (table: string) => boolean;
    telemetry: ReadonlyMap<string, TelemetrySettings>;
    snapshotNew: boolean;
  },
): SyncResult {
  const catalog = readCatalog(db, options.telemetry);
  const tables = catalog.tables.filter((table) => !options.isIgnored(table.name));
  const live = new Map(
    readShapes(db)
      .filter((s) => s.isLive)
      .map((shape) => [shape.sourceTable, shape]),
  );
  const installed = readInstalled(db);
  const changes: TableChange[] = [];
  for (const table of tables) {
    const shape = live.get(table.name);
    live.delete(table.name);
    const kind = syncTable(db, { table, shape, installed, snapshotNew: options.snapshotNew });
    if (kind !== null) changes.push({ table: table.name, kind, schemaHash: table.schemaHash });
  }
  for (const shape of live.values()) {
    retire(db, shape, installed);
    const kind = options.isIgnored(shape.sourceTable) ? 'ignored' : 'gone';
    changes.push({ table: shape.sourceTable, kind, schemaHash: shape.schemaHash });
  }
  return { tables, skipped: catalog.skipped, changes };
}

interface Installed {
  readonly table: string;
  readonly sql: string;
}

/** The agent's triggers in the file, by name. */
export function readInstalled(db: Sqlite): Map<string, Installed> {
  const encoding = encodingOf(db);
  const rows = db.all(
    `SELECT CAST(name AS BLOB), CAST(tbl_name AS BLOB), CAST(sql AS BLOB) FROM sqlite_schema
     WHERE type = 'trigger' AND name GLOB '_tidegate_[0-9]*'`,
  );
  return new Map(
    rows.map(([name, table, sql]) => [
      textOf(name, encoding),
      { table: textOf(table, encoding), sql: textOf(sql, encoding) },
    ]),
  );
}

interface TableState {
  readonly table: SourceTable;
  readonly shape: Shape | undefined;
  readonly installed: ReadonlyMap<string, Installed>;
  readonly snapshotNew: boolean;
}

function syncTable(db: Sqlite, state: TableState): TableChange['kind'] | null {
  const { table, shape, installed } = state;
  if (shape === undefined) {
    const id = addShape(db, table);
    install(db, table, id);
    if (state.snapshotNew) startSnapshot(db, id);
    return 'added';
  }
  const isSame =
    JSON.stringify(table.columns) === JSON.stringify(shape.columns) &&
    table.samples?.tsColumn === shape.samples?.tsColumn &&
    table.samples?.identity.length === shape.samples?.identity;
  const expected = triggersOf(table, shape.id);
  const isIntact = [...expected].every(([name, sql]) => installed.get(name)?.sql === sql);
  if (isSame && isIntact) return null;
  // A table that was made anew has lost its triggers, and changes of it have gone by unseen.
  const kinds = shape.samples === null ? ['ai', 'au', 'ad'] : ['ai', 'au'];
  const hasTriggers = kinds.every(
    (kind) => installed.get(`_tidegate_${shape.id}_${kind}`)?.table === table.name,
  );
  if (isSame) {
    dropTriggers(db, shape.id, installed);
    install(db, table, shape.id);
    if (!hasTriggers) startSnapshot(db, shape.id);
    return hasTriggers ? 'triggers_renewed' : 'recreated';
  }
  const wasInSnapshot = hasOpenSnapshot(db, shape.id);
  retire(db, shape, installed);
  const id = addShape(db, table);
  install(db, table, id);
  // What was sent as rows was not sent as samples, nor the reverse.
  const isOfOneKind = (table.samples === null) === (shape.samples === null);
  if (hasTriggers && !wasInSnapshot && isOfOneKind) carryOver(db, { table, old: shape, id });
  else startSnapshot(db, id);
  return hasTriggers ? 'altered' : 'recreated';
}

const hasOpenSnapshot = (db: Sqlite, shape: number): boolean =>
  db.all('SELECT 1 FROM _tidegate_snapshot WHERE shape = ? LIMIT 1', [BigInt(shape)]).length > 0;

function addShape(db: Sqlite, table: SourceTable): number {
  widen(db, '_tidegate_journal', table.columns.length + (table.samples?.identity.length ?? 0));
  widen(db, '_tidegate_replaced', table.key.length);
  widen(db, '_tidegate_snapshot', table.key.length);
  const columns = shapeText(table);
  const sql = `INSERT INTO _tidegate_shape (source_table, schema_hash, columns, live) VALUES (?, ?, ?, 1) RETURNING id`;
  return intOf(db.value(sql, [table.name, table.schemaHash, columns]));
}

function install(db: Sqlite, table: SourceTable, shape: number): void {
  for (const sql of triggersOf(table, shape).values()) db.exec(sql);
}

function dropTriggers(db: Sqlite, shape: number, installed: ReadonlyMap<string, Installed>): void {
  for (const name of installed.keys()) {
    if (name.startsWith(`_tidegate_${shape}_`)) db.exec(`DROP TRIGGER IF EXISTS ${quoteName(name)}`);
  }
}

function retire(db: Sqlite, shape: Shape, installed: ReadonlyMap<string, Installed>): void {
  dropTriggers(db, shape.id, installed);
  db.run('UPDATE _tidegate_shape SET live = 0 WHERE id = ?', [BigInt(shape.id)]);
  db.run('DELETE FROM _tidegate_replaced WHERE shape = ?', [BigInt(shape.id)]);
  db.run('DELETE FROM _tidegate_snapshot WHERE shape = ?', [BigInt(shape.id)]);
}

/**
 * After an ALTER TABLE under running triggers: sends, under the new shape, the rows whose new columns hold a
 * value, and those that were journaled after a column was dropped; such entries fit neither shape and go.
 */
function carryOver(db: Sqlite, { table, old, id }: { table: SourceTable; old: Shape; id: number }): void {
  // A sample is what was measured under the columns of its time.
  if (table.samples !== null) return;
  const before = new Map(old.columns.map((column) => [column.name, column.decl_type_affinity]));
  const isNew = table.columns.filter((c) => before.get(c.name) !== c.decl_type_affinity);
  const isAbsent = old.columns.map((_, i) => `j.v${i} IS ${ABSENT}`).join(' OR ');
  const sameKey = table.key
    .map((name) => `j.v${old.columns.findIndex((c) => c.name === name)} IS q.${quoteName(name)}`)
    .join(' AND ');
  const wanted = isNew.map((column) => `q.${quoteName(column.name)} IS NOT NULL`);
  wanted.push(
    `EXISTS (SELECT 1 FROM _tidegate_journal AS j WHERE j.shape = ${old.id} AND (${isAbsent}) AND ${sameKey})`,
  );
  const values = table.columns.map((column) => `q.${quoteName(column.name)}`).join(', ');
  db.exec(
    `INSERT INTO _tidegate_journal (shape, op, ${valueColumns(table.columns.length)}) ` +
      `SELECT ${id}, ${OP_CODES.update}, ${values} FROM ${quoteName(table.name)} AS q WHERE ${wanted.join(' OR ')}`,
  );
  db.exec(
    `DELETE FROM _tidegate_journal AS j WHERE j.shape = ${old.id} AND j.op <> ${OP_CODES.delete} AND (${isAbsent})`,
  );
}
