// Rows as one array per column, each one parameter: Postgres reads them with `unnest` at three quarters of what the
// same rows cost it as JSON. A cell is JSON text from `encodeCell`, and most of it is an array element as it
// stands; a text is not, since an array literal knows one escape only, the backslash before any character.
import type { MirrorType } from '@/server/db/schema/rows';
import type { PreparedWrite } from './prepare-writes';

const NULL = 'null';
const escaped = (text: string): string => text.replace(/["\\]/g, '\\$&');

function element(cell: string, type: MirrorType): string {
  if (cell === NULL) return 'NULL';
  if (type !== 'text') return cell;
  return cell.includes('\\') ? `"${escaped(JSON.parse(cell) as string)}"` : cell;
}

/** The array literal of one column: `{1,2,NULL}`. */
export const columnArray = (writes: readonly PreparedWrite[], i: number, type: MirrorType): string =>
  `{${writes.map((w) => element(w.cells[i] ?? NULL, type)).join(',')}}`;

/** The array literals of the versions: epoch ordinals and commit seqs. */
export const versionArrays = (writes: readonly PreparedWrite[]): [string, string] => [
  `{${writes.map((w) => w.write.epoch).join(',')}}`,
  `{${writes.map((w) => w.write.seq).join(',')}}`,
];

/** The array literal of the key hashes. */
export const keyHashArray = (writes: readonly PreparedWrite[]): string =>
  `{${writes.map((w) => `"\\\\x${w.keyHash}"`).join(',')}}`;
