// Where reviews are read from, for the page on the server and the refetch in the browser alike.

/** One review with everything its page needs. */
export const reviewPath = (reviewId: string): string => `edge/schema-reviews/${reviewId}`;
export const REVIEWS_PATH = 'edge/schema-reviews';
/** One review of the registry. */
export const registryReviewPath = (reviewId: string): string => `edge/registry-reviews/${reviewId}`;
export const REGISTRY_REVIEWS_PATH = 'edge/registry-reviews';
export const EVENTS_PATH = 'events';

/** The events of a review, newest first. */
export const historyParams = (reviewId: string) => ({ subject_id: reviewId, limit: 50 });

/** What waits for a decision, the longest waiting first. */
export const waitingParams = { status: 'open', sort: 'created_at', limit: 20 } as const;

/** The next review to look at after `current`: the first after it in the queue, else the queue's first. */
export function nextOf(
  queue: readonly { id: string; created_at: string }[],
  current: { id: string; created_at: string },
): string | null {
  const others = queue.filter((review) => review.id !== current.id);
  return (others.find((review) => review.created_at >= current.created_at) ?? others[0])?.id ?? null;
}
