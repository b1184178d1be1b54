// A cursor names the last item of a page by its sort key. It carries the name of the order it belongs to: a
// cursor used under another order would skip items in silence.
import { Refusal } from '../errors/errors';

/** An opaque, URL-safe cursor. */
export const encodeCursor = (order: string, key: readonly string[]): string =>
  Buffer.from(JSON.stringify([order, ...key])).toString('base64url');

const invalid = () =>
  new Refusal(
    400,
    'invalid_cursor',
    'This cursor was not made for this list in this order. Start again without a cursor.',
  );

/** The key in `cursor`, `length` long. Refuses with 400 `invalid_cursor`. */
export function decodeCursor(cursor: string, order: string, length: number): string[] {
  let decoded: unknown;
  try {
    decoded = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw invalid();
  }
  if (!Array.isArray(decoded) || decoded.length !== length + 1 || decoded[0] !== order) throw invalid();
  const key: unknown[] = decoded.slice(1);
  if (!key.every((part) => typeof part === 'string' && !part.includes('\0'))) throw invalid();
  return key as string[];
}
