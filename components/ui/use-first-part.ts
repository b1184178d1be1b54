'use client';
import { startTransition, useEffect, useState } from 'react';

/**
 * `items`, at first only as many as fill a screen: a long table is there at a click, and its end is drawn behind it
 * without holding up what is done meanwhile.
 */
export function useFirstPart<T>(items: readonly T[], first: number): readonly T[] {
  const [isWhole, setWhole] = useState(false);
  useEffect(() => startTransition(() => setWhole(true)), []);
  return isWhole ? items : items.slice(0, first);
}
