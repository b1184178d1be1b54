'use client';
// The window of time that charts show, kept in the URL: a link shows what its sender saw.
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { ACTIVITY_WINDOWS, type ActivityWindow } from '@/server/contract/activity-windows';

const window = parseAsStringLiteral(ACTIVITY_WINDOWS).withDefault('24h');

/** How far back the charts of a page go: in the URL, so that a link shows what its sender saw. */
export function useWindow(): [ActivityWindow, (next: ActivityWindow) => void] {
  const [value, setValue] = useQueryState('window', window);
  return [value, (next) => void setValue(next)];
}
