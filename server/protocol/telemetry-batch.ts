/**
 * Telemetry batches. Dedup is per batch and seq here, not per row, so a batch whose counts or cursors do not
 * fit its rows is refused whole: it was cut short or mixed up, and no later check would notice.
 */
import type { JsonObject, JsonValue } from '@/server/protocol/exact-json';
import { TELEMETRY_CAPTURE_STRATEGY } from '@/server/protocol/limits';
import {
  optionalUuidV7,
  required,
  requiredSchemaHash,
  requiredSeq,
  requiredSourceTable,
  requiredTimestamp,
  requiredUuidV7,
} from '@/server/protocol/message-fields';
import { readMessage, type Message } from '@/server/protocol/message-reader';
import { Refused, asObject, integerOf, show } from '@/server/protocol/refused';
import type { Rejection } from '@/server/protocol/rejections';
import { checkCaptureStrategy, readEach, requiredRows } from '@/server/protocol/row-batch';
import { refuseNested } from '@/server/protocol/row-change';
import { readClaimedSchema, type ClaimedSchema } from '@/server/protocol/schema-columns';

export interface TelemetryRow {
  /** The time as received (RFC 3339). */
  readonly ts: string;
  /** The same in nanoseconds since 1970. */
  readonly tsNs: bigint;
  readonly rowId: string | null;
  readonly fields: JsonObject;
  /** The fields exactly as received. */
  readonly fieldsText: string;
}

export interface TelemetryBatch extends ClaimedSchema {
  readonly kind: 'telemetry';
  readonly batchId: string;
  readonly batchSeq: bigint;
  readonly sourceTable: string;
  readonly schemaHash: string;
  /** The earliest and latest `ts` of the rows, as received. */
  readonly cursorStartTs: string;
  readonly cursorEndTs: string;
  readonly rows: TelemetryRow[];
  /** Size of the payload as received. */
  readonly bytes: number;
}

export type TelemetryBatchResult =
  | { readonly ok: true; readonly batch: TelemetryBatch }
  | { readonly ok: false; readonly rejection: Rejection };

/** Parses and validates the payload of `sync/telemetry/batch`. Pure; never throws for what a device sent. */
export function parseTelemetryBatch(payload: Uint8Array): TelemetryBatchResult {
  const parsed = readMessage(payload, readTelemetryBatch);
  return parsed.ok ? { ok: true, batch: parsed.value } : parsed;
}

function readTelemetryBatch({ source, root, bytes }: Message): TelemetryBatch {
  checkCaptureStrategy(root, TELEMETRY_CAPTURE_STRATEGY);
  const batchId = requiredUuidV7(root, 'batch_id', 'invalid_batch_id');
  const batchSeq = requiredSeq(root, 'batch_seq', 0n);
  const sourceTable = requiredSourceTable(root);
  const schemaHash = requiredSchemaHash(root);
  const start = requiredTimestamp(root, 'cursor_start_ts');
  const end = requiredTimestamp(root, 'cursor_end_ts');
  const rowCount = required(root, 'row_count');
  const items = requiredRows(root);
  if (integerOf(rowCount) !== BigInt(items.items.length)) {
    throw new Refused(
      'row_count_mismatch',
      'row_count',
      `is ${show(rowCount)}, but rows has ${items.items.length}`,
    );
  }
  const rows = readEach(items, (item) => readTelemetryRow(item, source));
  checkCursor(rows, 'cursor_start_ts', start, (a, b) => a < b);
  checkCursor(rows, 'cursor_end_ts', end, (a, b) => a > b);
  return {
    kind: 'telemetry',
    batchId,
    batchSeq,
    sourceTable,
    schemaHash,
    ...readClaimedSchema(root, { sourceTable, schemaHash }),
    cursorStartTs: start.text,
    cursorEndTs: end.text,
    rows,
    bytes,
  };
}

function readTelemetryRow(item: JsonValue, source: string): TelemetryRow {
  const envelope = asObject(item);
  if (envelope === null) throw new Refused('invalid_row', null, `is ${show(item)}, must be an object`);
  const { text: ts, ns: tsNs } = requiredTimestamp(envelope, 'ts');
  const rowId = optionalUuidV7(envelope, 'row_id', 'invalid_row_id');
  const value = required(envelope, 'fields');
  const fields = asObject(value);
  if (fields === null) throw new Refused('invalid_row', 'fields', `is ${show(value)}, must be an object`);
  refuseNested(fields, 'fields', 'invalid_row');
  return { ts, tsNs, rowId, fields, fieldsText: source.slice(fields.start, fields.end) };
}

/** `wins(a, b)`: `a` is nearer to the end that the cursor stands for. */
function checkCursor(
  rows: readonly TelemetryRow[],
  field: string,
  given: { text: string; ns: bigint },
  wins: (a: bigint, b: bigint) => boolean,
): void {
  const outermost = rows.reduce((best, row) => (wins(row.tsNs, best.tsNs) ? row : best));
  if (outermost.tsNs === given.ns) return;
  const which = field === 'cursor_start_ts' ? 'earliest' : 'latest';
  const predicate = `is ${show(given.text)}, but the ${which} ts of the rows is ${show(outermost.ts)}`;
  throw new Refused('cursor_timestamp_mismatch', field, predicate);
}
