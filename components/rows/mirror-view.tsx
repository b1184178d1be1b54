'use client';
// Written rows: what a query of the mirror table finds for this device.
import type { LineageDetail } from '@/server/contract/governance';
import { rowsLink } from '@/components/lineages/rows-link';
import { EmptyState } from '@/components/ui/empty-state';
import { Link } from '@/components/ui/link';
import { KeyHistoryPanel } from './key-history-panel';
import { MirrorRowsView } from './mirror-rows-view';
import { mirrorPath } from './queries';
import type { RowsSearch, SetRowsSearch } from './rows-search';

interface ViewProps {
  detail: LineageDetail;
  search: RowsSearch;
  set: SetRowsSearch;
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

const Nothing = ({ detail: { lineage } }: { detail: LineageDetail }) => (
  <EmptyState title="The mirror table has no row of this device.">
    {lineage.staged_row_count > 0 ? (
      <Link href={rowsLink(lineage.id, 'staged')}>Its rows are staged</Link>
    ) : (
      'They may all have been deleted on the device.'
    )}
  </EmptyState>
);

/** The rows of a lineage in its mirror table, or why there is none. */
export function MirrorView({ detail, search, set }: ViewProps) {
  const { lineage, mirror } = detail;
  if (mirror === null) return <Unprovisioned detail={detail} />;
  return (
    <MirrorRowsView
      path={mirrorPath(lineage.id)}
      search={search}
      set={set}
      columns={mirror.columns}
      empty={<Nothing detail={detail} />}
      history={(row) => <KeyHistoryPanel lineageId={lineage.id} asked={{ key: JSON.stringify(row.key) }} />}
      onHistory={(key) => set({ key: JSON.stringify(key), row: '' })}
    />
  );
}
