'use client';
// Staged and written rows of a lineage in one place, with a switch. Everything chosen is in the URL.
import { SegmentedControl } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { useQueryStates } from 'nuqs';
import type { LineageDetail } from '@/server/contract/governance';
import { lineagePath } from '@/components/lineages/queries';
import { PauseChips } from '@/components/lineages/pause-chips';
import { reviewLink } from '@/components/lineages/review-link';
import { useLiveObject } from '@/components/shell/live';
import { useMissingPermission, useSession } from '@/components/shell/session';
import { Copyable } from '@/components/ui/copyable';
import { EmptyState } from '@/components/ui/empty-state';
import { formatCounted } from '@/components/ui/format';
import { useKeys } from '@/components/ui/keys';
import { Link } from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { useBackTo } from '@/components/ui/trail';
import { KeyHistoryPanel } from './key-history-panel';
import { MirrorView } from './mirror-view';
import { RowDrawer } from './row-drawer';
import classes from './rows-page.module.css';
import { rowsSearch, type RowsSearch, type SetRowsSearch } from './rows-search';
import { StagedView } from './staged-view';

const switched = (source: RowsSearch['source']) =>
  ({ source, row: '', key: '', hide: [], where: [], sort: '', at: '' }) satisfies Partial<RowsSearch>;

function useRowsKeys(detail: LineageDetail, set: SetRowsSearch): void {
  const router = useRouter();
  const backTo = useBackTo();
  const group = 'Rows';
  const review = reviewLink(detail);
  useKeys([
    {
      keys: ['Escape'],
      label: 'Back to the lineage',
      group,
      run: () => backTo(`/lineages/${detail.lineage.id}`),
    },
    { keys: ['d'], label: 'Staged rows', group, run: () => set(switched('staged')) },
    { keys: ['w'], label: 'Written rows', group, run: () => set(switched('mirror')) },
    {
      keys: ['v'],
      label: 'Jump to the review',
      group,
      run: () => router.push(review?.href ?? '/reviews'),
      disabledReason: review === null ? 'No review of this lineage is open.' : undefined,
    },
  ]);
}

function Facts({ detail }: { detail: LineageDetail }) {
  const { lineage, mirror } = detail;
  return (
    <>
      <PauseChips causes={lineage.pause_causes} />
      <span>
        Device <Link href={`/devices/${lineage.device_id}`}>{lineage.device_name}</Link>
      </span>
      <span className="tg-num">{formatCounted(lineage.staged_row_count, 'staged row')}</span>
      {mirror === null ? (
        <span>no mirror table</span>
      ) : (
        <Copyable value={mirror.mirror_table_name} label="mirror table" chars={0} />
      )}
    </>
  );
}

/** A key that was asked for by its values: whatever is kept of it, also where no row is left. */
function AskedKey({
  detail,
  search,
  set,
}: {
  detail: LineageDetail;
  search: RowsSearch;
  set: SetRowsSearch;
}) {
  return (
    <RowDrawer
      title={`Key ${search.key}`}
      facts={[]}
      error={null}
      isReceived
      values={[]}
      json={null}
      onClose={() => set({ key: '' })}
      history={<KeyHistoryPanel lineageId={detail.lineage.id} asked={{ key: search.key }} />}
    />
  );
}

function Loaded({ detail }: { detail: LineageDetail }) {
  const [search, setSearch] = useQueryStates(rowsSearch, { history: 'replace' });
  const set: SetRowsSearch = (change) => void setSearch(change);
  const missing = useMissingPermission('PROJECT_CAN_READ_ROWS');
  useRowsKeys(detail, set);
  return (
    <div className={classes.page}>
      <PageHeader
        title={<span className={classes.title}>{detail.lineage.source_table}</span>}
        back={{ href: `/lineages/${detail.lineage.id}`, label: 'Lineage' }}
        facts={<Facts detail={detail} />}
        actions={
          <SegmentedControl
            aria-label="Which rows"
            value={search.source}
            onChange={(source) => set(switched(source as RowsSearch['source']))}
            data={[
              { value: 'staged', label: 'Staged' },
              { value: 'mirror', label: 'Mirror' },
            ]}
          />
        }
      />
      {missing !== undefined ? (
        <EmptyState title="You may not see the contents of rows.">{missing}</EmptyState>
      ) : (
        <div className={classes.split}>
          <div className={classes.view}>
            {search.source === 'staged' ? (
              <StagedView detail={detail} search={search} set={set} />
            ) : (
              <MirrorView detail={detail} search={search} set={set} />
            )}
          </div>
          {search.key === '' ? null : <AskedKey detail={detail} search={search} set={set} />}
        </div>
      )}
    </div>
  );
}

/** The row viewer of `lineageId`. */
export function RowsPage({ lineageId }: { lineageId: string }) {
  const { project } = useSession();
  const { data, error } = useLiveObject<LineageDetail>(project.id, lineagePath(lineageId));
  if (data === undefined) return <p role="alert">{error?.message ?? 'The lineage is being read.'}</p>;
  return <Loaded detail={data} />;
}
