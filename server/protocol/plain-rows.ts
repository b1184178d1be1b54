/**
 * The rows of a batch written the way agents write them, read without making an object of any of them: where each
 * value stands in the text is all that a mirror or staging needs. Everything else, right or wrong, is null here and
 * read by `row-change.ts`, which alone refuses: what is accepted here must be accepted there, as the same rows.
 */
import { BATCH_ROWS_MAX } from '@/server/protocol/limits';

/** Plain: `{"commit_seq", "op", "pk", "row"}` in this order, every row with the columns of the first. */
export interface PlainRows {
  /** The whole payload; every place is an offset into it. */
  readonly source: string;
  readonly count: number;
  /** Columns of the keys and, where there is a row that is no delete, of the rows, in the order received. */
  readonly pkNames: readonly string[];
  readonly rowNames: readonly string[];
  /** Ascending, and exact: a higher one than 2^53 is not plain. */
  readonly seqs: readonly number[];
  readonly ops: readonly PlainOp[];
  /** Two for each value of each row's key, in the order of `pkNames`: where its JSON text starts and ends. */
  readonly pkValues: readonly number[];
  /** The same of the rows; those of a delete are all 0. */
  readonly rowValues: readonly number[];
  /** Two for each row: where the key stands, and where the row, both 0 for a delete. */
  readonly pks: readonly number[];
  readonly rows: readonly number[];
}

export type PlainOp = 'insert' | 'update' | 'delete';

const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const BACKSLASH = 92;
const OPEN = { object: 123, array: 91 };
const CLOSED = { object: 125, array: 93 };
/** Digits of an integer that a double holds exactly, whatever they are. */
const EXACT_DIGITS = 15;
const DIGITS_SURELY_FINITE = 308;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const WORDS = ['null', 'true', 'false'];
const OPS = ['insert', 'update', 'delete'] as const;

/** Thrown and caught in this file. */
class NotPlain extends Error {}
const NOT_PLAIN = new NotPlain();

const isDigit = (c: number): boolean => c >= 48 && c <= 57;

/** Steps through the text token by token; throws where the next one is another. */
class Scanner {
  constructor(
    protected readonly text: string,
    protected pos: number,
  ) {}

  get end(): number {
    return this.pos;
  }

  protected space(): number {
    for (;;) {
      const c = this.text.charCodeAt(this.pos);
      if (c !== 32 && c !== 10 && c !== 13 && c !== 9) return c;
      this.pos++;
    }
  }

  protected expect(c: number): void {
    if (this.space() !== c) throw NOT_PLAIN;
    this.pos++;
  }

  /** Passes `key`, which has its quotes, and its colon. */
  protected member(key: string): void {
    this.space();
    if (!this.text.startsWith(key, this.pos)) throw NOT_PLAIN;
    this.pos += key.length;
    this.expect(COLON);
  }

  /** Passes a value that is no array and no object. */
  protected value(): void {
    const c = this.text.charCodeAt(this.pos);
    if (c === QUOTE) this.string();
    else if (c === 45 || isDigit(c)) this.number();
    else this.word(WORDS);
  }

  protected word<W extends string>(words: readonly W[]): W {
    const word = words.find((one) => this.text.startsWith(one, this.pos));
    if (word === undefined) throw NOT_PLAIN;
    this.pos += word.length;
    return word;
  }

  protected string(): void {
    const { text } = this;
    for (let i = this.pos + 1; ; i++) {
      const c = text.charCodeAt(i);
      if (c === QUOTE) {
        this.pos = i + 1;
        return;
      }
      if (c === BACKSLASH) {
        ESCAPE.lastIndex = i;
        if (!ESCAPE.test(text)) throw NOT_PLAIN;
        i = ESCAPE.lastIndex - 1;
      } else if (!(c >= 32)) throw NOT_PLAIN;
    }
  }

  /** Passes a finite number. */
  protected number(): void {
    const { text, pos } = this;
    let i = text.charCodeAt(pos) === 45 ? pos + 1 : pos;
    i = text.charCodeAt(i) === 48 ? i + 1 : this.digits(i);
    if (text.charCodeAt(i) === 46) i = this.digits(i + 1);
    let mayOverflow = i - pos > DIGITS_SURELY_FINITE;
    if ((text.charCodeAt(i) | 32) === 101) {
      const sign = text.charCodeAt(i + 1);
      i = this.digits(sign === 43 || sign === 45 ? i + 2 : i + 1);
      mayOverflow = true;
    }
    if (mayOverflow && !Number.isFinite(Number(text.slice(pos, i)))) throw NOT_PLAIN;
    this.pos = i;
  }

  private digits(i: number): number {
    if (!isDigit(this.text.charCodeAt(i))) throw NOT_PLAIN;
    while (isDigit(this.text.charCodeAt(i))) i++;
    return i;
  }
}

class RowScanner extends Scanner {
  readonly seqs: number[] = [];
  readonly ops: PlainOp[] = [];
  readonly pkValues: number[] = [];
  rowValues: number[] = [];
  readonly pks: number[] = [];
  readonly rows: number[] = [];
  /** As they stand in the text, with their quotes. */
  readonly pkKeys: string[] = [];
  readonly rowKeys: string[] = [];
  /** For each key column, which of the row's columns it is. */
  private pkInRow: readonly number[] | null = null;

  /** Reads the array at the start. */
  array(): void {
    this.expect(OPEN.array);
    for (;;) {
      if (this.seqs.length === BATCH_ROWS_MAX) throw NOT_PLAIN;
      this.envelope();
      if (this.space() === CLOSED.array) break;
      this.expect(COMMA);
    }
    this.pos++;
  }

  private envelope(): void {
    this.expect(OPEN.object);
    this.member('"commit_seq"');
    this.seqs.push(this.seq());
    this.expect(COMMA);
    this.member('"op"');
    const op = this.op();
    this.ops.push(op);
    this.expect(COMMA);
    this.member('"pk"');
    this.object(this.pkKeys, this.pkValues, this.pks);
    this.expect(COMMA);
    this.member('"row"');
    if (op === 'delete') this.noRow();
    else this.row();
    this.expect(CLOSED.object);
  }

  private seq(): number {
    this.space();
    const from = this.pos;
    this.number();
    const seq = Number(this.text.slice(from, this.pos));
    const isExact = this.pos - from <= EXACT_DIGITS && Number.isInteger(seq);
    if (!isExact || seq <= (this.seqs.at(-1) ?? 0)) throw NOT_PLAIN;
    return seq;
  }

  private op(): PlainOp {
    this.expect(QUOTE);
    const op = this.word(OPS);
    this.expect(QUOTE);
    return op;
  }

  private noRow(): void {
    this.space();
    this.word(['null']);
    this.rows.push(0, 0);
    for (let i = 0; i < this.rowKeys.length; i++) this.rowValues.push(0, 0);
  }

  private row(): void {
    const isFirst = this.rowKeys.length === 0;
    this.object(this.rowKeys, this.rowValues, this.rows);
    if (isFirst) {
      // Those before it are deletes.
      const zeros = new Array<number>((this.seqs.length - 1) * this.rowValues.length).fill(0);
      this.rowValues = [...zeros, ...this.rowValues];
    }
    this.checkKeyInRow();
  }

  /** Reads an object of values with `keys`, which the first one says. */
  private object(keys: string[], values: number[], places: number[]): void {
    const isFirst = keys.length === 0;
    this.expect(OPEN.object);
    places.push(this.pos - 1);
    for (let i = 0; isFirst || i < keys.length; i++) {
      if (i > 0) this.expect(COMMA);
      if (isFirst) keys.push(this.key());
      this.member(keys[i] ?? '');
      this.space();
      values.push(this.pos);
      this.value();
      values.push(this.pos);
      if (isFirst && this.space() === CLOSED.object) break;
    }
    this.expect(CLOSED.object);
    places.push(this.pos);
    if (isFirst && new Set(keys).size < keys.length) throw NOT_PLAIN;
  }

  /** The key that comes next, with its quotes; it is not passed. */
  private key(): string {
    if (this.space() !== QUOTE) throw NOT_PLAIN;
    const from = this.pos;
    this.string();
    const key = this.text.slice(from, this.pos);
    if (key.includes('\\')) throw NOT_PLAIN;
    this.pos = from;
    return key;
  }

  /** A key that its row spells in another way is compared by those who may refuse it. */
  private checkKeyInRow(): void {
    const { pkValues, rowValues, pkKeys, rowKeys } = this;
    this.pkInRow ??= pkKeys.map((key) => rowKeys.indexOf(key));
    const pkFrom = pkValues.length - 2 * pkKeys.length;
    const rowFrom = rowValues.length - 2 * rowKeys.length;
    for (let i = 0; i < pkKeys.length; i++) {
      const inRow = this.pkInRow[i] ?? -1;
      if (inRow < 0) throw NOT_PLAIN;
      const [p, r] = [pkFrom + 2 * i, rowFrom + 2 * inRow];
      this.checkEqual(pkValues[p] ?? 0, pkValues[p + 1] ?? 0, rowValues[r] ?? 0, rowValues[r + 1] ?? 0);
    }
  }

  private checkEqual(start: number, end: number, otherStart: number, otherEnd: number): void {
    const { text } = this;
    if (end - start !== otherEnd - otherStart) throw NOT_PLAIN;
    for (let a = start, b = otherStart; a < end; a++, b++)
      if (text.charCodeAt(a) !== text.charCodeAt(b)) throw NOT_PLAIN;
  }
}

const namesOf = (keys: readonly string[]): string[] => keys.map((key) => key.slice(1, -1));

/**
 * The rows of the array that starts at `start` in `source`, and where the array ends; null where it is not plain.
 * Linear in the text, whatever it holds.
 */
export function readPlainRows(source: string, start: number): { rows: PlainRows; end: number } | null {
  const scanner = new RowScanner(source, start);
  try {
    scanner.array();
  } catch (error) {
    if (error instanceof NotPlain) return null;
    throw error;
  }
  const { seqs, ops, pkValues, rowValues, pks, rows, end } = scanner;
  const [pkNames, rowNames] = [namesOf(scanner.pkKeys), namesOf(scanner.rowKeys)];
  return {
    rows: { source, count: seqs.length, pkNames, rowNames, seqs, ops, pkValues, rowValues, pks, rows },
    end,
  };
}
