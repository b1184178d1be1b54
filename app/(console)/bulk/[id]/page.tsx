import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import type { SearchParams } from 'nuqs/server';
import { BulkPage } from '@/components/bulk/bulk-page';
import { loadItemsSearch } from '@/components/bulk/bulk-search';
import { bulkItemsPath, bulkJobPath, itemsParams } from '@/components/bulk/queries';
import { edgeKey } from '@/components/shell/edge-key';
import { Hydrated } from '@/components/shell/hydrated';
import { prefetched } from '@/server/console/prefetch';
import { requireSession } from '@/server/console/session';
import { getBulkJob, listBulkItems } from '@/server/engine/bulk/list-bulk';
import { isUuid } from '@/server/lib/uuid';

export const metadata: Metadata = { title: 'Bulk operation' };

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function BulkJobPage({ params, searchParams }: Props) {
  const { id } = await params;
  if (!isUuid(id)) notFound();
  const { ctx, project } = await requireSession(`/bulk/${id}`);
  const target = { ctx, projectId: project.id, bulkJobId: id };
  const items = itemsParams(await loadItemsSearch(searchParams));
  const state = prefetched([
    { key: edgeKey(project.id, bulkJobPath(id)), read: () => getBulkJob(target) },
    {
      key: edgeKey(project.id, bulkItemsPath(id), items),
      read: () => listBulkItems({ ...target, input: items }),
    },
  ]);
  return (
    <Hydrated state={state}>
      <BulkPage key={id} jobId={id} />
    </Hydrated>
  );
}
