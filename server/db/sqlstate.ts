// Decides by SQLSTATE class, never by message text, whether a failed statement is worth another try.
// Source: PostgreSQL, appendix A, "PostgreSQL Error Codes".

/** What to do about an error: try the transaction again, blame the row, or stop, for it is our fault. */
export type SqlFailure = 'transient' | 'data' | 'fatal';

const TRANSIENT_CLASSES = new Set([
  '08', // connection exception
  '40', // transaction rollback: serialization, deadlock
  '53', // insufficient resources: disk full, out of memory, too many connections
  '57', // operator intervention: shutdown, cancel, cannot connect now
  '58', // system error: I/O
]);
const TRANSIENT_CODES = new Set([
  '25006', // read only: a standby, while the other one takes over
  '25P03', // idle in transaction for too long: the connection is gone
  '25P04', // the transaction took too long
  '55006', // object in use
  '55P03', // lock not available
]);
const DATA_CLASSES = new Set([
  '22', // data exception: does not cast, out of range, bad encoding
  '23', // integrity constraint violation
  '54', // program limit exceeded: an index row too large
]);
/** Codes that postgres.js or Node give a connection that went away or cannot be made. */
const CONNECTION_ERRORS = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
  'EADDRNOTAVAIL',
  'EAI_AGAIN',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
]);

/** The SQLSTATE, or the connection error's name, also where drizzle has wrapped the error. */
export function sqlState(error: unknown): string | null {
  for (let e = error; e instanceof Error; e = e.cause) {
    if ('code' in e && typeof e.code === 'string') return e.code;
  }
  return null;
}

const CHECK_VIOLATION = '23514';

/**
 * A row that was on its way to the default partition while a partition of its own was attached. Postgres reports it as
 * a violated check, and names no constraint then (src/backend/executor/execMain.c, ExecPartitionCheckEmitError).
 */
function isOvertakenByPartition(error: unknown): boolean {
  for (let e = error; e instanceof Error; e = e.cause) {
    if ('code' in e && e.code === CHECK_VIOLATION)
      return !('constraint_name' in e) || e.constraint_name === undefined;
  }
  return false;
}

/** Classifies an error thrown by a statement. What is not from Postgres is fatal. */
export function classifySqlError(error: unknown): SqlFailure {
  const code = sqlState(error);
  if (code === null) return 'fatal';
  if (isOvertakenByPartition(error)) return 'transient';
  if (CONNECTION_ERRORS.has(code) || TRANSIENT_CODES.has(code)) return 'transient';
  if (/^[0-9A-Z]{5}$/.test(code)) {
    if (TRANSIENT_CLASSES.has(code.slice(0, 2))) return 'transient';
    if (DATA_CLASSES.has(code.slice(0, 2))) return 'data';
  }
  return 'fatal';
}

/** The sentence Postgres gave, without drizzle's wrapping. */
export function sqlMessage(error: unknown): string {
  let message = String(error);
  for (let e = error; e instanceof Error; e = e.cause) message = e.message;
  return message;
}
