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
    seen_minutes: seenMinutes,
    full_at: isFull || !Number.isFinite(new Date(at).getTime()) ? null : new Date(at).toISOString(),
    cap_rows: capRows,
    cap_bytes: capBytes,
  };
}
