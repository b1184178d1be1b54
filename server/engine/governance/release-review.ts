// Gives a claimed review back to the queue. The draft stays with it.
import type { z } from 'zod';
import { releaseReviewInput } from '@/server/contract/governance';
import type { SchemaReview } from '@/server/contract/governance';
import { requirePermission } from '../auth/permissions';
import { parseInput } from '../errors/parse-input';
import { inTransaction, type Ctx } from '../context/context';
import { changeReview, lockReview, requireClaimant } from './locked-review';
import { readReview } from './read-review';

/** Releases a review that the caller has claimed. 409 where it is not claimed by the caller. */
export async function releaseReview(args: {
  ctx: Ctx;
  projectId: string;
  reviewId: string;
  input: z.input<typeof releaseReviewInput>;
}): Promise<SchemaReview> {
  requirePermission(args.ctx, 'PROJECT_CAN_MANAGE_DEVICES');
  const input = parseInput(releaseReviewInput, args.input, 'body');
  return inTransaction(args.ctx, async (ctx) => {
    const locked = await lockReview(ctx, args.projectId, args.reviewId, input.action_version);
    requireClaimant(ctx, locked.review);
    await changeReview(ctx, locked, 'released', { status: 'queued', claimedBy: null, claimedAt: null });
    return readReview(ctx, args.projectId, args.reviewId);
  });
}
