import { defaultRangeExtractor, type Range } from '@tanstack/react-virtual';

/** Rows beyond either edge that are drawn beforehand. */
export const BEYOND = 12;

/** In ms, between two leaps of somebody who rushes by. */
const RUSH_MS = 120;

/** What was drawn last. */
export interface Drawn {
  /** The first row that was in sight. */
  start: number;
  /** When the last leap was, by the clock of `performance`. */
  leaptAt: number;
  indexes: number[];
}

export const NOTHING_DRAWN: Drawn = { start: 0, leaptAt: Number.NEGATIVE_INFINITY, indexes: [] };

/**
 * The rows to draw: those in sight, and some beyond. Where a frame has gone further than that they would not have been
 * of use, and are left out: it has new rows enough to draw. Where frame after frame leaps over a whole screen nobody
 * reads any, and the last stay until it slows down. Pure.
 */
export function drawnRows(was: Drawn, range: Range, isScrolling: boolean, nowMs: number): Drawn {
  const { startIndex: start, endIndex } = range;
  const step = Math.abs(start - was.start);
  const isLeap = step > endIndex - start;
  if (isScrolling && isLeap && nowMs - was.leaptAt < RUSH_MS) return { ...was, start, leaptAt: nowMs };
  return {
    start,
    leaptAt: isLeap ? nowMs : was.leaptAt,
    indexes: defaultRangeExtractor(step > BEYOND ? { ...range, overscan: 1 } : range),
  };
}
