'use client';
// The code of the pages that the rail leads to is fetched ahead, one page after the other, each when nobody moves a hand
// and the browser is idle: the page behind a click then waits for its data alone.
import { whenHandsRest, whenSomebodyIsThere } from '@/components/ui/when-somebody';

const CODE: readonly (() => Promise<unknown>)[] = [
  () => import('@/components/reviews/review-list'),
  () => import('@/components/lineages/lineage-list'),
  () => import('@/components/registry/registry-matrix'),
  () => import('@/components/devices/device-list'),
  () => import('@/components/rejected/rejected-list'),
  () => import('@/components/events/event-list'),
  () => import('@/components/policy/policy-page'),
  () => import('@/components/settings/settings-page'),
  () => import('@/components/reference/reference-overview'),
  () => import('@/components/overview/overview-page'),
];

function fetchFrom(at: number): void {
  void CODE[at]?.()
    // The line is cut, or the server was replaced: the page itself fetches what it needs.
    .catch(() => undefined)
    .then(() => whenHandsRest(() => fetchFrom(at + 1)));
}

whenSomebodyIsThere(() => whenHandsRest(() => fetchFrom(0)));

/** Draws nothing. Where it is on a page, the code of the others comes ahead. */
export const CodeAhead = (): null => null;
