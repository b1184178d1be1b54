// Rows as one array per column, each one parameter: Postgres reads them with `unnest` at three quarters of what the
// same rows cost it as JSON. A cell is JSON text from `encodeCell`, and most of it is an array element as it
// stands; a text is not, since an array literal knows one escape only, the backslash before any character.
import type { MirrorType } from '@/server/db/schema/mirrors';
import type { PreparedWrite } from './prepare-writes';

const NULL = 'null';
const escaped = (text: string): string => text.replace(/["\\]/g, '\\$&');

/** A cell of `encodeCell` as an array element of its column. */
export function element(cell: string, type: MirrorType): string {
  if (cell === NULL) return 'NULL';
  if (type !== 'text') return cell;
  return cell.includes('\\') ? `"${escaped(JSON.parse(cell) as string)}"` : cell;
}

/** What a mirror's statement is given, each an array literal with as many elements. */
export interface WriteArrays {
  epochs: string;
  seqs: string;
  /** One for each column of the mirror. */
  columns: string[];
  /** Only where tombstones are looked up. */
  keyHashes: string | null;
}

/** `{1,2,NULL}`. */
export const arrayLiteral = (elements: readonly (string | number | bigint)[]): string =>
  `{${elements.join(',')}}`;

/** A key hash, in hex, as an array element. */
export const hashElement = (hex: string): string => `"\\\\x${hex}"`;

/** The arrays of prepared writes. */
export const writeArrays = (
  columns: readonly { type: MirrorType }[],
  writes: readonly PreparedWrite[],
  withKeyHashes: boolean,
): WriteArrays => ({
  epochs: arrayLiteral(writes.map((w) => w.write.epoch)),
  seqs: arrayLiteral(writes.map((w) => w.write.seq)),
  columns: columns.map(({ type }, i) => arrayLiteral(writes.map((w) => element(w.cells[i] ?? NULL, type)))),
  keyHashes: withKeyHashes ? arrayLiteral(writes.map((w) => hashElement(w.keyHash))) : null,
});
