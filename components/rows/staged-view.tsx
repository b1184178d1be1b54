'use client';
// Staged rows: what was received and is held back, in the order in which a replay takes it.
import { useMemo } from 'react';
import type { LineageDetail } from '@/server/contract/governance';
import type { StagedRow } from '@/server/contract/rows';
import { rowsLink } from '@/components/lineages/rows-link';
import { useSession } from '@/components/shell/session';
import { EmptyState } from '@/components/ui/empty-state';
import { FilterSelect } from '@/components/ui/filter-bar';
import { useKeys } from '@/components/ui/keys';
import { Link } from '@/components/ui/link';
import { OpenStagedRow } from './open-staged-row';
import { stagedPath } from './queries';
import { RowGrid } from './row-grid';
import { RowsUnread } from './rows-unread';
import classes from './rows-page.module.css';
import {
  OP_FILTERS,
  REASON_FILTERS,
  stagedFilter,
  stagedParams,
  type RowsSearch,
  type SetRowsSearch,
} from './rows-search';
import { useStagedColumns } from './staged-columns';
import { useToStaged } from './use-to-staged';
import { useAnchor, useBeginningInstead } from './use-anchor';
import { useKept, useReader } from './use-kept';
import { useStagedPages } from './use-row-pages';
import { ViewBar } from './view-bar';

interface ViewProps {
  detail: LineageDetail;
  search: RowsSearch;
  set: SetRowsSearch;
}

const NO_FILTER = { reason: null, op: null, hash: '', where: [], at: '' } as const;
const noFilter = () => ({ ...NO_FILTER, where: [] });

const isFiltered = ({ reason, op, hash, where }: RowsSearch): boolean =>
  reason !== null || op !== null || hash !== '' || where.length > 0;

function Filters({ detail, search, set }: ViewProps) {
  const order = [null, ...REASON_FILTERS.map(({ value }) => value)];
  useKeys([
    {
      keys: ['f'],
      label: 'Cycle the reason filter',
      group: 'Rows',
      run: () => set({ reason: order[(order.indexOf(search.reason) + 1) % order.length] ?? null, at: '' }),
    },
  ]);
  return (
    <>
      <FilterSelect
        label="Reason"
        width={150}
        value={search.reason}
        options={REASON_FILTERS}
        onChange={(reason) => set({ reason, at: '' })}
      />
      <FilterSelect
        label="Schema"
        width={140}
        value={search.hash === '' ? null : search.hash}
        options={detail.schema_versions.map(({ schema_hash: hash }) => ({
          value: hash,
          label: hash.slice(0, 12),
        }))}
        onChange={(hash) => set({ hash: hash ?? '', at: '' })}
      />
      <FilterSelect
        label="Op"
        width={100}
        value={search.op}
        options={OP_FILTERS}
        onChange={(op) => set({ op, at: '' })}
      />
    </>
  );
}

function Nothing({ detail, search, set, error }: ViewProps & { error: Error | null }) {
  if (error !== null || isFiltered(search)) {
    return (
      <EmptyState
        title={error === null ? 'No staged row matches these filters.' : error.message}
        action={
          <button type="button" className={classes.textButton} onClick={() => set(noFilter())}>
            Show every staged row
          </button>
        }
      />
    );
  }
  return (
    <EmptyState title="No row is staged.">
      {detail.mirror === null ? (
        'Nothing has arrived for this table, or it was discarded.'
      ) : (
        <>
          Everything that was accepted is written.{' '}
          <Link href={rowsLink(detail.lineage.id, 'mirror')}>See the written rows</Link>
        </>
      )}
    </EmptyState>
  );
}

/** The names that the lineage's schema versions have, the newest version's first. */
const knownColumns = ({ schema_versions: versions }: LineageDetail): string[] => [
  ...new Set(versions.flatMap((version) => version.columns?.map(({ name }) => name) ?? [])),
];

/** The staged rows of a lineage. */
export function StagedView({ detail, search, set }: ViewProps) {
  const { project } = useSession();
  const path = stagedPath(detail.lineage.id);
  const params = stagedParams(search);
  const anchor = useAnchor(search, set, { order: JSON.stringify(stagedFilter(search)), isSeekable: true });
  const { goTo } = anchor;
  const toStaged = useToStaged(detail, search, set, goTo);
  const query = useStagedPages({
    projectId: project.id,
    path,
    params,
    anchor: anchor.anchor,
    begun: anchor.begun,
  });
  const { data, error, isPlaceholderData } = query;
  const rows = useMemo(() => data?.pages.flatMap(({ items }) => items) ?? [], [data]);
  const isElsewhere = useBeginningInstead(anchor, data !== undefined && error === null && rows.length === 0);
  const known = useMemo(() => knownColumns(detail), [detail]);
  const columns = useStagedColumns(rows, known);
  const shown = useMemo(() => columns.filter(({ id }) => !search.hide.includes(id)), [columns, search.hide]);
  const found = rows.find(({ id }) => id === search.row);
  const open = useKept(found, search.row);
  const onNearEnd = useReader(query.hasNextPage, query.isFetching, query.fetchNextPage);
  const onNearStart = useReader(query.hasPreviousPage, query.isFetching, query.fetchPreviousPage);
  // Drawn anew where something of it changes, and not with each page that is read on.
  const bar = useMemo(
    () => (
      <ViewBar
        path={path}
        what="Staged rows, recorded in the events"
        columns={columns}
        conditionColumns={known}
        search={search}
        set={set}
        exportParams={stagedFilter(search)}
        filters={<Filters detail={detail} search={search} set={set} />}
        onClear={isFiltered(search) ? () => set(noFilter()) : undefined}
        goTo={toStaged}
      />
    ),
    [path, columns, known, search, set, detail, toStaged],
  );
  return (
    <>
      {bar}
      {error !== null && rows.length > 0 ? <RowsUnread what="The staged rows" query={query} /> : null}
      {(data === undefined && error === null) || isElsewhere ? (
        <p role="status">The staged rows are being read.</p>
      ) : rows.length === 0 ? (
        <Nothing detail={detail} search={search} set={set} error={error} />
      ) : (
        <div className={classes.split}>
          <RowGrid
            label="Staged rows"
            columns={shown}
            rows={rows}
            rowId={rowId}
            openId={search.row}
            onOpen={(row) => set({ row })}
            sort={search.sort === '-commit_seq' ? '-commit_seq' : 'commit_seq'}
            onSort={(sort) => set({ sort: sort === '-commit_seq' ? sort : '', at: '' })}
            onNearEnd={onNearEnd}
            onNearStart={onNearStart}
            onGoTo={anchor.goTo}
            onTop={anchor.onTop}
            hasBefore={query.hasPreviousPage}
            hasAfter={query.hasNextPage}
            begun={anchor.begun}
            startsAtEnd={anchor.anchor === 'end'}
            note={
              search.where.length === 0
                ? 'In the order of a replay'
                : 'No index has what was received: rows are looked through, for at most 5 s'
            }
            stale={isPlaceholderData}
          />
          {open === undefined ? null : (
            <OpenStagedRow detail={detail} row={open} onClose={() => set({ row: '' })} />
          )}
        </div>
      )}
    </>
  );
}

const rowId = ({ id }: StagedRow): string => id;
