// The two kinds of review on one workbench: a device's own, and the registry's for all devices of a scope. What
// differs between them is told here, so that no panel guesses it from a field that happens to be missing. Pure.
import type { ReviewDetail, SchemaReview } from '@/server/contract/governance';
import type { RegistryReview, RegistryReviewDetail } from '@/server/contract/registry';
import { rowsLink } from '@/components/lineages/rows-link';
import { formatCounted } from '@/components/ui/format';
import type { ActionKind } from './decision';

export type AnyReview = SchemaReview | RegistryReview;
export type AnyReviewDetail = ReviewDetail | RegistryReviewDetail;

/** True for a review of the registry. */
export function isShared(review: AnyReviewDetail): review is RegistryReviewDetail;
export function isShared(review: AnyReview): review is RegistryReview;
export function isShared(review: AnyReview): review is RegistryReview {
  return 'registry_id' in review;
}

/** Whose schema it is: a device's name, or how many devices wait. */
export const subjectOf = (review: AnyReview): string =>
  isShared(review) ? formatCounted(review.waiting_lineages, 'device') : review.device_name;

/** Where its page is. */
export const reviewHref = (review: Pick<AnyReview, 'id'>, shared: boolean): string =>
  shared ? `/reviews/registry/${review.id}` : `/reviews/${review.id}`;

/** Where the rows that wait for it are looked at. */
export const rowsHref = (review: AnyReview): string =>
  isShared(review) ? `/registry/${review.registry_id}` : rowsLink(review.lineage_id, 'staged');

/** Why the rows that wait are not those of one lineage; undefined where they are. */
export const whyNoRows = (lineageId: string | null): string | undefined =>
  lineageId === null
    ? 'A review of the registry concerns many devices: its rows are in the lineage of each.'
    : undefined;

/** The open registry review that decides in this one's place; null where none does. */
export const decidedElsewhere = (review: AnyReview): string | null =>
  isShared(review) ? null : review.use_registry_review_id;

const SHARED_ONLY =
  'A shared decision mirrors or ignores: a data point belongs to one device, and what waits would be kept on each.';

/** Why `action` cannot be part of a decision for many devices; undefined where it can. */
export const whyNotShared = (action: ActionKind): string | undefined =>
  action === 'mirror' || action === 'ignore' ? undefined : SHARED_ONLY;
