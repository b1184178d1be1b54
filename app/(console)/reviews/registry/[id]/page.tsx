import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { registryReviewPath } from '@/components/reviews/queries';
import { ReviewPage } from '@/components/reviews/review-page';
import { edgeKey } from '@/components/shell/edge-key';
import { Hydrated } from '@/components/shell/hydrated';
import { prefetched } from '@/server/console/prefetch';
import { requireSession } from '@/server/console/session';
import { getRegistryReview } from '@/server/engine/registry/get-registry-review';
import { isUuid } from '@/server/lib/uuid';

export const metadata: Metadata = { title: 'Registry review' };

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ open?: string | string[] }>;
}

export default async function RegistryReviewRoute({ params, searchParams }: Props) {
  const { id } = await params;
  if (!isUuid(id)) notFound();
  const { ctx, project } = await requireSession(`/reviews/registry/${id}`);
  const { open } = await searchParams;
  const state = prefetched([
    {
      key: edgeKey(project.id, registryReviewPath(id)),
      read: () => getRegistryReview({ ctx, projectId: project.id, reviewId: id }),
    },
  ]);
  return (
    <Hydrated state={state}>
      <ReviewPage
        key={id}
        reviewId={id}
        open={open === 'approve' || open === 'reject' ? open : null}
        shared
      />
    </Hydrated>
  );
}
