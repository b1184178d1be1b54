import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import type { SearchParams } from 'nuqs/server';
import { RejectedList } from '@/components/rejected/rejected-list';
import { loadRejectedSearch, REJECTED_PATH, rejectedParams } from '@/components/rejected/rejected-search';
import { edgeKey } from '@/components/shell/edge-key';
import { prefetched } from '@/server/console/prefetch';
import { requireSession } from '@/server/console/session';
import { listRejectedBatches } from '@/server/engine/ingest/list-rejected-batches';

export const metadata: Metadata = { title: 'Rejected batches' };

export default async function RejectedRoute({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { ctx, project } = await requireSession('/rejected');
  const params = rejectedParams(await loadRejectedSearch(searchParams));
  const state = await prefetched([
    {
      key: edgeKey(project.id, REJECTED_PATH, params),
      read: () => listRejectedBatches({ ctx, projectId: project.id, input: params }),
      optional: true,
    },
  ]);
  return (
    <HydrationBoundary state={state}>
      <RejectedList />
    </HydrationBoundary>
  );
}
