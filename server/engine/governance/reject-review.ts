// A rejection changes no data: the staged rows stay, and so does the hold, until the device returns to an
// approved schema or the review is reopened.
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import { rejectReviewInput } from '@/server/contract/governance';
import { schemaVersion } from '@/server/db/schema/governance';
import type { SchemaReview } from '@/server/contract/governance';
import { requirePermission } from '../auth/permissions';
import { parseInput } from '../errors/parse-input';
import { inTransaction, type Ctx } from '../context/context';
import { changeReview, lockReview, requireClaimant } from './locked-review';
import { readReview } from './read-review';
import { refreshReviewHold } from './review-hold';

/** Rejects a review that the caller has claimed, with a reason for the device's people. */
export async function rejectReview(args: {
  ctx: Ctx;
  projectId: string;
  reviewId: string;
  input: z.input<typeof rejectReviewInput>;
}): Promise<SchemaReview> {
  requirePermission(args.ctx, 'PROJECT_CAN_MANAGE_DEVICES');
  const input = parseInput(rejectReviewInput, args.input, 'body');
  return inTransaction(args.ctx, async (ctx) => {
    const locked = await lockReview(ctx, args.projectId, args.reviewId, input.action_version);
    requireClaimant(ctx, locked.review);
    const now = ctx.clock.now();
    await ctx.db.orm
      .update(schemaVersion)
      .set({ status: 'rejected' })
      .where(eq(schemaVersion.id, locked.version.id));
    await changeReview(
      ctx,
      locked,
      'rejected',
      { status: 'rejected', reason: input.reason, decidedBy: ctx.actor.id, decidedAt: now },
      { reason: input.reason },
    );
    await refreshReviewHold(ctx, locked.lineage);
    return readReview(ctx, args.projectId, args.reviewId);
  });
}
