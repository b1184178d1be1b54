/** Telemetry batches as the agent writes them; counts and cursors are computed from the rows, never passed. */
import { FORMAT_VERSION, TELEMETRY_CAPTURE_STRATEGY } from '@/server/protocol/limits';
import type { SchemaColumn } from '@/server/protocol/fingerprint';
import { encodeRowJson, schemaColumnsJson, type SqlRow } from '@/server/protocol/row-batch-encode';
import { parseTimestampNs } from '@/server/protocol/timestamp';

export interface TelemetryRowInput {
  /** RFC 3339 with a zone. */
  readonly ts: string;
  readonly rowId?: string | null;
  readonly fields: SqlRow;
}

export interface TelemetryBatchInput {
  readonly batchId: string;
  readonly batchSeq: bigint;
  readonly sourceTable: string;
  readonly schemaHash: string;
  readonly schemaColumns?: readonly SchemaColumn[] | null;
  /** One or more. */
  readonly rows: readonly TelemetryRowInput[];
}

/** One sample as it stands in `rows`. */
export function encodeTelemetryRow(row: TelemetryRowInput): string {
  const rowId = (row.rowId ?? null) === null ? '' : `,"row_id":${JSON.stringify(row.rowId)}`;
  return `{"ts":${JSON.stringify(row.ts)}${rowId},"fields":${encodeRowJson(row.fields)}}`;
}

/** The payload of `sync/telemetry/batch`, as text. */
export function encodeTelemetryBatch(batch: TelemetryBatchInput): string {
  const times = batch.rows.map(({ ts }) => ({ ts, ns: parseTimestampNs(ts) ?? 0n }));
  times.sort((a, b) => (a.ns < b.ns ? -1 : a.ns > b.ns ? 1 : 0));
  const columns = batch.schemaColumns ?? null;
  const fields = [
    `"format_version":${FORMAT_VERSION}`,
    `"capture_strategy":"${TELEMETRY_CAPTURE_STRATEGY}"`,
    `"batch_id":${JSON.stringify(batch.batchId)}`,
    `"batch_seq":${batch.batchSeq}`,
    `"source_table":${JSON.stringify(batch.sourceTable)}`,
    `"schema_hash":"${batch.schemaHash}"`,
    ...(columns === null ? [] : [`"schema_columns":${schemaColumnsJson(batch.sourceTable, columns)}`]),
    `"cursor_start_ts":${JSON.stringify(times.at(0)?.ts ?? '')}`,
    `"cursor_end_ts":${JSON.stringify(times.at(-1)?.ts ?? '')}`,
    `"row_count":${batch.rows.length}`,
  ];
  return `{${fields.join(',')},"rows":[${batch.rows.map(encodeTelemetryRow).join(',')}]}`;
}
