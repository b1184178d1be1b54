/**
 * Times as SQLite programs keep them in a column: text in one of SQLite's own forms (UTC where no zone is
 * given) or RFC 3339, or a number of seconds or milliseconds since 1970. Read by the same rule on the device
 * and in the cloud, so that both mean the same moment.
 */
import { canonicalNumber } from '@/server/protocol/exact-number';
import { parseTimestampNs } from '@/server/protocol/timestamp';

const SQLITE_TEXT =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2}))?(?:\.(\d{1,9})\d*)?\s*([Zz]|[+-]\d{2}:\d{2})?)?$/;
/** Seconds reach this in the year 5138; milliseconds did in 1973. */
const MILLISECONDS_FROM = 100_000_000_000n;
const PLAIN_DECIMAL = /^(-?)(\d{1,18})(?:\.(\d+))?$/;
const NS_MAX = 253_402_300_800_000_000_000n;

/** Nanoseconds since 1970 of a text, or null where it is no time. */
export function textTimeNs(text: string): bigint | null {
  const match = SQLITE_TEXT.exec(text.trim());
  if (match === null) return null;
  const [, date = '', minutes = '00:00', seconds = '00', fraction, zone = 'Z'] = match;
  return parseTimestampNs(
    `${date}T${minutes}:${seconds}${fraction === undefined ? '' : `.${fraction}`}${zone}`,
  );
}

/** Nanoseconds since 1970 of a JSON number's text, or null where it is out of range. */
export function numberTimeNs(text: string): bigint | null {
  const match = PLAIN_DECIMAL.exec(canonicalNumber(text));
  if (match === null) return null;
  const [, sign = '', whole = '0', fraction = ''] = match;
  const isMilliseconds = BigInt(whole) >= MILLISECONDS_FROM;
  const digits = isMilliseconds ? 6 : 9;
  const ns = BigInt(whole) * 10n ** BigInt(digits) + BigInt(fraction.padEnd(digits, '0').slice(0, digits));
  if (ns >= NS_MAX) return null;
  return sign === '-' ? -ns : ns;
}

/** RFC 3339 in UTC with nine decimals; `ns` lies in the years 0 to 9999. */
export function timestampOfNs(ns: bigint): string {
  const ms = ns >= 0n ? ns / 1_000_000n : -((-ns + 999_999n) / 1_000_000n);
  const iso = new Date(Number(ms)).toISOString();
  return `${iso.slice(0, -1)}${(ns - ms * 1_000_000n).toString().padStart(6, '0')}Z`;
}
