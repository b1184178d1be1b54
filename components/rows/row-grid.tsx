'use client';
// A table of any length: only the rows in sight are drawn, and the next page is read before its end is
// reached. j and k move through the rows, Enter opens one.
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, type ReactNode } from 'react';
import { formatCount } from '@/components/ui/format';
import { useKeys } from '@/components/ui/keys';
import { cellText, shortened, type Scalar } from './cell-text';
import classes from './row-grid.module.css';

export interface GridColumn<R> {
  id: string;
  header: string;
  /** In pixels. */
  width: number;
  /** Drawn as it is; without it, `value` is drawn as a cell. */
  draw?: (row: R) => ReactNode;
  value?: (row: R) => Scalar | undefined;
  /** The name to sort by; absent where it cannot be. */
  sortKey?: string;
  align?: 'end';
}

interface Props<R> {
  label: string;
  columns: readonly GridColumn<R>[];
  rows: readonly R[];
  rowId: (row: R) => string;
  openId: string;
  onOpen: (id: string) => void;
  sort: string;
  onSort: (sort: string) => void;
  /** The end is near: read on. */
  onNearEnd: () => void;
  /** Below the last row: "reading on", or how many there are. */
  foot: string;
  stale: boolean;
}

const ROW_PX = 30;
const NEAR_END_ROWS = 40;

/** One value as it looks in a cell. */
export function Cell({ value }: { value: Scalar | undefined }) {
  const { kind, text } = cellText(value);
  return (
    <span className={classes.value} data-kind={kind} title={kind === 'text' ? shortened(text) : undefined}>
      {shortened(text)}
    </span>
  );
}

function Header<R>({ column, sort, onSort }: { column: GridColumn<R> } & Pick<Props<R>, 'sort' | 'onSort'>) {
  const { sortKey } = column;
  const descending = sort === `-${sortKey ?? ''}`;
  const sorted = sortKey !== undefined && (descending || sort === sortKey);
  const Arrow = descending ? IconArrowDown : IconArrowUp;
  const next = sorted ? (descending ? '' : `-${sortKey}`) : (sortKey ?? '');
  return (
    <div
      role="columnheader"
      className={classes.head}
      data-align={column.align}
      title={column.header}
      aria-sort={sorted ? (descending ? 'descending' : 'ascending') : undefined}
    >
      {sortKey === undefined ? (
        <span className={classes.headText}>{column.header}</span>
      ) : (
        <button type="button" className={classes.sort} onClick={() => onSort(next)}>
          <span className={classes.headText}>{column.header}</span>
          {sorted ? <Arrow size={12} aria-hidden /> : null}
        </button>
      )}
    </div>
  );
}

function useMoving<R>(props: Props<R>, scrollTo: (index: number) => void): void {
  const { rows, rowId, openId, onOpen } = props;
  const at = rows.findIndex((row) => rowId(row) === openId);
  const move = (step: number) => {
    const next = rows[at === -1 ? 0 : Math.min(rows.length - 1, Math.max(0, at + step))];
    if (next === undefined) return;
    onOpen(rowId(next));
    scrollTo(rows.indexOf(next));
  };
  const group = 'Lists';
  useKeys([
    { keys: ['j', 'ArrowDown'], label: 'Next row', group, movement: true, run: () => move(1) },
    { keys: ['k', 'ArrowUp'], label: 'Previous row', group, movement: true, run: () => move(-1) },
  ]);
}

function useGrid<R>(props: Props<R>) {
  const { rows, onNearEnd } = props;
  const frame = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= rows.length - NEAR_END_ROWS) onNearEnd();
  }, [last, rows.length, onNearEnd]);
  useMoving(props, (index) => virtual.scrollToIndex(index));
  return { frame, items, heightPx: virtual.getTotalSize() };
}

/** The grid; it scrolls in both directions on its own. */
export function RowGrid<R>(props: Props<R>) {
  const { label, columns, rows, rowId, openId, onOpen, sort, onSort, foot, stale } = props;
  const { frame, items, heightPx } = useGrid(props);
  const template = columns.map(({ width }) => `minmax(${width}px, ${width}fr)`).join(' ');
  const minWidth = columns.reduce((sum, { width }) => sum + width, 0);
  return (
    <div className={classes.box} data-stale={stale || undefined}>
      <div
        ref={frame}
        className={classes.frame}
        role="table"
        aria-label={label}
        aria-rowcount={rows.length + 1}
        tabIndex={0}
      >
        <div className={classes.headRow} role="row" style={{ gridTemplateColumns: template, minWidth }}>
          {columns.map((column) => (
            <Header key={column.id} column={column} sort={sort} onSort={onSort} />
          ))}
        </div>
        <div className={classes.body} role="rowgroup" style={{ height: heightPx, minWidth }}>
          {items.map(({ index, start }) => {
            const row = rows[index];
            if (row === undefined) return null;
            const id = rowId(row);
            return (
              <div
                key={id}
                role="row"
                aria-rowindex={index + 2}
                aria-selected={id === openId}
                className={classes.row}
                style={{ gridTemplateColumns: template, transform: `translateY(${start}px)` }}
                onClick={() => onOpen(id)}
              >
                {columns.map((column) => (
                  <div key={column.id} role="cell" className={classes.cell} data-align={column.align}>
                    {column.draw === undefined ? <Cell value={column.value?.(row)} /> : column.draw(row)}
                  </div>
                ))}
              </div>
            );
          })}
        </div>
      </div>
      <div className={classes.foot}>
        <span className="tg-num">{formatCount(rows.length)} shown</span>
        <span>{foot}</span>
      </div>
    </div>
  );
}
