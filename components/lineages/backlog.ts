// How full a lineage's backlog is and when it will be full. Pure.
import type { BacklogForecast } from '@/server/contract/activity';
import type { Policy } from '@/server/contract/fleet';
import type { Lineage } from '@/server/contract/governance';

export interface Backlog {
  /** The larger of rows and bytes against their caps, 0 and up. */
  share: number;
  rowsMax: number;
  bytesMax: number;
  /** 0 to 1: below it in both measures a pause for backpressure ends. */
  resumeAt: number;
  /** Milliseconds until a cap is reached at the pace of the last minutes; null where nothing points there. */
  fullInMs: number | null;
}

type Counted = Pick<Lineage, 'staged_row_count' | 'staged_bytes'>;
type Caps = Pick<
  Policy,
  'max_pending_rows_per_lineage' | 'max_pending_bytes_per_lineage' | 'resume_threshold_percent'
>;

/** The fuller of rows and bytes against their caps, 0 and up: the device is paused from 1 on. */
export const shareOfCaps = (lineage: Counted, caps: { rows: number; bytes: number }): number =>
  Math.max(lineage.staged_row_count / caps.rows, lineage.staged_bytes / caps.bytes);

/** The backlog of `lineage` under `policy` at `nowMs`; the forecast is the server's, the same that alarms go by. */
export function backlogOf(
  lineage: Counted,
  policy: Caps,
  forecast: Pick<BacklogForecast, 'full_at'> | undefined,
  nowMs: number,
): Backlog {
  const rowsMax = policy.max_pending_rows_per_lineage;
  const bytesMax = policy.max_pending_bytes_per_lineage;
  const share = shareOfCaps(lineage, { rows: rowsMax, bytes: bytesMax });
  const fullAt = forecast?.full_at ?? null;
  return {
    share,
    rowsMax,
    bytesMax,
    resumeAt: policy.resume_threshold_percent / 100,
    // Nothing is held: what was held a while ago says nothing of when the backlog will be full.
    fullInMs: fullAt === null || share === 0 || share >= 1 ? null : Math.max(0, Date.parse(fullAt) - nowMs),
  };
}
