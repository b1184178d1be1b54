'use client';
// Giving a registry review up decides nothing: it says so, and why it is done goes into the history.
import { Textarea } from '@mantine/core';
import { useState } from 'react';
import type { RegistryReviewDetail } from '@/server/contract/registry';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { formatCounted } from '@/components/ui/format';
import classes from './approve-dialog.module.css';

interface Props {
  detail: RegistryReviewDetail;
  busy: boolean;
  onConfirm: (reason: string) => void;
  onClose: () => void;
}

/** Says what becomes of the devices that wait, and asks why. */
export function AbandonDialog({ detail, busy, onConfirm, onClose }: Props) {
  const [reason, setReason] = useState('');
  const waiting = formatCounted(detail.waiting_lineages, 'device');
  return (
    <ConfirmDialog
      opened
      title={`Abandon the review of ${detail.source_table}?`}
      confirmLabel="Abandon review"
      danger
      busy={busy}
      disabled={reason.trim() === ''}
      onConfirm={() => onConfirm(reason.trim())}
      onClose={onClose}
    >
      <ul className={classes.list}>
        <li>Nothing is decided. {waiting} stay paused, and their staged rows stay.</li>
        <li>
          The next batch of each asks again, as the coalescing mode in force then says: in a new review of the
          registry, or in a review of its own.
        </li>
      </ul>
      <Textarea
        label="Reason"
        description="Kept in the history."
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        autosize
        minRows={3}
        maxLength={2000}
        data-autofocus
      />
    </ConfirmDialog>
  );
}
