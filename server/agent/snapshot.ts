/**
 * Snapshots: the rows that a table already has, journaled as inserts. Each chunk is one write transaction that
 * journals rows as they then are, so a change made after it has a higher commit seq and one made before it is
 * already in it; no order of chunks and writers can send an older value last.
 */
import { OP_CODES, valueColumns } from '@/server/agent/journal-schema';
import { journaledNames, type SourceTable } from '@/server/agent/source-tables';
import { intOf, quoteName, type Sqlite } from '@/server/agent/sqlite';

/** Rows of one chunk: a few dozen milliseconds of write lock. */
export const SNAPSHOT_CHUNK_ROWS = 2_000;

/** Marks a shape's table to be sent whole, from the start; within a write transaction. */
export function startSnapshot(db: Sqlite, shape: number): void {
  db.run('DELETE FROM _tidegate_snapshot WHERE shape = ?', [BigInt(shape)]);
  db.run("INSERT INTO _tidegate_snapshot (shape, bound) VALUES (?, 'open')", [BigInt(shape)]);
}

/** The shapes whose snapshot is not complete. */
export const openSnapshots = (db: Sqlite): number[] =>
  db
    .all("SELECT shape FROM _tidegate_snapshot WHERE bound = 'open' ORDER BY shape")
    .map(([shape]) => intOf(shape));

/** Takes every open snapshot from its start again: after a VACUUM the rowids are other ones. */
export function restartSnapshots(db: Sqlite): void {
  db.run("DELETE FROM _tidegate_snapshot WHERE bound <> 'open'");
}

/**
 * Journals the next rows of a snapshot; within a write transaction. Returns how many, and whether that was all.
 */
export function snapshotChunk(
  db: Sqlite,
  { table, shape, rows = SNAPSHOT_CHUNK_ROWS }: { table: SourceTable; shape: number; rows?: number },
): { rows: number; isComplete: boolean } {
  const key = table.rowid === null ? table.key.map(quoteName) : [table.rowid];
  const list = key.join(', ');
  const places = valueColumns(key.length);
  const bound = (name: string): string =>
    `(SELECT ${places} FROM _tidegate_snapshot WHERE shape = ${shape} AND bound = '${name}')`;
  const hasLow =
    db.all(`SELECT 1 FROM _tidegate_snapshot WHERE shape = ${shape} AND bound = 'low'`).length > 0;
  const above = hasLow ? `(${list}) > ${bound('low')}` : '1';
  const from = `FROM ${quoteName(table.name)} WHERE ${above}`;
  const hasHigh =
    db.run(
      `INSERT INTO _tidegate_snapshot (shape, bound, ${places}) ` +
        `SELECT ${shape}, 'high', ${list} ${from} ORDER BY ${list} LIMIT 1 OFFSET ${rows - 1}`,
    ) > 0;
  const names = journaledNames(table);
  const values = names.map(quoteName).join(', ');
  const journaled = db.run(
    `INSERT INTO _tidegate_journal (shape, op, ${valueColumns(names.length)}) ` +
      `SELECT ${shape}, ${OP_CODES.insert}, ${values} ${from}` +
      (hasHigh ? ` AND (${list}) <= ${bound('high')}` : '') +
      ` ORDER BY ${list}`,
  );
  if (hasHigh) {
    db.run(`DELETE FROM _tidegate_snapshot WHERE shape = ${shape} AND bound = 'low'`);
    db.run(`UPDATE _tidegate_snapshot SET bound = 'low' WHERE shape = ${shape} AND bound = 'high'`);
  } else db.run(`DELETE FROM _tidegate_snapshot WHERE shape = ${shape}`);
  return { rows: journaled, isComplete: !hasHigh };
}
