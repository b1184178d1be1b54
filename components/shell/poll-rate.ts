// How often what is on the screen is read again. Events tell of everything but rows: those only a poll finds, and
// an operator who watches a replay wants to see it move.

const UP_MS = 5_000;
const DOWN_MS = 2_000;
const REPLAY_MS = 1_000;

const RUNNING = new Set(['pending', 'running']);

const statusOf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'status' in value ? value.status : undefined;

/** True for the replays of a shared approval while one of its devices is not done. */
const isShared = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  'completed' in value &&
  'lineages' in value &&
  value.completed !== value.lineages;

/** True where `data` is of a lineage or a review whose replay is not over, or a job that runs. */
function isMoving(data: unknown): boolean {
  if (typeof data !== 'object' || data === null) return false;
  if ('pending_items' in data || 'moved_devices' in data) return RUNNING.has(String(statusOf(data)));
  const { replay_intent: ofLineage, replay: ofReview } = data as Record<string, unknown>;
  return isShared(ofReview) || [ofLineage, ofReview].some((replay) => RUNNING.has(String(statusOf(replay))));
}

/** Milliseconds to the next poll of what `data` was the last answer to. */
export function pollMs(isStreamUp: boolean, data: unknown): number {
  if (isMoving(data)) return REPLAY_MS;
  return isStreamUp ? UP_MS : DOWN_MS;
}
