'use client';
// Giving a registry review up decides nothing: it says so, and why it is done goes into the history.
import type { RegistryReviewDetail } from '@/server/contract/registry';
import { formatCounted } from '@/components/ui/format';
import { ReasonDialog } from '@/components/ui/reason-dialog';
import classes from './approve-dialog.module.css';

interface Props {
  detail: RegistryReviewDetail;
  busy: boolean;
  onConfirm: (reason: string) => void;
  onClose: () => void;
}

/** Says what becomes of the devices that wait, and asks why. */
export function AbandonDialog({ detail, busy, onConfirm, onClose }: Props) {
  const waiting = formatCounted(detail.waiting_lineages, 'device stays', 'devices stay');
  return (
    <ReasonDialog
      opened
      title={`Abandon the review of ${detail.source_table}?`}
      confirmLabel="Abandon review"
      danger
      busy={busy}
      description="Kept in the history."
      onConfirm={onConfirm}
      onClose={onClose}
    >
      <ul className={classes.list}>
        <li>Nothing is decided. {waiting} paused, and what is staged stays.</li>
        <li>
          The next batch of each asks again, as the coalescing mode in force then says: in a new review of the
          registry, or in a review of its own.
        </li>
      </ul>
    </ReasonDialog>
  );
}
