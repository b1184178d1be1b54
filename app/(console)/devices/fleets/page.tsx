import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { FleetList } from '@/components/devices/fleet-list';
import { FLEETS_PATH, fleetsParams } from '@/components/devices/queries';
import { edgeKey } from '@/components/shell/edge-key';
import { prefetched } from '@/server/console/prefetch';
import { requireSession } from '@/server/console/session';
import { listFleets } from '@/server/engine/devices/list-fleets';

export const metadata: Metadata = { title: 'Fleets' };

export default async function FleetsPage() {
  const { ctx, project } = await requireSession('/devices/fleets');
  const state = await prefetched([
    {
      key: edgeKey(project.id, FLEETS_PATH, fleetsParams),
      read: () => listFleets({ ctx, projectId: project.id, input: fleetsParams }),
    },
  ]);
  return (
    <HydrationBoundary state={state}>
      <FleetList />
    </HydrationBoundary>
  );
}
