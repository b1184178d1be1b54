import type { Metadata } from 'next';
import { OverviewPage } from '@/components/overview/overview-page';
import { heldLineages, LINEAGES_PATH, oldestReviews } from '@/components/overview/queries';
import { REVIEW_QUEUE_PATH } from '@/components/reviews/queries';
import { edgeKey } from '@/components/shell/edge-key';
import { Hydrated } from '@/components/shell/hydrated';
import { prefetched } from '@/server/console/prefetch';
import { requireSession } from '@/server/console/session';
import { listLineages } from '@/server/engine/lineages/list-lineages';
import { listReviewQueue } from '@/server/engine/registry/review-queue';

export const metadata: Metadata = { title: 'Overview' };

// The overview's own numbers come with the layout: the rail shows some of them on every page.
export default async function OverviewRoute() {
  const { ctx, project } = await requireSession('/');
  const state = prefetched([
    {
      key: edgeKey(project.id, REVIEW_QUEUE_PATH, oldestReviews),
      read: () => listReviewQueue({ ctx, projectId: project.id, input: oldestReviews }),
    },
    {
      key: edgeKey(project.id, LINEAGES_PATH, heldLineages),
      read: () => listLineages({ ctx, projectId: project.id, input: heldLineages }),
    },
  ]);
  return (
    <Hydrated state={state}>
      <OverviewPage />
    </Hydrated>
  );
}
