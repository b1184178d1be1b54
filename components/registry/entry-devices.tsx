'use client';
// Who has a version, who went on from it, and who is behind it; each leads to its lineage.
import { useQueryStates } from 'nuqs';
import type { RegistryDevice } from '@/server/contract/registry-reads';
import { ListPager } from '@/components/shell/list-pager';
import { useLivePage } from '@/components/shell/live';
import { useSession } from '@/components/shell/session';
import { DataTable, type Column } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { FilterBar, FilterSelect, FilterText } from '@/components/ui/filter-bar';
import { formatCount, formatCounted, shorten } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel';
import { StatusChip } from '@/components/ui/status-chip';
import { TimeAgo } from '@/components/ui/time';
import { entryDevicesPath } from './queries';
import classes from './registry.module.css';
import { deviceParams, entryPageSearch, ON_FILTERS, type EntryPageSearch } from './registry-search';
import { DEVICE_STATUS } from './words';

const columns: readonly Column<RegistryDevice>[] = [
  { id: 'device', header: 'Device', primary: true, cell: (device) => device.device_name },
  { id: 'fleet', header: 'Fleet', cell: (device) => device.fleet_name },
  {
    id: 'status',
    header: 'Decision',
    cell: ({ status }) => (
      <StatusChip tone={DEVICE_STATUS[status].tone} plain>
        {DEVICE_STATUS[status].label}
      </StatusChip>
    ),
  },
  {
    id: 'version',
    header: 'Version',
    cell: (device) => (
      <>
        <span className="tg-mono">{shorten(device.schema_hash)}</span>{' '}
        <span className={classes.faint}>{device.is_current ? 'now' : 'before'}</span>
      </>
    ),
  },
  {
    id: 'connected',
    header: 'Connection',
    cell: ({ connected }) => (
      <StatusChip tone={connected ? 'ok' : 'idle'} plain>
        {connected ? 'Connected' : 'Offline'}
      </StatusChip>
    ),
  },
  {
    id: 'staged',
    header: 'Staged rows',
    align: 'end',
    cell: (device) => formatCount(device.staged_row_count),
  },
  {
    id: 'batch',
    header: 'Last batch',
    align: 'end',
    cell: (device) => <TimeAgo at={device.last_batch_at} />,
  },
];

const EMPTY: Record<EntryPageSearch['on'], string> = {
  any: 'No device has sent this schema.',
  current: 'No device is on this version now.',
  waiting: 'No device waits for this version.',
  left: 'No device went on from this version.',
  older: 'No device is behind this version.',
};

/** The devices of the version `registryId`; filter and page are in the URL. */
export function EntryDevices({ registryId }: { registryId: string }) {
  const { project } = useSession();
  const [search, setSearch] = useQueryStates(entryPageSearch, { history: 'replace' });
  const set = (change: Partial<EntryPageSearch>) => void setSearch({ page: 1, ...change });
  const { data, error, isPlaceholderData } = useLivePage<RegistryDevice>(
    project.id,
    entryDevicesPath(registryId),
    deviceParams(search),
  );
  return (
    <Panel title={data === undefined ? 'Devices' : formatCounted(data.meta.total_items, 'device')} flush>
      <div className={classes.bar}>
        <FilterBar>
          <FilterText label="Device" value={search.q} onChange={(q) => set({ q })} />
          <FilterSelect
            label="Which"
            width={180}
            value={search.on === 'any' ? null : search.on}
            options={ON_FILTERS}
            onChange={(on) => set({ on: on ?? 'any' })}
          />
        </FilterBar>
      </div>
      {data === undefined ? (
        <p role="alert">{error?.message ?? 'The devices are being read.'}</p>
      ) : (
        <>
          <DataTable
            label="Devices"
            columns={columns}
            rows={data.items}
            rowKey={(device) => device.lineage_id}
            href={(device) => `/lineages/${device.lineage_id}`}
            stale={isPlaceholderData}
            frameless
            empty={<EmptyState title={EMPTY[search.on]} />}
          />
          <div className={classes.foot}>
            <ListPager
              path={entryDevicesPath(registryId)}
              params={deviceParams(search)}
              meta={data.meta}
              onPage={(page) => set({ page })}
            />
          </div>
        </>
      )}
    </Panel>
  );
}
