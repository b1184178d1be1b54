import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { DevicePage } from '@/components/devices/device-page';
import { deviceParamsOf, fleetDevicePath, FLEETS_PATH, fleetsParams } from '@/components/devices/queries';
import { EVENTS_PATH } from '@/components/events/queries';
import { edgeKey } from '@/components/shell/edge-key';
import { Hydrated } from '@/components/shell/hydrated';
import { found, prefetched } from '@/server/console/prefetch';
import { requireSession } from '@/server/console/session';
import { listControls } from '@/server/engine/control/list-controls';
import { getDevice } from '@/server/engine/devices/get-device';
import { listEvents } from '@/server/engine/diagnosis/list-events';
import { listRejectedBatches } from '@/server/engine/ingest/list-rejected-batches';
import { listFleets } from '@/server/engine/devices/list-fleets';
import { listLineages } from '@/server/engine/lineages/list-lineages';
import { isUuid } from '@/server/lib/uuid';

export const metadata: Metadata = { title: 'Device' };

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ open?: string | string[] }>;
}

export default async function DeviceRoute({ params, searchParams }: Props) {
  const { id } = await params;
  if (!isUuid(id)) notFound();
  const { ctx, project } = await requireSession(`/devices/${id}`);
  const { open } = await searchParams;
  const at = { ctx, projectId: project.id };
  const device = await found(() => getDevice({ ...at, deviceId: id }));
  const key = (path: string, listed = {}) => edgeKey(project.id, path, listed);
  const of = deviceParamsOf;
  const state = prefetched([
    { key: key(fleetDevicePath(device.fleet_id, id)), read: () => Promise.resolve(device) },
    {
      key: key('edge/lineages', of.lineages(id)),
      read: () => listLineages({ ...at, input: of.lineages(id) }),
    },
    {
      key: key('edge/rejected-batches', of.rejected(id)),
      read: () => listRejectedBatches({ ...at, input: of.rejected(id) }),
    },
    {
      key: key('edge/controls', of.controls(id)),
      read: () => listControls({ ...at, input: of.controls(id) }),
    },
    { key: key(FLEETS_PATH, fleetsParams), read: () => listFleets({ ...at, input: fleetsParams }) },
    { key: key(EVENTS_PATH, of.events(id)), read: () => listEvents({ ...at, input: of.events(id) }) },
  ]);
  return (
    <Hydrated state={state}>
      <DevicePage
        key={id}
        fleetId={device.fleet_id}
        deviceId={id}
        open={open === 'delete' ? 'delete' : null}
      />
    </Hydrated>
  );
}
