// The line of headers, with the sort.
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { CSSProperties } from 'react';
import { cellStyle, type ColumnShares } from './column-shares';
import classes from './row-grid.module.css';
import type { GridColumn, GridProps } from './grid-model';

type Sorting<R> = Pick<GridProps<R>, 'sort' | 'onSort'>;

/** A column as its header shows it. */
interface Headed<R> extends Sorting<R> {
  column: GridColumn<R>;
  index: number;
  style: CSSProperties;
}

function Header<R>({ column, index, style, sort, onSort }: Headed<R>) {
  const { sortKey } = column;
  const descending = sort === `-${sortKey ?? ''}`;
  const sorted = sortKey !== undefined && (descending || sort === sortKey);
  const Arrow = descending ? IconArrowDown : IconArrowUp;
  const next = sorted ? (descending ? '' : `-${sortKey}`) : (sortKey ?? '');
  return (
    <div
      role="columnheader"
      aria-colindex={index + 1}
      className={classes.head}
      data-align={column.align}
      title={column.header}
      style={style}
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

/** `at` are the columns in sight. */
export function GridHead<R>({
  columns,
  at,
  shares,
  sort,
  onSort,
}: Pick<GridProps<R>, 'columns'> & Sorting<R> & { at: readonly number[]; shares: ColumnShares }) {
  return (
    <div className={classes.headRow} role="row" style={shares.line}>
      {at.map((index) => {
        const column = columns[index];
        return column === undefined ? null : (
          <Header
            key={column.id}
            {...{ column, index, sort, onSort }}
            style={cellStyle(shares, index, at[0])}
          />
        );
      })}
    </div>
  );
}
