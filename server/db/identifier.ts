// The one quoting function (invariant 9): a string from a device reaches SQL only through here or as a
// parameter. Anything else is an injection waiting for the first table named `x"; drop table y`.

/** Postgres cuts identifiers at 63 bytes, silently; a name must be made to fit before it is used. */
export const IDENTIFIER_BYTES_MAX = 63;

/** The Postgres schema of all mirror tables: a read-only role can be granted on it alone. */
export const MIRROR_SCHEMA = 'tidegate_mirror';

/**
 * `name` as a quoted identifier. Throws where Postgres would cut it or cannot hold it, since two different
 * long names must never become the same table.
 */
export function quoteIdentifier(name: string): string {
  if (name.length === 0 || name.includes('\0') || !name.isWellFormed()) {
    throw new Error(`not usable as a Postgres identifier: ${JSON.stringify(name)}`);
  }
  if (Buffer.byteLength(name) > IDENTIFIER_BYTES_MAX) {
    throw new Error(`identifier longer than ${IDENTIFIER_BYTES_MAX} bytes: ${JSON.stringify(name)}`);
  }
  return `"${name.replaceAll('"', '""')}"`;
}

/** A mirror table's full name, quoted. */
export const mirrorTable = (tableName: string): string =>
  `${quoteIdentifier(MIRROR_SCHEMA)}.${quoteIdentifier(tableName)}`;
