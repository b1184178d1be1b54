'use client';
// What of the grid is in sight, and moving through it. Rows that come before those at hand, and rows that are let go,
// must not move what is being read: the scroll is set right before the browser paints.
import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, type RefObject } from 'react';
import { useKeys } from '@/components/ui/keys';
import type { GridProps } from './grid-model';

const ROW_PX = 30;
const NEAR_END_ROWS = 52;
/** Rows beyond either edge that are drawn beforehand. */
const BEYOND = 12;
/** What the server draws, which knows no screen. */
const FIRST_SIGHT = { width: 1280, height: 800 };

type Frame = RefObject<HTMLDivElement | null>;

interface GridView {
  /** The first row in sight. */
  first: number;
  /** What is drawn: more than is in sight. */
  rows: { index: number; start: number }[];
  /** Indexes of the columns in sight. */
  columns: number[];
  heightPx: number;
  scrollTo: (index: number) => void;
  /** Rows in a screen. */
  screenRows: number;
}

/**
 * How far rows moved from `was` to `now`, in rows; null where they are other rows. A row that is read again is the same
 * object where nothing of it has changed: ids are compared only where that finds nothing, since some are costly.
 */
function shiftOf<R>(was: readonly R[], now: readonly R[], idOf: (row: R) => string): number | null {
  const [first] = was;
  const [begins] = now;
  if (first === undefined || begins === undefined) return null;
  const placeOf = (row: R, among: readonly R[], isSame: boolean): number => {
    if (isSame) return among.indexOf(row);
    const id = idOf(row);
    return among.findIndex((other) => idOf(other) === id);
  };
  for (const isSame of [true, false]) {
    const before = placeOf(first, now, isSame);
    if (before !== -1) return before;
    const gone = placeOf(begins, was, isSame);
    if (gone !== -1) return -gone;
  }
  return null;
}

type Down = ReturnType<typeof useVirtualizer<HTMLDivElement, Element>>;

function useSteadyRows<R>({ rows, rowId, startsAtEnd }: GridProps<R>, frame: Frame, down: Down) {
  const seen = useRef<readonly R[]>([]);
  useLayoutEffect(() => {
    const was = seen.current;
    if (was === rows) return;
    seen.current = rows;
    const shift = shiftOf(was, rows, rowId);
    if (shift === null) down.scrollToOffset(startsAtEnd ? rows.length * ROW_PX : 0);
    else if (shift !== 0) down.scrollToOffset((frame.current?.scrollTop ?? 0) + shift * ROW_PX);
  }, [rows, rowId, startsAtEnd, frame, down]);
}

/**
 * The rows to draw: those in sight, and some beyond. Where a frame has gone further than that they would not have been
 * of use, and are left out: it has new rows enough to draw.
 */
function useRangeToDraw(): (range: Range) => number[] {
  const was = useRef(0);
  return useCallback((range) => {
    const step = Math.abs(range.startIndex - was.current);
    was.current = range.startIndex;
    return defaultRangeExtractor(step > BEYOND ? { ...range, overscan: 1 } : range);
  }, []);
}

/** What is in sight. */
export function useGridView<R>(props: GridProps<R>, frame: Frame): GridView {
  const { rows, columns, rowId, hasBefore, onNearEnd, onNearStart, onTop } = props;
  const down = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW_PX,
    overscan: BEYOND,
    rangeExtractor: useRangeToDraw(),
    initialRect: FIRST_SIGHT,
  });
  const across = useVirtualizer({
    horizontal: true,
    count: columns.length,
    getScrollElement: () => frame.current,
    estimateSize: (index) => columns[index]?.width ?? 0,
    overscan: 4,
    initialRect: FIRST_SIGHT,
  });
  useSteadyRows(props, frame, down);
  useEffect(() => across.measure(), [across, columns]);
  const shown = down.getVirtualItems();
  const first = down.range?.startIndex ?? 0;
  const last = down.range?.endIndex ?? 0;
  useEffect(() => {
    if (last >= rows.length - NEAR_END_ROWS) onNearEnd();
    if (first <= NEAR_END_ROWS) onNearStart();
  }, [first, last, rows, onNearEnd, onNearStart]);
  const top = rows[Math.floor((down.scrollOffset ?? 0) / ROW_PX)];
  const topId = top === undefined ? '' : rowId(top);
  const isFirst = !hasBefore && (down.scrollOffset ?? 0) < ROW_PX;
  useEffect(() => {
    if (topId !== '') onTop(topId, isFirst);
  }, [topId, isFirst, onTop]);
  const inSight = across
    .getVirtualItems()
    .map(({ index }) => index)
    .join(' ');
  // The same array while the same columns are in sight: rows that stay are then not drawn again.
  const at = useMemo(() => inSight.split(' ').filter(Boolean).map(Number), [inSight]);
  return {
    first,
    rows: shown,
    columns: at,
    heightPx: down.getTotalSize(),
    scrollTo: (index) => down.scrollToIndex(index),
    screenRows: Math.max(1, Math.floor((down.scrollRect?.height ?? 0) / ROW_PX) - 2),
  };
}

/** Moves the open row, or from the row in sight where none is open. */
export function useGridKeys<R>({ rows, rowId, openId, onOpen, onGoTo }: GridProps<R>, view: GridView): void {
  const at = openId === '' ? -1 : rows.findIndex((row) => rowId(row) === openId);
  const move = (step: number) => {
    const index = at === -1 ? view.first : Math.min(rows.length - 1, Math.max(0, at + step));
    const next = rows[index];
    if (next === undefined) return;
    onOpen(rowId(next));
    view.scrollTo(index);
  };
  const group = 'Lists';
  const movement = true;
  useKeys([
    { keys: ['j', 'ArrowDown'], label: 'Next row', group, movement, run: () => move(1) },
    { keys: ['k', 'ArrowUp'], label: 'Previous row', group, movement, run: () => move(-1) },
    { keys: ['Enter'], label: 'Open the row', group, movement, run: () => move(0) },
    { keys: ['n'], label: 'Next screen of rows', group, movement, run: () => move(view.screenRows) },
    { keys: ['p'], label: 'Previous screen of rows', group, movement, run: () => move(-view.screenRows) },
    { keys: ['Home'], label: 'First rows', group: 'Rows', run: () => onGoTo('') },
    { keys: ['End'], label: 'Last rows', group: 'Rows', run: () => onGoTo('end') },
  ]);
}
