'use client';
// Where reading began. The URL follows the scroll, so that a link leads to the same rows; what was asked for first
// must not follow it, or every scroll would read anew.
import { useDebouncedCallback } from '@mantine/hooks';
import { useCallback, useEffect, useState } from 'react';
import { anchorOf, type GridSearch } from './rows-search';

const SETTLE_MS = 400;
/** A longer key is no place for a URL. */
const PLACE_CHARS_MAX = 1000;

interface Anchor {
  anchor: string;
  /** How often reading began anew: what is read then is none of what was at hand, though the same rows may be in it. */
  begun: number;
  /** Reads from a row's id on, from `end`, or with the empty text from the beginning. */
  goTo: (place: string) => void;
  /** Told which row is the first in sight. */
  onTop: (id: string, isFirst: boolean) => void;
}

/**
 * `order` names the order: another one begins at its beginning. Where an order has no index no place in it can be
 * gone to, and the URL keeps none.
 */
export function useAnchor(
  search: Pick<GridSearch, 'at' | 'row'>,
  set: (change: { at: string }) => void,
  { order, isSeekable }: { order: string; isSeekable: boolean },
): Anchor {
  const [begun, setBegun] = useState({ order, at: anchorOf(search), times: 0 });
  if (begun.order !== order) setBegun({ order, at: '', times: begun.times + 1 });
  const keep = useDebouncedCallback((at: string) => set({ at }), SETTLE_MS);
  const onTop = useCallback(
    (id: string, isFirst: boolean) => {
      if (isSeekable) keep(isFirst || id.length > PLACE_CHARS_MAX ? '' : id);
    },
    [isSeekable, keep],
  );
  const goTo = useCallback(
    (at: string) => {
      keep.cancel();
      setBegun(({ times }) => ({ order, at, times: times + 1 }));
      set({ at });
    },
    [order, set, keep],
  );
  return { anchor: isSeekable ? begun.at : '', begun: begun.times, goTo, onTop };
}

/**
 * Rows may all be gone from where reading began, and stand before it: an empty place says nothing of the whole.
 * Reads from the beginning then; true until it is known what is there.
 */
export function useBeginningInstead({ anchor, goTo }: Anchor, isEmpty: boolean): boolean {
  const isElsewhere = isEmpty && anchor !== '';
  useEffect(() => {
    if (isElsewhere) goTo('');
  }, [isElsewhere, goTo]);
  return isElsewhere;
}
