import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { LineagePage } from '@/components/lineages/lineage-page';
import { openOf } from '@/components/lineages/open-dialog';
import { fleetDevicePath } from '@/components/devices/queries';
import { EVENTS_PATH } from '@/components/events/queries';
import {
  failuresPath,
  fleetPolicyPath,
  lineageEventsParams,
  lineagePath,
} from '@/components/lineages/queries';
import { edgeKey } from '@/components/shell/edge-key';
import { Hydrated } from '@/components/shell/hydrated';
import { found, prefetched } from '@/server/console/prefetch';
import { requireSession } from '@/server/console/session';
import { getDevice } from '@/server/engine/devices/get-device';
import { listEvents } from '@/server/engine/diagnosis/list-events';
import { getLineage } from '@/server/engine/governance/get-lineage';
import { listFailures } from '@/server/engine/materialize/list-failures';
import { getPolicy } from '@/server/engine/policy/get-policy';
import { isUuid } from '@/server/lib/uuid';

export const metadata: Metadata = { title: 'Lineage' };

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ open?: string | string[] }>;
}

export default async function LineageRoute({ params, searchParams }: Props) {
  const { id } = await params;
  if (!isUuid(id)) notFound();
  const { ctx, project } = await requireSession(`/lineages/${id}`);
  const { open } = await searchParams;
  const at = { ctx, projectId: project.id };
  const detail = await found(() => getLineage({ ...at, lineageId: id }));
  const { fleet_id: fleetId, device_id: deviceId } = detail.lineage;
  const state = prefetched([
    { key: edgeKey(project.id, lineagePath(id)), read: () => Promise.resolve(detail) },
    {
      key: edgeKey(project.id, failuresPath(id)),
      read: () => listFailures({ ...at, lineageId: id }),
    },
    {
      key: edgeKey(project.id, fleetPolicyPath(fleetId)),
      read: () => getPolicy({ ...at, fleetId }),
    },
    {
      key: edgeKey(project.id, fleetDevicePath(fleetId, deviceId)),
      read: () => getDevice({ ...at, fleetId, deviceId }),
    },
    {
      key: edgeKey(project.id, EVENTS_PATH, lineageEventsParams(id)),
      read: () => listEvents({ ...at, input: lineageEventsParams(id) }),
    },
  ]);
  return (
    <Hydrated state={state}>
      <LineagePage key={id} lineageId={id} open={openOf(open)} />
    </Hydrated>
  );
}
