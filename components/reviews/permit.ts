// What the user may do with a review now, and why not: one answer for buttons, keys and the palette. Pure.
import type { SchemaReview } from '@/server/contract/governance';
import { STATUS } from './words';

export interface Permits {
  /** Why not; undefined where allowed. */
  claim: string | undefined;
  release: string | undefined;
  edit: string | undefined;
  approve: string | undefined;
  reject: string | undefined;
  reopen: string | undefined;
  /** True where claiming takes the review from another operator. */
  takesOver: boolean;
  /** True where an approval claims the review first. */
  claimsFirst: boolean;
}

type Review = Pick<SchemaReview, 'status' | 'claimed_by' | 'claimed_by_name' | 'column_actions'>;

function whyNotReopen(review: Review): string | undefined {
  if (review.status === 'rejected') return undefined;
  if (review.status !== 'approved') return 'Only a decided review can be reopened.';
  const undecided = review.column_actions?.some((a) => a.action === 'defer') ?? false;
  return undecided
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
  const unclaimed = review.status === 'queued' ? 'Nobody has claimed it. Claim it first (c).' : undefined;
  return {
    claim: missing ?? closed ?? (mine ? 'You have claimed it already.' : undefined),
    release: missing ?? closed ?? held ?? unclaimed,
    edit: missing ?? closed ?? held ?? unclaimed,
    approve: missing ?? closed ?? held,
    reject: missing ?? closed ?? held ?? unclaimed,
    reopen: missing ?? whyNotReopen(review),
    takesOver: others,
    claimsFirst: review.status === 'queued',
  };
}
