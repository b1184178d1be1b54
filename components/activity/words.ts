// What a chart shows, in words.
import type { ActivityWindow } from '@/server/contract/activity-windows';
import { formatCount } from '@/components/ui/format';

export const WINDOW_WORDS: Record<ActivityWindow, string> = {
  '1h': 'last hour',
  '6h': 'last 6 hours',
  '24h': 'last 24 hours',
  '7d': 'last 7 days',
  '30d': 'last 30 days',
};

/** A number that fits beside an axis: 1,200 becomes 1.2k. */
export const formatShort = (value: number): string =>
  new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 }).format(value);

/** "Rows a minute, last hour: 12 now, 340 at most". */
export function summaryOf(what: string, window: ActivityWindow, values: readonly (number | null)[]): string {
  const known = values.filter((value) => value !== null);
  const now = known.at(-1);
  if (now === undefined) return `${what}, ${WINDOW_WORDS[window]}: nothing is known yet`;
  const most = Math.max(...known);
  return `${what}, ${WINDOW_WORDS[window]}: ${formatCount(Math.round(now))} now, ${formatCount(Math.round(most))} at most`;
}

/** Rows of each bucket as rows a minute. */
export const perMinute = (rows: number | null, bucketSeconds: number): number | null =>
  rows === null ? null : (rows * 60) / bucketSeconds;
