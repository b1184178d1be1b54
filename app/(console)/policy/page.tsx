import type { Metadata } from 'next';
import type { SearchParams } from 'nuqs/server';
import { FLEETS_PATH, fleetsParams } from '@/components/devices/queries';
import { PolicyPage } from '@/components/policy/policy-page';
import { loadPolicySearch, policyPath } from '@/components/policy/policy-search';
import { edgeKey } from '@/components/shell/edge-key';
import { Hydrated } from '@/components/shell/hydrated';
import { prefetched } from '@/server/console/prefetch';
import { requireSession } from '@/server/console/session';
import { listFleets } from '@/server/engine/devices/list-fleets';
import { getPolicy } from '@/server/engine/policy/get-policy';

export const metadata: Metadata = { title: 'Policy' };

export default async function PolicyRoute({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { ctx, project } = await requireSession('/policy');
  const { fleet } = await loadPolicySearch(searchParams);
  const at = { ctx, projectId: project.id };
  const state = prefetched([
    {
      key: edgeKey(project.id, policyPath(fleet)),
      read: () => getPolicy({ ...at, ...(fleet === '' ? {} : { fleetId: fleet }) }),
    },
    {
      key: edgeKey(project.id, FLEETS_PATH, fleetsParams),
      read: () => listFleets({ ...at, input: fleetsParams }),
    },
  ]);
  return (
    <Hydrated state={state}>
      <PolicyPage />
    </Hydrated>
  );
}
