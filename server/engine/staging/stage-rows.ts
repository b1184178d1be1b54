// Staged rows and their counters move together, in one transaction: the backlog is read from the counters
// (cheap at any size), so they must never drift from the rows.
import type { Db } from '@/server/db/client';
import type { StagingReason } from '@/server/db/schema/rows';

export interface RowToStage {
  commitSeq: bigint;
  op: string;
  pkHash: Buffer;
  /** The received JSON text, untouched. */
  pkText: string;
  rowText: string | null;
  /** A telemetry sample's `ts` as received. */
  eventTs: string | null;
  error: string | null;
  /** The source column at fault and the kind of failure, where there is one. */
  errorColumn?: string | null;
  errorKind?: string;
}

export interface StageInput {
  lineageId: string;
  schemaHash: string;
  /** Null for telemetry, whose ordinal is 0 and whose commit seq is the batch seq. */
  journalEpoch: string | null;
  epochOrdinal: bigint;
  reason: StagingReason;
  receivedAt: Date;
  /** Now: what is staged again was received before. */
  at: Date;
  rows: readonly RowToStage[];
}

/**
 * Stages rows of one batch of a locked lineage. A row that is staged already changes nothing.
 * @returns how many were new, and their bytes.
 */
export async function stageRows(db: Db, input: StageInput): Promise<{ rows: number; bytes: number }> {
  if (input.rows.length === 0) return { rows: 0, bytes: 0 };
  const json = JSON.stringify(
    input.rows.map((r) => ({
      s: r.commitSeq.toString(),
      o: r.op,
      h: `\\x${r.pkHash.toString('hex')}`,
      p: r.pkText,
      w: r.rowText,
      t: r.eventTs,
      e: r.error,
      c: r.errorColumn ?? null,
      k: r.errorKind ?? null,
    })),
  );
  const [added] = await db.sql<{ rows: number; bytes: number }[]>`
    with added as (
      insert into tidegate.staged_row
        (lineage_id, epoch_ordinal, commit_seq, pk_hash, journal_epoch, schema_hash, op, pk, "row",
         event_ts, staging_reason, error, error_column, error_kind, received_at, bytes)
      select ${input.lineageId}::uuid, ${input.epochOrdinal.toString()}::bigint, s, h, ${input.journalEpoch}::uuid,
             ${input.schemaHash}, o, p, w, t, ${input.reason}, e, c, k, ${input.receivedAt.toISOString()}::timestamptz,
             octet_length(p) + coalesce(octet_length(w), 0)
      from json_to_recordset(${json}::text::json) as r(s bigint, o text, h bytea, p text, w text, t text, e text, c text, k text)
      on conflict do nothing
      returning bytes
    )
    select count(*)::int as rows, coalesce(sum(bytes), 0)::float8 as bytes from added`;
  const result = added ?? { rows: 0, bytes: 0 };
  await addToTally(db, input.lineageId, input.schemaHash, { ...result, stagedAt: input.at });
  return result;
}

interface Move {
  /** May be negative, as may the bytes. */
  rows: number;
  bytes: number;
  /** When they came into staging. */
  stagedAt?: Date;
  /** When they left it because they were written. */
  writtenAt?: Date;
}

/** Moves the counters of a locked lineage and of one of its schema versions, and the times of what moved. */
export async function addToTally(db: Db, lineageId: string, schemaHash: string, by: Move): Promise<void> {
  if (by.rows === 0) return;
  await db.sql`
    update tidegate.lineage set staged_rows = staged_rows + ${by.rows}, staged_bytes = staged_bytes + ${by.bytes},
      last_staged_at = greatest(last_staged_at, ${by.stagedAt?.toISOString() ?? null}::timestamptz),
      last_written_at = greatest(last_written_at, ${by.writtenAt?.toISOString() ?? null}::timestamptz)
    where id = ${lineageId}`;
  await db.sql`
    update tidegate.schema_version
    set staged_rows = staged_rows + ${by.rows}, staged_bytes = staged_bytes + ${by.bytes}
    where lineage_id = ${lineageId} and schema_hash = ${schemaHash}`;
}
