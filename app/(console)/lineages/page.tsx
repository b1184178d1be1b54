import type { Metadata } from 'next';
import type { SearchParams } from 'nuqs/server';
import { LineageList } from '@/components/lineages/lineage-list';
import { lineageParams, loadLineageSearch } from '@/components/lineages/lineage-search';
import { LINEAGES_PATH } from '@/components/lineages/queries';
import { edgeKey } from '@/components/shell/edge-key';
import { Hydrated } from '@/components/shell/hydrated';
import { prefetched } from '@/server/console/prefetch';
import { requireSession } from '@/server/console/session';
import { listLineages } from '@/server/engine/lineages/list-lineages';

export const metadata: Metadata = { title: 'Lineages' };

export default async function LineagesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { ctx, project } = await requireSession('/lineages');
  const params = lineageParams(await loadLineageSearch(searchParams));
  const state = prefetched([
    {
      key: edgeKey(project.id, LINEAGES_PATH, params),
      read: () => listLineages({ ctx, projectId: project.id, input: params }),
      optional: true,
    },
  ]);
  return (
    <Hydrated state={state}>
      <LineageList />
    </Hydrated>
  );
}
