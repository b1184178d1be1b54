// How full a lineage's backlog is and when it will be full. Pure.
import type { Lineage } from '@/server/contract/governance';
import type { Policy } from '@/server/contract/fleet';

export interface Backlog {
  /** The larger of rows and bytes against their caps, 0 and up. */
  share: number;
  rowsMax: number;
  bytesMax: number;
  /** 0 to 1: below it in both measures a pause for backpressure ends. */
  resumeAt: number;
  /** Milliseconds until a cap is reached at the pace since the pause began; null where nothing points there. */
  fullInMs: number | null;
}

type Counted = Pick<Lineage, 'staged_row_count' | 'staged_bytes' | 'pause_causes' | 'last_batch_at'>;
type Caps = Pick<
  Policy,
  'max_pending_rows_per_lineage' | 'max_pending_bytes_per_lineage' | 'resume_threshold_percent'
>;

/** A device that has been quiet for longer than this gives no pace. */
const QUIET_MS = 10 * 60_000;
/** Over a shorter time the pace is noise. */
const PACE_MS_MIN = 10_000;

function fullIn(lineage: Counted, share: number, nowMs: number): number | null {
  const since = Math.min(...lineage.pause_causes.map((cause) => Date.parse(cause.since)));
  const elapsed = nowMs - since;
  const quiet = nowMs - Date.parse(lineage.last_batch_at) > QUIET_MS;
  if (!Number.isFinite(since) || elapsed < PACE_MS_MIN || quiet || share <= 0 || share >= 1) return null;
  return (elapsed * (1 - share)) / share;
}

/** The backlog of `lineage` under `policy` at `nowMs`. */
export function backlogOf(lineage: Counted, policy: Caps, nowMs: number): Backlog {
  const rowsMax = policy.max_pending_rows_per_lineage;
  const bytesMax = policy.max_pending_bytes_per_lineage;
  const share = Math.max(lineage.staged_row_count / rowsMax, lineage.staged_bytes / bytesMax);
  return {
    share,
    rowsMax,
    bytesMax,
    resumeAt: policy.resume_threshold_percent / 100,
    fullInMs: fullIn(lineage, share, nowMs),
  };
}
