'use client';
// Whether events arrive as they happen. While they do, polling only follows what no event tells (rows); while they
// do not, polling is all that there is, and has to be quick.
import { useSyncExternalStore } from 'react';

let isUp = false;
const listeners = new Set<() => void>();

/** Says whether events arrive. */
export function setStreamUp(up: boolean): void {
  if (up === isUp) return;
  isUp = up;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** True while events arrive. */
export const useStreamUp = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => isUp,
    () => false,
  );
