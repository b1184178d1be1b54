/**
 * The catalogue of rejection codes: the only place where a code's meaning and remedy are written. Console,
 * API, receipts and docs all show these lines, so a code without an entry does not compile.
 */

interface RejectionText {
  /** What was wrong with the message, one line. */
  readonly meaning: string;
  /** What to do about it, one line. */
  readonly remedy: string;
  /** True when the kept payload can be accepted as it is once a cause outside it is gone. */
  readonly curable: boolean;
}

const entry = (meaning: string, remedy: string): RejectionText => ({ meaning, remedy, curable: false });
const curable = (meaning: string, remedy: string): RejectionText => ({ meaning, remedy, curable: true });

export const REJECTION_CODES = [
  'envelope_unstripped_tenant_fields',
  'invalid_format_version',
  'unsupported_format_version',
  'invalid_batch_id',
  'batch_too_many_rows',
  'row_count_mismatch',
  'cursor_timestamp_mismatch',
  'invalid_row_id',
  'invalid_number_encoding',
  'duplicate_batch_seq',
  'stale_batch_seq',
  'payload_too_large',
  'invalid_json',
  'unknown_device',
  'unsupported_capture_strategy',
  'missing_field',
  'invalid_source_table',
  'invalid_schema_hash',
  'invalid_journal_epoch',
  'invalid_commit_seq',
  'invalid_op',
  'invalid_pk',
  'invalid_row',
  'empty_batch',
  'invalid_timestamp',
  'invalid_control_id',
  'invalid_request',
  'ingest_failed',
] as const;

export type RejectionCode = (typeof REJECTION_CODES)[number];

/** Why one message was refused; every text in it can be stored by Postgres as it is. */
export interface Rejection {
  readonly code: RejectionCode;
  /** One sentence that names the place: `rows[17].op is "upsert", must be insert, update or delete`. */
  readonly detail: string;
  /** The place alone, e.g. `rows[17].op`; null where the message as a whole is at fault. */
  readonly path: string | null;
  /** The message's batch id, lowercase, where one could be read; otherwise null. */
  readonly batchId: string | null;
  /** The message's source table, where one could be read; otherwise null. */
  readonly sourceTable: string | null;
  /** The message's schema hash, where one could be read; otherwise null. */
  readonly schemaHash?: string | null;
  /** How many rows the message holds, where that could be read; otherwise null. */
  readonly rows?: number | null;
}

export const REJECTIONS: Record<RejectionCode, RejectionText> = {
  envelope_unstripped_tenant_fields: entry(
    'The message names org_id, project_id, fleet_id or device_id; a device is known by its MQTT session alone.',
    'Remove these fields from the top level and from the row envelopes; as columns inside row, pk or fields they are fine.',
  ),
  invalid_format_version: entry(
    'format_version is missing, below 1, or not an integer.',
    'Set "format_version": 1 in the agent.',
  ),
  unsupported_format_version: curable(
    'format_version is above 1: the agent speaks a newer protocol than this cloud.',
    'Upgrade Tidegate and ingest the message again, or configure the agent for version 1.',
  ),
  invalid_batch_id: entry(
    'batch_id is not a UUIDv7.',
    'Make the agent name each batch by a new UUIDv7 and keep it on every retry.',
  ),
  batch_too_many_rows: entry(
    'The batch has more than 4,096 rows.',
    'Make the agent split its batches; the rows are in the kept payload until it sends them again.',
  ),
  row_count_mismatch: entry(
    'row_count is not the number of rows in the batch.',
    'Look for a message built or cut short in two steps; set row_count from the rows that are sent.',
  ),
  cursor_timestamp_mismatch: entry(
    'cursor_start_ts and cursor_end_ts are not the earliest and latest ts of the rows.',
    'Compute both cursors in the agent from the rows of this batch, whatever their order.',
  ),
  invalid_row_id: entry(
    'A row_id of a telemetry row is not a UUIDv7.',
    'Send a UUIDv7, or leave row_id out; rows are then keyed by ts.',
  ),
  invalid_number_encoding: entry(
    'The message holds NaN, Infinity or a number that overflows a double.',
    'Send null, or for an infinite REAL the string "Infinity" or "-Infinity".',
  ),
  duplicate_batch_seq: entry(
    'Another batch with this batch_seq has been accepted for this source table.',
    'Drop the batch and advance the telemetry cursor; if its rows are new, the agent must give each batch its own seq.',
  ),
  stale_batch_seq: entry(
    "batch_seq is below the lineage's watermark.",
    'Nothing to do if this is an old retry; otherwise the agent lost its state: restart it with a batch_seq above the watermark.',
  ),
  payload_too_large: entry(
    'The payload is larger than 512 KiB.',
    'Lower the flush size in the agent; send a row that is too large by itself as an upload.',
  ),
  invalid_json: entry(
    'The payload is not one JSON object in UTF-8, repeats a key, or nests deeper than 64 levels.',
    'Read the payload at the offset given; compressed payloads and messages cut short end here too.',
  ),
  unknown_device: curable(
    'The topic names a project or device that is not registered.',
    'Register the device under this name or correct its root topic, then ingest again; if it was deleted, revoke its credentials.',
  ),
  unsupported_capture_strategy: curable(
    'capture_strategy is not one that this topic takes.',
    'Send sqlite_row_batch_v1 to sync/rows/batch and sqlite_telemetry_batch_v1 to sync/telemetry/batch.',
  ),
  missing_field: entry(
    'A field that the message must have is absent or has a type that it can never have.',
    'Add the field named in the detail; compare the message with the protocol reference.',
  ),
  invalid_source_table: entry(
    'source_table is empty, longer than 500 characters, an sqlite_ table, or holds a character that cannot be stored.',
    "Exclude the table from replication or rename it; SQLite's own tables are never replicated.",
  ),
  invalid_schema_hash: entry(
    'schema_hash is not 64 lowercase hex digits.',
    'Send the SHA-256 fingerprint of the columns in lowercase hex.',
  ),
  invalid_journal_epoch: entry(
    'journal_epoch or previous_journal_epoch is not a UUIDv7.',
    "Make the agent name each journal by a UUIDv7 later than the last one's.",
  ),
  invalid_commit_seq: entry(
    'A commit seq or batch seq is not a positive 64-bit integer, stands for two different changes, or is outside the range given.',
    "Check the agent's journal: seqs start at 1, and first and last are the minimum and maximum of the rows.",
  ),
  invalid_op: entry('op is not insert, update or delete.', 'Send an upsert as insert or update.'),
  invalid_pk: entry(
    'pk is missing, empty, not an object of plain values, or differs from the key columns in row.',
    'Send every key column in pk with the value it has in row; send a changed key as a delete and an insert.',
  ),
  invalid_row: entry(
    'rows, or a row in it, does not have the shape it must have: row is the full row, null for a delete, of plain values.',
    'Send BLOBs as base64 strings and JSON columns as strings; correct the place named in the detail.',
  ),
  empty_batch: entry('The batch has no rows.', 'Make the agent send nothing when nothing changed.'),
  invalid_timestamp: entry(
    'A time is not RFC 3339 with a time zone, such as 2026-04-28T09:00:00Z.',
    'Send RFC 3339 in UTC with at most nine decimals; check ts_column if the table stores times in another form.',
  ),
  invalid_control_id: entry(
    'control_id is not a UUID.',
    'Make the agent copy control_id from the control message into its ack.',
  ),
  invalid_request: entry(
    'request_kind or segment_kind is unknown, or the request does not fit an upload that was granted.',
    'Ask for a new URL with url_request, upload, and finalize with bootstrap_snapshot or payload_spill.',
  ),
  ingest_failed: curable(
    'The message is in order, but Tidegate failed to ingest it, several times.',
    'Look at the error and at the worker log; once the cause is gone (often an upgrade), ingest the message again.',
  ),
};
