// The bounds of time partitions, in UTC. A partition's bounds follow from the period alone, so that two workers
// that make one at the same moment make the same one.

/** Weeks begin on Monday. */
export type Period = 'week' | 'month';

const DAY_MS = 86_400_000;
/** 1970-01-01 was a Thursday. */
const MONDAY_OFFSET_DAYS = 3;

/** The start of the period that `at` lies in. */
export function periodStart(at: Date, period: Period): Date {
  if (period === 'month') return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), 1));
  const day = Math.floor(at.getTime() / DAY_MS);
  const intoWeek = (((day + MONDAY_OFFSET_DAYS) % 7) + 7) % 7;
  return new Date((day - intoWeek) * DAY_MS);
}

/** The start of the period after the one that begins at `start`. */
export function nextPeriod(start: Date, period: Period): Date {
  if (period === 'week') return new Date(start.getTime() + 7 * DAY_MS);
  return new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1, 1));
}

/** `days` before `now`, taken back to the start of its period: what is older than this may go. */
export const retentionFloor = (now: Date, days: number, period: Period): Date =>
  periodStart(new Date(now.getTime() - days * DAY_MS), period);

/** The name of the partition of `table` that begins at `start`. */
export const partitionName = (table: string, start: Date): string =>
  `${table}_p${start.toISOString().slice(0, 10).replaceAll('-', '')}`;
