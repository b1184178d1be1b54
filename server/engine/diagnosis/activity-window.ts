// How a window of time is cut into buckets: about as many as a chart has room for.
import type { ActivityWindow } from '@/server/contract/activity-windows';
import { unreachable } from '@/server/lib/assert';

export interface Buckets {
  seconds: number;
  /** The start of the first bucket; buckets lie on multiples of their own length since the epoch. */
  from: Date;
  count: number;
}

const MINUTE_S = 60;
const HOUR_S = 3600;

function shapeOf(window: ActivityWindow): { seconds: number; count: number } {
  switch (window) {
    case '1h':
      return { seconds: MINUTE_S, count: 60 };
    case '6h':
      return { seconds: 5 * MINUTE_S, count: 72 };
    case '24h':
      return { seconds: 15 * MINUTE_S, count: 96 };
    case '7d':
      return { seconds: 2 * HOUR_S, count: 84 };
    case '30d':
      return { seconds: 8 * HOUR_S, count: 90 };
    default:
      return unreachable(window);
  }
}

/** The buckets of `window` that end with the one that `now` is in. */
export function bucketsOf(window: ActivityWindow, now: Date): Buckets {
  const { seconds, count } = shapeOf(window);
  const last = Math.floor(now.getTime() / 1000 / seconds) * seconds;
  return { seconds, count, from: new Date((last - (count - 1) * seconds) * 1000) };
}
