'use client';
// Small memories of the grids.
import { useCallback, useState } from 'react';

/** The open row, also once the scroll has let its page go. */
export function useKept<R>(found: R | undefined, id: string): R | undefined {
  const [kept, setKept] = useState<{ id: string; row: R } | null>(null);
  if (found !== undefined && id !== '' && (kept?.id !== id || kept.row !== found))
    setKept({ id, row: found });
  if (id === '') return undefined;
  return found ?? (kept?.id === id ? kept.row : undefined);
}

/** Reads on where there is more and nothing is being read. */
export function useReader(hasMore: boolean, isBusy: boolean, read: () => Promise<unknown>): () => void {
  return useCallback(() => {
    if (hasMore && !isBusy) void read();
  }, [hasMore, isBusy, read]);
}
