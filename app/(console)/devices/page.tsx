import type { Metadata } from 'next';
import type { SearchParams } from 'nuqs/server';
import { DeviceList } from '@/components/devices/device-list';
import { deviceParams, loadDeviceSearch } from '@/components/devices/device-search';
import { DEVICES_PATH, FLEETS_PATH, fleetsParams } from '@/components/devices/queries';
import { edgeKey } from '@/components/shell/edge-key';
import { Hydrated } from '@/components/shell/hydrated';
import { prefetched } from '@/server/console/prefetch';
import { requireSession } from '@/server/console/session';
import { listDevices } from '@/server/engine/devices/list-devices';
import { listFleets } from '@/server/engine/devices/list-fleets';

export const metadata: Metadata = { title: 'Devices' };

export default async function DevicesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { ctx, project } = await requireSession('/devices');
  const at = { ctx, projectId: project.id };
  const search = await loadDeviceSearch(searchParams);
  const params = deviceParams(search);
  const state = prefetched([
    {
      key: edgeKey(project.id, DEVICES_PATH, params),
      read: () => listDevices({ ...at, input: params }),
      optional: true,
    },
    // For the name of the fleet that was chosen, or to choose one at once; else they can wait.
    ...(search.fleet === '' && !search.register
      ? []
      : [
          {
            key: edgeKey(project.id, FLEETS_PATH, fleetsParams),
            read: () => listFleets({ ...at, input: fleetsParams }),
          },
        ]),
  ]);
  return (
    <Hydrated state={state}>
      <DeviceList />
    </Hydrated>
  );
}
