'use client';
// The queue: what waits for a decision, the longest waiting first. Filters, sort and page are in the URL.
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useQueryStates } from 'nuqs';
import { useState } from 'react';
import { claimReviewAction } from '@/server/console/actions/reviews';
import type { SchemaReview } from '@/server/contract/governance';
import { useLivePage } from '@/components/shell/live';
import { useMissingPermission, useSession } from '@/components/shell/session';
import { DataTable, type Column } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { FilterBar, FilterSelect, FilterText } from '@/components/ui/filter-bar';
import { formatCount } from '@/components/ui/format';
import { useKeys } from '@/components/ui/keys';
import { PageHeader } from '@/components/ui/page-header';
import { Pager } from '@/components/ui/pager';
import { StatusChip } from '@/components/ui/status-chip';
import { TimeAgo } from '@/components/ui/time';
import { permitsOf } from './permit';
import { REVIEWS_PATH } from './queries';
import classes from './review-list.module.css';
import { listParams, reviewSearch, STATUS_FILTERS, type ReviewSearch } from './review-search';
import { decidedElsewhere, reviewHref } from './subject';
import { useReviewActions } from './use-review-actions';
import { changeSummary, CLASSIFICATION, STATUS } from './words';

/** Leads to the registry's review of the same schema, whose approval decides this one too. */
function UseRegistry({ review }: { review: SchemaReview }) {
  const id = decidedElsewhere(review);
  return id === null ? null : (
    <>
      {' · '}
      <Link href={reviewHref({ id }, true)} className={classes.instead} prefetch={false}>
        Use the registry’s
      </Link>
    </>
  );
}

const columns: readonly Column<SchemaReview>[] = [
  {
    id: 'status',
    header: 'Status',
    width: '104px',
    cell: (review) => (
      <StatusChip tone={STATUS[review.status].tone} plain>
        {STATUS[review.status].label}
      </StatusChip>
    ),
  },
  {
    id: 'classification',
    header: 'Classification',
    width: '118px',
    cell: (review) => (
      <StatusChip
        tone={CLASSIFICATION[review.classification].tone}
        icon="warn"
        title={CLASSIFICATION[review.classification].meaning}
      >
        {CLASSIFICATION[review.classification].label}
      </StatusChip>
    ),
  },
  {
    id: 'table',
    header: 'Table',
    sortKey: 'source_table',
    primary: true,
    cell: (review) => <span className="tg-mono">{review.source_table}</span>,
  },
  { id: 'device', header: 'Device', cell: (review) => review.device_name },
  {
    id: 'changes',
    header: 'What changed',
    cell: (review) => (
      <span title={changeSummary(review.reasons)}>
        {changeSummary(review.reasons)}
        <UseRegistry review={review} />
      </span>
    ),
  },
  {
    id: 'staged',
    header: 'Staged rows',
    align: 'end',
    width: '104px',
    cell: (review) => formatCount(review.staged_row_count),
  },
  {
    id: 'age',
    header: 'Age',
    align: 'end',
    width: '104px',
    sortKey: 'created_at',
    cell: (review) => <TimeAgo at={review.created_at} bare />,
  },
  {
    id: 'claimant',
    header: 'Claimant',
    width: '150px',
    cell: (review) => review.claimed_by_name ?? <span className={classes.none}>nobody</span>,
  },
];

function Filters({ search, set }: { search: ReviewSearch; set: (change: Partial<ReviewSearch>) => void }) {
  const filtered =
    search.q !== '' ||
    search.status !== 'open' ||
    search.classification !== null ||
    search.table !== '' ||
    search.device !== '';
  const clear = () => set({ q: '', status: 'open', classification: null, table: '', device: '' });
  return (
    <FilterBar onClear={filtered ? clear : undefined}>
      <FilterText label="Table, device or hash" value={search.q} onChange={(q) => set({ q })} />
      <FilterSelect
        label="Status"
        value={search.status === 'any' ? null : search.status}
        options={STATUS_FILTERS}
        onChange={(status) => set({ status: status ?? 'any' })}
      />
      <FilterSelect
        label="Classification"
        width={180}
        value={search.classification}
        options={(
          ['ambiguous', 'breaking', 'compatible_additive', 'compatible_mapped', 'unknown'] as const
        ).map((value) => ({ value, label: CLASSIFICATION[value].label }))}
        onChange={(classification) => set({ classification })}
      />
      <Narrowed label="Table" value={search.table} onClear={() => set({ table: '' })} />
      <Narrowed label="Device" value={search.device} onClear={() => set({ device: '' })} />
    </FilterBar>
  );
}

/** A filter that a link has set: it can only be taken away here. */
function Narrowed({ label, value, onClear }: { label: string; value: string; onClear: () => void }) {
  if (value === '') return null;
  return (
    <button type="button" className={classes.narrowed} onClick={onClear}>
      {label}: <span className="tg-mono">{value}</span>
      <span aria-hidden> ×</span>
      <span className={classes.said}>, take this filter away</span>
    </button>
  );
}

function Nothing({ search, onAll }: { search: ReviewSearch; onAll: () => void }) {
  const onlyOpen = search.status === 'open' && search.q === '' && search.classification === null;
  return (
    <EmptyState
      title={onlyOpen ? 'No schema waits for a decision.' : 'No review matches these filters.'}
      action={
        <button type="button" className={classes.narrowed} onClick={onAll}>
          Show every review
        </button>
      }
    >
      {onlyOpen
        ? 'A review is queued when a device sends a table for the first time, or with other columns than were approved.'
        : null}
    </EmptyState>
  );
}

function useListKeys(
  active: SchemaReview | null,
  search: ReviewSearch,
  set: (change: Partial<ReviewSearch>) => void,
) {
  const router = useRouter();
  const { project, user } = useSession();
  const missing = useMissingPermission('PROJECT_CAN_MANAGE_DEVICES');
  const actions = useReviewActions(project.id);
  const none = active === null ? 'Move to a row first (j, k).' : undefined;
  const permits = active === null ? null : permitsOf(active, user.id, missing);
  const cycle = () => {
    const order = [...STATUS_FILTERS.map((s) => s.value), 'any' as const];
    set({ status: order[(order.indexOf(search.status) + 1) % order.length] ?? 'open' });
  };
  const claim = (review: SchemaReview) =>
    actions.run(
      'claim',
      () =>
        claimReviewAction(
          { projectId: project.id, reviewId: review.id },
          { action_version: review.action_version, take_over: false },
        ),
      `Claimed ${review.source_table} of ${review.device_name}`,
    );
  const open = (what: string) => router.push(`/reviews/${active?.id ?? ''}${what}`);
  const group = 'Reviews';
  const taken = permits?.takesOver === true ? 'Open it to take it over from its claimant.' : undefined;
  useKeys([
    {
      keys: ['Enter'],
      label: 'Open the review',
      group,
      movement: true,
      run: () => open(''),
      disabledReason: none,
    },
    { keys: ['f'], label: 'Cycle the status filter', group, run: cycle },
    {
      keys: ['c'],
      label: 'Claim the review',
      group,
      run: () => void (active === null ? null : claim(active)),
      disabledReason: none ?? permits?.claim ?? taken,
    },
    {
      keys: ['a'],
      label: 'Approve the review',
      group,
      run: () => open('?open=approve'),
      disabledReason: none ?? permits?.approve,
    },
    {
      keys: ['x'],
      label: 'Reject the review',
      group,
      run: () => open('?open=reject'),
      disabledReason: none ?? permits?.reject,
    },
  ]);
}

/** The reviews of the project. */
export function ReviewList() {
  const { project } = useSession();
  const [search, setSearch] = useQueryStates(reviewSearch, { history: 'replace' });
  const set = (change: Partial<ReviewSearch>) => void setSearch({ page: 1, ...change });
  const { data, error, isPlaceholderData } = useLivePage<SchemaReview>(
    project.id,
    REVIEWS_PATH,
    listParams(search),
  );
  const [activeId, setActiveId] = useState<string | null>(null);
  useListKeys(data?.items.find(({ id }) => id === activeId) ?? null, search, set);
  return (
    <>
      <PageHeader
        title="Reviews"
        facts="Schemas that devices sent and that a person decides, column by column"
      />
      <Filters search={search} set={set} />
      {data === undefined ? (
        <p role="alert">{error?.message ?? 'The reviews are being read.'}</p>
      ) : (
        <>
          <DataTable
            label="Reviews"
            columns={columns}
            rows={data.items}
            rowKey={(review) => review.id}
            href={(review) => `/reviews/${review.id}`}
            sort={search.sort}
            onSort={(sort) => set({ sort: sort as ReviewSearch['sort'] })}
            stale={isPlaceholderData}
            onActive={(review) => setActiveId(review.id)}
            empty={
              <Nothing
                search={search}
                onAll={() => set({ q: '', status: 'any', classification: null, table: '', device: '' })}
              />
            }
          />
          <Pager meta={data.meta} onPage={(page) => set({ page })} />
        </>
      )}
    </>
  );
}
