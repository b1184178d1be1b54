'use client';
import { HydrationBoundary, type DehydratedState } from '@tanstack/react-query';
import { use, type ReactNode } from 'react';

/**
 * What the server has read for a page, given to its queries. The page is sent before the reads have ended, so that the
 * browser fetches its scripts meanwhile; it is drawn once they have.
 */
export function Hydrated({ state, children }: { state: Promise<DehydratedState>; children: ReactNode }) {
  return <HydrationBoundary state={use(state)}>{children}</HydrationBoundary>;
}
