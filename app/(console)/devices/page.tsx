import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import type { SearchParams } from 'nuqs/server';
import { DeviceList } from '@/components/devices/device-list';
import { deviceParams, loadDeviceSearch } from '@/components/devices/device-search';
import { DEVICES_PATH, FLEETS_PATH, fleetsParams } from '@/components/devices/queries';
import { edgeKey } from '@/components/shell/edge-key';
import { prefetched } from '@/server/console/prefetch';
import { requireSession } from '@/server/console/session';
import { listDevices } from '@/server/engine/devices/list-devices';
import { listFleets } from '@/server/engine/devices/list-fleets';

export const metadata: Metadata = { title: 'Devices' };

export default async function DevicesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { ctx, project } = await requireSession('/devices');
  const at = { ctx, projectId: project.id };
  const params = deviceParams(await loadDeviceSearch(searchParams));
  const state = await prefetched([
    {
      key: edgeKey(project.id, DEVICES_PATH, params),
      read: () => listDevices({ ...at, input: params }),
      optional: true,
    },
    {
      key: edgeKey(project.id, FLEETS_PATH, fleetsParams),
      read: () => listFleets({ ...at, input: fleetsParams }),
    },
  ]);
  return (
    <HydrationBoundary state={state}>
      <DeviceList />
    </HydrationBoundary>
  );
}
