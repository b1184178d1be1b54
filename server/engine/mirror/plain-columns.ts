// The array literals of a mirror's statement, made of the text of plain rows without an object for any of them. A
// value that is written in its usual way is an array element as it stands; every other goes through `encodeCell`, so
// that the two ways cannot differ in what they write.
import { parseExactJson } from '@/server/protocol/exact-json';
import type { PlainRows } from '@/server/protocol/plain-rows';
import type { MirrorType } from '@/server/db/schema/mirrors';
import { encodeCell } from './cell';
import { keyHashOf, type MirrorTarget } from './prepare-writes';
import { arrayLiteral, element, hashElement, type WriteArrays } from './row-arrays';

export interface PlainWrites {
  arrays: WriteArrays;
  /** The device says of every row that its key is new. */
  areInserts: boolean;
}

/** Characters up to which an integer surely fits into 64 bits, and any number into its column. */
const CHARS_SURELY_FIT = 18;
const QUOTE = 34;
const BACKSLASH = 92;

const isDigit = (c: number): boolean => c >= 48 && c <= 57;

/** True for `0`, `7`, `-12`: as Postgres writes it. */
function isPlainInteger(text: string, start: number, end: number): boolean {
  const from = text.charCodeAt(start) === 45 ? start + 1 : start;
  if (end - from > CHARS_SURELY_FIT || from === end) return false;
  for (let i = from; i < end; i++) if (!isDigit(text.charCodeAt(i))) return false;
  return text.charCodeAt(from) !== 48 || end - start === 1;
}

/** True for a number without an exponent and too short to overflow. */
function isPlainNumber(text: string, start: number, end: number): boolean {
  if (end - start > CHARS_SURELY_FIT) return false;
  for (let i = start; i < end; i++) {
    const c = text.charCodeAt(i);
    if (!isDigit(c) && c !== 46 && c !== 45) return false;
  }
  return true;
}

/** Whether a JSON text is the array element of a column as it stands. */
function isElement(type: MirrorType, text: string, start: number, end: number): boolean {
  switch (type) {
    case 'bigint':
      return isPlainInteger(text, start, end);
    case 'double precision':
    case 'numeric':
      return isPlainNumber(text, start, end);
    case 'text': {
      if (text.charCodeAt(start) !== QUOTE) return false;
      for (let i = start; i < end; i++) if (text.charCodeAt(i) === BACKSLASH) return false;
      return true;
    }
    case 'bytea':
    case 'timestamptz':
      return false;
  }
}

interface Cell {
  element: string;
  /** As `Cell.key` of cell.ts. */
  key: string;
}

/** Null where the value does not fit. */
function cellOf(type: MirrorType, text: string, start: number, end: number): Cell | null {
  const encoded = encodeCell(parseExactJson(text.slice(start, end)), type);
  return encoded.ok ? { element: element(encoded.json, type), key: encoded.key } : null;
}

/** Says that `prepareWrites` has to look at the rows: a delete, a value that does not fit, a column that is missing. */
class NotPlain extends Error {}

/** One column's values in one batch. */
class Values {
  private readonly at: number;
  private readonly stride: number;

  constructor(
    private readonly batch: PlainRows,
    private readonly type: MirrorType,
    source: string,
  ) {
    this.at = 2 * batch.rowNames.indexOf(source);
    if (this.at < 0) throw new NotPlain();
    this.stride = 2 * batch.rowNames.length;
  }

  /** The array element of row `i`. */
  element(i: number): string {
    const [start, end] = this.place(i);
    const { source } = this.batch;
    if (isElement(this.type, source, start, end)) return source.slice(start, end);
    return this.cell(start, end).element;
  }

  /** `Cell.key` of row `i`. */
  key(i: number): string {
    const [start, end] = this.place(i);
    const { source } = this.batch;
    if (this.type === 'bigint' && isElement('bigint', source, start, end)) return source.slice(start, end);
    if (this.type === 'text' && isElement('text', source, start, end))
      return source.slice(start + 1, end - 1);
    return this.cell(start, end).key;
  }

  private place(i: number): [number, number] {
    const from = i * this.stride + this.at;
    const { rowValues } = this.batch;
    return [rowValues[from] ?? 0, rowValues[from + 1] ?? 0];
  }

  private cell(start: number, end: number): Cell {
    const cell = cellOf(this.type, this.batch.source, start, end);
    if (cell === null) throw new NotPlain();
    return cell;
  }
}

/** The values of a mirror's columns in each batch; null for a column that nothing is bound to. */
type Table = readonly { batch: PlainRows; columns: readonly (Values | null)[] }[];

const tableOf = (target: MirrorTarget, batches: readonly PlainRows[]): Table =>
  batches.map((batch) => ({
    batch,
    columns: target.columns.map(({ name, type }) => {
      const source = target.bound.get(name);
      if (source === undefined) return null;
      // A widened REAL is written as it would stand there, not as it was received.
      if (type !== 'double precision' && target.reals.has(source)) throw new NotPlain();
      return new Values(batch, type, source);
    }),
  }));

/** For each row, in order, the canonical key that `PreparedWrite` has. */
function keysOf({ columns }: MirrorTarget, table: Table): string[] {
  const order = columns
    .flatMap(({ keyOrdinal }, i) => (keyOrdinal > 0 ? [{ keyOrdinal, i }] : []))
    .sort((a, b) => a.keyOrdinal - b.keyOrdinal);
  const keys: string[] = [];
  for (const { batch, columns: values } of table) {
    const key = order.map(({ i }) => values[i] ?? null);
    for (let i = 0; i < batch.count; i++)
      keys.push(JSON.stringify(key.map((column) => column?.key(i) ?? null)));
  }
  return keys;
}

/** The rows that are the last of their key, by their place in all batches; null where every row is. */
function lastOnly(keys: readonly string[]): ReadonlySet<number> | null {
  const last = new Map<string, number>();
  for (const [n, key] of keys.entries()) last.set(key, n);
  return last.size === keys.length ? null : new Set(last.values());
}

/** `of` each row, in order. */
function collect<T>(table: Table, of: (part: Table[number], i: number) => T): T[] {
  const all: T[] = [];
  for (const part of table) for (let i = 0; i < part.batch.count; i++) all.push(of(part, i));
  return all;
}

/**
 * The writes of `batches`, which are in version order and all of the epoch `ordinal`: the last one of each key, as
 * `prepareWrites` makes them. Null where it has to make them itself.
 */
export function plainColumns(
  target: MirrorTarget,
  batches: readonly PlainRows[],
  ordinal: bigint,
): PlainWrites | null {
  if (batches.some(({ ops }) => ops.includes('delete'))) return null;
  try {
    const table = tableOf(target, batches);
    const keys = keysOf(target, table);
    const kept = lastOnly(keys);
    // Of every row, also one that is not kept: where it does not fit, it fails.
    const literal = <T extends string | number>(all: T[]): string =>
      arrayLiteral(kept === null ? all : all.filter((_, n) => kept.has(n)));
    const hashed = target.hadTombstones ? keys.map((key) => hashElement(keyHashOf(key))) : null;
    const arrays = {
      epochs: literal(keys.map(() => ordinal.toString())),
      seqs: literal(collect(table, ({ batch }, i) => batch.seqs[i] ?? 0)),
      columns: target.columns.map((_, c) =>
        literal(collect(table, ({ columns }, i) => columns[c]?.element(i) ?? 'NULL')),
      ),
      keyHashes: hashed === null ? null : literal(hashed),
    };
    return { arrays, areInserts: batches.every(({ ops }) => ops.every((op) => op === 'insert')) };
  } catch (error) {
    if (error instanceof NotPlain) return null;
    throw error;
  }
}
