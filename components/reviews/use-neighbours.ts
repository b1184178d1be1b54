'use client';
// The reviews beside this one in the queue, of either kind: a way on that ended with the devices' reviews would leave
// those of the registry waiting, for which the most devices wait.
import type { QueuedReview } from '@/server/contract/review-queue';
import { useLivePage } from '@/components/shell/live';
import { useSession } from '@/components/shell/session';
import { nextOf, previousOf, REVIEW_QUEUE_PATH, waitingParams } from './queries';
import { reviewHref, type AnyReviewDetail } from './subject';

interface Neighbours {
  /** Where the next and the previous waiting review are; null where no other waits. */
  next: string | null;
  previous: string | null;
  /** Why there is no way on; undefined where there is one. */
  none: string | undefined;
}

export function useNeighbours(detail: AnyReviewDetail): Neighbours {
  const { project } = useSession();
  const { data } = useLivePage<QueuedReview>(project.id, REVIEW_QUEUE_PATH, waitingParams);
  const queue = data?.items ?? [];
  const hrefOf = (review: QueuedReview | null) =>
    review === null ? null : reviewHref(review, review.kind === 'registry');
  const next = hrefOf(nextOf(queue, detail));
  const known = data === undefined ? 'The queue is being read.' : 'No other review waits.';
  return { next, previous: hrefOf(previousOf(queue, detail)), none: next === null ? known : undefined };
}
