import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import type { SearchParams } from 'nuqs/server';
import { REVIEW_QUEUE_PATH } from '@/components/reviews/queries';
import { ReviewList } from '@/components/reviews/review-list';
import { listParams, loadReviewSearch } from '@/components/reviews/review-search';
import { edgeKey } from '@/components/shell/edge-key';
import { prefetched } from '@/server/console/prefetch';
import { requireSession } from '@/server/console/session';
import { listFleets } from '@/server/engine/devices/list-fleets';
import { listReviewQueue } from '@/server/engine/registry/review-queue';

export const metadata: Metadata = { title: 'Reviews' };

export default async function ReviewsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { ctx, project } = await requireSession('/reviews');
  const params = listParams(await loadReviewSearch(searchParams));
  const state = await prefetched([
    {
      key: edgeKey(project.id, REVIEW_QUEUE_PATH, params),
      read: () => listReviewQueue({ ctx, projectId: project.id, input: params }),
    },
    {
      key: edgeKey(project.id, 'fleets', { limit: 200 }),
      read: () => listFleets({ ctx, projectId: project.id, input: { limit: 200 } }),
    },
  ]);
  return (
    <HydrationBoundary state={state}>
      <ReviewList />
    </HydrationBoundary>
  );
}
