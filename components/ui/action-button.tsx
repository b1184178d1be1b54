'use client';
// A button that says why it cannot be used. It stays focusable while it is disabled: a button that drops
// out of the tab order cannot tell a keyboard or a screen reader its reason.
import { Button, Tooltip, VisuallyHidden, type ButtonProps } from '@mantine/core';
import { useId, type ReactNode } from 'react';
import { Kbd } from './kbd';

interface Props extends ButtonProps {
  children: ReactNode;
  onClick: () => void;
  /** Why it may not be used now; undefined where it may. */
  disabledReason?: string | undefined;
  /** The key that does the same; printed on buttons of the variant `default`. */
  hotkey?: string;
}

/** A button; with `disabledReason` it does nothing and shows the reason on hover and focus. */
export function ActionButton({ children, onClick, disabledReason, hotkey, ...rest }: Props) {
  const reasonId = useId();
  const off = disabledReason !== undefined;
  return (
    <>
      <Tooltip label={disabledReason ?? ''} disabled={!off}>
        <Button
          {...rest}
          type="button"
          data-disabled={off}
          aria-disabled={off}
          {...(hotkey === undefined ? {} : { 'aria-keyshortcuts': hotkey })}
          {...(hotkey === undefined || rest.variant !== 'default' ? {} : { rightSection: printed(hotkey) })}
          {...(off ? { 'aria-describedby': reasonId } : {})}
          onClick={(event) => {
            if (off) event.preventDefault();
            else onClick();
          }}
        >
          {children}
        </Button>
      </Tooltip>
      {/* Beside the button, not in it: a reason in it would become part of its name. */}
      {off ? <VisuallyHidden id={reasonId}>{disabledReason}</VisuallyHidden> : null}
    </>
  );
}

const printed = (hotkey: string) => (
  <span aria-hidden>
    <Kbd>{hotkey}</Kbd>
  </span>
);
