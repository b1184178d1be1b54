'use client';
// Counts over everything that waits, read after the page: they cost more than it may.
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { ReviewFacts } from '@/server/contract/review-facts';
import { objectQuery } from '@/components/shell/live';
import { useSession } from '@/components/shell/session';
import { reviewPath } from './queries';
import { isShared, type AnyReviewDetail } from './subject';
import { isOpen } from './words';

const EVERY_MS = 15_000;

/** The facts of a device's review that is open; without data before they are known, and of any other. */
export function useFacts(detail: AnyReviewDetail): UseQueryResult<ReviewFacts> {
  const { project } = useSession();
  return useQuery({
    ...objectQuery<ReviewFacts>(project.id, `${reviewPath(detail.id)}/facts`),
    enabled: !isShared(detail) && isOpen(detail.status),
    refetchInterval: EVERY_MS,
  });
}
