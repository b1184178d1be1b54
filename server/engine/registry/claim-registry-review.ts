// As the claim of a device's review: a lease that names its holder, taken over explicitly and with the draft.
import type { z } from 'zod';
import { claimReviewInput, releaseReviewInput } from '@/server/contract/governance';
import type { RegistryReview } from '@/server/contract/registry';
import { inTransaction } from '../context/context';
import { conflict } from '../errors/errors';
import { parseInput } from '../errors/parse-input';
import {
  changeRegistryReview,
  lockRegistryReview,
  requireClaimant,
  requireStatus,
  stateOf,
  type ReviewTarget,
} from './locked-registry-review';
import { readRegistryReview } from './registry-review-row';

/** Claims or takes over. 409 where somebody else holds it and `take_over` is not set. */
export async function claimRegistryReview(
  args: ReviewTarget & { input: z.input<typeof claimReviewInput> },
): Promise<RegistryReview> {
  return inTransaction(args.ctx, async (ctx) => {
    const input = parseInput(claimReviewInput, args.input, 'body');
    const review = await lockRegistryReview(ctx, args, input.action_version);
    requireStatus(review, ['queued', 'in_review'], 'claimed');
    const holder = review.claimedBy;
    if (holder === ctx.actor.id) return readRegistryReview(ctx, review.id);
    if (holder !== null && !input.take_over) {
      throw conflict(
        'review_already_claimed',
        'Another operator has claimed this review. Take it over if you mean to decide it; the draft comes with it.',
        stateOf(review),
      );
    }
    const claim = { status: 'in_review', claimedBy: ctx.actor.id, claimedAt: ctx.clock.now() } as const;
    await changeRegistryReview(ctx, review, 'claimed', claim, { taken_over_from: holder });
    return readRegistryReview(ctx, review.id);
  });
}

/** Gives a review that the caller has claimed back to the queue, with its draft. */
export async function releaseRegistryReview(
  args: ReviewTarget & { input: z.input<typeof releaseReviewInput> },
): Promise<RegistryReview> {
  return inTransaction(args.ctx, async (ctx) => {
    const input = parseInput(releaseReviewInput, args.input, 'body');
    const review = await lockRegistryReview(ctx, args, input.action_version);
    requireClaimant(ctx, review);
    await changeRegistryReview(ctx, review, 'released', {
      status: 'queued',
      claimedBy: null,
      claimedAt: null,
    });
    return readRegistryReview(ctx, review.id);
  });
}
