// A claim is a lease that names its holder: it stops two operators from editing at once, and another one
// can take it over, explicitly, with the draft.
import type { z } from 'zod';
import { claimReviewInput } from '@/server/contract/governance';
import type { SchemaReview } from '@/server/contract/governance';
import { requirePermission } from '../auth/permissions';
import { parseInput } from '../errors/parse-input';
import { inTransaction, type Ctx } from '../context/context';
import { conflict } from '../errors/errors';
import { changeReview, lockReview, requireStatus, stateOf } from './locked-review';
import { readReview } from './read-review';

/** Claims a queued review, or takes over a claimed one. 409 where somebody else holds it and `take_over` is not set. */
export async function claimReview(args: {
  ctx: Ctx;
  projectId: string;
  reviewId: string;
  input: z.input<typeof claimReviewInput>;
}): Promise<SchemaReview> {
  requirePermission(args.ctx, 'PROJECT_CAN_MANAGE_DEVICES');
  const input = parseInput(claimReviewInput, args.input, 'body');
  return inTransaction(args.ctx, async (ctx) => {
    const locked = await lockReview(ctx, args.projectId, args.reviewId, input.action_version);
    requireStatus(locked.review, ['queued', 'in_review'], 'claimed');
    const holder = locked.review.claimedBy;
    if (holder === ctx.actor.id) return readReview(ctx, args.projectId, args.reviewId);
    if (holder !== null && !input.take_over) {
      throw conflict(
        'review_already_claimed',
        'Another operator has claimed this review. Take it over if you mean to decide it; the draft comes with it.',
        stateOf(locked.review),
      );
    }
    await changeReview(
      ctx,
      locked,
      'claimed',
      { status: 'in_review', claimedBy: ctx.actor.id, claimedAt: ctx.clock.now() },
      { taken_over_from: holder },
    );
    return readReview(ctx, args.projectId, args.reviewId);
  });
}
