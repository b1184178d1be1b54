'use client';
// A table of any length and width: only rows and columns in sight are drawn, and the neighbouring pages are read
// before an end is reached. j and k move through the rows, n and p by a screen, Home and End to the ends.
import { useRef } from 'react';
import { formatCount } from '@/components/ui/format';
import { cellText, shortened, type Scalar } from './cell-text';
import type { GridColumn, GridProps } from './grid-model';
import { GridHead } from './grid-head';
import classes from './row-grid.module.css';
import { useGridKeys, useGridView } from './use-grid';

/** One value as it looks in a cell. */
export function Cell({ value }: { value: Scalar | undefined }) {
  const { kind, text } = cellText(value);
  return (
    <span className={classes.value} data-kind={kind} title={kind === 'text' ? shortened(text) : undefined}>
      {shortened(text)}
    </span>
  );
}

function Cells<R>({
  row,
  columns,
  at,
}: {
  row: R;
  columns: readonly GridColumn<R>[];
  at: readonly number[];
}) {
  return at.map((index) => {
    const column = columns[index];
    if (column === undefined) return null;
    return (
      <div
        key={column.id}
        role="cell"
        aria-colindex={index + 1}
        className={classes.cell}
        data-align={column.align}
        style={{ gridColumn: index + 1 }}
      >
        {column.draw === undefined ? <Cell value={column.value?.(row)} /> : column.draw(row)}
      </div>
    );
  });
}

const ends = (hasBefore: boolean, hasAfter: boolean): string => {
  if (hasBefore && hasAfter) return 'more before and after';
  if (hasBefore) return 'to the end, more before';
  return hasAfter ? 'from the beginning, more after' : 'all of them';
};

/** The grid; it scrolls in both directions on its own. */
export function RowGrid<R>(props: GridProps<R>) {
  const { label, columns, rows, rowId, openId, onOpen, note, stale, hasBefore, hasAfter } = props;
  const frame = useRef<HTMLDivElement>(null);
  const view = useGridView(props, frame);
  useGridKeys(props, view);
  const template = columns.map(({ width }) => `minmax(${width}px, ${width}fr)`).join(' ');
  const shape = {
    gridTemplateColumns: template,
    minWidth: columns.reduce((sum, { width }) => sum + width, 0),
  };
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
        <GridHead {...props} at={view.columns} shape={shape} />
        <div
          className={classes.body}
          role="rowgroup"
          style={{ height: view.heightPx, minWidth: shape.minWidth }}
        >
          {view.rows.map(({ index, start }) => {
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
                style={{ ...shape, transform: `translateY(${start}px)` }}
                onClick={() => onOpen(id)}
              >
                <Cells row={row} columns={columns} at={view.columns} />
              </div>
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
