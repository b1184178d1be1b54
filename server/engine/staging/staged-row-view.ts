// A staged row as people see it: the received text as JSON, with every digit. A NUMERIC value is text
// whatever its size: the mirror keeps its decimal digits, and a double would not.
import type { StagedRow } from '@/server/contract/rows';
import type { RowOp, StagingReason } from '@/server/db/schema/rows';
import { rfc3339 } from '@/server/db/time';
import { timestampOfNs } from '@/server/protocol/source-time';
import { parseTimestampNs } from '@/server/protocol/timestamp';
import { parseExactJson, toPlain, type JsonValue } from '@/server/protocol/exact-json';

export interface StagedRowRow {
  epoch_ordinal: string;
  commit_seq: string;
  pk_hash: string;
  source_table: string;
  schema_hash: string;
  journal_epoch: string | null;
  event_ts: string | null;
  op: RowOp;
  pk: string;
  row: string | null;
  staging_reason: StagingReason;
  error: string | null;
  received_at: string;
  /** Columns of NUMERIC affinity in this row's schema. */
  numeric_columns: string[];
}

/** The contract's shape of a row. */
export const toStagedRow = (row: StagedRowRow): StagedRow => ({
  id: `${row.epoch_ordinal}-${row.commit_seq}-${row.pk_hash}`,
  source_table: row.source_table,
  schema_hash: row.schema_hash,
  journal_epoch: row.journal_epoch,
  // A sample has no place in a journal: what it has is its time.
  commit_seq: row.event_ts === null ? row.commit_seq : null,
  event_ts: row.event_ts === null ? null : timestampOfNs(parseTimestampNs(row.event_ts) ?? 0n),
  op: row.op,
  pk: shownRecord(row.pk, new Set(row.numeric_columns)),
  row: row.row === null ? null : shownRecord(row.row, new Set(row.numeric_columns)),
  staging_reason: row.staging_reason,
  error: row.error,
  received_at: rfc3339(row.received_at),
});

type Shown = Record<string, null | boolean | number | string>;

function shownRecord(text: string, numeric: ReadonlySet<string>): Shown {
  const value = parseExactJson(text);
  if (value === null || typeof value !== 'object' || value.kind !== 'object') return {};
  return Object.fromEntries(
    [...value.entries].map(([name, member]) => [name, shown(member, numeric.has(name))]),
  );
}

/** A value that is no scalar cannot be in an accepted row; should one be, its JSON is shown. */
function shown(value: JsonValue, isNumeric: boolean): Shown[string] {
  if (value === null || typeof value !== 'object') return value;
  if (value.kind === 'number' && isNumeric) return value.text;
  const plain = toPlain(value);
  return typeof plain === 'number' || typeof plain === 'string' ? plain : JSON.stringify(plain);
}
