// Rows that were kept for deferred columns go back to staging in one statement, each with the identity it was
// received with: from there on they are replayed, counted and kept like every other staged row.
import type { Db } from '@/server/db/client';
import { addToTally } from './stage-rows';

/** Moves what is kept of a schema of a locked lineage into staging, `at` which time. Answers how many rows. */
export async function stageDeferredRows(
  db: Db,
  lineageId: string,
  schemaHash: string,
  at: Date,
): Promise<number> {
  const [moved] = await db.sql<{ rows: number; added: number; bytes: number }[]>`
    with kept as (
      delete from tidegate.deferred_row where lineage_id = ${lineageId} and schema_hash = ${schemaHash}
      returning *
    ), added as (
      insert into tidegate.staged_row
        (lineage_id, epoch_ordinal, commit_seq, pk_hash, journal_epoch, event_ts, schema_hash, op, pk, "row",
         staging_reason, received_at, bytes)
      select lineage_id, version_epoch, version_seq, pk_hash, journal_epoch, event_ts, schema_hash, op, pk, "row",
             'schema_review', received_at, octet_length(pk) + octet_length("row")
      from kept
      on conflict do nothing
      returning bytes
    )
    select (select count(*)::int from kept) as rows, count(*)::int as added,
           coalesce(sum(bytes), 0)::float8 as bytes
    from added`;
  if (moved === undefined) return 0;
  await addToTally(db, lineageId, schemaHash, { rows: moved.added, bytes: moved.bytes, stagedAt: at });
  return moved.rows;
}
