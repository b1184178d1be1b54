'use client';
// Source tables by schema version, the newest first: who is on what, and who is behind.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useQueryStates } from 'nuqs';
import { useMemo, useState } from 'react';
import type { RegistryTable } from '@/server/contract/registry-reads';
import { ListPager } from '@/components/shell/list-pager';
import { pageQuery } from '@/components/shell/live';
import { useSession } from '@/components/shell/session';
import { DataTable, type Column } from '@/components/ui/data-table';
import { FilterBar, FilterSelect, FilterText } from '@/components/ui/filter-bar';
import { formatCount } from '@/components/ui/format';
import { useKeys } from '@/components/ui/keys';
import { Link } from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { NothingShared } from './nothing-shared';
import { ofFleet, TABLES_PATH } from './queries';
import classes from './registry.module.css';
import {
  isScoped,
  NO_SCOPE,
  STATUS_FILTERS,
  tableParams,
  tableSearch,
  type TableSearch,
} from './registry-search';
import { RegistryTabs } from './registry-tabs';
import { ScopeFilter } from './scope-filter';
import { VersionCell } from './version-cell';
import { scopeText } from './words';

type SetSearch = (change: Partial<TableSearch>) => void;
const NO_FILTER = { q: '', status: null, ...NO_SCOPE } as const;
const isFiltered = (search: TableSearch) => search.q !== '' || search.status !== null || isScoped(search);
/** Decisions are told by events; only a device that goes back to a version that it had is found by a poll. */
const POLL_MS = 20_000;

const newestOf = ({ versions }: RegistryTable) => versions[0]?.id ?? '';
const approvedAt = ({ versions }: RegistryTable) => versions.findIndex(({ status }) => status === 'approved');
const reviewOf = ({ versions }: RegistryTable) =>
  versions.find(({ open_review_id: id }) => id !== null)?.open_review_id ?? null;

const heldOf = ({ versions }: RegistryTable): number =>
  versions.reduce((sum, { status, waiting_lineages: n }) => sum + (status === 'rejected' ? n : 0), 0);

/** Stragglers lead to the devices that are behind the newest approved version. */
function Behind({ table }: { table: RegistryTable }) {
  if (table.straggler_count === 0) return <span className={classes.none}>0</span>;
  const approved = table.versions[approvedAt(table)];
  return (
    <Link href={`/registry/${approved?.id ?? ''}?on=older`} className={classes.wait}>
      {formatCount(table.straggler_count)}
    </Link>
  );
}

/** Devices that wait for a decision; those that a rejection holds have had theirs. */
function Waiting({ table }: { table: RegistryTable }) {
  const review = reviewOf(table);
  const waiting = table.waiting_lineages - heldOf(table);
  if (waiting === 0) return <span className={classes.none}>0</span>;
  const count = formatCount(waiting);
  return review === null ? (
    count
  ) : (
    <Link href={`/reviews/registry/${review}`} className={classes.wait}>
      {count}
    </Link>
  );
}

function Held({ table }: { table: RegistryTable }) {
  const held = heldOf(table);
  const rejected = table.versions.find(({ status, waiting_lineages: n }) => status === 'rejected' && n > 0);
  if (held === 0 || rejected === undefined) return <span className={classes.none}>0</span>;
  return (
    <Link href={`/registry/${rejected.id}?on=waiting`} className={classes.wait}>
      {formatCount(held)}
    </Link>
  );
}

const FACTS: readonly Column<RegistryTable>[] = [
  {
    id: 'table',
    header: 'Table',
    sortKey: 'source_table',
    primary: true,
    cell: (table) => <span className="tg-mono">{table.source_table}</span>,
  },
  { id: 'scope', header: 'Scope', cell: scopeText },
  { id: 'devices', header: 'Devices', align: 'end', cell: (table) => formatCount(table.device_count) },
  { id: 'behind', header: 'Behind', align: 'end', cell: (table) => <Behind table={table} /> },
  { id: 'waiting', header: 'Waiting', align: 'end', cell: (table) => <Waiting table={table} /> },
  { id: 'staged', header: 'Staged rows', align: 'end', cell: (table) => formatCount(table.staged_row_count) },
];
const HELD: Column<RegistryTable> = {
  id: 'held',
  header: 'Held',
  align: 'end',
  cell: (table) => <Held table={table} />,
};

/** The facts of a table, then as many columns as the table with most versions has. */
function columnsOf(tables: readonly RegistryTable[]): readonly Column<RegistryTable>[] {
  const width = tables.reduce((most, { versions }) => Math.max(most, versions.length), 0);
  return [
    ...FACTS,
    ...(tables.some((table) => heldOf(table) > 0) ? [HELD] : []),
    ...Array.from({ length: width }, (_, i): Column<RegistryTable> => ({
      id: `version ${i}`,
      header: i === 0 ? 'Newest version' : `${i} before`,
      cell: (table) => {
        const version = table.versions[i];
        const approved = approvedAt(table);
        return version === undefined ? null : (
          <VersionCell version={version} behind={approved !== -1 && i > approved} />
        );
      },
    })),
  ];
}

function Filters({ search, set }: { search: TableSearch; set: SetSearch }) {
  return (
    <FilterBar onClear={isFiltered(search) ? () => set(NO_FILTER) : undefined}>
      <FilterText label="Table or hash" value={search.q} onChange={(q) => set({ q })} />
      <FilterSelect
        label="Status"
        value={search.status}
        options={STATUS_FILTERS}
        onChange={(status) => set({ status })}
      />
      <ScopeFilter search={search} set={set} />
    </FilterBar>
  );
}

function useMatrixKeys(active: RegistryTable | null, search: TableSearch, set: SetSearch): void {
  const router = useRouter();
  const order = [null, ...STATUS_FILTERS.map(({ value }) => value)];
  const none = active === null ? 'Move to a row first (j, k).' : undefined;
  const review = active === null ? null : reviewOf(active);
  const group = 'Registry';
  useKeys([
    {
      keys: ['Enter'],
      label: 'Open the newest version',
      group,
      movement: true,
      run: () => router.push(`/registry/${active === null ? '' : newestOf(active)}`),
      disabledReason: none,
    },
    {
      keys: ['f'],
      label: 'Cycle the status filter',
      group,
      run: () => set({ status: order[(order.indexOf(search.status) + 1) % order.length] ?? null }),
    },
    {
      keys: ['v'],
      label: 'Open the review of the table',
      group,
      run: () => router.push(`/reviews/registry/${review ?? ''}`),
      disabledReason: none ?? (review === null ? 'No review of this table is open.' : undefined),
    },
  ]);
}

/** The registry of the project and its fleets, a row for each table. */
export function RegistryMatrix() {
  const { project } = useSession();
  const [search, setSearch] = useQueryStates(tableSearch, { history: 'replace' });
  const set: SetSearch = (change) => void setSearch({ page: 1, ...change });
  const { data, error, isPlaceholderData } = useQuery({
    ...pageQuery<RegistryTable>(project.id, ofFleet(search.fleet, TABLES_PATH), tableParams(search)),
    placeholderData: keepPreviousData,
    refetchInterval: POLL_MS,
  });
  const columns = useMemo(() => columnsOf(data?.items ?? []), [data]);
  const [activeKey, setActiveKey] = useState<string | null>(null);
  const keyOf = (table: RegistryTable) => `${table.scope_id} ${table.source_table}`;
  useMatrixKeys(data?.items.find((table) => keyOf(table) === activeKey) ?? null, search, set);
  const filtered = isFiltered(search);
  return (
    <>
      <PageHeader
        title="Registry"
        facts="Schemas that are decided once for a project or a fleet, by table and version"
      />
      <RegistryTabs />
      <Filters search={search} set={set} />
      {data === undefined ? (
        <p role="alert">{error?.message ?? 'The registry is being read.'}</p>
      ) : (
        <div className={classes.matrix}>
          <DataTable
            label="Registry"
            columns={columns}
            rows={data.items}
            rowKey={keyOf}
            href={(table) => `/registry/${newestOf(table)}`}
            sort={search.sort}
            onSort={(sort) => set({ sort: sort as TableSearch['sort'] })}
            stale={isPlaceholderData}
            onActive={(table) => setActiveKey(keyOf(table))}
            empty={
              <NothingShared
                title={filtered ? 'No table matches these filters.' : 'No schema is decided together yet.'}
                {...(filtered ? { onAll: () => set(NO_FILTER) } : {})}
              />
            }
          />
          <ListPager
            path={ofFleet(search.fleet, TABLES_PATH)}
            params={tableParams(search)}
            meta={data.meta}
            onPage={(page) => set({ page })}
          />
        </div>
      )}
    </>
  );
}
