// What may be done with a lineage now, and why not: one answer for buttons, keys and the palette. Pure.
import type { LineageDetail } from '@/server/contract/governance';
import { reviewLink } from './review-link';
import { CAUSE } from './words';

export interface LineagePermits {
  /** Why not; undefined where allowed. */
  reset: string | undefined;
  pause: string | undefined;
  resume: string | undefined;
  discard: string | undefined;
  remove: string | undefined;
  review: string | undefined;
  mirrorRows: string | undefined;
}

/** Why the rest of `detail` leaves nothing to reset; undefined where a write has failed. */
function nothingToReset({ lineage, replay_intent: replay }: LineageDetail): string | undefined {
  const broken = lineage.pause_causes.some(({ cause }) => cause === 'circuit_breaker');
  const failed =
    lineage.materialization_failure_count > 0 ||
    lineage.materialization_last_error !== null ||
    (replay !== null && (replay.failure_count > 0 || replay.status === 'failed'));
  if (broken || failed) return undefined;
  const held = lineage.pause_causes.map(({ cause }) => CAUSE[cause].label.toLowerCase());
  return held.length === 0
    ? 'Nothing to reset: no write of this lineage has failed.'
    : `Nothing to reset: no write has failed. The lineage is paused for ${held.join(' and ')}.`;
}

/** `missing` is why the role does not suffice, undefined where it does. */
export function lineagePermits(detail: LineageDetail, missing: string | undefined): LineagePermits {
  const { lineage, mirror } = detail;
  const paused = lineage.pause_causes.some(({ cause }) => cause === 'operator');
  return {
    reset: missing ?? nothingToReset(detail),
    pause: missing ?? (paused ? 'An operator has paused this lineage already.' : undefined),
    resume: missing ?? (paused ? undefined : 'No operator has paused this lineage.'),
    discard: missing ?? (lineage.staged_row_count === 0 ? 'No row is staged.' : undefined),
    remove: missing,
    review: reviewLink(detail) === null ? 'No review of this lineage is open.' : undefined,
    mirrorRows:
      mirror === null ? 'There is no mirror table yet: the schema has not been approved.' : undefined,
  };
}
