'use client';
import { Button } from '@mantine/core';
import { EmptyState } from '@/components/ui/empty-state';

export default function ErrorPage({
  error,
  retry,
}: {
  error: Error & { digest?: string };
  /** Asks the server again: what the browser has of the page may be the fault of minutes ago. */
  retry: () => void;
}) {
  return (
    <div role="alert">
      <EmptyState
        isPage
        title="This page could not be made."
        action={<Button onClick={retry}>Try again</Button>}
      >
        The server met a fault{error.digest === undefined ? '' : `, which its log names ${error.digest}`}.
        Nothing was changed. If it stays so, look at the log of the web process.
      </EmptyState>
    </div>
  );
}
