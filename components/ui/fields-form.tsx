'use client';
// The fields of a dialog, whose button stands outside of them: Enter in any of them is as good as the button.
import type { ReactNode } from 'react';

interface Props {
  children: ReactNode;
  className?: string | undefined;
  /** Whether the dialog's own button could be pressed now. */
  ready: boolean;
  onSubmit: () => void;
}

/** A form without a button in sight: with more than one field, a browser submits at Enter only where there is one. */
export function FieldsForm({ children, className, ready, onSubmit }: Props) {
  return (
    <form
      noValidate
      className={className}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) onSubmit();
      }}
    >
      {children}
      <button type="submit" hidden tabIndex={-1} />
    </form>
  );
}
