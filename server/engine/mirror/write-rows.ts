// The version guard (invariant 3): a mirror write takes effect only when its version is higher than the
// one stored, and a delete leaves a tombstone with its version. Without it, whatever MQTT delivers late or
// twice would bring back old values and deleted rows. The caller holds the lineage's lock: two writers of
// one device's keys would otherwise not see each other's tombstones.
import { mirrorTable, quoteIdentifier } from '@/server/db/identifier';
import type { Db } from '@/server/db/client';
import { OftenRun } from '@/server/db/often-run';
import { keyColumns } from './ddl';
import { updateDeferredRows } from './deferred-rows';
import { byKey, byNullKeys, rowsParameter } from './key-match';
import type { MirrorTarget, PreparedWrite } from './prepare-writes';
import { writeArrays, type WriteArrays } from './row-arrays';

/** Statements that may have a name: those of the mirrors that a worker writes most, three of each. */
const often = new OftenRun(256);

const run = (db: Db, text: string, parameters: string[]) =>
  db.sql.unsafe(text, parameters, { prepare: often.has(text) });

export function upsertStatement(
  target: Pick<MirrorTarget, 'tableName' | 'columns'>,
  checkTombstones: boolean,
  rewriteEqual: boolean,
): string {
  const names = target.columns.map((c) => quoteIdentifier(c.name));
  const set = target.columns.flatMap((c, i) =>
    c.keyOrdinal > 0 ? [] : [`${names[i]} = excluded.${names[i]}`],
  );
  const tombstones = checkTombstones
    ? `left join tidegate.mirror_tombstone t
         on t.mirror_id = $3 and t.device_id = $1 and t.key_hash = r.k
       where t.key_hash is null or (t.version_epoch, t.version_seq) < (r.e, r.s)`
    : '';
  return `${insertStatement(target, checkTombstones)}
    ${tombstones}
    on conflict (${keyColumns(target.columns).join(', ')}) do update set
      version_epoch = excluded.version_epoch, version_seq = excluded.version_seq,
      updated_at = excluded.updated_at${set.map((s) => `, ${s}`).join('')}
    where (m.version_epoch, m.version_seq) ${rewriteEqual ? '<=' : '<'} (excluded.version_epoch, excluded.version_seq)`;
}

/** Inserts every row, and fails with 23505 where a key is there: half of what the guarded upsert costs. */
export function insertStatement(
  target: Pick<MirrorTarget, 'tableName' | 'columns'>,
  withKeyHashes = false,
): string {
  const names = target.columns.map((c) => quoteIdentifier(c.name));
  const key = withKeyHashes ? ['bytea'] : [];
  const arrays = ['bigint', 'bigint', ...target.columns.map((c) => c.type), ...key];
  const fields = ['e', 's', ...target.columns.map((_, i) => `c${i}`), ...key.map(() => 'k')];
  const first = withKeyHashes ? 4 : 3;
  return `insert into ${mirrorTable(target.tableName)} as m
      (device_id, version_epoch, version_seq, created_at, updated_at${names.map((n) => `, ${n}`).join('')})
    select $1::uuid, r.e, r.s, $2::timestamptz, $2::timestamptz${target.columns.map((_, i) => `, r.c${i}`).join('')}
    from unnest(${arrays.map((type, i) => `$${first + i}::text::${type}[]`).join(', ')}) as r(${fields.join(', ')})`;
}

/** Deletes keys whose NULL columns are `nullKeys`, and leaves their tombstones. */
export function deleteStatement(target: MirrorTarget, nullKeys: readonly number[]): string {
  const { record, match } = byKey(target, nullKeys);
  return `with r as materialized (
      select * from ${record}
    ), gone as (
      delete from ${mirrorTable(target.tableName)} m using r
      where ${match} and (m.version_epoch, m.version_seq) < (r.e, r.s)
    )
    insert into tidegate.mirror_tombstone as t (mirror_id, device_id, key_hash, version_epoch, version_seq, deleted_at)
    select $3::uuid, $2::uuid, r.k, r.e, r.s, $4::timestamptz from r
    on conflict (mirror_id, device_id, key_hash) do update set
      version_epoch = excluded.version_epoch, version_seq = excluded.version_seq, deleted_at = excluded.deleted_at
    where (t.version_epoch, t.version_seq) < (excluded.version_epoch, excluded.version_seq)`;
}

/** How many of `writes` the mirror already has in the very same version. */
export async function countDuplicates(
  db: Db,
  target: MirrorTarget,
  writes: readonly PreparedWrite[],
): Promise<number> {
  let count = 0;
  for (const group of byNullKeys(writes)) {
    const { record, match } = byKey(target, group[0]?.nullKeys ?? []);
    const [row] = await db.sql.unsafe<{ n: number }[]>(
      `select count(*)::int as n
       from ${record}
       where exists (select from ${mirrorTable(target.tableName)} m where ${match}
                       and (m.version_epoch, m.version_seq) = (r.e, r.s))
          or exists (select from tidegate.mirror_tombstone t where t.mirror_id = $3 and t.device_id = $2
                       and t.key_hash = r.k and (t.version_epoch, t.version_seq) = (r.e, r.s))`,
      [rowsParameter(group), target.deviceId, target.mirrorId],
    );
    count += row?.n ?? 0;
  }
  return count;
}

/** Whether a write has to be compared with tombstones: most mirrors have none, and then need no key hashes. */
async function hasTombstones(db: Db, target: MirrorTarget): Promise<boolean> {
  const [seen] = await db.sql<{ any: boolean }[]>`
    select exists (select from tidegate.mirror_tombstone
                   where mirror_id = ${target.mirrorId} and device_id = ${target.deviceId}) as any`;
  return seen?.any ?? true;
}

const parametersOf = (target: MirrorTarget, arrays: WriteArrays, time: string): string[] => [
  target.deviceId,
  time,
  ...(arrays.keyHashes === null ? [] : [target.mirrorId]),
  arrays.epochs,
  arrays.seqs,
  ...arrays.columns,
  ...(arrays.keyHashes === null ? [] : [arrays.keyHashes]),
];

/** The guarded upsert of writes, at most one per key; with key hashes, each is compared with its tombstone. */
export async function applyUpserts(
  db: Db,
  target: MirrorTarget,
  arrays: WriteArrays,
  { time, rewriteEqual = false }: { time: string; rewriteEqual?: boolean },
): Promise<void> {
  const text = upsertStatement(target, arrays.keyHashes !== null, rewriteEqual);
  await run(db, text, parametersOf(target, arrays, time));
}

/** Writes rows whose keys are new, of a device without tombstones. Throws 23505 where one is not. */
export async function applyInserts(
  db: Db,
  target: MirrorTarget,
  arrays: WriteArrays,
  time: string,
): Promise<void> {
  await run(db, insertStatement(target), parametersOf(target, { ...arrays, keyHashes: null }, time));
}

/**
 * Applies prepared writes, at most one per key. With `rewriteEqual` a row of the same version is written again;
 * `checkTombstones` spares a question whose answer the caller has read in this transaction, before any delete of it.
 * Throws what Postgres throws; the caller isolates the row.
 */
export async function applyWrites(
  db: Db,
  target: MirrorTarget,
  writes: { upserts: readonly PreparedWrite[]; deletes: readonly PreparedWrite[] },
  at: Date,
  how: { rewriteEqual?: boolean; checkTombstones?: boolean } = {},
): Promise<void> {
  const time = at.toISOString();
  if (writes.upserts.length > 0) {
    const checkTombstones = how.checkTombstones ?? (await hasTombstones(db, target));
    const arrays = writeArrays(target.columns, writes.upserts, checkTombstones);
    await applyUpserts(db, target, arrays, { time, rewriteEqual: how.rewriteEqual ?? false });
  }
  for (const group of byNullKeys(writes.deletes)) {
    const text = deleteStatement(target, group[0]?.nullKeys ?? []);
    await run(db, text, [rowsParameter(group), target.deviceId, target.mirrorId, time]);
  }
  await updateDeferredRows(db, target, writes);
}
