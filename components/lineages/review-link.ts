// The review that decides a lineage's schema: the registry's where it has one, since it decides for this device too.
// Pure.
import type { LineageDetail } from '@/server/contract/governance';

/** The page of the review and what its link says; null where none is open. */
export function reviewLink({
  open_review: own,
  registry_review_id: shared,
}: Pick<LineageDetail, 'open_review' | 'registry_review_id'>): { href: string; label: string } | null {
  if (shared !== null) {
    return {
      href: `/reviews/registry/${shared}`,
      label: own === null ? 'Open registry review' : 'Use the registry review',
    };
  }
  return own === null ? null : { href: `/reviews/${own.id}`, label: 'Open review' };
}
