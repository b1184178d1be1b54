import type { Metadata } from 'next';
import type { SearchParams } from 'nuqs/server';
import { MirrorList } from '@/components/registry/mirror-list';
import { fleetTarget, MIRRORS_PATH, ofFleet } from '@/components/registry/queries';
import { loadMirrorSearch, mirrorParams } from '@/components/registry/registry-search';
import { edgeKey } from '@/components/shell/edge-key';
import { Hydrated } from '@/components/shell/hydrated';
import { prefetched } from '@/server/console/prefetch';
import { requireSession } from '@/server/console/session';
import { listCoalescedMirrors } from '@/server/engine/registry/coalesced-mirrors';

export const metadata: Metadata = { title: 'Shared mirrors' };

export default async function MirrorsRoute({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { ctx, project } = await requireSession('/registry/mirrors');
  const search = await loadMirrorSearch(searchParams);
  const params = mirrorParams(search);
  const state = prefetched([
    {
      key: edgeKey(project.id, ofFleet(search.fleet, MIRRORS_PATH), params),
      read: () =>
        listCoalescedMirrors({ ctx, projectId: project.id, ...fleetTarget(search.fleet), input: params }),
    },
  ]);
  return (
    <Hydrated state={state}>
      <MirrorList />
    </Hydrated>
  );
}
