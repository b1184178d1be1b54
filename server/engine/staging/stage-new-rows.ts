// Stages rows that cannot have been seen before, several batches at once, as fast as Postgres takes them: a list of
// JSON texts travels as one text, cut at a character that no JSON text can hold, so nothing is escaped. The caller
// moves the counters in the same transaction (as `stageRows` does by itself).
import type { Db } from '@/server/db/client';
import type { NewRows } from './new-rows';
import type { StageInput } from './stage-rows';

/** U+001E: JSON has control characters only as escapes. */
const SEPARATOR = '\x1e';

const arrayOf = (elements: readonly (string | number | bigint)[]): string => `{${elements.join(',')}}`;

/** Stages new rows of a locked lineage. Throws 23505 where one is there already: then the caller was wrong. */
export async function stageNewRows(
  db: Db,
  input: Omit<StageInput, 'rows' | 'at'> & { rows: NewRows },
): Promise<void> {
  const { seqs, ops, hashes, pks, rows } = input.rows;
  await db.sql`
    insert into tidegate.staged_row
      (lineage_id, epoch_ordinal, commit_seq, pk_hash, journal_epoch, schema_hash, op, pk, "row", staging_reason,
       received_at, bytes)
    select ${input.lineageId}::uuid, ${input.epochOrdinal.toString()}::bigint, s, h, ${input.journalEpoch}::uuid,
      ${input.schemaHash}, o, p, w, ${input.reason}, ${input.receivedAt.toISOString()}::timestamptz,
      octet_length(p) + coalesce(octet_length(w), 0)
    from rows from (
      unnest(${arrayOf(seqs)}::text::bigint[]),
      unnest(${arrayOf(hashes.map((hex) => `"\\\\x${hex}"`))}::text::bytea[]),
      unnest(${arrayOf(ops)}::text::text[]),
      string_to_table(${pks.join(SEPARATOR)}, ${SEPARATOR}),
      string_to_table(${rows.join(SEPARATOR)}, ${SEPARATOR}, '')
    ) as r(s, h, o, p, w)`;
}
