'use client';
// A rejection of many needs a reason, as one of one does.
import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';

interface Props {
  opened: boolean;
  /** `143 reviews`. */
  what: string;
  busy: boolean;
  onConfirm: (reason: string) => void;
  onClose: () => void;
}

/** Asks why; what is counted is shown next, and nothing is rejected before that. */
export function RejectManyDialog({ opened, what, busy, onConfirm, onClose }: Props) {
  const [reason, setReason] = useState('');
  return (
    <ConfirmDialog
      opened={opened}
      title={`Reject ${what}?`}
      confirmLabel="Count and look first"
      busy={busy}
      disabled={reason.trim() === ''}
      onConfirm={() => onConfirm(reason.trim())}
      onClose={onClose}
    >
      <Textarea
        label="Reason"
        description="Kept in the history of each, for whoever mends the devices."
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
