'use client';
// Asks before what cannot be undone, and says exactly what will happen.
import { Button, Group } from '@mantine/core';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import classes from './confirm-dialog.module.css';
import { Dialog } from './dialog';

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

/**
 * The way on takes the focus as soon as it can be taken, unless the user has put it somewhere else: a button that
 * was disabled while the dialog opened could not take it then.
 */
function useFocusOnceReady(ready: boolean) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const dialog = button.current?.closest('[role="dialog"]');
    const at = document.activeElement;
    const isChosen = dialog?.contains(at) === true && at?.matches('.mantine-Modal-close') === false;
    if (ready && !isChosen) button.current?.focus();
  }, [ready]);
  return button;
}

/** `label` while it asks; then what was confirmed, whatever that has changed: "Save view" is not read as "Replace" while it closes. */
function useConfirmed(label: string, isAsking: boolean): string {
  const [asked, setAsked] = useState(label);
  if (isAsking && asked !== label) setAsked(label);
  return isAsking ? label : asked;
}

/** A dialog with one way on and one way back; Escape goes back. */
export function ConfirmDialog(props: Props) {
  const { opened, title, children, confirmLabel, onConfirm, onClose, busy, danger, disabled, size } = props;
  const ready = opened && disabled !== true;
  const confirm = useFocusOnceReady(ready);
  const label = useConfirmed(confirmLabel, opened && busy !== true);
  return (
    <Dialog opened={opened} onClose={onClose} title={title} size={size ?? 'md'}>
      {children}
      <Group justify="flex-end" gap={8} className={classes.ways ?? ''}>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button
          ref={confirm}
          color={danger === true ? 'red' : 'tide'}
          loading={busy ?? false}
          disabled={disabled ?? false}
          onClick={onConfirm}
          {...(ready ? { 'data-autofocus': true } : {})}
        >
          {label}
        </Button>
      </Group>
    </Dialog>
  );
}
