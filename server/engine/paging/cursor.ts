// A cursor names the last item of a page by its sort key. It carries the name of the order it belongs to: a
// cursor used under another order would skip items in silence.
import { Refusal } from '../errors/errors';

/** An opaque, URL-safe cursor. */
export const encodeCursor = (order: string, key: readonly string[]): string =>
  Buffer.from(JSON.stringify([order, ...key])).toString('base64url');

/** What is said of a cursor that was not made for the list: 400 `invalid_cursor`. */
export const invalidCursor = (): Refusal =>
  new Refusal(
    400,
    'invalid_cursor',
    'This cursor was not made for this list in this order. Start again without a cursor.',
  );

/** The order that `cursor` was made for, and the key in it. Refuses with 400 `invalid_cursor`. */
export function readCursor(cursor: string): { order: string; key: string[] } {
  let decoded: unknown;
  try {
    decoded = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw invalidCursor();
  }
  if (!Array.isArray(decoded) || !decoded.every((part) => typeof part === 'string')) throw invalidCursor();
  const [order, ...key] = decoded as string[];
  if (order === undefined || key.some((part) => part.includes('\0'))) throw invalidCursor();
  return { order, key };
}

/** The key in `cursor`, `length` long. Refuses with 400 `invalid_cursor`. */
export function decodeCursor(cursor: string, order: string, length: number): string[] {
  const read = readCursor(cursor);
  if (read.order !== order || read.key.length !== length) throw invalidCursor();
  return read.key;
}
