// How one value is written in a cell. NULL, the empty string and blanks look different, since telling them
// apart is why somebody opens this viewer; digits are never rounded. Pure.
export type Scalar = null | boolean | number | string;

export interface CellText {
  kind: 'null' | 'empty' | 'blank' | 'text' | 'number' | 'boolean';
  text: string;
}

const CELL_CHARS_MAX = 200;

/** `value` in full. */
export function cellText(value: Scalar | undefined): CellText {
  if (value === null || value === undefined) return { kind: 'null', text: 'NULL' };
  if (typeof value === 'boolean') return { kind: 'boolean', text: String(value) };
  if (typeof value === 'number') return { kind: 'number', text: String(value) };
  if (value === '') return { kind: 'empty', text: 'empty string' };
  if (value.trim() === '') return { kind: 'blank', text: JSON.stringify(value) };
  return { kind: 'text', text: value };
}

/** The first characters of a long value, with how much is left out. */
export function shortened(text: string): string {
  if (text.length <= CELL_CHARS_MAX) return text;
  return `${text.slice(0, CELL_CHARS_MAX)}… (${text.length} characters)`;
}

export type Affinity = 'INTEGER' | 'TEXT' | 'REAL' | 'BLOB' | 'NUMERIC';

/** The mirror type of an affinity. */
export const MIRROR_TYPE: Record<Affinity, string> = {
  INTEGER: 'bigint',
  TEXT: 'text',
  REAL: 'double precision',
  BLOB: 'bytea',
  NUMERIC: 'numeric',
};

const NUMBER = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/;

/** Whether a received value could be a value of `type`; a long number arrives as text. */
export function looksLike(value: Scalar, type: string): boolean {
  if (value === null) return true;
  switch (type) {
    case 'bigint':
      return typeof value === 'string' ? /^-?\d+$/.test(value) : Number.isInteger(Number(value));
    case 'double precision':
    case 'numeric':
      return typeof value === 'number' || (typeof value === 'string' && NUMBER.test(value));
    default:
      return true;
  }
}
