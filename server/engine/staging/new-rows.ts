// The rows of batches that have never been seen, as staging takes them: the texts as they were received, and the hash
// of each key. Of plain rows no object is made, and a key that is canonical as it stands is hashed as it stands.
import { pkHashOf, sha256Hex } from '@/server/protocol/canonical-json';
import { parseExactJson } from '@/server/protocol/exact-json';
import type { PlainRows } from '@/server/protocol/plain-rows';
import type { RowBatch } from '@/server/protocol/row-batch';

/** One element a row in each list. */
export interface NewRows {
  seqs: (number | bigint)[];
  ops: string[];
  /** `pkHashOf` in hex. */
  hashes: string[];
  /** The received JSON texts; the row of a delete is empty. */
  pks: string[];
  rows: string[];
  /** Of keys and rows together, in UTF-8. */
  bytes: number;
}

const HASH_HEX_DIGITS = 32;
/** A key of one column whose value is a short integer or a string without escapes, and which is written so. */
const CANONICAL_KEY = /^\{"[^"\\]*":(?:-?[1-9]\d{0,14}|0|"[^"\\]*")\}$/;

/** The same as `pkHashOf` of the key that `text` is, in hex. */
export function hashOfKeyText(text: string): string {
  if (CANONICAL_KEY.test(text)) return sha256Hex(text).slice(0, HASH_HEX_DIGITS);
  const key = parseExactJson(text);
  if (key === null || typeof key !== 'object' || key.kind !== 'object') throw new Error('a key is no object');
  return pkHashOf(key).toString('hex');
}

function addPlain(to: NewRows, { source, count, seqs, ops, pks, rows }: PlainRows): void {
  for (let i = 0; i < count; i++) {
    const pk = source.slice(pks[2 * i], pks[2 * i + 1]);
    to.seqs.push(seqs[i] ?? 0);
    to.ops.push(ops[i] ?? '');
    to.hashes.push(hashOfKeyText(pk));
    to.pks.push(pk);
    to.rows.push(source.slice(rows[2 * i], rows[2 * i + 1]));
  }
}

function addWhole(to: NewRows, batch: RowBatch): void {
  for (const { commitSeq, op, pkHash, pkText, rowText } of batch.rows) {
    to.seqs.push(commitSeq);
    to.ops.push(op);
    to.hashes.push(pkHash.toString('hex'));
    to.pks.push(pkText);
    to.rows.push(rowText ?? '');
  }
}

const bytesOf = (texts: readonly string[]): number =>
  texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);

/** The rows of `batches`, in order. */
export function newRowsOf(batches: readonly RowBatch[]): NewRows {
  const all: NewRows = { seqs: [], ops: [], hashes: [], pks: [], rows: [], bytes: 0 };
  for (const batch of batches) {
    if (batch.plain === null) addWhole(all, batch);
    else addPlain(all, batch.plain);
  }
  all.bytes = bytesOf(all.pks) + bytesOf(all.rows);
  return all;
}
