'use client';
// Every device of the project, by name. Filters and page are in the URL.
import { useRouter } from 'next/navigation';
import { useQueryStates } from 'nuqs';
import { useState } from 'react';
import type { Device, Fleet, RegisteredDevice } from '@/server/contract/fleet';
import { useLivePage } from '@/components/shell/live';
import { useMissingPermission, useSession } from '@/components/shell/session';
import { ActionButton } from '@/components/ui/action-button';
import { Copyable } from '@/components/ui/copyable';
import { DataTable, type Column } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { FilterBar, FilterSelect, FilterText } from '@/components/ui/filter-bar';
import { formatCount } from '@/components/ui/format';
import { useKeys } from '@/components/ui/keys';
import { PageHeader } from '@/components/ui/page-header';
import { Pager } from '@/components/ui/pager';
import { Tag } from '@/components/ui/status-chip';
import { TimeAgo } from '@/components/ui/time';
import { CredentialsDialog } from './credentials';
import { CONNECTION_FILTERS, deviceParams, deviceSearch, type DeviceSearch } from './device-search';
import { Presence } from './presence';
import { DEVICES_PATH, FLEETS_PATH, fleetsParams } from './queries';
import { RegisterDialog } from './register-dialog';

type SetSearch = (change: Partial<DeviceSearch>) => void;
const NO_FILTER = { fleet: '', connected: null, q: '' } as const;

const columnsOf = (fleets: readonly Fleet[]): readonly Column<Device>[] => [
  {
    id: 'name',
    header: 'Device',
    primary: true,
    cell: (device) => device.name,
  },
  {
    id: 'demo',
    header: '',
    width: '56px',
    cell: (device) => (device.is_demo ? <Tag title="Part of the demo fleet">demo</Tag> : null),
  },
  { id: 'presence', header: 'Connection', cell: (device) => <Presence device={device} plain /> },
  {
    id: 'fleet',
    header: 'Fleet',
    cell: (device) => fleets.find(({ id }) => id === device.fleet_id)?.name ?? '',
  },
  {
    id: 'topic',
    header: 'Root topic',
    cell: (device) => <Copyable value={device.root_topic} label="root topic" chars={0} />,
  },
  { id: 'id', header: 'Id', cell: (device) => <Copyable value={device.id} label="device id" /> },
  {
    id: 'created',
    header: 'Registered',
    align: 'end',
    cell: (device) => <TimeAgo at={device.created_at} />,
  },
];

function Filters({
  search,
  set,
  fleets,
}: {
  search: DeviceSearch;
  set: SetSearch;
  fleets: readonly Fleet[];
}) {
  const filtered = search.q !== '' || search.fleet !== '' || search.connected !== null;
  return (
    <FilterBar onClear={filtered ? () => set(NO_FILTER) : undefined}>
      <FilterText label="Name or id" value={search.q} onChange={(q) => set({ q })} />
      <FilterSelect
        label="Fleet"
        width={210}
        value={search.fleet === '' ? null : search.fleet}
        options={fleets.map((fleet) => ({
          value: fleet.id,
          label: `${fleet.name} (${formatCount(fleet.device_count)})`,
        }))}
        onChange={(fleet) => set({ fleet: fleet ?? '' })}
      />
      <FilterSelect
        label="Connection"
        width={180}
        value={search.connected}
        options={CONNECTION_FILTERS}
        onChange={(connected) => set({ connected })}
      />
    </FilterBar>
  );
}

function useListKeys(
  active: Device | null,
  search: DeviceSearch,
  set: SetSearch,
  missing: string | undefined,
) {
  const router = useRouter();
  const order = [null, ...CONNECTION_FILTERS.map(({ value }) => value)];
  const none = active === null ? 'Move to a row first (j, k).' : undefined;
  const group = 'Devices';
  const open = (what: string) => router.push(`/devices/${active?.id ?? ''}${what}`);
  useKeys([
    {
      keys: ['Enter'],
      label: 'Open the device',
      group,
      movement: true,
      run: () => open(''),
      disabledReason: none,
    },
    {
      keys: ['f'],
      label: 'Cycle the connection filter',
      group,
      run: () => set({ connected: order[(order.indexOf(search.connected) + 1) % order.length] ?? null }),
    },
    {
      keys: [],
      label: 'Register a device',
      group,
      run: () => set({ register: true }),
      disabledReason: missing,
    },
    {
      keys: ['D'],
      label: 'Delete the device',
      group,
      run: () => open('?open=delete'),
      disabledReason: none ?? missing,
    },
  ]);
}

/** The devices of the project. */
export function DeviceList() {
  const { project } = useSession();
  const router = useRouter();
  const missing = useMissingPermission('PROJECT_CAN_MANAGE_DEVICES');
  const [search, setSearch] = useQueryStates(deviceSearch, { history: 'replace' });
  const set: SetSearch = (change) => void setSearch({ page: 1, ...change });
  const { data: fleets } = useLivePage<Fleet>(project.id, FLEETS_PATH, fleetsParams);
  const { data, error, isPlaceholderData } = useLivePage<Device>(
    project.id,
    DEVICES_PATH,
    deviceParams(search),
  );
  const [registered, setRegistered] = useState<RegisteredDevice | null>(null);
  const [activeId, setActiveId] = useState<string | null>(null);
  useListKeys(data?.items.find(({ id }) => id === activeId) ?? null, search, set, missing);
  const filtered = search.q !== '' || search.fleet !== '' || search.connected !== null;
  const register = (
    <ActionButton disabledReason={missing} onClick={() => set({ register: true })}>
      Register device
    </ActionButton>
  );
  return (
    <>
      <PageHeader title="Devices" facts="Registered endpoints and their fleets" actions={register} />
      <Filters search={search} set={set} fleets={fleets?.items ?? []} />
      {data === undefined ? (
        <p role="alert">{error?.message ?? 'The devices are being read.'}</p>
      ) : (
        <>
          <DataTable
            label="Devices"
            columns={columnsOf(fleets?.items ?? [])}
            rows={data.items}
            rowKey={(device) => device.id}
            href={(device) => `/devices/${device.id}`}
            stale={isPlaceholderData}
            onActive={(device) => setActiveId(device.id)}
            empty={
              <EmptyState
                title={filtered ? 'No device matches these filters.' : 'No device is registered.'}
                action={filtered ? undefined : register}
              >
                {filtered
                  ? null
                  : 'Register one, give its agent the credentials, and start it on the device.'}
              </EmptyState>
            }
          />
          <Pager meta={data.meta} onPage={(page) => set({ page })} />
        </>
      )}
      {search.register && missing === undefined && registered === null ? (
        <RegisterDialog
          fleets={fleets?.items ?? []}
          fleetId={search.fleet}
          onDone={setRegistered}
          onClose={() => set({ register: false })}
        />
      ) : null}
      {registered === null ? null : (
        <CredentialsDialog
          mqtt={registered.mqtt}
          title={`Credentials of ${registered.device.name}`}
          onClose={() => router.push(`/devices/${registered.device.id}`)}
        />
      )}
    </>
  );
}
