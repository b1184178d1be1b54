'use client';
// What became of each item of a job, and why.
import { useQueryStates } from 'nuqs';
import type { BulkItem, BulkJob } from '@/server/contract/bulk';
import { ListPager } from '@/components/shell/list-pager';
import { useLivePage } from '@/components/shell/live';
import { useSession } from '@/components/shell/session';
import { DataTable, type Column } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { FilterBar, FilterSelect } from '@/components/ui/filter-bar';
import { Panel } from '@/components/ui/panel';
import { StatusChip } from '@/components/ui/status-chip';
import { TimeAgo } from '@/components/ui/time';
import classes from './bulk-page.module.css';
import { ITEM_STATUSES, itemsSearch } from './bulk-search';
import { bulkItemsPath, itemsParams } from './queries';
import { ITEM_STATUS, subjectHref } from './words';

const columns: readonly Column<BulkItem>[] = [
  {
    id: 'status',
    header: 'Status',
    width: '108px',
    cell: (item) => (
      <StatusChip tone={ITEM_STATUS[item.status].tone} plain>
        {ITEM_STATUS[item.status].label}
      </StatusChip>
    ),
  },
  {
    id: 'table',
    header: 'Table',
    primary: true,
    width: '220px',
    cell: (item) => <span className="tg-mono">{item.source_table}</span>,
  },
  { id: 'device', header: 'Device or scope', width: '220px', cell: (item) => item.device_name },
  {
    id: 'detail',
    header: 'Result',
    cell: (item) => (
      <span className={classes.result} title={item.code ?? undefined}>
        {item.detail}
      </span>
    ),
  },
  {
    id: 'at',
    header: 'Finished',
    align: 'end',
    width: '120px',
    cell: (item) => (item.finished_at === null ? null : <TimeAgo at={item.finished_at} />),
  },
];

/** The items of `job`, filtered by what became of them. */
export function BulkItems({ job }: { job: BulkJob }) {
  const { project } = useSession();
  const [search, setSearch] = useQueryStates(itemsSearch, { history: 'replace' });
  const { data, error, isPlaceholderData } = useLivePage<BulkItem>(
    project.id,
    bulkItemsPath(job.id),
    itemsParams(search),
  );
  return (
    <Panel
      title="Items"
      flush
      aside={
        <FilterBar>
          <FilterSelect
            label="Result"
            value={search.status}
            options={ITEM_STATUSES.map((value) => ({ value, label: ITEM_STATUS[value].label }))}
            onChange={(status) => void setSearch({ status, page: 1 })}
          />
        </FilterBar>
      }
    >
      {data === undefined ? (
        <p role="alert">{error?.message ?? 'The items are being read.'}</p>
      ) : (
        <>
          <DataTable
            label="Items"
            columns={columns}
            rows={data.items}
            rowKey={(item) => String(item.position)}
            href={subjectHref}
            stale={isPlaceholderData}
            frameless
            empty={
              <EmptyState
                title={search.status === null ? 'The filter found nothing.' : 'No item is in this state.'}
              />
            }
          />
          <ListPager
            path={bulkItemsPath(job.id)}
            params={itemsParams(search)}
            meta={data.meta}
            onPage={(page) => void setSearch({ page })}
          />
        </>
      )}
    </Panel>
  );
}
