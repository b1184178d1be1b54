'use client';
// One clock for every age on the page. The server's time of rendering is the first value in the browser
// too: without it, "3 s ago" would differ between the two and React would throw the page away.
import { createContext, useContext, useState, useSyncExternalStore, type ReactNode } from 'react';

const TICK_MS = 1000;
const RenderedAt = createContext(0);
const ServerAhead = createContext(0);

let current = 0;
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

function tick(): void {
  current = Date.now();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === undefined) {
    current = Date.now();
    timer = setInterval(tick, TICK_MS);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

const never = () => () => undefined;

/** Gives `renderedAt` (ms since 1970, the server's) to the first render of every age below. */
export function NowProvider({ renderedAt, children }: { renderedAt: number; children: ReactNode }) {
  const [ahead] = useState(() => Math.max(0, renderedAt - Date.now()));
  return (
    <RenderedAt value={renderedAt}>
      <ServerAhead value={ahead}>{children}</ServerAhead>
    </RenderedAt>
  );
}

/** By how many ms, at least, the server's clock is ahead of the browser's; 0 where it is behind. */
export const useServerAhead = (): number => useContext(ServerAhead);

/** Now in ms since 1970, moving once a second. */
export function useNow(): number {
  const renderedAt = useContext(RenderedAt);
  return useSyncExternalStore(
    subscribe,
    () => Math.max(current, renderedAt),
    () => renderedAt,
  );
}

/** False on the server and in the first browser render, true after: what is local may be shown now. */
export function useInBrowser(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
