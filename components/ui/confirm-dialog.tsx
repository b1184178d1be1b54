'use client';
// Asks before what cannot be undone, and says exactly what will happen.
import { Button, Group } from '@mantine/core';
import { useEffect, useRef, useState, type ReactNode, type RefObject } from 'react';
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

const FIELDS = 'input, textarea, select, [contenteditable="true"]';

/** A character that is written, not a key that moves. */
const isTyped = ({ key, ctrlKey, metaKey, altKey, target }: KeyboardEvent): boolean =>
  key.length === 1 &&
  !ctrlKey &&
  !metaKey &&
  !altKey &&
  !(target instanceof Element && target.closest(FIELDS));

/**
 * Whether the way on still has the focus that it was given. Whoever types where no field is means something else, and
 * the blanks and the Enter of a sentence would confirm it: the focus is then taken away, and given no more.
 */
function useTypingGuard(button: RefObject<HTMLButtonElement | null>, opened: boolean) {
  const isOff = useRef(false);
  useEffect(() => {
    if (!opened) return;
    isOff.current = false;
    let isMoved = false;
    const moved = () => {
      isMoved = true;
    };
    const listen = (event: KeyboardEvent) => {
      if (event.key === 'Tab') return moved();
      if (!isTyped(event) || isMoved) return;
      isOff.current = true;
      if (document.activeElement !== button.current) return;
      event.preventDefault();
      button.current?.closest<HTMLElement>('[role="dialog"]')?.focus();
    };
    window.addEventListener('keydown', listen, true);
    window.addEventListener('pointerdown', moved, true);
    return () => {
      window.removeEventListener('keydown', listen, true);
      window.removeEventListener('pointerdown', moved, true);
    };
  }, [button, opened]);
  return isOff;
}

/**
 * The way on takes the focus as soon as it can be taken, unless the user has put it somewhere else: a button that
 * was disabled while the dialog opened, or while what was confirmed was under way, could not take it then.
 */
function useFocusOnceReady(opened: boolean, ready: boolean) {
  const button = useRef<HTMLButtonElement>(null);
  const isOff = useTypingGuard(button, opened);
  useEffect(() => {
    const dialog = button.current?.closest('[role="dialog"]');
    const at = document.activeElement;
    const isChosen = dialog?.contains(at) === true && at?.matches('.mantine-Modal-close') === false;
    if (ready && !isChosen && !isOff.current) button.current?.focus();
  }, [ready, isOff]);
  return button;
}

/** `label` while it asks; then what was confirmed, whatever that has changed: "Save view" is not read as "Replace" while it closes. */
function useConfirmed(label: string, isAsking: boolean): string {
  const [asked, setAsked] = useState(label);
  if (isAsking && asked !== label) setAsked(label);
  return isAsking ? label : asked;
}

const stay = (): void => undefined;

/**
 * A dialog with one way on and one way back; Escape goes back. While what was confirmed is under way there is none: it
 * would look as if it had been called off.
 */
export function ConfirmDialog(props: Props) {
  const { opened, title, children, confirmLabel, onConfirm, busy = false, danger, disabled, size } = props;
  const onClose = busy ? stay : props.onClose;
  // What cannot be undone is gone to, not come upon.
  const isOffered = danger !== true;
  const ready = opened && disabled !== true && !busy && isOffered;
  const confirm = useFocusOnceReady(opened, ready);
  const label = useConfirmed(confirmLabel, opened && !busy);
  return (
    <Dialog opened={opened} onClose={onClose} title={title} size={size ?? 'md'}>
      {children}
      <Group justify="flex-end" gap={8} className={classes.ways ?? ''}>
        <Button
          variant="default"
          onClick={onClose}
          disabled={busy}
          {...(isOffered ? {} : { 'data-autofocus': true })}
        >
          Cancel
        </Button>
        <Button
          ref={confirm}
          color={danger === true ? 'red' : 'tide'}
          loading={busy}
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
