// Which rows of a grid are drawn, while it stands and while it scrolls. Pure.
import { defaultRangeExtractor, type Range } from '@tanstack/react-virtual';

/** Rows beyond either edge that are drawn beforehand. */
export const BEYOND = 12;

/** In ms, between two leaps of somebody who rushes by. */
const RUSH_MS = 120;

/** What was drawn last. */
export interface Drawn {
  /** The first row that was in sight, and the last. */
  start: number;
  end: number;
  /** When the last leap was, by the clock of `performance`. */
  leaptAt: number;
  indexes: number[];
}

export const NOTHING_DRAWN: Drawn = { start: 0, end: -1, leaptAt: Number.NEGATIVE_INFINITY, indexes: [] };

/**
 * The rows to draw: those in sight, and some beyond. Where a frame has gone further than that they would not have been
 * of use, and are left out: it has new rows enough to draw. Where frame after frame leaps over a whole screen nobody
 * reads any, and the last stay until it slows down. What is asked for again in one frame is the same. Pure.
 */
export function drawnRows(was: Drawn, range: Range, isScrolling: boolean, nowMs: number): Drawn {
  const { startIndex: start, endIndex: end } = range;
  const step = Math.abs(start - was.start);
  if (isScrolling && step === 0 && end === was.end) return was;
  const isLeap = step > end - start;
  if (isScrolling && isLeap && nowMs - was.leaptAt < RUSH_MS) return { ...was, start, end, leaptAt: nowMs };
  return {
    start,
    end,
    leaptAt: isLeap ? nowMs : was.leaptAt,
    indexes: defaultRangeExtractor(step > BEYOND ? { ...range, overscan: 1 } : range),
  };
}
