import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { RejectedPage } from '@/components/rejected/rejected-page';
import { rejectedPath } from '@/components/rejected/rejected-search';
import { edgeKey } from '@/components/shell/edge-key';
import { Hydrated } from '@/components/shell/hydrated';
import { prefetched } from '@/server/console/prefetch';
import { requireSession } from '@/server/console/session';
import { getRejectedBatch } from '@/server/engine/ingest/get-rejected-batch';
import { isUuid } from '@/server/lib/uuid';

export const metadata: Metadata = { title: 'Rejected batch' };

export default async function RejectedBatchRoute({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  if (!isUuid(id)) notFound();
  const { ctx, project } = await requireSession(`/rejected/${id}`);
  const state = prefetched([
    {
      key: edgeKey(project.id, rejectedPath(id)),
      read: () => getRejectedBatch({ ctx, projectId: project.id, rejectedBatchId: id }),
      optional: true,
    },
  ]);
  return (
    <Hydrated state={state}>
      <RejectedPage key={id} batchId={id} />
    </Hydrated>
  );
}
