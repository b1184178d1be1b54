'use client';
import { startTransition, useEffect, useState, useSyncExternalStore } from 'react';

/** In px, the least that a row takes, and what is above the first one. */
const ROW_PX = 34;
const ABOVE_PX = 160;

const never = () => () => undefined;

/**
 * `items`, at first only as many as fill the window: a long table is there at a click, and its end is drawn behind it
 * without holding up what is done meanwhile. A page that the server has drawn is whole.
 */
export function useFirstPart<T>(items: readonly T[]): readonly T[] {
  const isFromServer = useSyncExternalStore(
    never,
    () => false,
    () => true,
  );
  const [isWhole, setWhole] = useState(isFromServer);
  useEffect(() => startTransition(() => setWhole(true)), []);
  return isWhole ? items : items.slice(0, Math.ceil((window.innerHeight - ABOVE_PX) / ROW_PX));
}
