/**
 * Row batches as the agent writes them, value by value as SQLite holds them. Everything must come out of
 * parseRowBatch as it went in: an integer that passed through a double would be another integer.
 */
import { FORMAT_VERSION, ROW_CAPTURE_STRATEGY } from '@/server/protocol/limits';
import type { SchemaColumn } from '@/server/protocol/fingerprint';
import type { RowOp } from '@/server/protocol/row-change';

/** A value of an SQLite cell: INTEGER as bigint, REAL as number, BLOB as bytes. */
export type SqlValue = null | boolean | bigint | number | string | Uint8Array;

/** A row by column name, in column order. */
export type SqlRow = Readonly<Record<string, SqlValue>> | ReadonlyMap<string, SqlValue>;

export interface RowChangeInput {
  readonly commitSeq: bigint;
  readonly op: RowOp;
  readonly pk: SqlRow;
  /** The full row; null for a delete. */
  readonly row: SqlRow | null;
  readonly lkcv?: string | null;
}

/** A change that is already text, as `encodeRowChange` or `encodeRowChangeText` made it. */
export interface EncodedRowChange {
  readonly commitSeq: bigint;
  readonly text: string;
}

export interface RowBatchInput {
  readonly batchId: string;
  readonly journalEpoch: string;
  readonly previousJournalEpoch?: string | null;
  readonly deliveredThrough?: bigint | null;
  readonly sourceTable: string;
  readonly schemaHash: string;
  /** Sent along where given; a first batch of a table should have them. */
  readonly schemaColumns?: readonly SchemaColumn[] | null;
  /** One or more. */
  readonly rows: readonly (RowChangeInput | EncodedRowChange)[];
}

/** One value as JSON: bigint as an exact number, bytes as base64, an infinite REAL as the string "Infinity". */
export function encodeSqlValue(value: SqlValue): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') return encodeReal(value);
  return `"${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64')}"`;
}

/** The shortest text that reads back as the same double; SQLite has no NaN, so NaN is null. */
function encodeReal(value: number): string {
  if (Number.isNaN(value)) return 'null';
  if (!Number.isFinite(value)) return value > 0 ? '"Infinity"' : '"-Infinity"';
  return Object.is(value, -0) ? '-0' : String(value);
}

/** A row as a JSON object, members in the order given. */
export function encodeRowJson(values: SqlRow): string {
  let out = '{';
  for (const [name, value] of values instanceof Map ? values : Object.entries(values)) {
    out += `${out.length > 1 ? ',' : ''}${JSON.stringify(name)}:${encodeSqlValue(value)}`;
  }
  return `${out}}`;
}

/** One change as it stands in `rows`; its UTF-8 length is what it adds to a batch, but for a comma. */
export function encodeRowChange(change: RowChangeInput): EncodedRowChange {
  return encodeRowChangeText({
    ...change,
    pkText: encodeRowJson(change.pk),
    rowText: change.row === null ? null : encodeRowJson(change.row),
  });
}

/** The same from a key and a row that are JSON text already, as a journal keeps them. */
export function encodeRowChangeText(change: {
  commitSeq: bigint;
  op: RowOp;
  pkText: string;
  rowText: string | null;
  lkcv?: string | null;
}): EncodedRowChange {
  const lkcv = (change.lkcv ?? null) === null ? '' : `,"lkcv":${JSON.stringify(change.lkcv)}`;
  const text =
    `{"commit_seq":${change.commitSeq},"op":"${change.op}","pk":${change.pkText},` +
    `"row":${change.rowText ?? 'null'}${lkcv}}`;
  return { commitSeq: change.commitSeq, text };
}

/** `schema_columns` as messages carry it. */
export function schemaColumnsJson(tableName: string, columns: readonly SchemaColumn[]): string {
  const plain = columns.map(({ name, decl_type_affinity, pk_ordinal, not_null }) => ({
    name,
    decl_type_affinity,
    pk_ordinal,
    not_null,
  }));
  return JSON.stringify({ table_name: tableName, columns: plain });
}

/** The payload of `sync/rows/batch`, as text. The caller keeps to the limits of rows and bytes. */
export function encodeRowBatch(batch: RowBatchInput): string {
  const rows = batch.rows.map((row) => ('text' in row ? row : encodeRowChange(row)));
  const fields = [
    `"format_version":${FORMAT_VERSION}`,
    `"capture_strategy":"${ROW_CAPTURE_STRATEGY}"`,
    `"batch_id":${JSON.stringify(batch.batchId)}`,
    `"journal_epoch":${JSON.stringify(batch.journalEpoch)}`,
  ];
  const previous = batch.previousJournalEpoch ?? null;
  if (previous !== null) fields.push(`"previous_journal_epoch":${JSON.stringify(previous)}`);
  const delivered = batch.deliveredThrough ?? null;
  if (delivered !== null) fields.push(`"delivered_through":${delivered}`);
  fields.push(`"source_table":${JSON.stringify(batch.sourceTable)}`, `"schema_hash":"${batch.schemaHash}"`);
  const columns = batch.schemaColumns ?? null;
  if (columns !== null) fields.push(`"schema_columns":${schemaColumnsJson(batch.sourceTable, columns)}`);
  let first = rows[0]?.commitSeq ?? 0n;
  let last = first;
  for (const { commitSeq } of rows) {
    if (commitSeq < first) first = commitSeq;
    if (commitSeq > last) last = commitSeq;
  }
  fields.push(`"first_commit_seq":${first}`, `"last_commit_seq":${last}`);
  return `{${fields.join(',')},"rows":[${rows.map((row) => row.text).join(',')}]}`;
}
