// Rows as they came become cells of a mirror, or failures with a sentence. Pure: what the simulation reports
// and what the live path does are the same function.
import { sha256Hex } from '@/server/protocol/canonical-json';
import type { JsonObject, JsonValue } from '@/server/protocol/exact-json';
import type { RowOp } from '@/server/db/schema/rows';
import { asWidenedReal, encodeCell, type FailureKind } from './cell';
import type { MirrorColumnSpec } from './plan-mirror';
import { absentField } from './sample-columns';

/** Where rows of one schema hash of one lineage go. */
export interface MirrorTarget {
  mirrorId: string;
  tableName: string;
  deviceId: string;
  /** Every column of the table in its order, bound by this hash or not. */
  columns: readonly MirrorColumnSpec[];
  /** Mirror column to source column, for this schema hash. */
  bound: ReadonlyMap<string, string>;
  /** Source columns of REAL affinity in this schema. */
  reals: ReadonlySet<string>;
  /** Mirror column to the text column beside it, where one takes the values that do not fit. */
  textColumns: ReadonlyMap<string, string>;
  lineageId: string;
  schemaHash: string;
  /** True where this schema has undecided columns: what was received is then kept beside the mirror row. */
  defers: boolean;
  /** True where rows of the lineage, of any schema, are kept so. */
  keepsRows: boolean;
  /** Whether the mirror had tombstones of the device when this was read; a delete makes more. */
  hadTombstones: boolean;
  /** Set for a telemetry lineage, whose samples leave out fields; the source column that `ts` stands for. */
  sample: { timeColumn: string | null } | null;
}

/** A row change as it came, for where it has to be kept whole. */
export interface ReceivedRow {
  /** Null for telemetry. */
  journalEpoch: string | null;
  /** A telemetry sample's `ts`; null for a row change. */
  eventTs: string | null;
  pkHash: Buffer;
  pkText: string;
  rowText: string | null;
  receivedAt: string;
}

export interface RowWrite {
  op: RowOp;
  pk: JsonObject;
  row: JsonObject | null;
  epoch: bigint;
  seq: bigint;
  /** Needed where the target defers columns. */
  received?: ReceivedRow;
  /** Source columns off the key that a person decided to write as NULL, whatever was received. */
  nullColumns?: readonly string[];
  /** When its mapped values were measured, and what tells it from other rows of its version. */
  sample?: {
    /** Nanoseconds since 1970: of the event, else of the receipt. */
    timeNs: bigint;
    key: Buffer;
    isEvent: boolean;
  };
}

/** A write that can never be carried out as it is. */
export interface WriteFailure {
  write: RowWrite;
  /** A sentence for people. */
  error: string;
  /** The source column at fault; null where it is not one column's. */
  column: string | null;
  kind: FailureKind;
}

/** A write whose cells fit. */
export class PreparedWrite {
  constructor(
    readonly write: RowWrite,
    /** Equal exactly where Postgres finds the typed keys equal. */
    readonly key: string,
    /** Indexes into `target.columns` of the key columns that are NULL. */
    readonly nullKeys: readonly number[],
    /** One for each of `target.columns`, as JSON; NULL where a column is not bound. */
    readonly cells: readonly string[],
  ) {}

  /** See `keyHashOf`; made only for what goes by it, as tombstones do. */
  get keyHash(): string {
    return keyHashOf(this.key);
  }

  /** The JSON object that a statement reads by `json_to_recordset`. */
  get json(): string {
    const { epoch, seq } = this.write;
    const cells = this.cells.map((cell, i) => `,"c${i}":${cell}`).join('');
    return `{"k":"\\\\x${this.keyHash}","e":${epoch},"s":${seq}${cells}}`;
  }
}

export interface Preparation {
  upserts: PreparedWrite[];
  deletes: PreparedWrite[];
  failures: WriteFailure[];
  /** Writes overtaken by a later one of the same key in the same call: they are in effect done. */
  overtaken: RowWrite[];
}

const KEY_HASH_BYTES = 16;

/** What tombstones and kept rows know a key by: the first 16 bytes of SHA-256 over it, in hex. */
export const keyHashOf = (key: string): string => sha256Hex(key).slice(0, 2 * KEY_HASH_BYTES);

type Failed = Omit<WriteFailure, 'write'>;
const failed = (column: string | null, kind: FailureKind, error: string): Failed => ({ column, kind, error });

/** The cell of the text column beside `mirrorColumn`, which then is NULL; null where nothing takes the value. */
function textCell(target: MirrorTarget, mirrorColumn: string, value: JsonValue): string | null {
  if (!target.textColumns.has(mirrorColumn)) return null;
  const cell = encodeCell(value, 'text');
  return cell.ok ? cell.json : null;
}

const NULL_CELL = 'null';

/** What was received for a source column; a failure where it has to be there and is not. */
function receivedValue(
  target: MirrorTarget,
  write: RowWrite,
  { source, column }: { source: string; column: MirrorColumnSpec },
): { value: JsonValue } | Failed {
  const values = write.op === 'delete' ? write.pk : write.row;
  if (values === null) return failed(null, 'missing_value', 'the row is missing');
  if (column.keyOrdinal === 0 && write.nullColumns?.includes(source) === true) return { value: null };
  let value = values.entries.get(source);
  if (value === undefined && target.sample !== null)
    value = absentField(values, column, target.sample.timeColumn === source);
  if (value !== undefined) return { value };
  const place = write.op === 'delete' ? 'key' : 'row';
  return failed(source, 'missing_value', `the column "${source}" is missing from the ${place}`);
}

function prepareOne(target: MirrorTarget, write: RowWrite): PreparedWrite | Failed {
  const cells = target.columns.map(() => NULL_CELL);
  const key: string[] = [];
  const nullKeys: number[] = [];
  for (const [i, column] of target.columns.entries()) {
    const isKey = column.keyOrdinal > 0;
    if (write.op === 'delete' && !isKey) continue;
    const source = target.bound.get(column.name);
    if (source === undefined) continue;
    const received = receivedValue(target, write, { source, column });
    if (!('value' in received)) return received;
    const isWidened = column.type !== 'double precision' && target.reals.has(source);
    const value = isWidened ? asWidenedReal(received.value) : received.value;
    const encoded = encodeCell(value, column.type);
    if (!encoded.ok) {
      const text = isKey ? null : textCell(target, column.name, value);
      if (text === null) return failed(source, encoded.kind, `"${source}" → ${column.type}: ${encoded.why}`);
      const beside = target.textColumns.get(column.name);
      cells[target.columns.findIndex((c) => c.name === beside)] = text;
      continue;
    }
    cells[i] = encoded.json;
    if (!isKey) continue;
    key[column.keyOrdinal - 1] = encoded.key;
    if (value === null) nullKeys.push(i);
  }
  return new PreparedWrite(write, JSON.stringify(key), nullKeys, cells);
}

const newer = (a: RowWrite, b: RowWrite): boolean =>
  a.epoch > b.epoch || (a.epoch === b.epoch && a.seq >= b.seq);

/**
 * Splits `writes` into what can be written, at most one per key (one ON CONFLICT statement cannot touch a
 * row twice), and what cannot.
 */
export function prepareWrites(target: MirrorTarget, writes: readonly RowWrite[]): Preparation {
  const last = new Map<string, PreparedWrite>();
  const failures: Preparation['failures'] = [];
  const overtaken: RowWrite[] = [];
  for (const write of writes) {
    const prepared = prepareOne(target, write);
    if (!(prepared instanceof PreparedWrite)) {
      failures.push({ write, ...prepared });
      continue;
    }
    const before = last.get(prepared.key);
    if (before === undefined || newer(write, before.write)) {
      if (before !== undefined) overtaken.push(before.write);
      last.set(prepared.key, prepared);
    } else {
      overtaken.push(write);
    }
  }
  const all = [...last.values()];
  return {
    upserts: all.filter((p) => p.write.op !== 'delete'),
    deletes: all.filter((p) => p.write.op === 'delete'),
    failures,
    overtaken,
  };
}
