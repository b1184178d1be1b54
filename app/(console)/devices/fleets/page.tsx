import type { Metadata } from 'next';
import { FleetList } from '@/components/devices/fleet-list';
import { FLEETS_PATH, fleetsParams } from '@/components/devices/queries';
import { edgeKey } from '@/components/shell/edge-key';
import { Hydrated } from '@/components/shell/hydrated';
import { prefetched } from '@/server/console/prefetch';
import { requireSession } from '@/server/console/session';
import { listFleets } from '@/server/engine/devices/list-fleets';

export const metadata: Metadata = { title: 'Fleets' };

export default async function FleetsPage() {
  const { ctx, project } = await requireSession('/devices/fleets');
  const state = prefetched([
    {
      key: edgeKey(project.id, FLEETS_PATH, fleetsParams),
      read: () => listFleets({ ctx, projectId: project.id, input: fleetsParams }),
    },
  ]);
  return (
    <Hydrated state={state}>
      <FleetList />
    </Hydrated>
  );
}
