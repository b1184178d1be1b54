'use client';
// Staged rows: what was received and is held back, in the order in which a replay takes it.
import Link from 'next/link';
import { useCallback, useMemo } from 'react';
import type { LineageDetail } from '@/server/contract/governance';
import type { StagedRow } from '@/server/contract/rows';
import { useSession } from '@/components/shell/session';
import { Copyable } from '@/components/ui/copyable';
import { EmptyState } from '@/components/ui/empty-state';
import { TimeAgo, Timestamp } from '@/components/ui/time';
import { MIRROR_TYPE, type Affinity } from './cell-text';
import { RowDrawer, type DrawerValue } from './row-drawer';
import { Cell, RowGrid, type GridColumn } from './row-grid';
import classes from './rows-page.module.css';
import { REASON, stagedParams, type RowsSearch } from './rows-search';
import { useStagedPages } from './use-row-pages';

export type SetRowsSearch = (change: Partial<RowsSearch>) => void;

interface ViewProps {
  detail: LineageDetail;
  search: RowsSearch;
  set: SetRowsSearch;
}

/** The names of the rows' own columns, in the order in which they are met. */
export function sourceColumns(rows: readonly StagedRow[]): string[] {
  return [...new Set(rows.flatMap(({ pk, row }) => [...Object.keys(pk), ...Object.keys(row ?? {})]))];
}

const platform: readonly GridColumn<StagedRow>[] = [
  {
    id: 'commit seq',
    header: 'Commit seq',
    width: 96,
    align: 'end',
    draw: (row) => <span>{row.commit_seq ?? '–'}</span>,
  },
  { id: 'op', header: 'Op', width: 70, draw: (row) => <span data-op={row.op}>{row.op}</span> },
  { id: 'reason', header: 'Reason', width: 160, draw: (row) => <span>{REASON[row.staging_reason]}</span> },
  {
    id: 'error',
    header: 'Error',
    width: 220,
    draw: (row) =>
      row.error === null ? (
        <span className={classes.none}>none</span>
      ) : (
        <span className={classes.error} title={row.error}>
          {row.error}
        </span>
      ),
  },
  { id: 'received', header: 'Received', width: 110, draw: (row) => <TimeAgo at={row.received_at} /> },
];

const valueColumn = (name: string): GridColumn<StagedRow> => ({
  id: `column ${name}`,
  header: name,
  width: 140,
  draw: (row) =>
    row.row === null && !(name in row.pk) ? (
      <span className={classes.none}>–</span>
    ) : (
      <Cell value={row.row?.[name] ?? row.pk[name]} />
    ),
});

/** The columns that can be shown. */
export const stagedColumns = (rows: readonly StagedRow[]): GridColumn<StagedRow>[] => {
  const anyError = rows.some(({ error }) => error !== null);
  return [
    ...platform.filter(({ id }) => id !== 'error' || anyError),
    ...sourceColumns(rows).map(valueColumn),
  ];
};

/** The mirror type that a column of a version has or would have; null where its columns are not known. */
function typeOf(detail: LineageDetail, hash: string, column: string): string | null {
  const binding = detail.column_bindings.find(
    (b) => b.schema_hash === hash && b.source_column_name === column,
  );
  if (binding !== undefined && binding.mirror_column_name === null) return null;
  const mirrored = detail.mirror?.columns.find((c) => c.name === binding?.mirror_column_name);
  if (mirrored !== undefined) return mirrored.type;
  const version = detail.schema_versions.find((v) => v.schema_hash === hash);
  const affinity = version?.columns?.find((c) => c.name === column)?.decl_type_affinity;
  return affinity === undefined ? null : MIRROR_TYPE[affinity satisfies Affinity];
}

function valuesOf(detail: LineageDetail, row: StagedRow): DrawerValue[] {
  const one =
    (isKey: boolean) =>
    ([column, value]: [string, DrawerValue['value']]): DrawerValue => ({
      column,
      isKey,
      value,
      type: typeOf(detail, row.schema_hash, column),
    });
  return [
    ...Object.entries(row.pk).map(one(true)),
    ...Object.entries(row.row ?? {})
      .filter(([name, value]) => row.pk[name] !== value)
      .map(one(false)),
  ];
}

function OpenRow({ detail, row, onClose }: { detail: LineageDetail; row: StagedRow; onClose: () => void }) {
  return (
    <RowDrawer
      title={`Staged ${row.op} at commit ${row.commit_seq ?? '–'}`}
      error={row.error}
      valueLabel="Received"
      values={valuesOf(detail, row)}
      json={row}
      onClose={onClose}
      facts={[
        { name: 'Held for', value: REASON[row.staging_reason] },
        { name: 'Received', value: <Timestamp at={row.received_at} /> },
        {
          name: 'Schema hash',
          value: <Copyable value={row.schema_hash} label="schema hash" chars={12} />,
        },
        {
          name: 'Journal epoch',
          value:
            row.journal_epoch === null ? (
              'none'
            ) : (
              <Copyable value={row.journal_epoch} label="journal epoch" chars={13} />
            ),
        },
      ]}
    />
  );
}

function Nothing({ detail, search, set }: ViewProps) {
  if (search.reason !== null || search.op !== null || search.hash !== '') {
    return (
      <EmptyState
        title="No staged row matches these filters."
        action={
          <button
            type="button"
            className={classes.textButton}
            onClick={() => set({ reason: null, op: null, hash: '' })}
          >
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
          <Link href={`/lineages/${detail.lineage.id}/rows?source=mirror`}>See the written rows</Link>
        </>
      )}
    </EmptyState>
  );
}

/** The staged rows of a lineage. */
export function StagedView({ detail, search, set }: ViewProps) {
  const { project } = useSession();
  const query = useStagedPages({
    projectId: project.id,
    lineageId: detail.lineage.id,
    params: stagedParams(search),
    enabled: true,
  });
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage, isPlaceholderData } = query;
  const rows = useMemo(() => data?.pages.flatMap(({ items }) => items) ?? [], [data]);
  const columns = useMemo(
    () => stagedColumns(rows).filter(({ id }) => !search.hide.includes(id)),
    [rows, search.hide],
  );
  const onNearEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  if (data === undefined) return <p role="alert">{error?.message ?? 'The staged rows are being read.'}</p>;
  if (rows.length === 0) return <Nothing detail={detail} search={search} set={set} />;
  const open = rows.find(({ id }) => id === search.row);
  return (
    <div className={classes.split}>
      <RowGrid
        label="Staged rows"
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        openId={search.row}
        onOpen={(row) => set({ row })}
        sort=""
        onSort={() => undefined}
        onNearEnd={onNearEnd}
        foot={
          hasNextPage ? 'Scroll for more, in the order of a replay' : 'All of them, in the order of a replay'
        }
        stale={isPlaceholderData}
      />
      {open === undefined ? null : <OpenRow detail={detail} row={open} onClose={() => set({ row: '' })} />}
    </div>
  );
}
