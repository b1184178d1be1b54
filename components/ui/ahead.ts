'use client';
// What comes ahead, before somebody asks for it: one thing after the other is asked for, each when nobody moves a hand
// and the browser is idle. Of pages that is their code and what they show first: for five minutes a click then draws
// what the browser has, and reads it again at once, as with a page that was open before.
import type { PrefetchKind } from 'next/dist/client/components/router-reducer/router-reducer-types';
import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useRef } from 'react';
import { whenHandsRest, whenSomebodyIsThere } from './when-somebody';

/** A page with what it shows first; otherwise Next fetches its outline alone. */
const WHOLE = { kind: 'full' as PrefetchKind };

/** The server mostly reads a page in less; a second one meanwhile would only slow it. */
const APART_MS = 300;

export type Fetch = () => unknown;

/** What is still to come, the next one first. */
let waiting: readonly Fetch[] = [];
let isComing = false;

/** Nothing is fetched by a tab that is not seen. */
function whenSeen(run: () => void): void {
  if (!document.hidden) return run();
  document.addEventListener('visibilitychange', () => whenSeen(run), { once: true });
}

function fetchNext(): void {
  const [next, ...rest] = waiting;
  waiting = rest;
  isComing = next !== undefined;
  if (next === undefined) return;
  void Promise.resolve()
    .then(next)
    // The line is cut, or the server was replaced: the page itself fetches what it needs.
    .catch(() => undefined)
    .then(() => setTimeout(() => whenHandsRest(() => whenSeen(fetchNext)), APART_MS));
}

function begin(): void {
  if (isComing) return;
  isComing = true;
  whenSomebodyIsThere(() => whenSeen(fetchNext));
}

function forget(fetches: readonly Fetch[]): void {
  waiting = waiting.filter((one) => !fetches.includes(one));
}

/** Lets `fetches` come ahead, after all that was asked for. Returns how to take back what has not come yet. */
export function comeAhead(fetches: readonly Fetch[]): () => void {
  waiting = [...waiting, ...fetches];
  begin();
  return () => forget(fetches);
}

/** As `comeAhead`, before all that was asked for. */
function comeFirst(fetches: readonly Fetch[]): () => void {
  waiting = [...fetches, ...waiting];
  begin();
  return () => forget(fetches);
}

/** What fetches the page at a path of the console. */
export function useFetchOf(): (href: string) => Fetch {
  const router = useRouter();
  return useCallback((href) => () => router.prefetch(href, WHOLE), [router]);
}

/** Lets the pages at `hrefs` come first, to which the page in sight mostly leads. */
export function useNextPages(hrefs: readonly string[]): void {
  const fetchOf = useFetchOf();
  const all = hrefs.join('\n');
  useEffect(() => (all === '' ? undefined : comeFirst(all.split('\n').map(fetchOf))), [fetchOf, all]);
}

/**
 * To be told what the hand has come to, or with null that it has left: the page at `href` comes first, once the hand
 * rests there. What it has passed by does not.
 */
export function useRestAhead(): (href: string | null) => void {
  const fetchOf = useFetchOf();
  const at = useRef<{ href: string; takeBack: () => void } | null>(null);
  useEffect(() => () => at.current?.takeBack(), []);
  return useCallback(
    (href) => {
      if (at.current?.href === href) return;
      at.current?.takeBack();
      at.current = href === null ? null : { href, takeBack: comeFirst([fetchOf(href)]) };
    },
    [fetchOf],
  );
}
