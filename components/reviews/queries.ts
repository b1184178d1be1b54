// Where reviews are read from, for the page on the server and the refetch in the browser alike.

/** One review with everything its page needs. */
export const reviewPath = (reviewId: string): string => `edge/schema-reviews/${reviewId}`;
/** One review of the registry. */
export const registryReviewPath = (reviewId: string): string => `edge/registry-reviews/${reviewId}`;
export const REGISTRY_REVIEWS_PATH = 'edge/registry-reviews';
/** Both kinds in one list. */
export const REVIEW_QUEUE_PATH = 'edge/review-queue';
export const EVENTS_PATH = 'events';

/** The events of a review, newest first. */
export const historyParams = (reviewId: string) => ({ subject_id: reviewId, limit: 50 });

/** What waits for a decision, the longest waiting first. */
export const waitingParams = { status: 'open', sort: 'created_at', limit: 100 } as const;

/**
 * Where `current` is among the `others` of the queue: how many of them come before it. Told by its place as long as it
 * waits: many reviews can be of one moment, and by their time alone the way on went to and fro between two of them.
 */
function placeAmong(
  queue: readonly { id: string; created_at: string }[],
  current: { id: string; created_at: string },
): number {
  const at = queue.findIndex(({ id }) => id === current.id);
  return at === -1 ? queue.filter(({ created_at }) => created_at < current.created_at).length : at;
}

const othersOf = <T extends { id: string }>(queue: readonly T[], current: { id: string }): T[] =>
  queue.filter(({ id }) => id !== current.id);

/** The next review to look at after `current`: the first after it in the queue, else the queue's first. */
export function nextOf<T extends { id: string; created_at: string }>(
  queue: readonly T[],
  current: { id: string; created_at: string },
): T | null {
  const others = othersOf(queue, current);
  return others[placeAmong(queue, current)] ?? others[0] ?? null;
}

/** The one before it in the queue, else the queue's last. */
export function previousOf<T extends { id: string; created_at: string }>(
  queue: readonly T[],
  current: { id: string; created_at: string },
): T | null {
  const others = othersOf(queue, current);
  return others[placeAmong(queue, current) - 1] ?? others.at(-1) ?? null;
}
