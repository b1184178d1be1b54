// The mirror of a telemetry table: keyed by the sample, whatever key the source table has. A sample is its
// `row_id`, or its `ts` where it has none; both are texts that never equal each other. With the source's own
// key a sample that comes twice would be two rows wherever that key was left out of the batch.
import type { SchemaColumn } from '@/server/protocol/fingerprint';
import type { JsonObject, JsonValue } from '@/server/protocol/exact-json';
import type { Capture } from '@/server/db/schema/governance';
import type { MirrorColumnSpec } from './plan-mirror';

/** Names under which a sample's own values stand beside its fields; in memory only, no device can send them. */
const SAMPLE_ID = '\0sample_id';
const EVENT_TS = '\0event_ts';

/** The first columns of every telemetry mirror. */
const SAMPLE_COLUMNS: readonly MirrorColumnSpec[] = [
  { name: 'sample_id', type: 'text', sourceColumnName: 'row_id, else ts', keyOrdinal: 1 },
  { name: 'event_ts', type: 'timestamptz', sourceColumnName: 'ts of the sample', keyOrdinal: 0 },
];

/** Mirror column to the name its value has in a sample's row. */
export const SAMPLE_BINDINGS: readonly (readonly [string, string])[] = [
  ['sample_id', SAMPLE_ID],
  ['event_ts', EVENT_TS],
];

/**
 * A schema as its mirror takes it. `own`: columns of the table that no source column is bound to. In a
 * telemetry table the sample is the key, so no source column is of it.
 */
export const mirrorShapeOf = (
  capture: Capture,
  columns: readonly SchemaColumn[],
): { columns: readonly SchemaColumn[]; own: readonly MirrorColumnSpec[] } =>
  capture === 'rows'
    ? { columns, own: [] }
    : { columns: columns.map((column) => ({ ...column, pk_ordinal: 0 })), own: SAMPLE_COLUMNS };

/** A sample as a row: its fields, its identity and its time. */
export function sampleRow(fields: JsonObject, sampleId: string, ts: string): JsonObject {
  const entries = new Map<string, JsonValue>(fields.entries);
  entries.set(SAMPLE_ID, sampleId);
  entries.set(EVENT_TS, ts);
  return { ...fields, entries };
}

/**
 * The value of a column that the sample's fields do not have: the time column is what `ts` says, where its
 * mirror column is text; any other was left out for being NULL.
 */
export function absentField(row: JsonObject, column: MirrorColumnSpec, isTimeColumn: boolean): JsonValue {
  const takesTs = isTimeColumn && (column.type === 'text' || column.type === 'timestamptz');
  return takesTs ? (row.entries.get(EVENT_TS) ?? null) : null;
}
