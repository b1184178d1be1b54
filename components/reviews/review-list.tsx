'use client';
// The queue: what waits for a decision, of devices and of the registry, the longest waiting first. Filters, sort and
// page are in the URL.
import { Button } from '@mantine/core';
import { useQueryStates } from 'nuqs';
import { useState } from 'react';
import type { Overview } from '@/server/contract/fleet';
import type { QueuedReview } from '@/server/contract/review-queue';
import { BulkBar } from '@/components/bulk/bulk-bar';
import { OVERVIEW_PATH } from '@/components/overview/queries';
import { ListPager } from '@/components/shell/list-pager';
import { useLiveObject, useLivePage } from '@/components/shell/live';
import { useSession } from '@/components/shell/session';
import { DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { formatCounted } from '@/components/ui/format';
import { Kbd } from '@/components/ui/kbd';
import { Link } from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { ReasonDialog } from '@/components/ui/reason-dialog';
import { SavedViewsMenu } from '@/components/views/saved-views-menu';
import { REVIEW_QUEUE_PATH } from './queries';
import { reviewColumns } from './review-columns';
import { ReviewFilters } from './review-filters';
import classes from './review-list.module.css';
import {
  filtersSet,
  listParams,
  NO_FILTER,
  reviewSearch,
  viewText,
  type ReviewSearch,
} from './review-search';
import { reviewHref } from './subject';
import { nextToOpen, useQueue, useQueueKeys } from './use-queue';

const nameOf = (review: QueuedReview): string =>
  `${review.source_table} of ${review.device_name ?? review.fleet_name ?? 'the project'}`;

/** Why the list is empty: a live look at what would have to be there. */
function Nothing({ search, set }: { search: ReviewSearch; set: (change: Partial<ReviewSearch>) => void }) {
  const { project } = useSession();
  const { data: overview } = useLiveObject<Overview>(project.id, OVERVIEW_PATH);
  const all = <Button onClick={() => set({ ...NO_FILTER, status: 'any' })}>Show every review</Button>;
  if (filtersSet(search).length > 0)
    return <EmptyState title="No review matches these filters." action={all} />;
  return (
    <EmptyState title="No schema waits for a decision." action={all}>
      A review is queued when a device sends a table for the first time, or with other columns than were
      approved.{' '}
      {overview === undefined ? null : (
        <>
          {formatCounted(overview.devices, 'device is registered', 'devices are registered')},{' '}
          {formatCounted(overview.devices_connected, 'is connected', 'are connected')}.{' '}
          <Link href="/devices">See the devices</Link>, or the{' '}
          <Link href="/rejected">batches that were rejected</Link>.
        </>
      )}
    </EmptyState>
  );
}

function Actions({ search, rows }: { search: ReviewSearch; rows: readonly QueuedReview[] }) {
  const next = nextToOpen(rows);
  return (
    <>
      <SavedViewsMenu page="reviews" search={viewText(search)} />
      <Button component={Link} href="/bulk" variant="default">
        Bulk operations
      </Button>
      {next === undefined ? null : (
        <Button
          component={Link}
          href={reviewHref(next, next.kind === 'registry')}
          aria-keyshortcuts="o"
          rightSection={
            <span className={classes.key}>
              <Kbd>o</Kbd>
            </span>
          }
        >
          Open next
        </Button>
      )}
    </>
  );
}

/** The reviews of the project. */
export function ReviewList() {
  const { project } = useSession();
  const [search, setSearch] = useQueryStates(reviewSearch, { history: 'replace' });
  const set = (change: Partial<ReviewSearch>) => void setSearch({ page: 1, ...change });
  const { data, error, isPlaceholderData } = useLivePage<QueuedReview>(
    project.id,
    REVIEW_QUEUE_PATH,
    listParams(search),
  );
  const [activeId, setActiveId] = useState<string | null>(null);
  const queue = useQueue(search);
  const { selection, missing } = queue;
  const rows = data?.items ?? [];
  const total = data?.meta.total_items ?? 0;
  useQueueKeys(queue, { active: rows.find(({ id }) => id === activeId) ?? null, rows }, { search, set });
  return (
    <>
      <PageHeader
        title="Reviews"
        facts="Schemas that devices sent and that a person decides, column by column"
        actions={<Actions search={search} rows={rows} />}
      />
      <ReviewFilters search={search} set={set} />
      {data === undefined ? (
        <p role="alert">{error?.message ?? 'The reviews are being read.'}</p>
      ) : (
        <>
          <BulkBar
            selection={selection}
            total={total}
            estimated={data.meta.total_items_estimated === true}
            what="review"
            choices={queue.choices}
            busy={queue.busy}
          />
          <DataTable
            label="Reviews"
            columns={reviewColumns}
            rows={rows}
            rowKey={(review) => review.id}
            href={(review) => reviewHref(review, review.kind === 'registry')}
            sort={search.sort}
            onSort={(sort) => set({ sort: sort as ReviewSearch['sort'] })}
            stale={isPlaceholderData}
            onActive={(review) => setActiveId(review.id)}
            selection={{ has: selection.has, set: selection.set, whyNot: missing, name: nameOf }}
            empty={<Nothing search={search} set={set} />}
          />
          <ListPager
            path={REVIEW_QUEUE_PATH}
            params={listParams(search)}
            meta={data.meta}
            onPage={(page) => set({ page })}
          />
        </>
      )}
      <ReasonDialog
        opened={queue.isRejecting}
        title={`Reject ${formatCounted(selection.isAll ? total : selection.ids.length, 'review')}?`}
        description="Kept in the history of each, for whoever mends the devices."
        confirmLabel="Count and look first"
        busy={queue.busy}
        onConfirm={queue.reject}
        onClose={queue.keepAll}
      />
    </>
  );
}
