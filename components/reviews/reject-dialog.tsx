'use client';
// A rejection needs a reason: the device's people read it, months later.
import { formatCounted } from '@/components/ui/format';
import { ReasonDialog } from '@/components/ui/reason-dialog';
import classes from './approve-dialog.module.css';
import { isShared, subjectOf, type AnyReviewDetail } from './subject';

interface Props {
  opened: boolean;
  detail: AnyReviewDetail;
  /** True where nobody holds the review: it is then claimed first. */
  claims: boolean;
  busy: boolean;
  onConfirm: (reason: string) => void;
  onClose: () => void;
}

/** Says what a rejection does and asks why. */
export function RejectDialog({ opened, detail, claims, busy, onConfirm, onClose }: Props) {
  return (
    <ReasonDialog
      opened={opened}
      title={`Reject this schema of ${detail.source_table}?`}
      confirmLabel={claims ? 'Claim and reject schema' : 'Reject schema'}
      danger
      busy={busy}
      description="Kept in the history, for whoever mends the device."
      onConfirm={onConfirm}
      onClose={onClose}
    >
      <ul className={classes.list}>
        {claims ? <li>You claim the review.</li> : null}
        <li>
          {isShared(detail)
            ? `The lineages of ${subjectOf(detail)}, and of every device that comes with this schema, stay paused while they send it; each goes on by itself when its device returns to an approved one.`
            : `The lineage stays paused for as long as ${detail.device_name} sends this schema; it goes on by itself when the device returns to an approved one.`}
        </li>
        <li>
          {detail.staged_row_count === 0
            ? 'No row is staged for it.'
            : `Its ${formatCounted(detail.staged_row_count, 'staged row')} stay staged until the review is reopened or they are discarded.`}
        </li>
      </ul>
    </ReasonDialog>
  );
}
