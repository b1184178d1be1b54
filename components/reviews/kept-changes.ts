'use client';
// Changes that were not saved: another operator took the review over, and the server refuses them, as it has to; or
// the session was over, or the line cut, when the page was left. Here they are kept in this browser's tab until they
// are put back or let go, so that nobody's work is lost.
import { useEffect, useState } from 'react';
import { useInBrowser } from '@/components/ui/now';
import type { Decision } from './decision';

const nameOf = (reviewId: string): string => `tidegate.kept-changes.${reviewId}`;

function read(reviewId: string): Decision | null {
  if (typeof window === 'undefined') return null;
  const text = window.sessionStorage.getItem(nameOf(reviewId));
  if (text === null) return null;
  try {
    // Written below, and by nobody else.
    return JSON.parse(text) as Decision;
  } catch {
    return null;
  }
}

/** Keeps `decision` for when the page of the review is opened again in this tab; null forgets it. */
export function keepForReturn(reviewId: string, decision: Decision | null): void {
  if (decision === null) window.sessionStorage.removeItem(nameOf(reviewId));
  else window.sessionStorage.setItem(nameOf(reviewId), JSON.stringify(decision));
}

export interface KeptChanges {
  kept: Decision | null;
  keep: (decision: Decision) => void;
  letGo: () => void;
}

/** The kept changes of one review in this tab. */
export function useKeptChanges(reviewId: string): KeptChanges {
  const [kept, setKept] = useState<Decision | null>(() => read(reviewId));
  // The server cannot know them: they are shown once the page lives.
  const inBrowser = useInBrowser();
  useEffect(() => {
    keepForReturn(reviewId, kept);
  }, [kept, reviewId]);
  return { kept: inBrowser ? kept : null, keep: setKept, letGo: () => setKept(null) };
}
