'use client';
// The reviews beside this one in the queue, of either kind: a way on that ended with the devices' reviews would leave
// those of the registry waiting, for which the most devices wait.
import type { QueuedReview } from '@/server/contract/review-queue';
import { useLivePage } from '@/components/shell/live';
import { useSession } from '@/components/shell/session';
import { nextOf, previousOf, REVIEW_QUEUE_PATH, waitingParams } from './queries';
import { reviewHref, type AnyReviewDetail } from './subject';

/** Where the next and the previous waiting review are; null where no other waits. */
export function useNeighbours(detail: AnyReviewDetail): { next: string | null; previous: string | null } {
  const { project } = useSession();
  const { data } = useLivePage<QueuedReview>(project.id, REVIEW_QUEUE_PATH, waitingParams);
  const queue = data?.items ?? [];
  const hrefOf = (review: QueuedReview | null) =>
    review === null ? null : reviewHref(review, review.kind === 'registry');
  return { next: hrefOf(nextOf(queue, detail)), previous: hrefOf(previousOf(queue, detail)) };
}
