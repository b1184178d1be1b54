import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import type { SearchParams } from 'nuqs/server';
import { EVENTS_PATH } from '@/components/events/queries';
import { MirrorPage } from '@/components/registry/mirror-page';
import { mirrorDevicesPath, mirrorPath, trailParams } from '@/components/registry/queries';
import { loadMirrorPageSearch, mirrorDeviceParams } from '@/components/registry/registry-search';
import { edgeKey } from '@/components/shell/edge-key';
import { Hydrated } from '@/components/shell/hydrated';
import { prefetched } from '@/server/console/prefetch';
import { requireSession } from '@/server/console/session';
import { listEvents } from '@/server/engine/diagnosis/list-events';
import { getCoalescedMirror } from '@/server/engine/registry/get-coalesced-mirror';
import { listMirrorDevices } from '@/server/engine/registry/list-mirror-devices';
import { isUuid } from '@/server/lib/uuid';

export const metadata: Metadata = { title: 'Shared mirror' };

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function MirrorRoute({ params, searchParams }: Props) {
  const { id } = await params;
  if (!isUuid(id)) notFound();
  const { ctx, project } = await requireSession(`/registry/mirrors/${id}`);
  const at = { ctx, projectId: project.id, mirrorId: id };
  const devices = mirrorDeviceParams(await loadMirrorPageSearch(searchParams));
  const state = prefetched([
    { key: edgeKey(project.id, mirrorPath(id)), read: () => getCoalescedMirror(at) },
    {
      key: edgeKey(project.id, mirrorDevicesPath(id), devices),
      read: () => listMirrorDevices({ ...at, input: devices }),
    },
    {
      key: edgeKey(project.id, EVENTS_PATH, trailParams(id)),
      read: () => listEvents({ ctx, projectId: project.id, input: trailParams(id) }),
    },
  ]);
  return (
    <Hydrated state={state}>
      <MirrorPage key={id} mirrorId={id} />
    </Hydrated>
  );
}
