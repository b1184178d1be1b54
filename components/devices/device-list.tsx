'use client';
// Every device of the project, by name. Filters and page are in the URL.
import { useRouter } from 'next/navigation';
import { useQueryStates } from 'nuqs';
import { useState } from 'react';
import { DEVICE_SORTS } from '@/server/contract/device-states';
import type { Fleet, ListedDevice, RegisteredDevice } from '@/server/contract/fleet';
import { ListPager } from '@/components/shell/list-pager';
import { useLivePage } from '@/components/shell/live';
import { useMissingPermission, useSession } from '@/components/shell/session';
import { ActionButton } from '@/components/ui/action-button';
import { DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { FilterBar, FilterSelect, FilterText } from '@/components/ui/filter-bar';
import { formatCount } from '@/components/ui/format';
import { useKeys } from '@/components/ui/keys';
import { PageHeader } from '@/components/ui/page-header';
import { CredentialsDialog } from './credentials';
import { deviceColumnsOf } from './device-columns';
import {
  deviceParams,
  deviceSearch,
  HAVING_FILTERS,
  isFiltered,
  NO_FILTER,
  PRESENCE_FILTERS,
  type DeviceSearch,
} from './device-search';
import { DeviceTabs } from './device-tabs';
import { DEVICES_PATH } from './queries';
import { RegisterDialog } from './register-dialog';
import { RemoveDemo } from './remove-demo';
import { useFleets } from './use-fleets';

type SetSearch = (change: Partial<DeviceSearch>) => void;

function Filters({
  search,
  set,
  fleets,
}: {
  search: DeviceSearch;
  set: SetSearch;
  fleets: readonly Fleet[];
}) {
  return (
    <FilterBar onClear={isFiltered(search) ? () => set(NO_FILTER) : undefined}>
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
        width={230}
        value={search.presence}
        options={PRESENCE_FILTERS}
        onChange={(presence) => set({ presence })}
      />
      <FilterSelect
        label="Having"
        width={200}
        value={search.having}
        options={HAVING_FILTERS}
        onChange={(having) => set({ having })}
      />
    </FilterBar>
  );
}

function useListKeys(
  active: ListedDevice | null,
  search: DeviceSearch,
  set: SetSearch,
  missing: string | undefined,
) {
  const router = useRouter();
  const order = [null, ...PRESENCE_FILTERS.map(({ value }) => value)];
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
      run: () => set({ presence: order[(order.indexOf(search.presence) + 1) % order.length] ?? null }),
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
  const fleets = useFleets();
  const { data, error, isPlaceholderData } = useLivePage<ListedDevice>(
    project.id,
    DEVICES_PATH,
    deviceParams(search),
  );
  const [registered, setRegistered] = useState<RegisteredDevice | null>(null);
  const [activeId, setActiveId] = useState<string | null>(null);
  useListKeys(data?.items.find(({ id }) => id === activeId) ?? null, search, set, missing);
  const filtered = isFiltered(search);
  const register = (
    <ActionButton disabledReason={missing} onClick={() => set({ register: true })}>
      Register device
    </ActionButton>
  );
  return (
    <>
      <PageHeader
        title="Devices"
        facts="Registered endpoints and their fleets"
        actions={
          <>
            {data?.items.some((device) => device.is_demo) === true ? <RemoveDemo missing={missing} /> : null}
            {register}
          </>
        }
      />
      <DeviceTabs />
      <Filters search={search} set={set} fleets={fleets} />
      {data === undefined ? (
        <p role="alert">{error?.message ?? 'The devices are being read.'}</p>
      ) : (
        <>
          <DataTable
            label="Devices"
            columns={deviceColumnsOf(data.items)}
            sort={search.sort}
            onSort={(sort) => set({ sort: DEVICE_SORTS.find((one) => one === sort) ?? 'name' })}
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
          <ListPager
            path={DEVICES_PATH}
            params={deviceParams(search)}
            meta={data.meta}
            onPage={(page) => set({ page })}
          />
        </>
      )}
      {search.register && missing === undefined && registered === null ? (
        <RegisterDialog
          fleets={fleets}
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
