'use client';
// The inbox of what was refused: grouped by code and device, or one by one.
import { SegmentedControl } from '@mantine/core';
import Link from 'next/link';
import { useQueryStates } from 'nuqs';
import { useState } from 'react';
import { useRouter } from 'next/navigation';
import type { RejectedBatch } from '@/server/contract/rows';
import { useLivePage } from '@/components/shell/live';
import { useSession } from '@/components/shell/session';
import { DataTable, type Column } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { FilterBar, FilterSelect } from '@/components/ui/filter-bar';
import { formatBytes, formatCount } from '@/components/ui/format';
import { useKeys } from '@/components/ui/keys';
import { NarrowedFilter } from '@/components/ui/narrowed-filter';
import { PageHeader } from '@/components/ui/page-header';
import { Pager } from '@/components/ui/pager';
import { StatusChip } from '@/components/ui/status-chip';
import { TimeAgo } from '@/components/ui/time';
import { groupsOf, type RejectedGroup } from './groups';
import classes from './rejected.module.css';
import {
  CODE_FILTERS,
  GROUPED_ROWS,
  REJECTED_PATH,
  rejectedParams,
  rejectedSearch,
  type RejectedSearch,
} from './rejected-search';

type SetSearch = (change: Partial<RejectedSearch>) => void;

const groupColumns: readonly Column<RejectedGroup>[] = [
  { id: 'code', header: 'Code', primary: true, cell: (g) => <span className="tg-mono">{g.code}</span> },
  {
    id: 'device',
    header: 'Device',
    cell: (g) => g.deviceName ?? <span className={classes.none}>unknown</span>,
  },
  {
    id: 'meaning',
    header: 'What was wrong',
    cell: (g) => <span title={`${g.meaning}\n${g.remedy}`}>{g.meaning}</span>,
  },
  { id: 'count', header: 'Batches', align: 'end', cell: (g) => formatCount(g.count) },
  { id: 'first', header: 'First seen', align: 'end', cell: (g) => <TimeAgo at={g.firstAt} /> },
  { id: 'last', header: 'Last seen', align: 'end', cell: (g) => <TimeAgo at={g.lastAt} /> },
];

const batchColumns: readonly Column<RejectedBatch>[] = [
  {
    id: 'received',
    header: 'Received',
    width: '116px',
    cell: (batch) => <TimeAgo at={batch.received_at} />,
  },
  {
    id: 'code',
    header: 'Code',
    primary: true,
    cell: (batch) => <span className="tg-mono">{batch.code}</span>,
  },
  {
    id: 'device',
    header: 'Device',
    cell: (batch) => batch.device_name ?? <span className={classes.none}>unknown</span>,
  },
  {
    id: 'table',
    header: 'Table',
    cell: (batch) =>
      batch.source_table === null ? (
        <span className={classes.none}>none</span>
      ) : (
        <span className="tg-mono">{batch.source_table}</span>
      ),
  },
  { id: 'detail', header: 'Detail', cell: (batch) => <span title={batch.detail}>{batch.detail}</span> },
  { id: 'bytes', header: 'Size', align: 'end', cell: (batch) => formatBytes(batch.bytes) },
  {
    id: 'retry',
    header: 'Retry',
    cell: (batch) =>
      batch.retry_outcome === null ? (
        <span className={classes.none}>not tried</span>
      ) : (
        <StatusChip tone={batch.retry_outcome === 'accepted' ? 'ok' : 'bad'} plain>
          {batch.retry_outcome === 'accepted' ? 'Accepted' : 'Rejected again'}
        </StatusChip>
      ),
  },
];

function Nothing({ filtered }: { filtered: boolean }) {
  return filtered ? (
    <EmptyState title="No rejected batch matches these filters." />
  ) : (
    <EmptyState title="No batch has been rejected.">
      What devices send is valid, as far as it has arrived.{' '}
      <Link href="/devices">See which devices are connected</Link>
    </EmptyState>
  );
}

function useInboxKeys(activeHref: string | null, search: RejectedSearch, set: SetSearch): void {
  const router = useRouter();
  const group = 'Rejected batches';
  useKeys([
    {
      keys: ['Enter'],
      label: 'Open',
      group,
      movement: true,
      run: () => router.push(activeHref ?? '/rejected'),
      disabledReason: activeHref === null ? 'Move to a row first (j, k).' : undefined,
    },
    {
      keys: ['f'],
      label: 'Switch between groups and single batches',
      group,
      run: () => set({ view: search.view === 'grouped' ? 'all' : 'grouped' }),
    },
  ]);
}

const groupHref = (group: RejectedGroup): string =>
  group.count === 1
    ? `/rejected/${group.newestId}`
    : `/rejected?view=all&code=${group.code}${group.deviceId === null ? '' : `&device=${group.deviceId}`}`;

/** The rejected batches of the project. */
export function RejectedList() {
  const { project } = useSession();
  const [search, setSearch] = useQueryStates(rejectedSearch, { history: 'replace' });
  const set: SetSearch = (change) => void setSearch({ page: 1, ...change });
  const [activeHref, setActiveHref] = useState<string | null>(null);
  const { data, error, isPlaceholderData } = useLivePage<RejectedBatch>(
    project.id,
    REJECTED_PATH,
    rejectedParams(search),
  );
  useInboxKeys(activeHref, search, set);
  const filtered = search.code !== null || search.device !== '';
  const shared = { stale: isPlaceholderData, empty: <Nothing filtered={filtered} /> };
  return (
    <>
      <PageHeader title="Rejected batches" facts="Messages that were refused, kept with their payload" />
      <div className={classes.toolbar}>
        <SegmentedControl
          aria-label="View"
          value={search.view}
          onChange={(view) => set({ view: view as RejectedSearch['view'] })}
          data={[
            { value: 'grouped', label: 'By cause' },
            { value: 'all', label: 'One by one' },
          ]}
        />
        <FilterBar onClear={filtered ? () => set({ code: null, device: '' }) : undefined}>
          <FilterSelect
            label="Code"
            width={290}
            value={search.code}
            options={CODE_FILTERS}
            onChange={(code) => set({ code })}
          />
          <NarrowedFilter label="Device" value={search.device} onClear={() => set({ device: '' })} />
        </FilterBar>
      </div>
      {data === undefined ? (
        <p role="alert">{error?.message ?? 'The rejected batches are being read.'}</p>
      ) : search.view === 'grouped' ? (
        <>
          <DataTable
            label="Rejected batches by cause"
            columns={groupColumns}
            rows={groupsOf(data.items)}
            rowKey={(group) => group.key}
            href={groupHref}
            onActive={(group) => setActiveHref(groupHref(group))}
            {...shared}
          />
          {data.meta.total_items > GROUPED_ROWS ? (
            <p className={classes.note}>
              Grouped from the newest {formatCount(GROUPED_ROWS)} of {formatCount(data.meta.total_items)}.
            </p>
          ) : null}
        </>
      ) : (
        <>
          <DataTable
            label="Rejected batches"
            columns={batchColumns}
            rows={data.items}
            rowKey={(batch) => batch.id}
            href={(batch) => `/rejected/${batch.id}`}
            onActive={(batch) => setActiveHref(`/rejected/${batch.id}`)}
            {...shared}
          />
          <Pager meta={data.meta} onPage={(page) => set({ page })} />
        </>
      )}
    </>
  );
}
