/**
 * One row change of a batch or of an uploaded object. What passes here is staged and mirrored as it is: a
 * key that disagreed with its row would write one row under the version of another.
 */
import { pkHashOf, sameScalar } from '@/server/protocol/canonical-json';
import { canonicalNumber, type JsonObject, type JsonValue } from '@/server/protocol/exact-json';
import { required, requiredSeq } from '@/server/protocol/message-fields';
import { readLine, type LineResult } from '@/server/protocol/message-reader';
import { Refused, asObject, pathKey, show } from '@/server/protocol/refused';

export type RowOp = 'insert' | 'update' | 'delete';

export interface RowChange {
  readonly commitSeq: bigint;
  readonly op: RowOp;
  readonly pk: JsonObject;
  /** The key exactly as received. */
  readonly pkText: string;
  /** The full row; null for a delete. */
  readonly row: JsonObject | null;
  /** The row exactly as received; null for a delete. */
  readonly rowText: string | null;
  /** The first 16 bytes of SHA-256 over the canonical key; made when first asked for. */
  readonly pkHash: Buffer;
  /** The last known cloud version that the device echoes, as text; null where it echoes none. */
  readonly lkcv: string | null;
}

/** A live row goes to its mirror without the hash of its key, which costs as much as reading the row. */
class ReadRow implements RowChange {
  private hash: Buffer | undefined;

  constructor(
    readonly commitSeq: bigint,
    readonly op: RowOp,
    readonly pk: JsonObject,
    readonly pkText: string,
    readonly row: JsonObject | null,
    readonly rowText: string | null,
    readonly lkcv: string | null,
  ) {}

  get pkHash(): Buffer {
    return (this.hash ??= pkHashOf(this.pk));
  }
}

/** Reads one row change out of `source`; throws `Refused` with a path relative to the row. */
export function readRowChange(value: JsonValue, source: string): RowChange {
  const envelope = asObject(value);
  if (envelope === null) throw new Refused('invalid_row', null, `is ${show(value)}, must be an object`);
  const commitSeq = requiredSeq(envelope, 'commit_seq', 1n);
  const op = readOp(envelope);
  const pk = readPk(envelope);
  const row = op === 'delete' ? readNoRow(envelope) : readRow(envelope, op);
  if (row !== null) checkPkMatches(pk, row);
  const pkText = source.slice(pk.start, pk.end);
  const rowText = row === null ? null : source.slice(row.start, row.end);
  return new ReadRow(commitSeq, op, pk, pkText, row, rowText, readLkcv(envelope));
}

/**
 * Reads one line of an uploaded object (JSONL): a row as in a row batch. Uploads are read as a stream, so
 * each line stands alone; `lineNumber` counts from 1 and is named in the rejection.
 */
export function parseRowLine(line: string, lineNumber: number): LineResult<RowChange> {
  return readLine(line, lineNumber, readRowChange);
}

function readOp(envelope: JsonObject): RowOp {
  const op = required(envelope, 'op');
  if (op === 'insert' || op === 'update' || op === 'delete') return op;
  throw new Refused('invalid_op', 'op', `is ${show(op)}, must be insert, update or delete`);
}

function readPk(envelope: JsonObject): JsonObject {
  const value = envelope.entries.get('pk');
  const pk = asObject(value);
  if (pk === null) throw new Refused('invalid_pk', 'pk', `is ${show(value)}, must be an object`);
  if (pk.entries.size === 0) throw new Refused('invalid_pk', 'pk', 'is empty, must name every key column');
  refuseNested(pk, 'pk', 'invalid_pk');
  return pk;
}

function readRow(envelope: JsonObject, op: RowOp): JsonObject {
  const value = required(envelope, 'row');
  const row = asObject(value);
  if (row === null)
    throw new Refused('invalid_row', 'row', `is ${show(value)}, must be the full row for an ${op}`);
  refuseNested(row, 'row', 'invalid_row');
  return row;
}

function readNoRow(envelope: JsonObject): null {
  const value = envelope.entries.get('row') ?? null;
  if (value !== null) throw new Refused('invalid_row', 'row', `is ${show(value)}, must be null for a delete`);
  return null;
}

/** Refuses arrays and objects as values: SQLite holds none. */
export function refuseNested(object: JsonObject, path: string, code: 'invalid_pk' | 'invalid_row'): void {
  for (const [key, value] of object.entries) {
    if (value === null || typeof value !== 'object' || value.kind === 'number') continue;
    const predicate = `is ${show(value)}, must be null, true, false, a string or a number`;
    throw new Refused(code, path + pathKey(key), predicate);
  }
}

function checkPkMatches(pk: JsonObject, row: JsonObject): void {
  for (const [key, value] of pk.entries) {
    const inRow = row.entries.get(key);
    if (inRow !== undefined && sameScalar(value, inRow)) continue;
    const rowSays = inRow === undefined ? 'the row has no such column' : `the row has ${show(inRow)}`;
    throw new Refused('invalid_pk', `pk${pathKey(key)}`, `is ${show(value)}, but ${rowSays}`);
  }
}

function readLkcv(envelope: JsonObject): string | null {
  const value = envelope.entries.get('lkcv') ?? null;
  if (value === null || typeof value === 'string') return value;
  if (typeof value === 'object' && value.kind === 'number') return canonicalNumber(value.text);
  throw new Refused('invalid_row', 'lkcv', `is ${show(value)}, must be a number or a string`);
}
