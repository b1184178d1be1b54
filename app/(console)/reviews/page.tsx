import type { Metadata } from 'next';
import type { SearchParams } from 'nuqs/server';
import { FLEETS_PATH, fleetsParams } from '@/components/devices/queries';
import { REVIEW_QUEUE_PATH } from '@/components/reviews/queries';
import { ReviewList } from '@/components/reviews/review-list';
import { listParams, loadReviewSearch } from '@/components/reviews/review-search';
import { edgeKey } from '@/components/shell/edge-key';
import { Hydrated } from '@/components/shell/hydrated';
import { prefetched } from '@/server/console/prefetch';
import { requireSession } from '@/server/console/session';
import { listFleets } from '@/server/engine/devices/list-fleets';
import { listReviewQueue } from '@/server/engine/registry/review-queue';

export const metadata: Metadata = { title: 'Reviews' };

export default async function ReviewsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { ctx, project } = await requireSession('/reviews');
  const at = { ctx, projectId: project.id };
  const search = await loadReviewSearch(searchParams);
  const params = listParams(search);
  const state = prefetched([
    {
      key: edgeKey(project.id, REVIEW_QUEUE_PATH, params),
      read: () => listReviewQueue({ ...at, input: params }),
    },
    // The name of the fleet that was chosen; the others can wait.
    ...(search.fleet === ''
      ? []
      : [
          {
            key: edgeKey(project.id, FLEETS_PATH, fleetsParams),
            read: () => listFleets({ ...at, input: fleetsParams }),
          },
        ]),
  ]);
  return (
    <Hydrated state={state}>
      <ReviewList />
    </Hydrated>
  );
}
