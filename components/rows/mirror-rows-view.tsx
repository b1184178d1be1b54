'use client';
// Rows of a mirror table, of one device or of all that share it: the same grid, filters, order, jumps and files.
// Whoever shows it owns the search in the URL, says where the rows are, and what to show where there are none.
import { useCallback, useMemo, useState, type ReactNode } from 'react';
import type { MirrorRow, MirrorRows } from '@/server/contract/rows';
import type { Params } from '@/components/shell/api';
import { useSession } from '@/components/shell/session';
import { EmptyState } from '@/components/ui/empty-state';
import { TimeAgo, Timestamp } from '@/components/ui/time';
import type { GridColumn } from './grid-model';
import { RowDrawer } from './row-drawer';
import { RowGrid } from './row-grid';
import { RowsUnread } from './rows-unread';
import classes from './rows-page.module.css';
import { mirrorParams, type GridSearch, type SetGridSearch } from './rows-search';
import { useAnchor, useBeginningInstead } from './use-anchor';
import { useKept, useReader } from './use-kept';
import { useMirrorPages } from './use-row-pages';
import { ViewBar } from './view-bar';

export interface MirrorRowsViewProps {
  /** Where the rows are, below the project: `edge/lineages/{id}/mirror-rows`, `edge/coalesced-mirrors/{id}/rows`. */
  path: string;
  /** Further parameters of the list and its files: `{ device_id }` of a shared mirror. */
  scope?: Params;
  search: GridSearch;
  set: SetGridSearch;
  columns: MirrorRows['columns'];
  /** Shown where there is no row and no condition. */
  empty: ReactNode;
  /** A column before all others, as the device of a shared mirror. */
  lead?: GridColumn<MirrorRow>;
  /** True where the rows of several devices come together: the device then is the first part of the key. */
  ofManyDevices?: boolean;
  /** Of the row that is open: the way of its key. */
  history?: (row: MirrorRow) => ReactNode;
  onHistory?: (key: (string | null)[]) => void;
}

const NUMERIC = new Set(['bigint', 'double precision', 'numeric']);

function gridColumns(
  columns: MirrorRows['columns'],
  lead: GridColumn<MirrorRow> | undefined,
): GridColumn<MirrorRow>[] {
  return [
    ...(lead === undefined ? [] : [lead]),
    ...columns.map((column): GridColumn<MirrorRow> => ({
      id: `column ${column.name}`,
      header: column.name,
      width: NUMERIC.has(column.type) ? 120 : 160,
      value: (row) => row.data[column.name],
      sortKey: column.name,
      ...(NUMERIC.has(column.type) ? { align: 'end' as const } : {}),
    })),
    {
      id: 'updated',
      header: 'Written',
      width: 110,
      draw: (row) => <TimeAgo at={row.materialized_at.updated_at} />,
    },
  ];
}

const indexNote = (by: MirrorRows['by_index'] | undefined): string => {
  if (by === undefined || (by.sort && by.filter)) return 'In the order of an index';
  const what = [...(by.sort ? [] : ['order']), ...(by.filter ? [] : ['filter'])].join(' and ');
  return `No index has this ${what}: rows are looked through, for at most 5 s`;
};

function NoMatch({
  error,
  search,
  set,
}: { error: Error | null } & Pick<MirrorRowsViewProps, 'search' | 'set'>) {
  return (
    <EmptyState
      title={error === null ? 'No row meets these conditions.' : error.message}
      action={
        <button
          type="button"
          className={classes.textButton}
          onClick={() => set({ where: [], sort: '', at: '' })}
        >
          Show every row
        </button>
      }
    >
      {search.where.length === 0 ? null : 'They are all meant at once.'}
    </EmptyState>
  );
}

function OpenMirrorRow({
  row,
  columns,
  keyColumns,
  history,
  onClose,
}: { row: MirrorRow; keyColumns: readonly string[]; onClose: () => void } & Pick<
  MirrorRowsViewProps,
  'columns' | 'history'
>) {
  return (
    <RowDrawer
      title="Written row"
      error={null}
      isReceived={false}
      note="What was received is kept as text only while a row is staged or a column of it is deferred: of a written row the typed value is all that there is."
      values={columns.map(({ name, type }) => ({
        column: name,
        isKey: keyColumns.includes(name),
        value: row.data[name] ?? null,
        type,
      }))}
      json={row.data}
      onClose={onClose}
      history={history?.(row)}
      facts={[
        { name: 'First written', value: <Timestamp at={row.materialized_at.created_at} /> },
        { name: 'Last written', value: <Timestamp at={row.materialized_at.updated_at} /> },
      ]}
    />
  );
}

/** The rows, with the bar over them and the open one beside them. */
export function MirrorRowsView(props: MirrorRowsViewProps) {
  const {
    path,
    scope,
    search,
    set,
    columns: all,
    empty,
    lead,
    ofManyDevices = false,
    history,
    onHistory,
  } = props;
  const { project } = useSession();
  const { sort, where } = search;
  const [keyColumns, setKeyColumns] = useState<readonly string[]>([]);
  const isKeyOrder = sort === '' || (!ofManyDevices && sort.replace(/^-/, '') === keyColumns[0]);
  const anchor = useAnchor(search, set, { order: JSON.stringify([sort, where]), isSeekable: isKeyOrder });
  const { goTo } = anchor;
  const query = useMirrorPages({
    projectId: project.id,
    path,
    params: { ...scope, ...mirrorParams({ where, sort }) },
    anchor: anchor.anchor,
    begun: anchor.begun,
  });
  const { data, error, isPlaceholderData } = query;
  const rows = useMemo(() => data?.pages.flatMap((page) => page.rows) ?? [], [data]);
  const isElsewhere = useBeginningInstead(anchor, data !== undefined && error === null && rows.length === 0);
  const known = data?.pages[0];
  if (known !== undefined && known.key_columns.join('\0') !== keyColumns.join('\0'))
    setKeyColumns(known.key_columns);
  const rowId = useCallback(
    (row: MirrorRow) => JSON.stringify(ofManyDevices ? [row.device_id, ...row.key] : row.key),
    [ofManyDevices],
  );
  const columns = useMemo(() => gridColumns(all, lead), [all, lead]);
  const shown = useMemo(() => columns.filter(({ id }) => !search.hide.includes(id)), [columns, search.hide]);
  const found = search.row === '' ? undefined : rows.find((row) => rowId(row) === search.row);
  const open = useKept(found, search.row);
  const onNearEnd = useReader(query.hasNextPage, query.isFetching, query.fetchNextPage);
  const onNearStart = useReader(query.hasPreviousPage, query.isFetching, query.fetchPreviousPage);
  // Drawn anew where something of it changes, and not with each page that is read on.
  const bar = useMemo(() => {
    const filter = mirrorParams({ where: search.where, sort: search.sort });
    const visible = all.filter(({ name }) => !search.hide.includes(`column ${name}`)).map(({ name }) => name);
    return (
      <ViewBar
        path={path}
        what="Written rows, recorded in the events"
        columns={columns}
        conditionColumns={all.map(({ name }) => name)}
        search={search}
        set={set}
        exportParams={{
          ...scope,
          ...filter,
          limit: null,
          total: null,
          columns: visible.length === all.length ? null : visible.join(','),
        }}
        goTo={{
          fields: (ofManyDevices ? ['device_id', ...keyColumns] : keyColumns).map((name) => ({
            name,
            isNullable: true,
          })),
          onGo: (key) => {
            const place = JSON.stringify(key);
            goTo(place);
            set({ row: place });
            return undefined;
          },
          onHistory,
          disabledReason: isKeyOrder
            ? undefined
            : 'A key is found in the order of the key. Take the sort away first.',
        }}
      />
    );
  }, [path, scope, search, set, all, columns, keyColumns, ofManyDevices, isKeyOrder, goTo, onHistory]);
  return (
    <>
      {bar}
      {error !== null && rows.length > 0 ? <RowsUnread what="The written rows" query={query} /> : null}
      {(data === undefined && error === null) || isElsewhere ? (
        <p role="status">The written rows are being read.</p>
      ) : rows.length === 0 ? (
        error === null && where.length === 0 ? (
          empty
        ) : (
          <NoMatch error={error} search={search} set={set} />
        )
      ) : (
        <div className={classes.split}>
          <RowGrid
            label="Written rows"
            columns={shown}
            rows={rows}
            rowId={rowId}
            openId={search.row}
            onOpen={(row) => set({ row })}
            sort={sort}
            onSort={(next) => set({ sort: next, at: '' })}
            onNearEnd={onNearEnd}
            onNearStart={onNearStart}
            onGoTo={anchor.goTo}
            onTop={anchor.onTop}
            hasBefore={query.hasPreviousPage}
            hasAfter={query.hasNextPage}
            begun={anchor.begun}
            startsAtEnd={anchor.anchor === 'end'}
            note={indexNote(known?.by_index)}
            stale={isPlaceholderData}
          />
          {open === undefined ? null : (
            <OpenMirrorRow
              row={open}
              columns={all}
              keyColumns={keyColumns}
              {...(history === undefined ? {} : { history })}
              onClose={() => set({ row: '' })}
            />
          )}
        </div>
      )}
    </>
  );
}
