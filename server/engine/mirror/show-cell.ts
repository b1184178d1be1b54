// From a mirror column's text to JSON without losing a digit: what a double cannot hold stays text.
import { quoteIdentifier } from '@/server/db/identifier';
import type { MirrorType } from '@/server/db/schema/mirrors';
import { rfc3339 } from '@/server/db/time';
import { plainNumber } from '@/server/protocol/exact-number';

export type ShownValue = null | boolean | number | string;

/** The expression that reads the column as text; a BLOB as base64 in one line. */
export function shownExpression(name: string, type: MirrorType): string {
  const column = quoteIdentifier(name);
  return type === 'bytea' ? `translate(encode(t.${column}, 'base64'), E'\\n', '')` : `t.${column}::text`;
}

/** The value in JSON. NUMERIC is always text; NaN and infinities have no number in JSON. */
export function showCell(text: string | null, type: MirrorType): ShownValue {
  if (text === null) return null;
  switch (type) {
    case 'bigint':
      return plainNumber(text);
    case 'double precision': {
      const number = Number(text);
      return Number.isFinite(number) ? number : text;
    }
    case 'timestamptz':
      return rfc3339(text);
    case 'numeric':
    case 'text':
    case 'bytea':
      return text;
  }
}
