// What the user may do with a review now, and why not: one answer for buttons, keys and the palette. Pure.
import type { ReviewDetail, SchemaReview } from '@/server/contract/governance';
import { leavesHeld, leftOut } from './decision';
import { STATUS } from './words';

export interface Permits {
  /** Why not; undefined where allowed. */
  claim: string | undefined;
  release: string | undefined;
  edit: string | undefined;
  approve: string | undefined;
  reject: string | undefined;
  reopen: string | undefined;
  amend: string | undefined;
  /** Only the registry's reviews can be given up. */
  abandon: string | undefined;
  /** True where claiming takes the review from another operator. */
  takesOver: boolean;
  /** True where a decision claims the review first. */
  claimsFirst: boolean;
}

/** A review of the list has no columns: there nothing is reopened or amended. */
type Review = Pick<ReviewDetail, 'status' | 'claimed_by' | 'claimed_by_name'> &
  Partial<Pick<ReviewDetail, 'columns' | 'column_actions'>> &
  Partial<Pick<SchemaReview, 'use_registry_review_id'>> & {
    /** There on a review of the registry alone. */
    registry_id?: string | null;
  };

const USE_REGISTRY =
  'This schema is decided for all its devices at once: approve the registry review instead. This device goes with it.';
const NO_SHARED_AMEND =
  'A shared approval is not amended: the next schema of the table gets a review of its own.';

function whyNotAmend(review: Review): string | undefined {
  if (review.status !== 'approved') return 'Only an approved review can be amended.';
  return leftOut(review.column_actions ?? []).length > 0
    ? undefined
    : 'This approval left no column out: there is nothing to amend.';
}

function whyNotReopen(review: Review): string | undefined {
  if (review.status === 'rejected') return undefined;
  if (review.status !== 'approved') return 'Only a decided review can be reopened.';
  return leavesHeld(review.columns ?? [], review.column_actions ?? [])
    ? undefined
    : 'The approval is in force. A later schema of this table gets a review of its own.';
}

/** `missing` is why the role does not suffice, undefined where it does. */
export function permitsOf(review: Review, userId: string, missing: string | undefined): Permits {
  const mine = review.status === 'in_review' && review.claimed_by === userId;
  const others = review.status === 'in_review' && !mine;
  const holder = review.claimed_by_name ?? 'another operator';
  const closed =
    review.status === 'queued' || review.status === 'in_review'
      ? undefined
      : `The review is ${STATUS[review.status].label.toLowerCase()}.`;
  const held = others ? `Claimed by ${holder}. Take it over to decide it.` : undefined;
  const elsewhere = (review.use_registry_review_id ?? null) === null ? undefined : USE_REGISTRY;
  const shared = (review.registry_id ?? null) !== null;
  const unclaimed = review.status === 'queued' ? 'Nobody has claimed it. Claim it first (c).' : undefined;
  return {
    claim: missing ?? closed ?? (mine ? 'You have claimed it already.' : undefined),
    release: missing ?? closed ?? held ?? unclaimed,
    edit: missing ?? closed ?? held ?? unclaimed,
    approve: missing ?? closed ?? elsewhere ?? held,
    reject: missing ?? closed ?? held,
    amend: missing ?? (shared ? NO_SHARED_AMEND : whyNotAmend(review)),
    abandon: missing ?? closed ?? (shared ? held : 'Only a review of the registry can be abandoned.'),
    reopen: missing ?? whyNotReopen(review),
    takesOver: others,
    claimsFirst: review.status === 'queued',
  };
}
