'use client';
// Bulk jobs, the newest first: what was done to many at once, by whom, and what came of it.
import { useRouter } from 'next/navigation';
import { useQueryStates } from 'nuqs';
import { useState } from 'react';
import type { BulkJob } from '@/server/contract/bulk';
import { ListPager } from '@/components/shell/list-pager';
import { useLivePage } from '@/components/shell/live';
import { useSession } from '@/components/shell/session';
import { DataTable, type Column } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { formatCount } from '@/components/ui/format';
import { useKeys } from '@/components/ui/keys';
import { Link } from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { StatusChip } from '@/components/ui/status-chip';
import { TimeAgo } from '@/components/ui/time';
import { jobsSearch } from './bulk-search';
import { BULK_JOBS_PATH, jobsParams } from './queries';
import { ACTION, JOB_STATUS } from './words';

const number = (id: string, header: string, cell: (job: BulkJob) => number): Column<BulkJob> => ({
  id,
  header,
  align: 'end',
  width: '96px',
  cell: (job) => formatCount(cell(job)),
});

const columns: readonly Column<BulkJob>[] = [
  {
    id: 'status',
    header: 'Status',
    width: '124px',
    cell: (job) => (
      <StatusChip tone={JOB_STATUS[job.status].tone} plain>
        {JOB_STATUS[job.status].label}
      </StatusChip>
    ),
  },
  {
    id: 'what',
    header: 'What',
    primary: true,
    cell: (job) => `${ACTION[job.action].label} ${job.summary}`,
  },
  number('done', 'Done', (job) => job.done_items),
  number('failed', 'Failed', (job) => job.failed_items),
  number('left', 'Waiting', (job) => job.pending_items),
  { id: 'by', header: 'By', cell: (job) => job.started_by_label ?? job.created_by_label },
  {
    id: 'at',
    header: 'Counted',
    align: 'end',
    width: '128px',
    cell: (job) => <TimeAgo at={job.created_at} />,
  },
];

/** The bulk jobs of the project. */
export function BulkList() {
  const { project } = useSession();
  const router = useRouter();
  const [search, setSearch] = useQueryStates(jobsSearch, { history: 'replace' });
  const { data, error, isPlaceholderData } = useLivePage<BulkJob>(
    project.id,
    BULK_JOBS_PATH,
    jobsParams(search.page),
  );
  const [activeId, setActiveId] = useState<string | null>(null);
  useKeys([
    {
      keys: ['Enter'],
      label: 'Open the bulk job',
      group: 'Bulk operations',
      movement: true,
      run: () => router.push(`/bulk/${activeId ?? ''}`),
      disabledReason: activeId === null ? 'Move to a row first (j, k).' : undefined,
    },
  ]);
  return (
    <>
      <PageHeader
        title="Bulk operations"
        back={{ href: '/reviews', label: 'Reviews' }}
        facts="Frozen sets that are done item by item, with a result each"
      />
      {data === undefined ? (
        <p role="alert">{error?.message ?? 'The bulk jobs are being read.'}</p>
      ) : (
        <>
          <DataTable
            label="Bulk operations"
            columns={columns}
            rows={data.items}
            rowKey={(job) => job.id}
            href={(job) => `/bulk/${job.id}`}
            stale={isPlaceholderData}
            onActive={(job) => setActiveId(job.id)}
            empty={
              <EmptyState title="Nothing has been done in bulk yet.">
                Select <Link href="/reviews">reviews</Link> or <Link href="/lineages">lineages</Link> with{' '}
                <kbd>s</kbd>, or all that match a filter.
              </EmptyState>
            }
          />
          <ListPager
            path={BULK_JOBS_PATH}
            params={jobsParams(search.page)}
            meta={data.meta}
            onPage={(page) => void setSearch({ page })}
          />
        </>
      )}
    </>
  );
}
