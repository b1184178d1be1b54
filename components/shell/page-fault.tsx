'use client';
// What stands where a page could not be made: what is known of why, and another try.
import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { DATABASE_UNAVAILABLE } from '@/server/contract/page-faults';
import { EmptyState } from '@/components/ui/empty-state';

/** What Next gives a page that stands for another. */
export interface PageFaultProps {
  error: Error & { digest?: string };
  /** Asks the server again: what the browser has of the page may be the fault of minutes ago. */
  retry: () => void;
}

const RETRY_MS = 5_000;

/** Tries again by itself while the tab is seen. */
function useRetries(isOn: boolean, retry: () => void): void {
  useEffect(() => {
    if (!isOn) return;
    const timer = setInterval(() => {
      if (!document.hidden) retry();
    }, RETRY_MS);
    return () => clearInterval(timer);
  }, [isOn, retry]);
}

/** Says that the page could not be made. While the database is away the page comes by itself once it is back. */
export function PageFault({ error, retry }: PageFaultProps) {
  const isAway = error.digest === DATABASE_UNAVAILABLE;
  useRetries(isAway, retry);
  const action = <Button onClick={retry}>Try again</Button>;
  return (
    <div role="alert">
      {isAway ? (
        <EmptyState isPage title="The database does not answer." action={action}>
          Nothing was changed, and nothing is lost: what devices send waits in the broker and on the devices
          until it can be written. This page is tried again every {RETRY_MS / 1000} seconds. If it stays so,
          look whether PostgreSQL runs, then at the log of the web process.
        </EmptyState>
      ) : (
        <EmptyState isPage title="This page could not be made." action={action}>
          The server met a fault{error.digest === undefined ? '' : `, which its log names ${error.digest}`}.
          Nothing was changed. If it stays so, look at the log of the web process.
        </EmptyState>
      )}
    </div>
  );
}
