'use client';
// The inbox of what was refused: by cause, by cause and device, or one by one.
import { Button, SegmentedControl } from '@mantine/core';
import { useQueryStates } from 'nuqs';
import { useState, type ReactNode } from 'react';
import { useRouter } from 'next/navigation';
import type { RejectedBatch } from '@/server/contract/rows';
import { projectPath } from '@/components/shell/api';
import { ListPager } from '@/components/shell/list-pager';
import { useLivePage } from '@/components/shell/live';
import { useSession } from '@/components/shell/session';
import { DataTable, type Column } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { FilterBar, FilterSelect } from '@/components/ui/filter-bar';
import { formatBytes } from '@/components/ui/format';
import { useKeys } from '@/components/ui/keys';
import { Link } from '@/components/ui/link';
import { NarrowedFilter } from '@/components/ui/narrowed-filter';
import { PageHeader } from '@/components/ui/page-header';
import { StatusChip } from '@/components/ui/status-chip';
import { TimeAgo } from '@/components/ui/time';
import { GroupTable } from './group-table';
import classes from './rejected.module.css';
import {
  CODE_FILTERS,
  HOUR_FILTERS,
  REJECTED_PATH,
  rejectedFilter,
  rejectedParams,
  rejectedSearch,
  STATE_FILTERS,
  type RejectedSearch,
} from './rejected-search';

const VIEWS = [
  { value: 'grouped', label: 'By cause' },
  { value: 'device', label: 'By device' },
  { value: 'all', label: 'One by one' },
] as const;

type SetSearch = (change: Partial<RejectedSearch>) => void;

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
  const states = [null, ...STATE_FILTERS.map(({ value }) => value)];
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
      label: 'Cycle the retry filter',
      group,
      run: () => set({ state: states[(states.indexOf(search.state) + 1) % states.length] ?? null }),
    },
    {
      keys: ['g'],
      label: 'Switch between causes, devices and single batches',
      group,
      run: () =>
        set({
          view:
            VIEWS[(VIEWS.findIndex(({ value }) => value === search.view) + 1) % VIEWS.length]?.value ??
            'grouped',
        }),
    },
  ]);
}

const NO_FILTER = { code: null, device: '', table: '', cause: '', state: null, hours: null } as const;

function Filters({ search, set, filtered }: { search: RejectedSearch; set: SetSearch; filtered: boolean }) {
  return (
    <FilterBar onClear={filtered ? () => set(NO_FILTER) : undefined}>
      <FilterSelect
        label="Code"
        width={270}
        value={search.code}
        options={CODE_FILTERS}
        onChange={(code) => set({ code })}
      />
      <FilterSelect
        label="Retry"
        width={170}
        value={search.state}
        options={STATE_FILTERS}
        onChange={(state) => set({ state })}
      />
      <FilterSelect
        label="Received"
        width={160}
        value={search.hours === null ? null : String(search.hours)}
        options={HOUR_FILTERS}
        onChange={(hours) => set({ hours: hours === null ? null : Number(hours) })}
      />
      <NarrowedFilter label="Device" value={search.device} onClear={() => set({ device: '' })} />
      <NarrowedFilter label="Table" value={search.table} onClear={() => set({ table: '' })} />
      <NarrowedFilter label="Cause" value={search.cause} onClear={() => set({ cause: '' })} />
    </FilterBar>
  );
}

function Singly({ search, set, empty, onActive }: ViewProps) {
  const { project } = useSession();
  const { data, error, isPlaceholderData } = useLivePage<RejectedBatch>(
    project.id,
    REJECTED_PATH,
    rejectedParams(search),
  );
  if (data === undefined)
    return <p role="alert">{error?.message ?? 'The rejected batches are being read.'}</p>;
  return (
    <>
      <DataTable
        label="Rejected batches"
        columns={batchColumns}
        rows={data.items}
        rowKey={(batch) => batch.id}
        href={(batch) => `/rejected/${batch.id}`}
        onActive={(batch) => onActive(`/rejected/${batch.id}`)}
        stale={isPlaceholderData}
        empty={empty}
      />
      <ListPager
        path={REJECTED_PATH}
        params={rejectedParams(search)}
        meta={data.meta}
        onPage={(page) => set({ page })}
      />
    </>
  );
}

interface ViewProps {
  search: RejectedSearch;
  set: SetSearch;
  empty: ReactNode;
  onActive: (href: string) => void;
}

function ExportLinks({ search }: { search: RejectedSearch }) {
  const { project } = useSession();
  return (
    <div className={classes.actions}>
      {(['csv', 'jsonl'] as const).map((format) => (
        <Button
          key={format}
          component="a"
          variant="default"
          download
          href={projectPath(project.id, `${REJECTED_PATH}/export`, { ...rejectedFilter(search), format })}
        >
          Export {format.toUpperCase()}
        </Button>
      ))}
    </div>
  );
}

/** The rejected batches of the project. */
export function RejectedList() {
  const [search, setSearch] = useQueryStates(rejectedSearch, { history: 'replace' });
  const set: SetSearch = (change) => void setSearch({ page: 1, ...change });
  const [activeHref, setActiveHref] = useState<string | null>(null);
  useInboxKeys(activeHref, search, set);
  const filtered = Object.keys(rejectedFilter(search)).length > 0;
  const view = { search, set, empty: <Nothing filtered={filtered} />, onActive: setActiveHref };
  return (
    <>
      <PageHeader
        title="Rejected batches"
        facts="Messages that were refused, kept with their payload"
        actions={<ExportLinks search={search} />}
      />
      <div className={classes.toolbar}>
        <SegmentedControl
          aria-label="View"
          value={search.view}
          onChange={(next) => set({ view: next as RejectedSearch['view'] })}
          data={[...VIEWS]}
        />
        <Filters search={search} set={set} filtered={filtered} />
      </div>
      {search.view === 'all' ? <Singly {...view} /> : <GroupTable {...view} />}
    </>
  );
}
