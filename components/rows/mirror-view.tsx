'use client';
// Written rows: what a query of the mirror table finds for this device.
import Link from 'next/link';
import { useCallback, useMemo } from 'react';
import type { LineageDetail } from '@/server/contract/governance';
import type { MirrorRow } from '@/server/contract/rows';
import { useSession } from '@/components/shell/session';
import { EmptyState } from '@/components/ui/empty-state';
import { TimeAgo, Timestamp } from '@/components/ui/time';
import { RowDrawer } from './row-drawer';
import { RowGrid, type GridColumn } from './row-grid';
import classes from './rows-page.module.css';
import { mirrorParams, type RowsSearch } from './rows-search';
import type { SetRowsSearch } from './staged-view';
import { useMirrorPages } from './use-row-pages';

interface ViewProps {
  detail: LineageDetail;
  search: RowsSearch;
  set: SetRowsSearch;
}

type MirrorColumn = NonNullable<LineageDetail['mirror']>['columns'][number];
const NUMERIC = new Set(['bigint', 'double precision', 'numeric']);

/** The columns that can be shown. */
export const mirrorColumns = (columns: readonly MirrorColumn[]): GridColumn<MirrorRow>[] => [
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

/** A row is known by its key; where the key's columns are not known, by all its values. */
function keyOf(detail: LineageDetail): (row: MirrorRow) => string {
  const version = detail.schema_versions.find((v) => v.status === 'approved' && v.columns !== null);
  const keys = new Set(version?.columns?.filter((c) => c.pk_ordinal > 0).map((c) => c.name) ?? []);
  const names = detail.mirror?.columns.filter((c) => keys.has(c.source_column_name)).map((c) => c.name) ?? [];
  return (row) =>
    JSON.stringify(names.length === 0 ? Object.values(row.data) : names.map((name) => row.data[name]));
}

function Unprovisioned({ detail }: { detail: LineageDetail }) {
  const review = detail.open_review;
  return (
    <EmptyState title="There is no mirror table yet.">
      The schema of this table has not been approved, so nothing is written: its rows are staged.{' '}
      {review === null ? (
        <Link href={`/lineages/${detail.lineage.id}`}>See what holds it</Link>
      ) : (
        <Link href={`/reviews/${review.id}`}>Approve the review first</Link>
      )}
    </EmptyState>
  );
}

function Nothing({ detail, search, set }: ViewProps) {
  if (search.column !== '') {
    return (
      <EmptyState
        title={`No row has "${search.value}" in ${search.column}.`}
        action={
          <button type="button" className={classes.textButton} onClick={() => set({ column: '', value: '' })}>
            Show every row
          </button>
        }
      />
    );
  }
  return (
    <EmptyState title="The mirror table has no row of this device.">
      {detail.lineage.staged_row_count > 0 ? (
        <Link href={`/lineages/${detail.lineage.id}/rows?source=staged`}>Its rows are staged</Link>
      ) : (
        'They may all have been deleted on the device.'
      )}
    </EmptyState>
  );
}

function Provisioned({ detail, search, set }: ViewProps) {
  const { project } = useSession();
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage, isPlaceholderData } = useMirrorPages({
    projectId: project.id,
    lineageId: detail.lineage.id,
    params: mirrorParams(search),
    enabled: true,
  });
  const rows = useMemo(() => data?.pages.flatMap((page) => page.rows) ?? [], [data]);
  const all = data?.pages[0]?.columns;
  const columns = useMemo(
    () => mirrorColumns(all ?? []).filter(({ id }) => !search.hide.includes(id)),
    [all, search.hide],
  );
  const onNearEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  if (error !== null) return <p role="alert">{error.message}</p>;
  if (data === undefined) return <p role="status">The written rows are being read.</p>;
  if (rows.length === 0) return <Nothing detail={detail} search={search} set={set} />;
  const rowId = keyOf(detail);
  const open = rows.find((row) => rowId(row) === search.row);
  return (
    <div className={classes.split}>
      <RowGrid
        label="Written rows"
        columns={columns}
        rows={rows}
        rowId={rowId}
        openId={search.row}
        onOpen={(row) => set({ row })}
        sort={search.sort}
        onSort={(sort) => set({ sort })}
        onNearEnd={onNearEnd}
        foot={hasNextPage ? 'Scroll for more' : 'All of them'}
        stale={isPlaceholderData}
      />
      {open === undefined ? null : (
        <RowDrawer
          title="Written row"
          error={null}
          valueLabel="In the mirror"
          values={(all ?? []).map((column) => ({
            column: column.name,
            isKey: false,
            value: open.data[column.name] ?? null,
            type: column.type,
          }))}
          json={open.data}
          onClose={() => set({ row: '' })}
          facts={[
            { name: 'First written', value: <Timestamp at={open.materialized_at.created_at} /> },
            { name: 'Last written', value: <Timestamp at={open.materialized_at.updated_at} /> },
          ]}
        />
      )}
    </div>
  );
}

/** The rows of a lineage in its mirror table, or why there is none. */
export function MirrorView(props: ViewProps) {
  return props.detail.mirror === null ? <Unprovisioned detail={props.detail} /> : <Provisioned {...props} />;
}
