'use client';
// What stands in a panel whose data could not be read: why, and another try. The rest of the page stays usable.
import { Button } from '@mantine/core';
import classes from './panel-error.module.css';

/** `what` is the subject of the sentence: "The blast radius". */
export function PanelError({
  what,
  error,
  busy,
  onRetry,
}: {
  what: string;
  error: Error;
  busy: boolean;
  onRetry: () => void;
}) {
  return (
    <div role="alert" className={classes.error}>
      <p>
        {what} cannot be read: {error.message}
      </p>
      <Button size="compact-xs" variant="default" loading={busy} onClick={onRetry}>
        Try again
      </Button>
    </div>
  );
}
