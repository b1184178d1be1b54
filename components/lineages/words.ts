// The words for what a lineage can be in. One place: the list, the page and the tooltips must not tell an
// operator three different things about the same pause.
import type { Remedy } from '@/server/contract/rows';
import type { Lineage, LineageDetail } from '@/server/contract/governance';
import type { Tone } from '@/components/ui/status-chip';

export type PauseCause = Lineage['pause_causes'][number];
export type CauseKind = PauseCause['cause'];

export const CAUSES = ['schema_review', 'operator', 'backpressure', 'circuit_breaker'] as const;

interface CauseWords {
  label: string;
  tone: Tone;
  /** What ends it, as a sentence. */
  clears: string;
  /** True where the device is asked to wait too. */
  tellsDevice: boolean;
}

export const CAUSE: Record<CauseKind, CauseWords> = {
  schema_review: {
    label: 'Schema review',
    tone: 'wait',
    clears: 'Ends when the review is approved, or when the device sends a schema that was approved before.',
    tellsDevice: false,
  },
  operator: {
    label: 'Operator',
    tone: 'wait',
    clears: 'Ends when an operator resumes the lineage.',
    tellsDevice: true,
  },
  backpressure: {
    label: 'Backpressure',
    tone: 'bad',
    clears:
      'Ends by itself once rows and bytes are both below the resume threshold; a reset does not end it.',
    tellsDevice: true,
  },
  circuit_breaker: {
    label: 'Circuit breaker',
    tone: 'bad',
    clears: 'Ends when materialization is reset. Mend the cause of the failed writes first.',
    tellsDevice: true,
  },
};

/** How far the device has been told of a pause. */
export function deviceWords(cause: PauseCause): string {
  if (!CAUSE[cause.cause].tellsDevice)
    return 'The device is not told: it keeps sending, the rows are staged.';
  if (cause.acknowledged_at !== null) return 'The device has been told, and has acknowledged.';
  if (cause.device_told) return 'The device has been told, and has not acknowledged yet.';
  return 'The device has not been told yet.';
}

export const VERSION_STATUS: Record<
  LineageDetail['schema_versions'][number]['status'],
  { label: string; tone: Tone }
> = {
  pending: { label: 'Waiting', tone: 'wait' },
  approved: { label: 'Approved', tone: 'ok' },
  deferred: { label: 'Deferred', tone: 'wait' },
  rejected: { label: 'Rejected', tone: 'bad' },
};

export const REPLAY: Record<
  NonNullable<LineageDetail['replay_intent']>['status'],
  { label: string; tone: Tone }
> = {
  pending: { label: 'Waits for a worker', tone: 'wait' },
  running: { label: 'Running', tone: 'info' },
  completed: { label: 'Completed', tone: 'ok' },
  failed: { label: 'Failed', tone: 'bad' },
};

export const REMEDY: Record<Remedy, { label: string; means: (column: string) => string }> = {
  as_is: {
    label: 'Try again as it is',
    means: () => 'The rows are tried again. Those whose cause is not gone fail again and stay staged.',
  },
  null_value: {
    label: 'Write NULL there',
    means: (column) =>
      `These rows are written with NULL in ${column}; the values that do not fit are given up. Later rows are not touched by this: they fail as before.`,
  },
  text_column: {
    label: 'Write as text beside it',
    means: (column) =>
      `The mirror gains a text column beside ${column}. A value that does not fit is written there as it came, with NULL in ${column}: for these rows and for later rows of this schema.`,
  },
};
