/**
 * Journal entries as a batch of the wire protocol. A batch is cut once and its bytes are kept until the
 * receipt, so entries are read here exactly once per batch; a value read wrongly here is wrong in the mirror.
 */
import { BATCH_ROWS_MAX, PAYLOAD_BYTES_MAX } from '@/server/protocol/limits';
import {
  encodeRowChange,
  type EncodedRowChange,
  schemaColumnsJson,
  type SqlValue,
} from '@/server/protocol/row-batch-encode';
import { OP_CODES } from '@/server/agent/journal-schema';
import type { Shape } from '@/server/agent/shapes';
import { bigintOf, type Cell, intOf, type Row, type Sqlite, textOf } from '@/server/agent/sqlite';

export interface CutRows {
  readonly rows: readonly EncodedRowChange[];
  /** Every entry of the shape up to here is in `rows`, or in `tooLarge`. */
  readonly lastSeq: bigint;
  /** A single row that no MQTT payload can hold. */
  readonly tooLarge: readonly { commitSeq: bigint; bytes: number }[];
  /** True where the batch ended for its size, so that more is waiting. */
  readonly isFull: boolean;
}

export const PAGE_ROWS = 256;
/** Room for the envelope's fixed fields: ids, numbers, hashes. */
export const ENVELOPE_BYTES = 2_048;

/** The commit seq of the first entry of a shape after `after`; null where there is none. */
export function firstPendingSeq(db: Sqlite, shape: number, after: bigint): bigint | null {
  const sql =
    'SELECT commit_seq FROM _tidegate_journal WHERE shape = ? AND commit_seq > ? ORDER BY commit_seq LIMIT 1';
  const seq = db.value(sql, [BigInt(shape), after]);
  return seq === null ? null : bigintOf(seq);
}

/** How many entries of a shape wait after `after`, counted up to `limit`. */
export const countPending = (db: Sqlite, shape: number, after: bigint, limit: number): number =>
  intOf(
    db.value(
      'SELECT count(*) FROM (SELECT 1 FROM _tidegate_journal WHERE shape = ? AND commit_seq > ? LIMIT ?)',
      [BigInt(shape), after, BigInt(limit)],
    ),
  );

/** The highest commit seq ever given in this journal; 0 in an empty one. */
export const highestSeq = (db: Sqlite): bigint =>
  bigintOf(db.value('SELECT coalesce(max(commit_seq), 0) FROM _tidegate_journal'));

/** Reads a batch's worth of entries of `shape` after `after`; null where there are none. */
export function cutRows(
  db: Sqlite,
  { shape, after, encoding }: { shape: Shape; after: bigint; encoding: string },
): CutRows | null {
  const schema = schemaColumnsJson(shape.sourceTable, shape.columns);
  const room =
    PAYLOAD_BYTES_MAX - ENVELOPE_BYTES - 6 * Buffer.byteLength(shape.sourceTable) - Buffer.byteLength(schema);
  const rows: EncodedRowChange[] = [];
  const tooLarge: { commitSeq: bigint; bytes: number }[] = [];
  let lastSeq = after;
  let bytes = 0;
  for (;;) {
    const page = readPage(db, shape, lastSeq, shape.columns.length);
    for (const entry of page) {
      const row = encodeEntry(entry, shape, encoding);
      const size = Buffer.byteLength(row.text) + 1;
      if (size > room) {
        tooLarge.push({ commitSeq: row.commitSeq, bytes: size });
      } else {
        if (bytes + size > room || rows.length === BATCH_ROWS_MAX)
          return { rows, lastSeq, tooLarge, isFull: true };
        rows.push(row);
        bytes += size;
      }
      lastSeq = row.commitSeq;
    }
    if (page.length < PAGE_ROWS) break;
  }
  return lastSeq === after ? null : { rows, lastSeq, tooLarge, isFull: false };
}

/** The next entries of a shape: commit seq, op, the first letters of the types, and `count` values. */
export function readPage(db: Sqlite, shape: Shape, after: bigint, count: number): Row[] {
  const types = Array.from({ length: count }, (_, i) => `substr(typeof(v${i}), 1, 1)`).join(' || ');
  const values = Array.from(
    { length: count },
    (_, i) => `CASE typeof(v${i}) WHEN 'text' THEN CAST(v${i} AS BLOB) ELSE v${i} END`,
  ).join(', ');
  return db.all(
    `SELECT commit_seq, op, ${types}, ${values} FROM _tidegate_journal
     WHERE shape = ? AND commit_seq > ? ORDER BY commit_seq LIMIT ${PAGE_ROWS}`,
    [BigInt(shape.id), after],
  );
}

function encodeEntry(entry: Row, shape: Shape, encoding: string): EncodedRowChange {
  const [seq, op, types, ...cells] = entry;
  const typeLetters = String(types);
  const isDelete = intOf(op) === OP_CODES.delete;
  const row = new Map<string, SqlValue>();
  const key: [number, string, SqlValue][] = [];
  for (const [i, column] of shape.columns.entries()) {
    const value = wireValue(cells[i] ?? null, {
      isText: typeLetters[i] === 't',
      isBlobColumn: column.decl_type_affinity === 'BLOB',
      encoding,
    });
    row.set(column.name, value);
    if (column.pk_ordinal > 0) key.push([column.pk_ordinal, column.name, value]);
  }
  key.sort(([a], [b]) => a - b);
  return encodeRowChange({
    commitSeq: bigintOf(seq),
    op: isDelete ? 'delete' : intOf(op) === OP_CODES.insert ? 'insert' : 'update',
    pk: new Map(key.map(([, name, value]) => [name, value])),
    row: isDelete ? null : row,
  });
}

/**
 * A cell as it goes on the wire. In a BLOB column the worker takes every string for base64, so text and
 * infinite reals go there as the base64 of their text.
 */
export function wireValue(
  cell: Cell,
  { isText, isBlobColumn, encoding }: { isText: boolean; isBlobColumn: boolean; encoding: string },
): SqlValue {
  if (isText) {
    const text = textOf(cell, encoding);
    return isBlobColumn ? Buffer.from(text, 'utf8') : text;
  }
  if (isBlobColumn && typeof cell === 'number' && !Number.isFinite(cell))
    return Buffer.from(String(cell), 'utf8');
  return cell;
}

interface Delivered {
  readonly shape: number;
  /** Every entry up to here is delivered, but for those `held`. */
  readonly through: bigint;
  readonly held: readonly bigint[];
}

/** Entries that may go; never the file's highest, which keeps commit seqs from being given twice. */
const deliveredEntries = (held: readonly bigint[]): string =>
  `FROM _tidegate_journal WHERE shape = ? AND commit_seq <= ?
   AND commit_seq < (SELECT max(commit_seq) FROM _tidegate_journal)
   ${held.length === 0 ? '' : `AND commit_seq NOT IN (${held.join(', ')})`}`;

/** True where `deleteDelivered` would delete something. */
export const hasDelivered = (db: Sqlite, { shape, through, held }: Delivered): boolean =>
  db.all(`SELECT 1 ${deliveredEntries(held)} LIMIT 1`, [BigInt(shape), through]).length > 0;

/** Deletes delivered entries; within a write transaction. Returns how many. */
export const deleteDelivered = (db: Sqlite, { shape, through, held }: Delivered): number =>
  db.run(`DELETE ${deliveredEntries(held)}`, [BigInt(shape), through]);
