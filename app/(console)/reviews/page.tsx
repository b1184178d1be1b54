import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import type { SearchParams } from 'nuqs/server';
import { REVIEWS_PATH } from '@/components/reviews/queries';
import { ReviewList } from '@/components/reviews/review-list';
import { listParams, loadReviewSearch } from '@/components/reviews/review-search';
import { edgeKey } from '@/components/shell/edge-key';
import { prefetched } from '@/server/console/prefetch';
import { requireSession } from '@/server/console/session';
import { listReviews } from '@/server/engine/governance/list-reviews';

export const metadata: Metadata = { title: 'Reviews' };

export default async function ReviewsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { ctx, project } = await requireSession('/reviews');
  const params = listParams(await loadReviewSearch(searchParams));
  const state = await prefetched([
    {
      key: edgeKey(project.id, REVIEWS_PATH, params),
      read: () => listReviews({ ctx, projectId: project.id, input: params }),
    },
  ]);
  return (
    <HydrationBoundary state={state}>
      <ReviewList />
    </HydrationBoundary>
  );
}
