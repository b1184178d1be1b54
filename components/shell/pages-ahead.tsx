'use client';
// The pages that the rail leads to come ahead once a tab was opened, one after the other, each when nobody moves a hand
// and the browser is idle: their code and what they show first. For five minutes a click then draws what the browser
// has, and reads it again at once, as with a page that was open before. Of what their lists lead to only the code comes: which row it will be nobody knows.
import { useSyncExternalStore } from 'react';
import { whenHandsRest, whenSomebodyIsThere } from '@/components/ui/when-somebody';
import { PLACES } from './navigation';

const DETAILS: readonly (() => Promise<unknown>)[] = [
  () => import('@/components/reviews/review-page'),
  () => import('@/components/lineages/lineage-page'),
  () => import('@/components/devices/device-page'),
];

/** The server mostly reads a page in less; a second one meanwhile would only slow it. */
const APART_MS = 300;

/** A slow one is not given up before. */
const PATIENCE_MS = 10_000;

const coming = new Set<string>();
const listeners = new Set<() => void>();

function tell(): void {
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** True while the page at `href` is to be fetched ahead: by the rail's link to it. */
export function useIsComing(href: string): boolean {
  return useSyncExternalStore(
    subscribe,
    () => coming.has(href),
    () => false,
  );
}

function fetchPage(href: string): void {
  coming.add(href);
  tell();
  setTimeout(() => {
    coming.delete(href);
    tell();
  }, PATIENCE_MS);
}

function fetchDetail(at: number): void {
  void DETAILS[at]?.()
    // The line is cut, or the server was replaced: the page itself fetches what it needs.
    .catch(() => undefined)
    .then(() => whenHandsRest(() => fetchDetail(at + 1)));
}

/** Nothing is fetched by the links of a tab that is not seen. */
function whenSeen(run: () => void): void {
  if (!document.hidden) return run();
  document.addEventListener('visibilitychange', () => whenSeen(run), { once: true });
}

function fetchFrom(at: number): void {
  const place = PLACES[at];
  if (place === undefined) return fetchDetail(0);
  fetchPage(place.href);
  setTimeout(() => whenHandsRest(() => whenSeen(() => fetchFrom(at + 1))), APART_MS);
}

whenSomebodyIsThere(() => whenSeen(() => fetchFrom(0)));

/** Draws nothing. Where it is on a page, the others come ahead. */
export const PagesAhead = (): null => null;
