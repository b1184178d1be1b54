import type { Metadata } from 'next';
import type { SearchParams } from 'nuqs/server';
import { BulkList } from '@/components/bulk/bulk-list';
import { loadJobsSearch } from '@/components/bulk/bulk-search';
import { BULK_JOBS_PATH, jobsParams } from '@/components/bulk/queries';
import { edgeKey } from '@/components/shell/edge-key';
import { Hydrated } from '@/components/shell/hydrated';
import { prefetched } from '@/server/console/prefetch';
import { requireSession } from '@/server/console/session';
import { listBulkJobs } from '@/server/engine/bulk/list-bulk';

export const metadata: Metadata = { title: 'Bulk operations' };

export default async function BulkJobsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { ctx, project } = await requireSession('/bulk');
  const params = jobsParams((await loadJobsSearch(searchParams)).page);
  const state = prefetched([
    {
      key: edgeKey(project.id, BULK_JOBS_PATH, params),
      read: () => listBulkJobs({ ctx, projectId: project.id, input: params }),
    },
  ]);
  return (
    <Hydrated state={state}>
      <BulkList />
    </Hydrated>
  );
}
