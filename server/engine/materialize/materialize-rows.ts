// Writes rows of one schema hash into their mirror, and separates the rows that can never be written from
// the rest: one bad row must not hold up its batch, and must not be lost either.
import type { Db } from '@/server/db/client';
import { classifySqlError, sqlMessage } from '@/server/db/sqlstate';
import { applyWrites, countDuplicates } from '../mirror/write-rows';
import {
  prepareWrites,
  type MirrorTarget,
  type PreparedWrite,
  type RowWrite,
  type WriteFailure,
} from '../mirror/prepare-writes';
import { writtenAmong } from '../mirror/written-among';

export interface Materialized {
  /** Rows that cannot be written as they are, with the reason in words. */
  failures: WriteFailure[];
  /** Rows that the mirror already had in the same version; 0 unless asked for. */
  duplicates: number;
}

/**
 * Thrown where Postgres refused a row that looked writable: the transaction is spoilt and has to be run
 * again with `isolate`, which costs a savepoint per attempt and finds the row.
 */
export class IsolationNeeded extends Error {
  override readonly name = 'IsolationNeeded';
}

export interface MaterializeOptions {
  at: Date;
  isolate: boolean;
  countDuplicates: boolean;
  /** True in a replay: a decision may have changed what a row of the same version looks like. */
  rewriteEqual?: boolean;
}

/**
 * Applies `writes` under the lineage's lock. Permanent failures come back; transient ones are thrown.
 * @throws IsolationNeeded unless `isolate`.
 */
export async function materializeRows(
  db: Db,
  target: MirrorTarget,
  writes: readonly RowWrite[],
  options: MaterializeOptions,
): Promise<Materialized> {
  const prepared = prepareWrites(target, writes);
  const failures = [...prepared.failures];
  const all = [...prepared.upserts, ...prepared.deletes];
  const duplicates = options.countDuplicates ? await duplicatesAmong(db, target, all, options.isolate) : 0;
  if (options.isolate) {
    failures.push(...(await applyNewestWritable(db, target, writes, options)));
  } else {
    await applyOrAskForIsolation(db, target, prepared, options);
  }
  if (!options.countDuplicates || failures.length === 0) return { failures, duplicates };
  const refused = failures.map(({ write }) => write);
  const written = await mirroredAmong(db, target, refused, options.isolate);
  return {
    failures: failures.filter(({ write }) => !written.has(write)),
    duplicates: duplicates + written.size,
  };
}

/** A key that Postgres cannot read is no duplicate; where one is among them, none are counted. */
async function duplicatesAmong(
  db: Db,
  target: MirrorTarget,
  writes: readonly PreparedWrite[],
  isolate: boolean,
): Promise<number> {
  try {
    if (!isolate) return await countDuplicates(db, target, writes);
    return await db.savepoint((inner) => countDuplicates(inner, target, writes));
  } catch (error) {
    if (classifySqlError(error) !== 'data') throw error;
    if (isolate) return 0;
    throw new IsolationNeeded(sqlMessage(error), { cause: error });
  }
}

/**
 * Those of `writes`, row changes of one schema, whose very version the mirror has. A key that Postgres cannot read is in
 * no mirror.
 * @throws IsolationNeeded unless `isolate`.
 */
export async function mirroredAmong(
  db: Db,
  target: MirrorTarget,
  writes: readonly RowWrite[],
  isolate: boolean,
): Promise<ReadonlySet<RowWrite>> {
  if (writes.length === 0) return new Set();
  try {
    if (!isolate) return await writtenAmong(db, target, writes);
    return await db.savepoint((inner) => writtenAmong(inner, target, writes));
  } catch (error) {
    if (classifySqlError(error) !== 'data') throw error;
    if (!isolate) throw new IsolationNeeded(sqlMessage(error), { cause: error });
    if (writes.length === 1) return new Set();
    const middle = Math.ceil(writes.length / 2);
    return new Set([
      ...(await mirroredAmong(db, target, writes.slice(0, middle), isolate)),
      ...(await mirroredAmong(db, target, writes.slice(middle), isolate)),
    ]);
  }
}

async function applyOrAskForIsolation(
  db: Db,
  target: MirrorTarget,
  writes: { upserts: PreparedWrite[]; deletes: PreparedWrite[] },
  { at, rewriteEqual }: MaterializeOptions,
): Promise<void> {
  try {
    await applyWrites(db, target, writes, at, rewriteEqual === true ? { rewriteEqual } : {});
  } catch (error) {
    if (classifySqlError(error) === 'data') throw new IsolationNeeded(sqlMessage(error), { cause: error });
    throw error;
  }
}

/**
 * Per key, applies the newest write that Postgres takes. A write that it refuses has overtaken nothing: the
 * older one of its key in the same call has to land, else it would be in no place at all.
 */
async function applyNewestWritable(
  db: Db,
  target: MirrorTarget,
  writes: readonly RowWrite[],
  options: MaterializeOptions,
): Promise<WriteFailure[]> {
  const failures: WriteFailure[] = [];
  let prepared = prepareWrites(target, writes);
  let next = [...prepared.upserts, ...prepared.deletes];
  while (next.length > 0) {
    const found = await applyIsolating(db, target, next, options);
    failures.push(...found);
    const refused = new Set(found.map((f) => f.write));
    const keys = new Set(next.filter((p) => refused.has(p.write)).map((p) => p.key));
    if (keys.size === 0) break;
    prepared = prepareWrites(target, prepared.overtaken);
    next = [...prepared.upserts, ...prepared.deletes].filter((p) => keys.has(p.key));
  }
  return failures;
}

/** Halves what fails until the rows at fault stand alone. */
async function applyIsolating(
  db: Db,
  target: MirrorTarget,
  writes: readonly PreparedWrite[],
  options: MaterializeOptions,
): Promise<WriteFailure[]> {
  const [first] = writes;
  if (first === undefined) return [];
  try {
    await db.savepoint((inner) =>
      applyWrites(
        inner,
        target,
        {
          upserts: writes.filter((w) => w.write.op !== 'delete'),
          deletes: writes.filter((w) => w.write.op === 'delete'),
        },
        options.at,
        options.rewriteEqual === true ? { rewriteEqual: true } : {},
      ),
    );
    return [];
  } catch (error) {
    if (classifySqlError(error) !== 'data') throw error;
    if (writes.length === 1)
      return [{ write: first.write, error: sqlMessage(error), column: null, kind: 'refused_by_postgres' }];
    const middle = Math.ceil(writes.length / 2);
    return [
      ...(await applyIsolating(db, target, writes.slice(0, middle), options)),
      ...(await applyIsolating(db, target, writes.slice(middle), options)),
    ];
  }
}
