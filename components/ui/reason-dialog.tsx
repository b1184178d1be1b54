'use client';
// Asks before what needs a reason: somebody reads it months later.
import { Textarea } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { ConfirmDialog } from './confirm-dialog';

interface Props {
  opened: boolean;
  title: string;
  /** What will happen. */
  children?: ReactNode;
  /** The field's name. */
  label?: string;
  /** Who reads it, and where. */
  description?: string;
  confirmLabel: string;
  danger?: boolean;
  busy: boolean;
  onConfirm: (reason: string) => void;
  onClose: () => void;
}

const REASON_CHARS_MAX = 2000;

/** A `ConfirmDialog` that goes on only with a reason, which it gives without the blanks around it. */
export function ReasonDialog({ children, label = 'Reason', description, onConfirm, ...dialog }: Props) {
  const [reason, setReason] = useState('');
  return (
    <ConfirmDialog {...dialog} disabled={reason.trim() === ''} onConfirm={() => onConfirm(reason.trim())}>
      {children}
      <Textarea
        label={label}
        description={description}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        autosize
        minRows={3}
        maxLength={REASON_CHARS_MAX}
        mt={12}
        data-autofocus
      />
    </ConfirmDialog>
  );
}
