// When a backlog that goes on growing as it did will reach its cap. Pure: what is shown to a person at night has
// to be checked without a database.
import type { BacklogForecast } from '@/server/contract/activity';

export interface BacklogGrowth {
  stagedRows: number;
  stagedBytes: number;
  capRows: number;
  capBytes: number;
  /** What was staged in the last `seenMinutes`. */
  rowsSeen: number;
  bytesSeen: number;
  seenMinutes: number;
}

const MINUTE_MS = 60_000;

/** Long enough to even out a device's flushes, short enough to notice that it has stopped. */
export const SEEN_MINUTES = 15;

/**
 * Over how many minutes up to `now` a lineage's growth is measured. A young one has not been there for all of them: by
 * the whole window it would seem slower than it is, and its backlog further from full.
 */
export const seenMinutesOf = (since: string, now: Date): number =>
  Math.min(SEEN_MINUTES, Math.max(1, (now.getTime() - Date.parse(since)) / MINUTE_MS));

const minutesUntil = (left: number, perMinute: number): number =>
  perMinute > 0 && left > 0 ? left / perMinute : Infinity;

/** The forecast at `now`. `full_at` is the earlier of the two caps. */
export function forecastOf(growth: BacklogGrowth, now: Date): BacklogForecast {
  const { capRows, capBytes, stagedRows, stagedBytes, seenMinutes } = growth;
  const rowsPerMinute = seenMinutes === 0 ? 0 : growth.rowsSeen / seenMinutes;
  const bytesPerMinute = seenMinutes === 0 ? 0 : growth.bytesSeen / seenMinutes;
  const isFull = stagedRows > capRows || stagedBytes > capBytes;
  const minutes = Math.min(
    minutesUntil(capRows - stagedRows, rowsPerMinute),
    minutesUntil(capBytes - stagedBytes, bytesPerMinute),
  );
  const at = now.getTime() + minutes * MINUTE_MS;
  return {
    rows_per_minute: rowsPerMinute,
    bytes_per_minute: bytesPerMinute,
    seen_minutes: Math.round(seenMinutes),
    full_at: isFull || !Number.isFinite(new Date(at).getTime()) ? null : new Date(at).toISOString(),
    cap_rows: capRows,
    cap_bytes: capBytes,
  };
}
