/**
 * The one door to SQLite. libsql 0.5 aborts the whole process when a result holds text that is not UTF-8, cuts
 * text at an embedded NUL, and takes a lone Buffer for named parameters: so text of the source is read as
 * blobs only (`textOf`), and parameters travel as one array. Any other call can end the agent.
 */
import { existsSync } from 'node:fs';
import LibsqlDatabase from 'libsql';

/** A value as SQLite holds it: INTEGER as bigint, REAL as number. */
export type Cell = null | bigint | number | string | Uint8Array;
export type Row = readonly Cell[];

const BUSY = 5;
const LOCKED = 6;
const FULL = 13;
const SCHEMA_CHANGED = 17;

/** The primary result code of an SQLite error; null for any other error. */
function resultCode(error: unknown): number | null {
  if (!(error instanceof LibsqlDatabase.SqliteError) || error.rawCode === undefined) return null;
  return error.rawCode & 0xff;
}

/** What stands in the way, where it is something that passes or that an operator can remove. */
export function obstacleOf(error: unknown): 'busy' | 'disk_full' | 'schema_changed' | 'other' {
  const code = resultCode(error);
  if (code === BUSY || code === LOCKED) return 'busy';
  if (code === FULL) return 'disk_full';
  return code === SCHEMA_CHANGED ? 'schema_changed' : 'other';
}

export class Sqlite {
  private readonly db: LibsqlDatabase.Database;

  private constructor(
    readonly path: string,
    target: string,
    busyTimeoutMs: number,
  ) {
    this.db = new LibsqlDatabase(target);
    this.db.defaultSafeIntegers(true);
    this.all(`PRAGMA busy_timeout = ${Math.trunc(busyTimeoutMs)}`);
  }

  /** Opens a file that exists; throws where it does not, and never makes an empty one in its place. */
  static openExisting(path: string, busyTimeoutMs: number): Sqlite {
    if (!existsSync(path)) throw new Error(`no database at ${path}`);
    const escaped = path.replaceAll('%', '%25').replaceAll('?', '%3f').replaceAll('#', '%23');
    return new Sqlite(path, `file:${escaped}?mode=rw`, busyTimeoutMs);
  }

  /** Opens a file, making it where it does not exist. */
  static openOrCreate(path: string, busyTimeoutMs: number): Sqlite {
    return new Sqlite(path, path, busyTimeoutMs);
  }

  /** All rows of a query, columns in order. */
  all(sql: string, params: readonly Cell[] = []): Row[] {
    return this.db
      .prepare(sql)
      .raw()
      .all([...params]) as Row[];
  }

  /** The first column of the first row; null where there is no row. */
  value(sql: string, params: readonly Cell[] = []): Cell {
    return this.all(sql, params)[0]?.[0] ?? null;
  }

  /** Runs a statement that gives no rows; returns how many rows it changed. */
  run(sql: string, params: readonly Cell[] = []): number {
    return Number(this.db.prepare(sql).run([...params]).changes);
  }

  /** Runs one or more statements without parameters. */
  exec(sql: string): void {
    this.db.exec(sql);
  }

  /** Runs `work` in a write transaction taken at once, so that it never fails half-way for a lock. */
  write<T>(work: () => T): T {
    return this.within('BEGIN IMMEDIATE', work);
  }

  /** Runs `work` on one snapshot of the file. */
  read<T>(work: () => T): T {
    return this.within('BEGIN', work);
  }

  private within<T>(begin: string, work: () => T): T {
    this.db.exec(begin);
    try {
      const result = work();
      this.db.exec('COMMIT');
      return result;
    } catch (error) {
      // SQLite may have rolled back by itself, as on a full disk.
      if (this.db.inTransaction) this.db.exec('ROLLBACK');
      throw error;
    }
  }

  close(): void {
    this.db.close();
  }
}

/** An integer cell as a bigint. Throws on anything else: the query asked for an integer. */
export function bigintOf(cell: Cell | undefined): bigint {
  if (typeof cell === 'bigint') return cell;
  throw new Error(`invariant broken: expected an integer, got ${typeof cell}`);
}

/** A small integer cell as a number. */
export const intOf = (cell: Cell | undefined): number => Number(bigintOf(cell));

const decoders = new Map<string, InstanceType<typeof TextDecoder>>();

/** Text that was read as `CAST(x AS BLOB)`, in the database's encoding; bytes that are no text become U+FFFD. */
export function textOf(cell: Cell | undefined, encoding: string): string {
  if (typeof cell === 'string') return cell;
  if (!(cell instanceof Uint8Array)) throw new Error(`invariant broken: expected text, got ${typeof cell}`);
  return decoderOf(encoding).decode(cell);
}

function decoderOf(encoding: string): InstanceType<typeof TextDecoder> {
  const known = decoders.get(encoding);
  if (known !== undefined) return known;
  const label = { 'UTF-16le': 'utf-16le', 'UTF-16be': 'utf-16be' }[encoding] ?? 'utf-8';
  // ignoreBOM keeps a leading U+FEFF, which is part of the value.
  const decoder = new TextDecoder(label, { ignoreBOM: true });
  decoders.set(encoding, decoder);
  return decoder;
}

/** An identifier as SQL. Names come from whoever made the source file; none may reach SQL unquoted. */
export const quoteName = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** A string literal as SQL, for trigger bodies, which take no parameters. */
export const quoteText = (text: string): string => `'${text.replaceAll("'", "''")}'`;
