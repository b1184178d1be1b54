'use client';
// Changes that were not saved before another operator took the review over. The server refuses them, as it has to;
// here they are kept in this browser's tab until they are put back or let go, so that nobody's work is lost.
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
    if (kept === null) window.sessionStorage.removeItem(nameOf(reviewId));
    else window.sessionStorage.setItem(nameOf(reviewId), JSON.stringify(kept));
  }, [kept, reviewId]);
  return { kept: inBrowser ? kept : null, keep: setKept, letGo: () => setKept(null) };
}
