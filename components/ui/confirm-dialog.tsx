'use client';
// Asks before what cannot be undone, and says exactly what will happen.
import { Button, Group, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './confirm-dialog.module.css';

interface Props {
  opened: boolean;
  title: string;
  children: ReactNode;
  /** The verb and its object: "Approve and replay 8,130 rows". Never "OK". */
  confirmLabel: string;
  onConfirm: () => void;
  onClose: () => void;
  busy?: boolean;
  danger?: boolean;
  disabled?: boolean;
  size?: string;
}

/** A dialog with one way on and one way back; Escape goes back. */
export function ConfirmDialog(props: Props) {
  const { opened, title, children, confirmLabel, onConfirm, onClose, busy, danger, disabled, size } = props;
  return (
    <Modal opened={opened} onClose={onClose} title={title} size={size ?? 'md'}>
      {children}
      <Group justify="flex-end" gap={8} className={classes.ways ?? ''}>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button
          color={danger === true ? 'red' : 'tide'}
          loading={busy ?? false}
          disabled={disabled ?? false}
          onClick={onConfirm}
          data-autofocus
        >
          {confirmLabel}
        </Button>
      </Group>
    </Modal>
  );
}
