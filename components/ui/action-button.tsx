'use client';
// A button that says why it cannot be used. It stays focusable while it is disabled: a button that drops
// out of the tab order cannot tell a keyboard or a screen reader its reason.
import { Button, VisuallyHidden, type ButtonProps } from '@mantine/core';
import { useId, useRef, useState, type ReactNode } from 'react';
import { Kbd } from './kbd';
import { onDemand, useIsHere } from './on-demand';

const reasonTip = onDemand(() => import('./reason-tip').then(({ ReasonTip }) => ReasonTip));

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
  const button = useRef<HTMLButtonElement>(null);
  const [isNear, setNear] = useState(false);
  useIsHere(reasonTip, off && isNear);
  return (
    <>
      <Button
        {...rest}
        ref={button}
        type="button"
        data-disabled={off}
        aria-disabled={off}
        {...(hotkey === undefined ? {} : { 'aria-keyshortcuts': hotkey })}
        {...(hotkey === undefined || rest.variant !== 'default' ? {} : { rightSection: printed(hotkey) })}
        {...(off ? { 'aria-describedby': reasonId } : {})}
        onMouseEnter={() => setNear(true)}
        onMouseLeave={() => setNear(false)}
        onFocus={(event) => setNear(event.currentTarget.matches(':focus-visible'))}
        onBlur={() => setNear(false)}
        onClick={(event) => {
          if (off) event.preventDefault();
          else onClick();
        }}
      >
        {children}
      </Button>
      {off && isNear ? <reasonTip.Drawn target={button} reason={disabledReason} /> : null}
      {/* Beside the button, not in it: a reason in it would become part of its name. */}
      {off ? <VisuallyHidden id={reasonId}>{disabledReason}</VisuallyHidden> : null}
    </>
  );
}

const printed = (hotkey: string) => <Kbd>{hotkey}</Kbd>;
