// How one value is written in a cell. NULL, the empty string and blanks look different, since telling them
// apart is why somebody opens this viewer; digits are never rounded. Pure.
export type Scalar = null | boolean | number | string;

export interface CellText {
  kind: 'null' | 'empty' | 'blank' | 'text' | 'number' | 'boolean' | 'absent';
  text: string;
}

const CELL_CHARS_MAX = 200;
/** What a drawer shows of a value before it is asked for all of it. */
export const VALUE_CHARS_MAX = 2000;

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

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const NUMBER = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/;

/** Whether a received value could be a value of `type`; a long number arrives as text. */
export function looksLike(value: Scalar, type: string): boolean {
  if (value === null) return true;
  switch (type) {
    case 'bigint':
      return typeof value === 'string'
        ? /^-?\d+$/.test(value) && BigInt.asIntN(64, BigInt(value)) === BigInt(value)
        : Number.isInteger(Number(value));
    case 'double precision':
    case 'numeric':
      return typeof value === 'number' || (typeof value === 'string' && NUMBER.test(value));
    case 'bytea':
      return typeof value === 'string' && BASE64.test(value);
    case 'text':
      return typeof value !== 'string' || !value.includes('\0');
    default:
      return true;
  }
}

const HEX_BYTES_SHOWN = 12;

/** What a value that fits is in the mirror, where that looks other than what was received; else null. */
export function typedText(value: Scalar, type: string): string | null {
  if (value === null) return null;
  if (type === 'bytea' && typeof value === 'string') return bytesText(value);
  if (type === 'text' && typeof value !== 'string') return JSON.stringify(String(value));
  // A double keeps the digits that it can.
  if (type === 'double precision' && typeof value === 'string' && String(Number(value)) !== value)
    return String(Number(value));
  return null;
}

/** A BLOB's length and first bytes, from its base64. */
function bytesText(base64: string): string {
  const chars = base64.replace(/=+$/, '');
  const bytes = Math.floor((chars.length * 3) / 4);
  const head = atob(chars.slice(0, Math.ceil(HEX_BYTES_SHOWN / 3) * 4));
  const hex = [...head.slice(0, HEX_BYTES_SHOWN)].map((char) =>
    char.charCodeAt(0).toString(16).padStart(2, '0'),
  );
  return `${bytes} ${bytes === 1 ? 'byte' : 'bytes'}: ${hex.join(' ')}${bytes > HEX_BYTES_SHOWN ? ' …' : ''}`;
}

/** Whether what is there of a column are numbers, as JSON numbers or, where they are long, as text. */
export function looksNumeric(values: readonly (Scalar | undefined)[]): boolean {
  const present = values.filter((value) => value !== null && value !== undefined);
  return (
    present.length > 0 &&
    present.every((value) => typeof value === 'number' || (typeof value === 'string' && NUMBER.test(value)))
  );
}
