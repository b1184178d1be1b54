import type { Metadata } from 'next';
import type { SearchParams } from 'nuqs/server';
import { ConsolidationPage } from '@/components/registry/consolidation-page';
import { CANDIDATES_PATH, CONSOLIDATIONS_PATH, fleetTarget, ofFleet } from '@/components/registry/queries';
import { candidateParams, jobParams, loadConsolidationSearch } from '@/components/registry/registry-search';
import { edgeKey } from '@/components/shell/edge-key';
import { Hydrated } from '@/components/shell/hydrated';
import { prefetched } from '@/server/console/prefetch';
import { requireSession } from '@/server/console/session';
import { listConsolidations } from '@/server/engine/registry/consolidation-jobs';
import { listConsolidationCandidates } from '@/server/engine/registry/list-consolidation-candidates';

export const metadata: Metadata = { title: 'Consolidation' };

export default async function ConsolidationRoute({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { ctx, project } = await requireSession('/registry/consolidation');
  const search = await loadConsolidationSearch(searchParams);
  const at = { ctx, projectId: project.id, ...fleetTarget(search.fleet) };
  const state = prefetched([
    {
      key: edgeKey(project.id, ofFleet(search.fleet, CANDIDATES_PATH), candidateParams(search)),
      read: () => listConsolidationCandidates({ ...at, input: candidateParams(search) }),
    },
    {
      key: edgeKey(project.id, ofFleet(search.fleet, CONSOLIDATIONS_PATH), jobParams(search)),
      read: () => listConsolidations({ ...at, input: jobParams(search) }),
    },
  ]);
  return (
    <Hydrated state={state}>
      <ConsolidationPage />
    </Hydrated>
  );
}
