'use client';
// A table of any length and width: only rows and columns in sight are drawn, and the neighbouring pages are read
// before an end is reached. j and k move through the rows, n and p by a screen, Home and End to the ends.
import {
  memo,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  type MouseEvent,
  type ReactNode,
} from 'react';
import { formatCount } from '@/components/ui/format';
import { RESTS_MS, scrollRests } from '@/components/ui/scrolling';
import { cellText, shortened, type CellText, type Scalar } from './cell-text';
import { cellStyle, columnShares, type ColumnShares } from './column-shares';
import type { GridColumn, GridProps } from './grid-model';
import { GridHead } from './grid-head';
import classes from './row-grid.module.css';
import { Slots } from './slots';
import { useGridKeys, useGridView } from './use-grid';

/** What shows that a value is none, empty or blank; other text stands in its cell alone, since hundreds come in a frame. */
function Special({ kind, text }: CellText) {
  return (
    <span className={classes.special} data-kind={kind}>
      {shortened(text)}
    </span>
  );
}

const ABSENT: CellText = { kind: 'absent', text: '–' };

/** One value in a cell of its own; undefined where the row has none. */
const ofValue = (value: Scalar | undefined): [CellText, boolean] => {
  const cell = value === undefined ? ABSENT : cellText(value);
  return [cell, cell.kind === 'text' || cell.kind === 'number' || cell.kind === 'boolean'];
};

interface CellsProps<R> {
  row: R;
  columns: readonly GridColumn<R>[];
  /** Indexes of the columns in sight. */
  at: readonly number[];
  shares: ColumnShares;
}

function Cells<R>({ row, columns, at, shares }: CellsProps<R>): ReactNode {
  return at.map((place) => {
    const column = columns[place];
    if (column === undefined) return null;
    const frame = {
      role: 'cell',
      'aria-colindex': place + 1,
      className: classes.cell,
      'data-align': column.align,
      style: cellStyle(shares, place, at[0]),
    };
    if (column.draw !== undefined)
      return (
        <div key={column.id} {...frame}>
          {column.draw(row)}
        </div>
      );
    const [{ kind, text }, isPlain] = ofValue(column.value(row));
    return (
      <div key={column.id} {...frame} data-kind={isPlain ? kind : undefined}>
        {isPlain ? shortened(text) : <Special kind={kind} text={text} />}
      </div>
    );
  });
}

/** The cells of a row that stays in sight are not drawn again, also where rows before it have come or gone. */
const SteadyCells = memo(Cells) as typeof Cells;

interface LineProps<R> extends CellsProps<R> {
  id: string;
  index: number;
  /** Pixels from the top of all rows. */
  start: number;
  isOpen: boolean;
  onOpen: (id: string) => void;
}

function Line<R>({ id, index, start, isOpen, onOpen, ...cells }: LineProps<R>) {
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isOpen}
      className={classes.row}
      style={{ ...cells.shares.line, top: start }}
      onClick={() => onOpen(id)}
    >
      <SteadyCells {...cells} />
    </div>
  );
}

const SteadyLine = memo(Line) as typeof Line;

let resting: ReturnType<typeof setTimeout> | undefined;

function setTitle(cell: HTMLElement): void {
  cell.title = cell.scrollWidth > cell.clientWidth ? cell.innerText : '';
}

/**
 * What is cut off is shown as a whole where the mouse rests: a title for each of them would cost in each frame. Rows
 * that scroll by under the mouse are not measured.
 */
function showWhole({ target }: MouseEvent): void {
  clearTimeout(resting);
  const cell = target instanceof Element ? target.closest<HTMLElement>('[role="cell"]') : null;
  if (cell === null) return;
  if (scrollRests()) setTitle(cell);
  else resting = setTimeout(() => setTitle(cell), RESTS_MS);
}

const ends = (hasBefore: boolean, hasAfter: boolean): string => {
  if (hasBefore && hasAfter) return 'more before and after';
  if (hasBefore) return 'to the end, more before';
  return hasAfter ? 'from the beginning, more after' : 'all of them';
};

/** The grid; it scrolls in both directions on its own. */
export function RowGrid<R extends object>(props: GridProps<R>) {
  const { label, columns, rows, rowId, openId, onOpen, note, stale, hasBefore, hasAfter } = props;
  const frame = useRef<HTMLDivElement>(null);
  const view = useGridView(props, frame);
  useGridKeys(props, view);
  const shares = useMemo(() => columnShares(columns.map(({ width }) => width)), [columns]);
  const [slots] = useState(() => new Slots());
  const slotOf = slots.assign(view.rows.flatMap(({ index }) => rows[index - view.above] ?? []));
  const latest = useRef(onOpen);
  useEffect(() => {
    latest.current = onOpen;
  });
  const open = useCallback((id: string) => latest.current(id), []);
  return (
    <div className={classes.box} data-stale={stale || undefined}>
      <div
        ref={frame}
        className={classes.frame}
        role="table"
        aria-label={label}
        aria-rowcount={hasBefore || hasAfter ? -1 : rows.length + 1}
        aria-colcount={columns.length}
        tabIndex={0}
      >
        <GridHead {...props} at={view.columns} shares={shares} />
        <div
          className={classes.body}
          role="rowgroup"
          onMouseOver={showWhole}
          style={{ height: view.heightPx, ...shares.line }}
        >
          {view.rows.map(({ index, start }) => {
            const row = rows[index - view.above];
            if (row === undefined) return null;
            const id = rowId(row);
            return (
              <SteadyLine
                key={slotOf.get(row)}
                {...{ id, row, index, start, columns, shares }}
                at={view.columns}
                isOpen={id === openId}
                onOpen={open}
              />
            );
          })}
        </div>
      </div>
      <div className={classes.foot}>
        <span className="tg-num">
          {formatCount(rows.length)} {rows.length === 1 ? 'row' : 'rows'} at hand,{' '}
          {stale ? 'others are being read' : ends(hasBefore, hasAfter)}
        </span>
        <span>{note}</span>
      </div>
    </div>
  );
}
