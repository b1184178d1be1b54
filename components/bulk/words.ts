// What a bulk job is and does, in an operator's words. Pure.
import type { BulkItem, BulkJob } from '@/server/contract/bulk';
import { formatCounted } from '@/components/ui/format';
import type { Tone } from '@/components/ui/status-chip';

export type BulkAction = BulkJob['action'];

export const ACTION: Record<BulkAction, { label: string; doing: string; what: string }> = {
  claim: { label: 'Claim', doing: 'Claiming', what: 'review' },
  approve: { label: 'Approve', doing: 'Approving', what: 'review' },
  reject: { label: 'Reject', doing: 'Rejecting', what: 'review' },
  reset: { label: 'Reset', doing: 'Resetting', what: 'lineage' },
};

export const JOB_STATUS: Record<BulkJob['status'], { label: string; tone: Tone }> = {
  previewed: { label: 'Not started', tone: 'wait' },
  running: { label: 'Running', tone: 'info' },
  completed: { label: 'Completed', tone: 'ok' },
  cancelled: { label: 'Cancelled', tone: 'idle' },
};

export const ITEM_STATUS: Record<BulkItem['status'], { label: string; tone: Tone }> = {
  pending: { label: 'Waiting', tone: 'wait' },
  done: { label: 'Done', tone: 'ok' },
  failed: { label: 'Failed', tone: 'bad' },
  cancelled: { label: 'Not begun', tone: 'idle' },
};

/** `Approve 143 reviews`: the words on the button, and the job's title. */
export const jobTitle = ({ action, total_items }: Pick<BulkJob, 'action' | 'total_items'>): string =>
  `${ACTION[action].label} ${formatCounted(total_items, ACTION[action].what)}`;

/** Rows that the approval of every shape would replay. */
const rowsOf = ({ shapes }: Pick<BulkJob, 'shapes'>): number =>
  shapes
    .filter(({ decision }) => decision?.some(({ action }) => action === 'mirror') === true)
    .reduce((rows, shape) => rows + shape.staged_row_count, 0);

/** The words on the button that starts the job: what it sets in motion. */
export function startLabel(job: BulkJob): string {
  const rows = job.action === 'approve' ? rowsOf(job) : 0;
  return rows === 0 ? jobTitle(job) : `${jobTitle(job)} and replay ${formatCounted(rows, 'row')}`;
}

/** What starting will do, a sentence each. */
export function consequences(job: BulkJob): string[] {
  const each = 'Each is done by itself, in the background, and says what became of it.';
  const kept = 'What has changed since it was counted is left alone, with the reason.';
  const others = job.take_over
    ? 'Reviews that other operators hold are taken over, with their drafts.'
    : 'Reviews that other operators hold are left to them.';
  switch (job.action) {
    case 'claim':
      return [others, each, kept];
    case 'approve':
      return [
        'You claim each review and approve it as its shape is decided above.',
        others,
        'An approval cannot be taken back once rows are in a mirror.',
        each,
        kept,
      ];
    case 'reject':
      return [
        `You claim each review and reject it: ${job.reason ?? ''}`,
        'The lineages stay paused while their devices send these schemas; the staged rows stay.',
        others,
        each,
        kept,
      ];
    case 'reset':
      return [
        'On each lineage the breaker closes and the rows that failed are tried again. One without failures is left as it is, and says why it is paused.',
        each,
      ];
  }
}

/** Where the subject of an item is looked at. */
export function subjectHref({ kind, subject_id }: Pick<BulkItem, 'kind' | 'subject_id'>): string {
  switch (kind) {
    case 'schema_review':
      return `/reviews/${subject_id}`;
    case 'registry_review':
      return `/reviews/registry/${subject_id}`;
    case 'lineage':
      return `/lineages/${subject_id}`;
  }
}
