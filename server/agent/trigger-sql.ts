/**
 * The triggers of one table. Each writes what is true of a key at that moment (the row as it now stands, or
 * that there is none), read back from the table: with NEW's values an application's own trigger that changes
 * the row first would leave the older values as the last word.
 *
 * A column is read as `(SELECT q."x" FROM t AS q ...)` inside a scope that has a column of that name to fall
 * back on. Thus ALTER TABLE ... DROP COLUMN, which SQLite refuses while a trigger needs the column, goes through.
 */
import { ABSENT, OP_CODES, valueColumns } from '@/server/agent/journal-schema';
import { journaledNames, type SourceTable, type UniqueIndex } from '@/server/agent/source-tables';
import { quoteName } from '@/server/agent/sqlite';
import { indexTerms } from '@/server/agent/index-terms';

/** A table with the id of the shape that its journal entries will carry. */
type Planned = SourceTable & { readonly shape: number };

type Side = 'NEW' | 'OLD';

/** The triggers of `source` by name, as sqlite_schema will show them. Equal text needs no renewal. */
export function triggersOf(source: SourceTable, shape: number): ReadonlyMap<string, string> {
  const table: Planned = { ...source, shape };
  if (table.samples !== null) return sampleTriggers(table);
  const watchesReplace = table.uniqueIndexes.length > 0 || table.isKeyCollated;
  const triggers = [
    trigger(table, 'ai', 'AFTER INSERT', [
      ...settleReplaced(table, watchesReplace),
      upsert(table, String(OP_CODES.insert), 'NEW'),
    ]),
    trigger(table, 'au', 'AFTER UPDATE', [
      ...settleReplaced(table, watchesReplace),
      deleteOld(table, `NOT (${sameKey(table)})`),
      ...duplicateNullKey(table),
      upsert(table, `CASE WHEN ${sameKey(table)} THEN ${OP_CODES.update} ELSE ${OP_CODES.insert} END`, 'NEW'),
    ]),
    trigger(table, 'ad', 'AFTER DELETE', [deleteOld(table, '1'), ...duplicateNullKey(table)]),
  ];
  if (watchesReplace) {
    triggers.push(trigger(table, 'bi', 'BEFORE INSERT', noteReplaced(table, null)));
    triggers.push(trigger(table, 'bu', 'BEFORE UPDATE', noteReplaced(table, 'OLD')));
  }
  return new Map(triggers);
}

/** A sample is sent when it is written or corrected; that its row is deleted later is no measurement. */
const sampleTriggers = (table: Planned): ReadonlyMap<string, string> =>
  new Map([
    trigger(table, 'ai', 'AFTER INSERT', [upsert(table, String(OP_CODES.insert), 'NEW')]),
    trigger(table, 'au', 'AFTER UPDATE', [upsert(table, String(OP_CODES.update), 'NEW')]),
  ]);

/** The name of a shape's trigger; it carries no name of the source, so that none can clash or break it. */
const triggerName = (shape: number, kind: string): string => `_tidegate_${shape}_${kind}`;

function trigger(
  table: Planned,
  kind: string,
  event: string,
  statements: readonly string[],
): [name: string, sql: string] {
  const name = triggerName(table.shape, kind);
  const body = statements.map((statement) => `  ${statement};\n`).join('');
  return [name, `CREATE TRIGGER ${name} ${event} ON ${quoteName(table.name)} BEGIN\n${body}END`];
}

const and = (terms: readonly string[]): string => terms.join(' AND ');

/** `alias` is the row with the key of NEW or OLD; keys that SQLite takes for equal are the same here. */
function rowOf(table: Planned, alias: string, side: Side): string {
  if (table.rowid !== null && side === 'NEW') return `${alias}.${table.rowid} = ${side}.${table.rowid}`;
  return and(table.key.map((name) => `${alias}.${quoteName(name)} IS ${side}.${quoteName(name)}`));
}

/** As `rowOf` by key, and byte for byte the same key: to the cloud `a` and `A` are two keys. */
function exactKey(table: Planned, alias: string, other: (name: string, i: number) => string): string {
  return and(
    table.key.flatMap((name, i) => {
      const column = `${alias}.${quoteName(name)}`;
      const native = `${column} IS ${other(name, i)}`;
      return table.isKeyCollated ? [native, `${column} IS ${other(name, i)} COLLATE BINARY`] : [native];
    }),
  );
}

const sameKey = (table: Planned): string =>
  and(table.key.map((name) => `OLD.${quoteName(name)} IS NEW.${quoteName(name)} COLLATE BINARY`));

const fallback = (names: readonly string[], value: string): string =>
  names.map((name) => `${value} AS ${quoteName(name)}`).join(', ');

/** Journals the row that NEW's or OLD's key names, as it now stands; nothing where it is gone. */
function upsert(table: Planned, op: string, side: Side, condition = ''): string {
  const source = `FROM ${quoteName(table.name)} AS q WHERE ${rowOf(table, 'q', side)}`;
  const names = journaledNames(table);
  const values = names.map((name) => `(SELECT q.${quoteName(name)} ${source})`);
  // A column of the identity may be one of the columns too.
  const scope = [...new Set(names)];
  return (
    `INSERT INTO _tidegate_journal (shape, op, ${valueColumns(names.length)}) ` +
    `SELECT ${table.shape}, ${op}, ${values.join(', ')} FROM (SELECT ${fallback(scope, ABSENT)}) AS q ` +
    `WHERE ${condition}EXISTS (SELECT 1 ${source})`
  );
}

const keyPlaces = (table: Planned): string =>
  table.key.map((name) => `v${table.columns.findIndex((column) => column.name === name)}`).join(', ');

/** Journals that OLD's key is gone, where it is. */
function deleteOld(table: Planned, condition: string): string {
  const keys = table.key.map((name) => `OLD.${quoteName(name)}`).join(', ');
  const gone = `NOT EXISTS (SELECT 1 FROM ${quoteName(table.name)} AS q WHERE ${exactKey(table, 'q', (name) => `OLD.${quoteName(name)}`)})`;
  return (
    `INSERT INTO _tidegate_journal (shape, op, ${keyPlaces(table)}) ` +
    `SELECT ${table.shape}, ${OP_CODES.delete}, ${keys} WHERE ${condition} AND ${gone}`
  );
}

/** Where two rows share a key with a NULL in it, the one that stays is what the key now means. */
function duplicateNullKey(table: Planned): string[] {
  if (!table.isKeyNullable) return [];
  const hasNull = table.key.map((name) => `OLD.${quoteName(name)} IS NULL`).join(' OR ');
  return [upsert(table, String(OP_CODES.update), 'OLD', `(${hasNull}) AND `)];
}

/** Before a row is written: notes the rows that a REPLACE would delete, which fires no trigger. */
function noteReplaced(table: Planned, except: 'OLD' | null): string[] {
  const name = quoteName(table.name);
  const places = valueColumns(table.key.length);
  const stillThere = exactKey(table, 'q', (_, i) => `_tidegate_replaced.v${i}`);
  const forget = `DELETE FROM _tidegate_replaced WHERE shape = ${table.shape} AND EXISTS (SELECT 1 FROM ${name} AS q WHERE ${stillThere})`;
  const other =
    except === null ? '' : ` AND NOT (${exactKey(table, 'q', (column) => `OLD.${quoteName(column)}`)})`;
  const conflicts = table.uniqueIndexes.map((index) => conflictOf(table, index));
  if (table.isKeyCollated) conflicts.push(keyConflict(table));
  const notes = conflicts.map(({ condition, columns }) => {
    const source = `FROM ${name} AS q WHERE ${condition}${other}`;
    const keys = table.key.map((column) => `(SELECT q.${quoteName(column)} ${source})`);
    const scope = `FROM (SELECT ${fallback(columns, 'NULL')}) AS q, (SELECT ${fallback(columns, 'NULL')}) AS NEW`;
    return (
      `INSERT INTO _tidegate_replaced (shape, ${places}) SELECT ${table.shape}, ${keys.join(', ')} ${scope} ` +
      `WHERE EXISTS (SELECT 1 ${source})`
    );
  });
  return [forget, ...notes];
}

interface Conflict {
  /** True of the row `q` that has NEW's value in this index. */
  readonly condition: string;
  /** The columns that the condition reads; they get a fallback, so that they can be dropped. */
  readonly columns: readonly string[];
}

function keyConflict(table: Planned): Conflict {
  return {
    condition: and(table.key.map((name) => `q.${quoteName(name)} = NEW.${quoteName(name)}`)),
    columns: table.key,
  };
}

function conflictOf(table: Planned, index: UniqueIndex): Conflict {
  const parsed = index.sql === null ? null : indexTerms(index.sql);
  const all = table.columns.map((column) => column.name);
  const newRow = `(SELECT ${all.map((name) => `NEW.${quoteName(name)} AS ${quoteName(name)}`).join(', ')}) AS n`;
  const terms = index.columns.map((column, i) => {
    const collation = `COLLATE ${quoteName(index.collations[i] ?? 'BINARY')}`;
    if (column !== null) return `q.${quoteName(column)} = NEW.${quoteName(column)} ${collation}`;
    const expression = parsed?.terms[i] ?? 'NULL';
    return `(${expression}) = (SELECT ${expression} FROM ${newRow}) ${collation}`;
  });
  const where = index.isPartial && parsed !== null && parsed.where !== null ? [`(${parsed.where})`] : [];
  const plain = index.columns.filter((column) => column !== null);
  const isPlain = plain.length === index.columns.length && where.length === 0;
  return { condition: and([...terms, ...where]), columns: isPlain ? plain : all };
}

/** After the write: of the rows noted, those that are gone were deleted by it. */
function settleReplaced(table: Planned, watchesReplace: boolean): string[] {
  if (!watchesReplace) return [];
  const noted = table.key.map((_, i) => `c.v${i}`).join(', ');
  const there = exactKey(table, 'q', (_, i) => `c.v${i}`);
  return [
    `INSERT INTO _tidegate_journal (shape, op, ${keyPlaces(table)}) SELECT ${table.shape}, ${OP_CODES.delete}, ${noted} ` +
      `FROM _tidegate_replaced AS c WHERE c.shape = ${table.shape} ` +
      `AND NOT EXISTS (SELECT 1 FROM ${quoteName(table.name)} AS q WHERE ${there})`,
    `DELETE FROM _tidegate_replaced WHERE shape = ${table.shape}`,
  ];
}
