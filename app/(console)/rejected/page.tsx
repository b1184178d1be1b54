import type { Metadata } from 'next';
import type { SearchParams } from 'nuqs/server';
import { RejectedList } from '@/components/rejected/rejected-list';
import {
  groupParams,
  GROUPS_PATH,
  loadRejectedSearch,
  REJECTED_PATH,
  rejectedParams,
} from '@/components/rejected/rejected-search';
import { edgeKey } from '@/components/shell/edge-key';
import { Hydrated } from '@/components/shell/hydrated';
import { prefetched } from '@/server/console/prefetch';
import { requireSession } from '@/server/console/session';
import { groupRejected } from '@/server/engine/ingest/group-rejected';
import { listRejectedBatches } from '@/server/engine/ingest/list-rejected-batches';

export const metadata: Metadata = { title: 'Rejected batches' };

export default async function RejectedRoute({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { ctx, project } = await requireSession('/rejected');
  const search = await loadRejectedSearch(searchParams);
  const [list, groups] = [rejectedParams(search), groupParams(search)];
  const state = prefetched([
    search.view === 'all'
      ? {
          key: edgeKey(project.id, REJECTED_PATH, list),
          read: () => listRejectedBatches({ ctx, projectId: project.id, input: list }),
          optional: true,
        }
      : {
          key: edgeKey(project.id, GROUPS_PATH, groups),
          read: () => groupRejected({ ctx, projectId: project.id, input: groups }),
          optional: true,
        },
  ]);
  return (
    <Hydrated state={state}>
      <RejectedList />
    </Hydrated>
  );
}
