/**
 * Journal entries of a telemetry table as samples. A sample's `row_id` is made from what tells its row apart, so
 * that the same row, sent again after the state file was lost, is the same sample: a random id would double it.
 */
import { createHash } from 'node:crypto';
import { BATCH_ROWS_MAX, PAYLOAD_BYTES_MAX } from '@/server/protocol/limits';
import { encodeRowJson, schemaColumnsJson, type SqlValue } from '@/server/protocol/row-batch-encode';
import { numberTimeNs, textTimeNs, timestampOfNs } from '@/server/protocol/source-time';
import { encodeTelemetryRow, type TelemetryRowInput } from '@/server/protocol/telemetry-batch-encode';
import { ENVELOPE_BYTES, PAGE_ROWS, readPage, wireValue } from '@/server/agent/journal-reader';
import { ABSENT_HEX } from '@/server/agent/journal-schema';
import type { Shape } from '@/server/agent/shapes';
import { bigintOf, type Row, type Sqlite } from '@/server/agent/sqlite';

type SampleShape = Shape & { readonly samples: NonNullable<Shape['samples']> };

export interface CutSamples {
  readonly rows: readonly TelemetryRowInput[];
  /** Every entry of the shape up to here is in `rows`, or in `unsendable`. */
  readonly lastSeq: bigint;
  readonly unsendable: readonly { commitSeq: bigint; reason: string }[];
  /** True where the batch ended for its size, so that more is waiting. */
  readonly isFull: boolean;
}

/** Reads a batch's worth of samples of `shape` after `after`; null where there are none. */
export function cutSamples(
  db: Sqlite,
  { shape, after, encoding }: { shape: SampleShape; after: bigint; encoding: string },
): CutSamples | null {
  const schema = schemaColumnsJson(shape.sourceTable, shape.columns);
  const room =
    PAYLOAD_BYTES_MAX - ENVELOPE_BYTES - 6 * Buffer.byteLength(shape.sourceTable) - Buffer.byteLength(schema);
  const rows: TelemetryRowInput[] = [];
  const unsendable: { commitSeq: bigint; reason: string }[] = [];
  let lastSeq = after;
  let bytes = 0;
  for (;;) {
    const page = readPage(db, shape, lastSeq, shape.columns.length + shape.samples.identity);
    for (const entry of page) {
      const commitSeq = bigintOf(entry[0]);
      const row = sampleOf(entry, shape, encoding);
      const size = typeof row === 'string' ? 0 : Buffer.byteLength(encodeTelemetryRow(row)) + 1;
      if (typeof row === 'string') unsendable.push({ commitSeq, reason: row });
      else if (size > room) unsendable.push({ commitSeq, reason: `the row needs ${size} bytes` });
      else {
        if (bytes + size > room || rows.length === BATCH_ROWS_MAX)
          return { rows, lastSeq, unsendable, isFull: true };
        rows.push(row);
        bytes += size;
      }
      lastSeq = commitSeq;
    }
    if (page.length < PAGE_ROWS) break;
  }
  return lastSeq === after ? null : { rows, lastSeq, unsendable, isFull: false };
}

/** One sample, or why the entry can be none. */
function sampleOf(entry: Row, shape: SampleShape, encoding: string): TelemetryRowInput | string {
  const [, , types, ...cells] = entry;
  const typeLetters = String(types);
  const value = (i: number, isBlobColumn: boolean): SqlValue =>
    wireValue(cells[i] ?? null, { isText: typeLetters[i] === 't', isBlobColumn, encoding });
  const fields = new Map<string, SqlValue>();
  for (const [i, column] of shape.columns.entries())
    if (!isAbsent(cells[i])) fields.set(column.name, value(i, column.decl_type_affinity === 'BLOB'));
  const at = shape.columns.findIndex((column) => column.name === shape.samples.tsColumn);
  const ns = timeNs(value(at, false));
  if (ns === null) return `its "${shape.samples.tsColumn}" is no time`;
  const identity = cells.slice(shape.columns.length).map((_, i) => value(shape.columns.length + i, false));
  const ts = timestampOfNs(ns);
  return { ts, rowId: rowIdOf(shape.sourceTable, ns, identity), fields };
}

/** True of a column that was already gone when the entry was written. */
const isAbsent = (cell: Row[number] | undefined): boolean =>
  cell instanceof Uint8Array && Buffer.from(cell).toString('hex') === ABSENT_HEX;

function timeNs(value: SqlValue): bigint | null {
  const ns =
    typeof value === 'string'
      ? textTimeNs(value)
      : typeof value === 'bigint' || typeof value === 'number'
        ? numberTimeNs(String(value))
        : null;
  return ns === null || ns < YEAR_1_NS ? null : ns;
}

/** The first moment that the cloud can store. */
const YEAR_1_NS = BigInt(Date.parse('0001-01-01T00:00:00Z')) * 1_000_000n;

/** A UUIDv7 of the sample's time whose random part is a hash of table, time and identity. */
function rowIdOf(table: string, ns: bigint, identity: readonly SqlValue[]): string {
  const values = encodeRowJson(new Map(identity.map((value, i) => [String(i), value])));
  const hash = createHash('sha256')
    .update(JSON.stringify([table, ns.toString(), values]))
    .digest();
  const ms = ns / 1_000_000n;
  const bytes = Buffer.alloc(16);
  bytes.writeUIntBE(Number(ms > 0n ? ms : 0n), 0, 6);
  hash.copy(bytes, 6, 0, 10);
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
