'use client';
// Every table of every device, the largest backlog first. Filters, sort and page are in the URL.
import { Button } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { useQueryStates } from 'nuqs';
import { useState } from 'react';
import type { Lineage } from '@/server/contract/governance';
import type { Overview } from '@/server/contract/fleet';
import { ExportMenu } from '@/components/rows/export-menu';
import { BulkBar } from '@/components/bulk/bulk-bar';
import { useBulkPreview } from '@/components/bulk/use-bulk-preview';
import { useSelection } from '@/components/bulk/use-selection';
import { OVERVIEW_PATH } from '@/components/overview/queries';
import { ListPager } from '@/components/shell/list-pager';
import { useLiveObject, useLivePage } from '@/components/shell/live';
import { useMissingPermission, useSession } from '@/components/shell/session';
import { DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { FilterBar, FilterSelect, FilterText } from '@/components/ui/filter-bar';
import { formatCounted } from '@/components/ui/format';
import { useKeys } from '@/components/ui/keys';
import { Link } from '@/components/ui/link';
import { NarrowedFilter } from '@/components/ui/narrowed-filter';
import { PageHeader } from '@/components/ui/page-header';
import { lineageColumns } from './lineage-columns';
import {
  CAUSE_FILTERS,
  ERROR_FILTERS,
  lineageFilter,
  lineageParams,
  lineageSearch,
  STATUS_FILTERS,
  type LineageSearch,
} from './lineage-search';
import { LINEAGES_PATH } from './queries';
import { useLineageRowKeys } from './use-row-keys';

type SetSearch = (change: Partial<LineageSearch>) => void;
const NO_FILTER = {
  status: null,
  cause: null,
  failing: null,
  table: '',
  device: '',
  fleet: '',
  q: '',
} as const;

const isFiltered = (search: LineageSearch): boolean =>
  Object.entries(NO_FILTER).some(([name, none]) => search[name as keyof typeof NO_FILTER] !== none);

function Filters({ search, set }: { search: LineageSearch; set: SetSearch }) {
  return (
    <FilterBar onClear={isFiltered(search) ? () => set(NO_FILTER) : undefined}>
      <FilterText label="Table or device" value={search.q} onChange={(q) => set({ q })} />
      <FilterSelect
        label="Status"
        value={search.status}
        options={STATUS_FILTERS}
        onChange={(status) => set({ status })}
      />
      <FilterSelect
        label="Pause cause"
        width={190}
        value={search.cause}
        options={CAUSE_FILTERS}
        onChange={(cause) => set({ cause })}
      />
      <FilterSelect
        label="Error"
        value={search.failing}
        options={ERROR_FILTERS}
        onChange={(failing) => set({ failing })}
      />
      <NarrowedFilter label="Table" value={search.table} onClear={() => set({ table: '' })} />
      <NarrowedFilter label="Device" value={search.device} onClear={() => set({ device: '' })} />
      <NarrowedFilter label="Fleet" value={search.fleet} onClear={() => set({ fleet: '' })} />
    </FilterBar>
  );
}

/** Why the list is empty: a live look at what has to be there first. */
function Nothing({ search, set }: { search: LineageSearch; set: SetSearch }) {
  const { project } = useSession();
  const { data: overview } = useLiveObject<Overview>(project.id, OVERVIEW_PATH);
  if (isFiltered(search)) {
    return (
      <EmptyState
        title="No lineage matches these filters."
        action={<Button onClick={() => set(NO_FILTER)}>Show every lineage</Button>}
      />
    );
  }
  const devices = overview?.devices ?? 0;
  return (
    <EmptyState title="No lineage yet: no batch of any table has been accepted.">
      {devices === 0 ? (
        <>
          No device is registered. <Link href="/devices?register=true">Register a device</Link> and start its
          agent.
        </>
      ) : (
        <>
          {formatCounted(devices, 'device is registered', 'devices are registered')},{' '}
          {formatCounted(overview?.devices_connected ?? 0, 'is connected', 'are connected')}.{' '}
          <Link href="/devices">See the devices</Link>, or the{' '}
          <Link href="/rejected">batches that were rejected</Link>.
        </>
      )}
    </EmptyState>
  );
}

function useListKeys(active: Lineage | null, search: LineageSearch, set: SetSearch): void {
  const router = useRouter();
  const missing = useMissingPermission('PROJECT_CAN_MANAGE_DEVICES');
  const order = [null, ...STATUS_FILTERS.map(({ value }) => value)];
  const group = 'Lineages';
  useLineageRowKeys(active?.id ?? null);
  useKeys([
    {
      keys: ['f'],
      label: 'Cycle the status filter',
      group,
      run: () => set({ status: order[(order.indexOf(search.status) + 1) % order.length] ?? null }),
    },
    {
      keys: ['D'],
      label: 'Delete the lineage',
      group,
      run: () => router.push(`/lineages/${active?.id ?? ''}?open=delete`),
      disabledReason: active === null ? 'Move to a row first (j, k).' : missing,
    },
  ]);
}

/** The lineages of the project. */
export function LineageList() {
  const { project } = useSession();
  const [search, setSearch] = useQueryStates(lineageSearch, { history: 'replace' });
  const set: SetSearch = (change) => void setSearch({ page: 1, ...change });
  const { data, error, isPlaceholderData } = useLivePage<Lineage>(
    project.id,
    LINEAGES_PATH,
    lineageParams(search),
  );
  const [activeId, setActiveId] = useState<string | null>(null);
  const missing = useMissingPermission('PROJECT_CAN_MANAGE_DEVICES');
  const { sort: _, page: __, limit: ___, ...filter } = lineageParams(search);
  const selection = useSelection(JSON.stringify(filter));
  const bulk = useBulkPreview(project.id);
  const reset = () =>
    bulk.preview({ action: 'reset', filter: selection.isAll ? filter : { ids: [...selection.ids] } });
  useListKeys(data?.items.find(({ id }) => id === activeId) ?? null, search, set);
  return (
    <>
      <PageHeader
        title="Lineages"
        facts="Each table of each device, and how far its rows have come"
        actions={
          <ExportMenu
            path={LINEAGES_PATH}
            params={lineageFilter(search)}
            what="Every lineage of this filter"
          />
        }
      />
      <Filters search={search} set={set} />
      {data === undefined ? (
        <p role="alert">{error?.message ?? 'The lineages are being read.'}</p>
      ) : (
        <>
          <BulkBar
            selection={selection}
            total={data.meta.total_items}
            estimated={data.meta.total_items_estimated === true}
            what="lineage"
            choices={[{ label: 'Reset…', run: reset, disabledReason: missing }]}
            busy={bulk.busy}
          />
          <DataTable
            label="Lineages"
            columns={lineageColumns}
            rows={data.items}
            rowKey={(lineage) => lineage.id}
            href={(lineage) => `/lineages/${lineage.id}`}
            sort={search.sort}
            onSort={(sort) => set({ sort: sort as LineageSearch['sort'] })}
            stale={isPlaceholderData}
            onActive={(lineage) => setActiveId(lineage.id)}
            selection={{
              has: selection.has,
              set: selection.set,
              whyNot: missing,
              name: (lineage) => `${lineage.source_table} of ${lineage.device_name}`,
            }}
            empty={<Nothing search={search} set={set} />}
          />
          <ListPager
            path={LINEAGES_PATH}
            params={lineageParams(search)}
            meta={data.meta}
            onPage={(page) => set({ page })}
          />
        </>
      )}
    </>
  );
}
