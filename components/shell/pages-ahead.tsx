'use client';
// The pages that the rail leads to come ahead once a tab was opened, and of what their lists lead to the code: which row
// it will be nobody knows before a hand rests on it.
import { useEffect } from 'react';
import { comeAhead, useFetchOf } from '@/components/ui/ahead';
import { PLACES } from './navigation';

const DETAILS: readonly (() => Promise<unknown>)[] = [
  () => import('@/components/reviews/review-page'),
  () => import('@/components/lineages/lineage-page'),
  () => import('@/components/devices/device-page'),
];

/** Draws nothing. Where it is on a page, those of the rail come ahead. */
export function PagesAhead(): null {
  const fetchOf = useFetchOf();
  useEffect(() => comeAhead([...PLACES.map(({ href }) => fetchOf(href)), ...DETAILS]), [fetchOf]);
  return null;
}
