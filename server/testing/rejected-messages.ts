/**
 * For each rejection code a message that a device might send and that must be refused with it, written by hand: what
 * our own agent never sends. The record's type names every code, so one without a message does not compile.
 */
import { uuidV7 } from '@/server/lib/uuid';
import { schemaHash } from '@/server/protocol/fingerprint';
import type { RejectionCode } from '@/server/protocol/rejections';
import { CHANNELS, type Channel } from '@/server/protocol/topics';
import { DEVICE_STATE, hashOf } from './engine';

const V4 = '0d9b4d38-6c4f-4a6e-9c3f-0123456789ab';
export const TEMPS = {
  name: 'temps',
  columns: [{ name: 'value_c', decl_type_affinity: 'REAL' as const, pk_ordinal: 0, not_null: false }],
};
const TEMPS_HASH = schemaHash({ tableName: TEMPS.name, columns: TEMPS.columns });

export interface RefusedMessage {
  channel: Channel;
  payload: string | Uint8Array;
  /** The whole sentence; where it ends in what the runtime says, its start. */
  detail: string;
  /** The place alone. */
  path: string | null;
  /** What its receipt names; null where it gets none. */
  batchId: string | null;
  /** How many rows are added to the lineage's rejected ones. */
  rejectedRows: number;
}

const UPDATE = { commit_seq: 9001, op: 'update', pk: { id: 1 }, row: { id: 1, mode: 'on', setpoint: 2 } };

/** A good row batch of `device_state` with `patch` over it; undefined removes a field. */
export const rowMessage = (batchId: string, patch: object = {}): Record<string, unknown> => ({
  format_version: 1,
  capture_strategy: 'sqlite_row_batch_v1',
  batch_id: batchId,
  journal_epoch: '019676f0-0000-7000-8000-00000000000b',
  source_table: DEVICE_STATE.name,
  schema_hash: hashOf(DEVICE_STATE),
  schema_columns: { table_name: DEVICE_STATE.name, columns: DEVICE_STATE.columns },
  first_commit_seq: 9001,
  last_commit_seq: 9001,
  rows: [UPDATE],
  ...patch,
});

/** A good telemetry batch of `temps` with `patch` over it. */
export const telemetryMessage = (
  batchId: string,
  seq: number,
  patch: object = {},
): Record<string, unknown> => ({
  format_version: 1,
  capture_strategy: 'sqlite_telemetry_batch_v1',
  batch_id: batchId,
  batch_seq: seq,
  source_table: TEMPS.name,
  schema_hash: TEMPS_HASH,
  cursor_start_ts: '2026-04-28T09:00:00Z',
  cursor_end_ts: '2026-04-28T09:00:00Z',
  row_count: 1,
  rows: [{ ts: '2026-04-28T09:00:00Z', fields: { value_c: 22.1 } }],
  ...patch,
});

interface Expected {
  detail: string;
  path: string | null;
  /** True where not even the batch id can be read. */
  isUnreadable?: boolean;
  rejectedRows?: number;
}

function rows(patch: object, expected: Expected, edit = (text: string) => text): RefusedMessage {
  const batchId = uuidV7();
  const message = rowMessage(batchId, patch);
  const named =
    message['batch_id'] === batchId || message['batch_id'] === V4 ? String(message['batch_id']) : null;
  const { detail, path, isUnreadable = false, rejectedRows = isUnreadable ? 0 : 1 } = expected;
  return {
    channel: CHANNELS.rowsBatch,
    payload: edit(JSON.stringify(message)),
    detail,
    path,
    batchId: isUnreadable ? null : named,
    rejectedRows,
  };
}

const row = (patch: object, expected: Expected): RefusedMessage =>
  rows({ rows: [{ ...UPDATE, ...patch }] }, expected);

function telemetry(seq: number, patch: object, detail: string, path: string): RefusedMessage {
  const batchId = uuidV7();
  const payload = JSON.stringify(telemetryMessage(batchId, seq, patch));
  return { channel: CHANNELS.telemetryBatch, payload, detail, path, batchId, rejectedRows: 1 };
}

function plain(channel: Channel, message: object, detail: string, path: string): RefusedMessage {
  const payload = JSON.stringify({ format_version: 1, ...message });
  return { channel, payload, detail, path, batchId: null, rejectedRows: 0 };
}

const manyRows = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ commit_seq: i + 1, op: 'delete', pk: { id: i }, row: null }));

/** A row batch of exactly `bytes` bytes. */
export function messageOfBytes(batchId: string, bytes: number): string {
  const of = (mode: string) =>
    JSON.stringify(rowMessage(batchId, { rows: [{ ...UPDATE, row: { ...UPDATE.row, mode } }] }));
  return of('x'.repeat(bytes - of('').length));
}

/** A row batch of `count` deletes, with seqs from 1. */
export const messageOfRows = (batchId: string, count: number): string =>
  JSON.stringify(rowMessage(batchId, { first_commit_seq: 1, last_commit_seq: count, rows: manyRows(count) }));

type MadeElsewhere = 'unknown_device' | 'ingest_failed' | 'duplicate_batch_seq' | 'stale_batch_seq';

/**
 * The messages, anew at each call. Those made elsewhere need more than a message: a device that is gone, a fault of
 * ours, or telemetry that came before (`telemetryMessage`).
 */
export const refusedMessages = (): Record<Exclude<RejectionCode, MadeElsewhere>, RefusedMessage> => ({
  envelope_unstripped_tenant_fields: row(
    { org_id: 'x' },
    { detail: 'rows[0].org_id must not be sent by a device', path: 'rows[0].org_id' },
  ),
  invalid_format_version: rows(
    { format_version: undefined },
    { detail: 'format_version is missing, must be 1', path: 'format_version' },
  ),
  unsupported_format_version: rows(
    { format_version: 2 },
    { detail: 'format_version is 2, at most 1', path: 'format_version' },
  ),
  invalid_batch_id: rows(
    { batch_id: V4 },
    { detail: `batch_id is "${V4}", must be a UUIDv7`, path: 'batch_id' },
  ),
  batch_too_many_rows: rows(
    { first_commit_seq: 1, last_commit_seq: 4097, rows: manyRows(4097) },
    { detail: '4,097 rows, at most 4,096', path: 'rows', rejectedRows: 4097 },
  ),
  row_count_mismatch: telemetry(100, { row_count: 2 }, 'row_count is 2, but rows has 1', 'row_count'),
  cursor_timestamp_mismatch: telemetry(
    100,
    { cursor_end_ts: '2026-04-28T09:00:01Z' },
    'cursor_end_ts is "2026-04-28T09:00:01Z", but the latest ts of the rows is "2026-04-28T09:00:00Z"',
    'cursor_end_ts',
  ),
  invalid_row_id: telemetry(
    100,
    { rows: [{ ts: '2026-04-28T09:00:00Z', row_id: 'x', fields: { value_c: 1 } }] },
    'rows[0].row_id is "x", must be a UUIDv7',
    'rows[0].row_id',
  ),
  invalid_number_encoding: rows(
    {},
    {
      detail: 'rows[0].row.setpoint is NaN, must be a number that a double can hold',
      path: 'rows[0].row.setpoint',
    },
    (text) => text.replace('"setpoint":2', '"setpoint":NaN'),
  ),
  payload_too_large: {
    channel: CHANNELS.rowsBatch,
    payload: messageOfBytes(uuidV7(), 512 * 1024 + 1),
    detail: 'the payload is 524,289 bytes, at most 524,288',
    path: null,
    batchId: null,
    rejectedRows: 0,
  },
  invalid_json: rows({}, { detail: '', path: null, isUnreadable: true }, (text) => text.slice(0, -1)),
  unsupported_capture_strategy: rows(
    { capture_strategy: 'sqlite_telemetry_batch_v1' },
    {
      detail: 'capture_strategy is "sqlite_telemetry_batch_v1", must be "sqlite_row_batch_v1"',
      path: 'capture_strategy',
    },
  ),
  missing_field: rows(
    { first_commit_seq: undefined },
    { detail: 'first_commit_seq is missing', path: 'first_commit_seq' },
  ),
  invalid_source_table: {
    ...rows(
      { source_table: 'sqlite_stat1' },
      { detail: 'source_table is "sqlite_stat1", a table of SQLite\'s own', path: 'source_table' },
    ),
    rejectedRows: 0,
  },
  invalid_schema_hash: rows(
    { schema_hash: 'ABC' },
    { detail: 'schema_hash is "ABC", must be 64 lowercase hex digits', path: 'schema_hash' },
  ),
  invalid_journal_epoch: rows(
    { journal_epoch: V4 },
    { detail: `journal_epoch is "${V4}", must be a UUIDv7`, path: 'journal_epoch' },
  ),
  invalid_commit_seq: rows(
    { last_commit_seq: 9002 },
    {
      detail: 'last_commit_seq is 9002, but the highest commit_seq of the rows is 9001',
      path: 'last_commit_seq',
    },
  ),
  invalid_op: row(
    { op: 'upsert' },
    { detail: 'rows[0].op is "upsert", must be insert, update or delete', path: 'rows[0].op' },
  ),
  invalid_pk: row(
    { pk: { id: 2 } },
    { detail: 'rows[0].pk.id is 2, but the row has 1', path: 'rows[0].pk.id' },
  ),
  invalid_row: row(
    { row: null },
    { detail: 'rows[0].row is null, must be the full row for an update', path: 'rows[0].row' },
  ),
  empty_batch: rows({ rows: [] }, { detail: 'rows is empty', path: 'rows', rejectedRows: 0 }),
  invalid_timestamp: plain(
    CHANNELS.schemaObserve,
    { source_table: DEVICE_STATE.name, schema_hash: hashOf(DEVICE_STATE), observed_at: 'yesterday' },
    'observed_at is "yesterday", must be a time such as 2026-04-28T09:00:00Z',
    'observed_at',
  ),
  invalid_control_id: plain(
    CHANNELS.ingestAck,
    { control_id: 'the last one' },
    'control_id is "the last one", must be a UUID',
    'control_id',
  ),
  invalid_request: plain(
    CHANNELS.ingestRequest,
    { request_kind: 'snapshot', source_table: DEVICE_STATE.name },
    'request_kind is "snapshot", must be url_request or finalize',
    'request_kind',
  ),
});
