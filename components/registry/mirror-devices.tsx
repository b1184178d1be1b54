'use client';
// How many rows of a shared mirror are of which device. Counted in the index; an estimate is marked as one.
import { useQueryStates } from 'nuqs';
import type { MirrorDevice } from '@/server/contract/registry-reads';
import { rowsLink } from '@/components/lineages/rows-link';
import { ListPager } from '@/components/shell/list-pager';
import { useLivePage } from '@/components/shell/live';
import { useSession } from '@/components/shell/session';
import { DataTable, type Column } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { FilterText } from '@/components/ui/filter-bar';
import { formatCount, formatCounted } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel';
import { StatusChip } from '@/components/ui/status-chip';
import { TimeAgo } from '@/components/ui/time';
import { mirrorDevicesPath } from './queries';
import classes from './registry.module.css';
import { mirrorDeviceParams, mirrorPageSearch } from './registry-search';

const columns: readonly Column<MirrorDevice>[] = [
  { id: 'device', header: 'Device', primary: true, cell: (device) => device.device_name },
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
    id: 'rows',
    header: 'Rows',
    align: 'end',
    cell: (device) =>
      device.row_count_estimated ? (
        <span title="An estimate: more than 10,000 rows are not counted one by one">
          about {formatCount(device.row_count)}
        </span>
      ) : (
        formatCount(device.row_count)
      ),
  },
  {
    id: 'batch',
    header: 'Last batch',
    align: 'end',
    cell: (device) => <TimeAgo at={device.last_batch_at} />,
  },
];

/** The devices that write to the mirror, by name; each leads to its rows. */
export function MirrorDevices({ mirrorId }: { mirrorId: string }) {
  const { project } = useSession();
  const [search, setSearch] = useQueryStates(mirrorPageSearch, { history: 'replace' });
  const { data, error, isPlaceholderData } = useLivePage<MirrorDevice>(
    project.id,
    mirrorDevicesPath(mirrorId),
    mirrorDeviceParams(search),
  );
  return (
    <Panel title={data === undefined ? 'Devices' : formatCounted(data.meta.total_items, 'device')} flush>
      <div className={classes.bar}>
        <FilterText label="Device" value={search.q} onChange={(q) => void setSearch({ q, page: 1 })} />
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
            href={(device) => rowsLink(device.lineage_id, 'mirror')}
            stale={isPlaceholderData}
            frameless
            empty={
              <EmptyState
                title={search.q === '' ? 'No device writes to this mirror.' : 'No device has such a name.'}
              />
            }
          />
          <div className={classes.foot}>
            <ListPager
              path={mirrorDevicesPath(mirrorId)}
              params={mirrorDeviceParams(search)}
              meta={data.meta}
              onPage={(page) => void setSearch({ page })}
            />
          </div>
        </>
      )}
    </Panel>
  );
}
