/**
 * The agent's own tables in the source file. They live there, and not in the state file, so that a change and
 * its journal entry commit or roll back together, whoever writes. Values stand in columns without a type,
 * which keep every SQLite value exactly as it was: an integer beyond 2^53, a NUL inside a text, a blob.
 *
 * `commit_seq` is max + 1, and the highest entry is never deleted, so that a number is never given twice;
 * AUTOINCREMENT would lean on sqlite_sequence, which applications empty.
 */
import { intOf, type Sqlite } from '@/server/agent/sqlite';

export const JOURNAL_FORMAT = '1';

/** How `op` stands in the journal. */
export const OP_CODES = { insert: 1, update: 2, delete: 3 } as const;

/** A value that says "this column was already gone when the entry was written"; 16 random bytes, fixed. */
export const ABSENT_HEX = '9d1f6a3be0c74f52a8d35b07c2ee8146';
export const ABSENT = `x'${ABSENT_HEX}'`;

const TABLES = [
  '_tidegate_meta',
  '_tidegate_shape',
  '_tidegate_journal',
  '_tidegate_replaced',
  '_tidegate_snapshot',
];

const DDL = `
CREATE TABLE _tidegate_meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE _tidegate_shape (
  id INTEGER PRIMARY KEY, source_table TEXT NOT NULL, schema_hash TEXT NOT NULL, columns TEXT NOT NULL,
  live INTEGER NOT NULL
);
CREATE TABLE _tidegate_journal (commit_seq INTEGER PRIMARY KEY, shape INTEGER NOT NULL, op INTEGER NOT NULL, v0);
CREATE INDEX _tidegate_journal_shape ON _tidegate_journal (shape);
CREATE TABLE _tidegate_replaced (shape INTEGER NOT NULL, v0);
CREATE TABLE _tidegate_snapshot (shape INTEGER NOT NULL, bound TEXT NOT NULL, v0, PRIMARY KEY (shape, bound));
INSERT INTO _tidegate_meta (key, value) VALUES ('format', '${JOURNAL_FORMAT}');
`;

/** True where the agent's tables are in the file. Throws where something else bears their names. */
export function hasJournal(db: Sqlite): boolean {
  const placeholders = TABLES.map(() => '?').join(', ');
  const found = db
    .all(`SELECT lower(name) FROM sqlite_schema WHERE lower(name) IN (${placeholders})`, TABLES)
    .map(([name]) => String(name));
  if (found.length === 0) return false;
  const format = found.includes('_tidegate_meta') ? readMeta(db, 'format') : null;
  if (found.length === TABLES.length && format === JOURNAL_FORMAT) return true;
  throw new Error(
    `the source file has ${found.join(', ')} but no complete journal of format ${JOURNAL_FORMAT}; ` +
      'drop what is there, or use the agent that made it',
  );
}

/** Makes the agent's tables; within a write transaction. */
export function createJournal(db: Sqlite): void {
  db.exec(DDL);
}

/** Gives `table` value columns v0 to v(count - 1), where it has fewer. */
export function widen(
  db: Sqlite,
  table: '_tidegate_journal' | '_tidegate_replaced' | '_tidegate_snapshot',
  count: number,
): void {
  const has = intOf(db.value(`SELECT count(*) FROM pragma_table_info('${table}') WHERE name GLOB 'v[0-9]*'`));
  for (let i = has; i < count; i += 1) db.exec(`ALTER TABLE ${table} ADD COLUMN v${i}`);
}

/** A fact about this journal; null where it was never set. */
export function readMeta(db: Sqlite, key: string): string | null {
  const value = db.value('SELECT value FROM _tidegate_meta WHERE key = ?', [key]);
  return value === null ? null : String(value);
}

export function writeMeta(db: Sqlite, key: string, value: string): void {
  db.run('INSERT OR REPLACE INTO _tidegate_meta (key, value) VALUES (?, ?)', [key, value]);
}

/** `v0, v1, ...`, `count` of them. */
export const valueColumns = (count: number, prefix = ''): string =>
  Array.from({ length: count }, (_, i) => `${prefix}v${i}`).join(', ');
