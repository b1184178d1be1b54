'use client';
// Every version of every table that the registry knows, as a list.
import { useRouter } from 'next/navigation';
import { useQueryStates } from 'nuqs';
import { useState } from 'react';
import type { RegistryEntry } from '@/server/contract/registry';
import { ListPager } from '@/components/shell/list-pager';
import { useLivePage } from '@/components/shell/live';
import { useSession } from '@/components/shell/session';
import { Copyable } from '@/components/ui/copyable';
import { DataTable, type Column } from '@/components/ui/data-table';
import { FilterBar, FilterSelect } from '@/components/ui/filter-bar';
import { formatCount } from '@/components/ui/format';
import { useKeys } from '@/components/ui/keys';
import { Link } from '@/components/ui/link';
import { NarrowedFilter } from '@/components/ui/narrowed-filter';
import { PageHeader } from '@/components/ui/page-header';
import { StatusChip } from '@/components/ui/status-chip';
import { TimeAgo } from '@/components/ui/time';
import { NothingShared } from './nothing-shared';
import { ENTRIES_PATH, ofFleet } from './queries';
import classes from './registry.module.css';
import {
  entryParams,
  entrySearch,
  isScoped,
  NO_SCOPE,
  STATUS_FILTERS,
  type EntrySearch,
} from './registry-search';
import { RegistryTabs } from './registry-tabs';
import { ScopeFilter } from './scope-filter';
import { ENTRY_STATUS, scopeText } from './words';

const NO_FILTER = { status: null, table: '', ...NO_SCOPE } as const;

const columns: readonly Column<RegistryEntry>[] = [
  {
    id: 'status',
    header: 'Status',
    width: '110px',
    cell: ({ status }) => (
      <StatusChip tone={ENTRY_STATUS[status].tone} plain>
        {ENTRY_STATUS[status].label}
      </StatusChip>
    ),
  },
  {
    id: 'table',
    header: 'Table',
    sortKey: 'source_table',
    primary: true,
    cell: (entry) => <span className="tg-mono">{entry.source_table}</span>,
  },
  { id: 'scope', header: 'Scope', cell: scopeText },
  {
    id: 'hash',
    header: 'Schema hash',
    cell: (entry) => <Copyable value={entry.schema_hash} label="schema hash" chars={12} />,
  },
  {
    id: 'columns',
    header: 'Columns',
    align: 'end',
    cell: ({ columns: known }) => (known === null ? 'not known' : formatCount(known.length)),
  },
  { id: 'devices', header: 'Sent by', align: 'end', cell: (entry) => formatCount(entry.device_count) },
  {
    id: 'waiting',
    header: 'Waiting',
    align: 'end',
    cell: (entry) =>
      entry.status === 'rejected' && entry.waiting_lineages > 0 ? (
        <Link href={`/registry/${entry.id}?on=waiting`} className={classes.wait}>
          {formatCount(entry.waiting_lineages)} held
        </Link>
      ) : entry.open_review_id === null ? (
        formatCount(entry.waiting_lineages)
      ) : (
        <Link href={`/reviews/registry/${entry.open_review_id}`} className={classes.wait}>
          {formatCount(entry.waiting_lineages)}
        </Link>
      ),
  },
  {
    id: 'mirror',
    header: 'Mirror table',
    cell: (entry) =>
      entry.mirror_id === null ? (
        <span className={classes.none}>none</span>
      ) : (
        <Link href={`/registry/mirrors/${entry.mirror_id}`} className="tg-mono">
          {entry.mirror_table_name}
        </Link>
      ),
  },
  {
    id: 'seen',
    header: 'First seen',
    align: 'end',
    sortKey: 'created_at',
    cell: (entry) => <TimeAgo at={entry.created_at} />,
  },
];

/** The versions, the newest first unless sorted otherwise. */
export function EntryList() {
  const { project } = useSession();
  const router = useRouter();
  const [search, setSearch] = useQueryStates(entrySearch, { history: 'replace' });
  const set = (change: Partial<EntrySearch>) => void setSearch({ page: 1, ...change });
  const { data, error, isPlaceholderData } = useLivePage<RegistryEntry>(
    project.id,
    ofFleet(search.fleet, ENTRIES_PATH),
    entryParams(search),
  );
  const [activeId, setActiveId] = useState<string | null>(null);
  const active = data?.items.find(({ id }) => id === activeId) ?? null;
  const order = [null, ...STATUS_FILTERS.map(({ value }) => value)];
  const none = active === null ? 'Move to a row first (j, k).' : undefined;
  useKeys([
    {
      keys: ['f'],
      label: 'Cycle the status filter',
      group: 'Registry',
      run: () => set({ status: order[(order.indexOf(search.status) + 1) % order.length] ?? null }),
    },
    {
      keys: ['v'],
      label: 'Open the review of the version',
      group: 'Registry',
      run: () => router.push(`/reviews/registry/${active?.open_review_id ?? ''}`),
      disabledReason:
        none ?? (active?.open_review_id === null ? 'No review of this version is open.' : undefined),
    },
  ]);
  const filtered = isScoped(search) || search.status !== null || search.table !== '';
  return (
    <>
      <PageHeader title="Registry" facts="Every version that is decided together, with its decision" />
      <RegistryTabs />
      <FilterBar onClear={filtered ? () => set(NO_FILTER) : undefined}>
        <FilterSelect
          label="Status"
          value={search.status}
          options={STATUS_FILTERS}
          onChange={(status) => set({ status })}
        />
        <ScopeFilter search={search} set={set} />
        <NarrowedFilter label="Table" value={search.table} onClear={() => set({ table: '' })} />
      </FilterBar>
      {data === undefined ? (
        <p role="alert">{error?.message ?? 'The versions are being read.'}</p>
      ) : (
        <>
          <DataTable
            label="Versions"
            columns={columns}
            rows={data.items}
            rowKey={(entry) => entry.id}
            href={(entry) => `/registry/${entry.id}`}
            sort={search.sort}
            onSort={(sort) => set({ sort: sort as EntrySearch['sort'] })}
            stale={isPlaceholderData}
            onActive={(entry) => setActiveId(entry.id)}
            empty={
              <NothingShared
                title={filtered ? 'No version matches these filters.' : 'No schema is decided together yet.'}
                {...(filtered ? { onAll: () => set(NO_FILTER) } : {})}
              />
            }
          />
          <ListPager
            path={ofFleet(search.fleet, ENTRIES_PATH)}
            params={entryParams(search)}
            meta={data.meta}
            onPage={(page) => set({ page })}
          />
        </>
      )}
    </>
  );
}
