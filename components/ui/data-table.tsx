'use client';
// The dense table of every list. Moving with j and k moves the real focus to a row's link, so that Enter,
// a screen reader and the eye agree on which row is meant.
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useRouter } from 'next/navigation';
import { memo, useEffect, useRef, type MouseEvent, type ReactNode, type RefObject } from 'react';
import { useRestAhead } from './ahead';
import classes from './data-table.module.css';
import { useKeys } from './keys';
import { SELECT, SelectPage, SelectRow, type RowSelection } from './row-selection';
import { takeLeft } from './trail';
import { useFirstPart } from './use-first-part';

export interface Column<T> {
  id: string;
  /** Never empty: it is what the cells below are read out with. */
  header: string;
  cell: (row: T) => ReactNode;
  /** `end` for numbers. */
  align?: 'end';
  /** A CSS width; without one the column takes what is left. */
  width?: string;
  /** The name this column is sorted by in the URL and the API; absent where it cannot be. */
  sortKey?: string;
  /** Left out below 1,440 px of window: the row's own page has it too. */
  wide?: boolean;
  /** The column whose cell is the row's link. One per table. */
  primary?: boolean;
}

interface Props<T> {
  /** What the table lists, for the accessible name. */
  label: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  rowKey: (row: T) => string;
  /** Where a row leads. */
  href?: (row: T) => string;
  /** `key` or `-key`. */
  sort?: string;
  onSort?: (sort: string) => void;
  /** Shown in place of rows. */
  empty: ReactNode;
  /** True while another page's rows are still shown. */
  stale?: boolean;
  /** Told which row has the focus or the pointer's last press. */
  onActive?: (row: T) => void;
  /** Inside a panel, which has a border of its own. */
  frameless?: boolean;
  /** Where rows can be picked; `name` says which row a box is for. */
  selection?: RowSelection & { name: (row: T) => string };
}

const ROW_LINKS = '[data-row-link]';

/** Moves through the rows of every table of the page, in order. */
function moveFocus(table: HTMLTableElement | null, step: number): void {
  const links = [...(table?.closest('main')?.querySelectorAll<HTMLElement>(ROW_LINKS) ?? [])];
  if (links.length === 0) return;
  const at = links.findIndex((link) => link.closest('tr')?.contains(document.activeElement));
  const next =
    at === -1 ? (step > 0 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, at + step));
  links[next]?.focus();
  links[next]?.scrollIntoView({ block: 'nearest' });
}

function HeaderCell<T>({ column, sort, onSort }: { column: Column<T> } & Pick<Props<T>, 'sort' | 'onSort'>) {
  const { sortKey } = column;
  const descending = sort === `-${sortKey ?? ''}`;
  const sorted = sortKey !== undefined && (descending || sort === sortKey);
  const Arrow = descending ? IconArrowDown : IconArrowUp;
  return (
    <th
      scope="col"
      data-align={column.align}
      data-wide={column.wide}
      style={{ width: column.width }}
      aria-sort={sorted ? (descending ? 'descending' : 'ascending') : undefined}
    >
      {sortKey === undefined || onSort === undefined ? (
        column.header
      ) : (
        <button
          type="button"
          className={classes.sort}
          onClick={() => onSort(sorted && !descending ? `-${sortKey}` : sortKey)}
        >
          {column.header}
          {sorted ? <Arrow size={12} aria-hidden /> : null}
        </button>
      )}
    </th>
  );
}

/** Whether a click on a row, or Enter on its link, leads to the row's page: one that a browser opens elsewhere does not. */
function isFollowed({ target, button, metaKey, ctrlKey, shiftKey, altKey }: MouseEvent): boolean {
  const inner = target instanceof Element ? target.closest('a, button, input, label') : null;
  if (inner?.matches(ROW_LINKS)) return button === 0 && !metaKey && !ctrlKey && !shiftKey && !altKey;
  return inner === null && !window.getSelection()?.toString();
}

interface CellsProps<T> {
  row: T;
  columns: readonly Column<T>[];
  /** Where the row leads; undefined where nowhere. */
  href: string | undefined;
}

function CellsOf<T>({ row, columns, href }: CellsProps<T>): ReactNode {
  return columns.map((column) => (
    <td key={column.id} data-align={column.align} data-wide={column.wide}>
      {column.primary === true && href !== undefined ? (
        <a href={href} className={classes.link} data-row-link>
          {column.cell(row)}
        </a>
      ) : (
        column.cell(row)
      )}
    </td>
  ));
}

/** Drawn again only where the row has changed: a poll that finds nothing new, and a key that moves the focus, cost no row. */
const Cells = memo(CellsOf) as typeof CellsOf;

/**
 * Where somebody goes back to the list, the focus goes to the row whose page was left. True while it does: that page
 * need not come ahead.
 */
function useReturnTo(
  table: RefObject<HTMLTableElement | null>,
  drawn: readonly unknown[],
): RefObject<boolean> {
  const left = useRef<string | null>(null);
  const isReturning = useRef(false);
  useEffect(() => {
    left.current = takeLeft();
  }, []);
  useEffect(() => {
    if (left.current === null) return;
    const links = [...(table.current?.querySelectorAll<HTMLAnchorElement>(ROW_LINKS) ?? [])];
    const link = links.find(({ pathname }) => pathname === left.current);
    if (link === undefined) return;
    left.current = null;
    isReturning.current = true;
    if (document.activeElement === document.body) link.focus();
    isReturning.current = false;
  }, [table, drawn]);
  return isReturning;
}

/** A table of `rows`; a click anywhere on a row, or Enter on its link, opens `href`. */
export function DataTable<T>(props: Props<T>) {
  const { label, columns, rows, rowKey, href, sort, onSort, empty, stale = false, onActive } = props;
  const { frameless = false, selection } = props;
  const table = useRef<HTMLTableElement>(null);
  const activeKey = useRef<string | null>(null);
  const router = useRouter();
  const drawn = useFirstPart(rows);
  const isReturning = useReturnTo(table, drawn);
  const restsAt = useRestAhead();
  const activate = (row: T) => {
    activeKey.current = rowKey(row);
    onActive?.(row);
  };
  const approach = (row: T) => {
    if (href !== undefined && !isReturning.current) restsAt(href(row));
  };
  // A row that another page or filter has taken away is not picked unseen.
  const shownKey = () => rows.map(rowKey).find((key) => key === activeKey.current) ?? null;
  const toggle = ({ has, set }: RowSelection) => {
    const key = shownKey();
    if (key !== null) set([key], !has(key));
  };
  const extend = ({ set }: RowSelection, step: number) => {
    const from = shownKey();
    moveFocus(table.current, step);
    const to = shownKey();
    set(
      [from, to].filter((key) => key !== null),
      true,
    );
  };
  useKeys([
    {
      keys: ['j', 'ArrowDown'],
      label: 'Next row',
      group: 'Lists',
      movement: true,
      run: () => moveFocus(table.current, 1),
    },
    {
      keys: ['k', 'ArrowUp'],
      label: 'Previous row',
      group: 'Lists',
      movement: true,
      run: () => moveFocus(table.current, -1),
    },
    ...(selection === undefined
      ? []
      : [
          { ...SELECT.row, run: () => toggle(selection), disabledReason: selection.whyNot },
          { ...SELECT.down, run: () => extend(selection, 1), disabledReason: selection.whyNot },
          { ...SELECT.up, run: () => extend(selection, -1), disabledReason: selection.whyNot },
        ]),
  ]);
  const isPressed = href !== undefined || onActive !== undefined || selection !== undefined;
  const open = (event: MouseEvent<HTMLTableRowElement>, row: T) => {
    activate(row);
    if (href === undefined || !isFollowed(event)) return;
    event.preventDefault();
    router.push(href(row));
  };
  return (
    <div className={classes.frame} data-stale={stale || undefined} data-frameless={frameless || undefined}>
      <table ref={table} className={classes.table} aria-label={label}>
        <thead>
          <tr>
            {selection === undefined ? null : (
              <th scope="col" style={{ width: '34px' }}>
                <SelectPage selection={selection} keys={rows.map(rowKey)} />
              </th>
            )}
            {columns.map((column) => (
              <HeaderCell
                key={column.id}
                column={column}
                {...(sort === undefined ? {} : { sort })}
                {...(onSort === undefined ? {} : { onSort })}
              />
            ))}
          </tr>
        </thead>
        <tbody onMouseLeave={() => restsAt(null)}>
          {drawn.map((row) => (
            <tr
              key={rowKey(row)}
              data-opens={href === undefined ? undefined : true}
              onClick={isPressed ? (event) => open(event, row) : undefined}
              onFocus={() => {
                activate(row);
                approach(row);
              }}
              onMouseEnter={() => approach(row)}
              data-picked={selection?.has(rowKey(row)) === true || undefined}
            >
              {selection === undefined ? null : (
                <td>
                  <SelectRow selection={selection} id={rowKey(row)} name={selection.name(row)} />
                </td>
              )}
              <Cells row={row} columns={columns} href={href?.(row)} />
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length === 0 ? empty : null}
    </div>
  );
}
