/**
 * Row batches. A batch is taken whole or refused whole, before anything of it is stored; a batch that passes
 * half way would leave rows that no retry can account for.
 */
import { canonicalJson } from '@/server/protocol/canonical-json';
import {
  parseExactJson,
  type JsonArray,
  type JsonObject,
  type JsonValue,
} from '@/server/protocol/exact-json';
import { BATCH_ROWS_MAX, ROW_CAPTURE_STRATEGY } from '@/server/protocol/limits';
import {
  optionalUuidV7,
  required,
  requiredSchemaHash,
  requiredSeq,
  requiredSourceTable,
  requiredUuidV7,
} from '@/server/protocol/message-fields';
import { readMessage, readPlainMessage, type Message } from '@/server/protocol/message-reader';
import { readPlainRows, type PlainRows } from '@/server/protocol/plain-rows';
import { Refused, asObject, formatCount, show } from '@/server/protocol/refused';
import type { Rejection } from '@/server/protocol/rejections';
import { readRowChange, type RowChange } from '@/server/protocol/row-change';
import { readClaimedSchema, type ClaimedSchema } from '@/server/protocol/schema-columns';

export type { RowChange, RowOp } from '@/server/protocol/row-change';

/** What a batch says of its rows. */
interface RowBatchHeader extends ClaimedSchema {
  readonly kind: 'rows';
  readonly batchId: string;
  readonly journalEpoch: string;
  /** The epoch before this one, on the first batches of an epoch. */
  readonly previousJournalEpoch: string | null;
  /** Every change up to this commit seq has had its receipt, says the device. */
  readonly deliveredThrough: bigint | null;
  readonly sourceTable: string;
  readonly schemaHash: string;
  readonly firstCommitSeq: bigint;
  readonly lastCommitSeq: bigint;
  /** Size of the payload as received. */
  readonly bytes: number;
}

export interface RowBatch extends RowBatchHeader {
  readonly rowCount: number;
  /** In the order received, which is not always that of the commit seqs. Made when first asked for, where `plain`. */
  readonly rows: readonly RowChange[];
  /** The same rows as places in the text; null where they are not written that way. */
  readonly plain: PlainRows | null;
}

export type RowBatchResult =
  { readonly ok: true; readonly batch: RowBatch } | { readonly ok: false; readonly rejection: Rejection };

/** Parses and validates the payload of `sync/rows/batch`. Pure; never throws for what a device sent. */
export function parseRowBatch(payload: Uint8Array): RowBatchResult {
  const plain = readPlainMessage(payload, 'rows', readPlainRows, readPlainBatch);
  if (plain !== null) return { ok: true, batch: plain };
  const parsed = readMessage(payload, readRowBatch);
  return parsed.ok ? { ok: true, batch: parsed.value } : parsed;
}

/** Its rows are read whole only where somebody needs them so. */
function plainBatch(header: RowBatchHeader, plain: PlainRows): RowBatch {
  let read: readonly RowChange[] | null = null;
  return {
    ...header,
    rowCount: plain.count,
    plain,
    get rows() {
      return (read ??= rowsOf(plain));
    },
  };
}

function rowsOf({ source }: PlainRows): readonly RowChange[] {
  const root = asObject(parseExactJson(source));
  if (root === null) throw new Error('a message that was read is no object');
  return readRows(root, source);
}

function readPlainBatch({ root, bytes }: Omit<Message, 'source'>, plain: PlainRows): RowBatch {
  const header = readHeader(root, bytes);
  checkRange(header, BigInt(plain.seqs[0] ?? 0), BigInt(plain.seqs.at(-1) ?? 0));
  return plainBatch(header, plain);
}

function readRowBatch({ source, root, bytes }: Message): RowBatch {
  const header = readHeader(root, bytes);
  const rows = readRows(root, source);
  checkRange(header, ...rangeOf(rows));
  return { ...header, rowCount: rows.length, rows, plain: null };
}

/** The first offence decides: whatever is read here goes before the rows. */
function readHeader(root: JsonObject, bytes: number): RowBatchHeader {
  checkCaptureStrategy(root, ROW_CAPTURE_STRATEGY);
  const batchId = requiredUuidV7(root, 'batch_id', 'invalid_batch_id');
  const journalEpoch = requiredUuidV7(root, 'journal_epoch', 'invalid_journal_epoch');
  const previousJournalEpoch = optionalUuidV7(root, 'previous_journal_epoch', 'invalid_journal_epoch');
  const deliveredThrough =
    (root.entries.get('delivered_through') ?? null) === null
      ? null
      : requiredSeq(root, 'delivered_through', 0n);
  const sourceTable = requiredSourceTable(root);
  const schemaHash = requiredSchemaHash(root);
  const firstCommitSeq = requiredSeq(root, 'first_commit_seq', 1n);
  const lastCommitSeq = requiredSeq(root, 'last_commit_seq', 1n);
  return {
    kind: 'rows',
    batchId,
    journalEpoch,
    previousJournalEpoch,
    deliveredThrough,
    sourceTable,
    schemaHash,
    ...readClaimedSchema(root, { sourceTable, schemaHash }),
    firstCommitSeq,
    lastCommitSeq,
    bytes,
  };
}

/** Refuses a batch of another kind, such as telemetry on the row topic. */
export function checkCaptureStrategy(root: JsonObject, expected: string): void {
  const strategy = required(root, 'capture_strategy');
  if (strategy === expected) return;
  throw new Refused(
    'unsupported_capture_strategy',
    'capture_strategy',
    `is ${show(strategy)}, must be "${expected}"`,
  );
}

/** The required `rows`: 1 to 4,096 items. */
export function requiredRows(root: JsonObject): JsonArray {
  const rows = required(root, 'rows');
  if (rows === null || typeof rows !== 'object' || rows.kind !== 'array') {
    throw new Refused('invalid_row', 'rows', `is ${show(rows)}, must be an array`);
  }
  if (rows.items.length > BATCH_ROWS_MAX) {
    const detail = `${formatCount(rows.items.length)} rows, at most ${formatCount(BATCH_ROWS_MAX)}`;
    throw new Refused('batch_too_many_rows', 'rows', detail, detail);
  }
  if (rows.items.length === 0) throw new Refused('empty_batch', 'rows', 'is empty');
  return rows;
}

/** Reads every item of `rows`; a refusal names the row: `rows[17].op`. */
export function readEach<T>(rows: JsonArray, read: (item: JsonValue) => T): T[] {
  let index = 0;
  try {
    return rows.items.map((item, i) => {
      index = i;
      return read(item);
    });
  } catch (error) {
    throw error instanceof Refused ? error.under(`rows[${index}]`) : error;
  }
}

function readRows(root: JsonObject, source: string): RowChange[] {
  const rows = readEach(requiredRows(root), (item) => readRowChange(item, source));
  const ascending = rows.every((row, i) => i === 0 || row.commitSeq > (rows[i - 1]?.commitSeq ?? 0n));
  if (!ascending) refuseContradictions(rows);
  return rows;
}

/** Two changes of one key under one commit seq must be the same change: the mirror could keep either. */
function refuseContradictions(rows: readonly RowChange[]): void {
  const seen = new Map<string, { row: RowChange; index: number }>();
  rows.forEach((row, index) => {
    const key = `${row.commitSeq}/${row.pkHash.toString('base64')}`;
    const earlier = seen.get(key);
    if (earlier === undefined) seen.set(key, { row, index });
    else if (!isSameChange(earlier.row, row)) {
      const predicate = `is ${row.commitSeq}, which rows[${earlier.index}] gives to another change of the same key`;
      throw new Refused('invalid_commit_seq', `rows[${index}].commit_seq`, predicate);
    }
  });
}

function isSameChange(a: RowChange, b: RowChange): boolean {
  return a.op === b.op && (a.rowText === b.rowText || canonicalJson(a.row) === canonicalJson(b.row));
}

function rangeOf(rows: readonly RowChange[]): [bigint, bigint] {
  let min = rows[0]?.commitSeq ?? 0n;
  let max = min;
  for (const { commitSeq } of rows) {
    if (commitSeq < min) min = commitSeq;
    if (commitSeq > max) max = commitSeq;
  }
  return [min, max];
}

function checkRange(
  { firstCommitSeq: first, lastCommitSeq: last }: RowBatchHeader,
  min: bigint,
  max: bigint,
): void {
  const refuse = (field: string, given: bigint, which: string, found: bigint): never => {
    const predicate = `is ${given}, but the ${which} commit_seq of the rows is ${found}`;
    throw new Refused('invalid_commit_seq', field, predicate);
  };
  if (first !== min) refuse('first_commit_seq', first, 'lowest', min);
  if (last !== max) refuse('last_commit_seq', last, 'highest', max);
}
