'use client';
import { HydrationBoundary, type DehydratedState } from '@tanstack/react-query';
import { use, useMemo, useState, type ReactNode } from 'react';
import { useServerAhead } from '@/components/ui/now';
import { received } from './received';

/**
 * What the server has read for a page, given to its queries. The page is sent before the reads have ended, so that the
 * browser fetches its scripts meanwhile; it is drawn once they have.
 */
export function Hydrated({ state, children }: { state: Promise<DehydratedState>; children: ReactNode }) {
  const aheadMs = useServerAhead();
  const [nowMs] = useState(() => Date.now());
  const read = use(state);
  const own = useMemo(() => received(read, { aheadMs, nowMs }), [read, aheadMs, nowMs]);
  return <HydrationBoundary state={own}>{children}</HydrationBoundary>;
}
