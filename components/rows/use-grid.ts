'use client';
// What of the grid is in sight, and moving through it. Rows that come before those at hand, and rows that are let go,
// must not move what is being read.
import { useVirtualizer, type Range } from '@tanstack/react-virtual';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type RefObject } from 'react';
import { useKeys } from '@/components/ui/keys';
import { useDrawn } from '@/components/ui/use-drawn';
import { BEYOND, drawnRows, NOTHING_DRAWN } from './drawn-rows';
import type { GridProps } from './grid-model';

const ROW_PX = 30;
const NEAR_END_ROWS = 52;
/** No browser lays out much more than 17 million pixels. */
const HIGHEST_ROWS = 500_000;
/** What is drawn first, before the screen is known: as much as a laptop shows. */
const FIRST_SIGHT = { width: 1280, height: 620 };
const BEYOND_COLUMNS = 2;

type Frame = RefObject<HTMLDivElement | null>;

interface GridView {
  /** The first row in sight. */
  first: number;
  /** For how many rows there is room above the first at hand. */
  above: number;
  /** What is drawn, more than is in sight, by its place with those above. */
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

/** Which rows these are, and where reading began for them. */
interface Held<R> {
  rows: readonly R[];
  begun: number;
}

/** As `shiftOf`; null as well where reading began anew in between. */
const shiftFrom = <R>(was: Held<R>, now: Held<R>, idOf: (row: R) => string): number | null =>
  was.begun === now.begun ? shiftOf(was.rows, now.rows, idOf) : null;

/** Where reading began for the rows that are shown: for stale ones that is as it was. */
function useBegun<R>({ begun, stale }: GridProps<R>): number {
  const [shown, setShown] = useState(begun);
  if (!stale && shown !== begun) setShown(begun);
  return stale ? shown : begun;
}

type Down = ReturnType<typeof useVirtualizer<HTMLDivElement, Element>>;

/**
 * For how many rows there is room above those at hand. Rows that are let go leave their room, and rows that come back
 * take it: what is in sight then stays where it is, and is neither drawn nor laid out again.
 */
function useRoomAbove<R>({ rows, rowId }: GridProps<R>, begun: number): [number, (rows: 0) => void] {
  const [held, setHeld] = useState({ rows, begun, above: 0 });
  let { above } = held;
  if (held.rows !== rows) {
    const shift = shiftFrom(held, { rows, begun }, rowId);
    above = shift === null ? 0 : Math.max(0, above - shift);
    if (above + rows.length > HIGHEST_ROWS) above = 0;
    setHeld({ rows, begun, above });
  }
  return [above, useCallback((to: 0) => setHeld((was) => ({ ...was, above: to })), [])];
}

/** Where rows move all the same, the scroll moves with them. */
function useSteadyRows<R>(
  { rows, rowId, startsAtEnd }: GridProps<R>,
  { above, begun }: { above: number; begun: number },
  frame: Frame,
  down: Down,
) {
  const seen = useRef<Held<R> & { above: number }>({ rows: [], begun, above: 0 });
  useLayoutEffect(() => {
    const was = seen.current;
    if (was.rows === rows && was.above === above) return;
    seen.current = { rows, begun, above };
    const shift = was.rows === rows ? 0 : shiftFrom(was, { rows, begun }, rowId);
    if (shift === null) return down.scrollToOffset(startsAtEnd ? rows.length * ROW_PX : 0);
    const moved = above - was.above + shift;
    if (moved !== 0) down.scrollToOffset(Math.max(0, (frame.current?.scrollTop ?? 0) + moved * ROW_PX));
  }, [rows, rowId, startsAtEnd, above, begun, frame, down]);
}

/** Which rows to draw of those in sight and around. */
function useRangeToDraw(above: number, isScrolling: boolean): (range: Range) => number[] {
  const drawn = useRef(NOTHING_DRAWN);
  return useCallback(
    (range) => {
      drawn.current = drawnRows(drawn.current, range, isScrolling, performance.now());
      return drawn.current.indexes.filter((index) => index >= above && index < range.count);
    },
    [above, isScrolling],
  );
}

/** What is in sight. */
export function useGridView<R>(props: GridProps<R>, frame: Frame): GridView {
  const { rows, columns, rowId, hasBefore, onNearEnd, onNearStart, onTop } = props;
  const begun = useBegun(props);
  const [above, setAbove] = useRoomAbove(props, begun);
  const [isScrolling, setScrolling] = useState(false);
  // What is in sight is seen first; what is beyond the edges is drawn after that.
  const isSeen = useDrawn();
  const down = useVirtualizer({
    count: above + rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW_PX,
    overscan: isSeen ? BEYOND : 0,
    rangeExtractor: useRangeToDraw(above, isScrolling),
    onChange: (virtualizer) => setScrolling(virtualizer.isScrolling),
    initialRect: FIRST_SIGHT,
  });
  const across = useVirtualizer({
    horizontal: true,
    count: columns.length,
    getScrollElement: () => frame.current,
    estimateSize: (index) => columns[index]?.width ?? 0,
    overscan: isSeen ? BEYOND_COLUMNS : 0,
    initialRect: FIRST_SIGHT,
  });
  useSteadyRows(props, { above, begun }, frame, down);
  useEffect(() => across.measure(), [across, columns]);
  const shown = down.getVirtualItems();
  const offset = down.scrollOffset ?? 0;
  const first = Math.max(0, (down.range?.startIndex ?? 0) - above);
  const last = (down.range?.endIndex ?? 0) - above;
  // Nothing is in the room above: who scrolls into it has come to the first row that is at hand.
  const isAbove = offset < above * ROW_PX;
  useLayoutEffect(() => {
    if (isAbove) setAbove(0);
  }, [isAbove, setAbove]);
  useEffect(() => {
    if (last >= rows.length - NEAR_END_ROWS) onNearEnd();
    if (first <= NEAR_END_ROWS) onNearStart();
  }, [first, last, rows, onNearEnd, onNearStart]);
  const top = rows[Math.max(0, Math.floor(offset / ROW_PX) - above)];
  const topId = top === undefined ? '' : rowId(top);
  const isFirst = !hasBefore && offset < (above + 1) * ROW_PX;
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
    above,
    rows: shown,
    columns: at,
    heightPx: down.getTotalSize(),
    scrollTo: (index) => down.scrollToIndex(above + index),
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
