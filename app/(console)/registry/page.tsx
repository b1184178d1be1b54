import type { Metadata } from 'next';
import type { SearchParams } from 'nuqs/server';
import { fleetTarget, ofFleet, TABLES_PATH } from '@/components/registry/queries';
import { RegistryMatrix } from '@/components/registry/registry-matrix';
import { loadTableSearch, tableParams } from '@/components/registry/registry-search';
import { edgeKey } from '@/components/shell/edge-key';
import { Hydrated } from '@/components/shell/hydrated';
import { prefetched } from '@/server/console/prefetch';
import { requireSession } from '@/server/console/session';
import { listRegistryTables } from '@/server/engine/registry/list-registry-tables';

export const metadata: Metadata = { title: 'Registry' };

export default async function RegistryRoute({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { ctx, project } = await requireSession('/registry');
  const search = await loadTableSearch(searchParams);
  const params = tableParams(search);
  const state = prefetched([
    {
      key: edgeKey(project.id, ofFleet(search.fleet, TABLES_PATH), params),
      read: () =>
        listRegistryTables({ ctx, projectId: project.id, ...fleetTarget(search.fleet), input: params }),
    },
  ]);
  return (
    <Hydrated state={state}>
      <RegistryMatrix />
    </Hydrated>
  );
}
