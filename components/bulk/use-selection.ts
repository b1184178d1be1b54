'use client';
// What is picked out of a list: rows by their ids, or everything that its filters find. Other filters are another
// list: what was picked from the one before is let go, or an action would reach rows that nobody sees.
import { useState } from 'react';
import { BULK_IDS_MAX } from '@/server/contract/bulk-limits';

export interface Selection {
  ids: readonly string[];
  /** True where everything that matches is meant, on this page and on the others. */
  isAll: boolean;
  has: (id: string) => boolean;
  set: (ids: readonly string[], picked: boolean) => void;
  selectAll: () => void;
  clear: () => void;
}

interface Picked {
  of: string;
  ids: readonly string[];
  isAll: boolean;
}

/** `filters` tells the list from every other: the same text, the same list. */
export function useSelection(filters: string): Selection {
  const nothing: Picked = { of: filters, ids: [], isAll: false };
  const [picked, setPicked] = useState(nothing);
  const { ids, isAll } = picked.of === filters ? picked : nothing;
  return {
    ids,
    isAll,
    has: (id) => isAll || ids.includes(id),
    set: (changed, isPicked) =>
      setPicked((before) => {
        const known = before.of === filters ? before.ids : [];
        const others = known.filter((id) => !changed.includes(id));
        const next = isPicked ? [...others, ...changed].slice(0, BULK_IDS_MAX) : others;
        return { of: filters, ids: next, isAll: false };
      }),
    selectAll: () => setPicked({ of: filters, ids: [], isAll: true }),
    clear: () => setPicked(nothing),
  };
}
