'use client';
// The next review to look at, of either kind: a queue that ends with the devices' reviews would leave those of the
// registry waiting, for which the most devices wait.
import type { SchemaReview } from '@/server/contract/governance';
import type { RegistryReview } from '@/server/contract/registry';
import { useLivePage } from '@/components/shell/live';
import { useSession } from '@/components/shell/session';
import { nextOf, REGISTRY_REVIEWS_PATH, REVIEWS_PATH, waitingParams } from './queries';
import { isShared, reviewHref, type AnyReviewDetail } from './subject';

/** Where the next review is: of the same kind first, else the first of the other; null where none waits. */
export function useNextReview(detail: AnyReviewDetail): string | null {
  const { project } = useSession();
  const own = useLivePage<SchemaReview>(project.id, REVIEWS_PATH, waitingParams).data?.items ?? [];
  const all = useLivePage<RegistryReview>(project.id, REGISTRY_REVIEWS_PATH, waitingParams).data?.items ?? [];
  const shared = isShared(detail);
  const same = nextOf(shared ? all : own, detail);
  if (same !== null) return reviewHref({ id: same }, shared);
  const other = (shared ? own : all)[0];
  return other === undefined ? null : reviewHref(other, !shared);
}
