// A decision that turned out wrong, or that left a required column undecided, goes back to the queue with
// the actions it had as its draft. An approval that is in force cannot be undone: its rows are written.
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import { reopenReviewInput } from '@/server/contract/governance';
import { schemaVersion } from '@/server/db/schema/governance';
import type { SchemaReview } from '@/server/contract/governance';
import { requirePermission } from '../auth/permissions';
import { parseInput } from '../errors/parse-input';
import { inTransaction, type Ctx } from '../context/context';
import { conflict } from '../errors/errors';
import { changeReview, lockReview, requireStatus, stateOf } from './locked-review';
import { readReview } from './read-review';
import { refreshReviewHold } from './review-hold';

/** Reopens a rejected review, or an approved one that deferred a required column. */
export async function reopenReview(args: {
  ctx: Ctx;
  projectId: string;
  reviewId: string;
  input: z.input<typeof reopenReviewInput>;
}): Promise<SchemaReview> {
  requirePermission(args.ctx, 'PROJECT_CAN_MANAGE_DEVICES');
  const input = parseInput(reopenReviewInput, args.input, 'body');
  return inTransaction(args.ctx, async (ctx) => {
    const locked = await lockReview(ctx, args.projectId, args.reviewId, input.action_version);
    requireStatus(locked.review, ['rejected', 'approved'], 'reopened');
    if (locked.version.status === 'approved') {
      throw conflict(
        'approval_in_force',
        'This approval is in force and its rows are in the mirror. A later schema of the table gets a review of its own.',
        stateOf(locked.review),
      );
    }
    await ctx.db.orm
      .update(schemaVersion)
      .set({ status: 'pending' })
      .where(eq(schemaVersion.id, locked.version.id));
    await changeReview(ctx, locked, 'reopened', {
      status: 'queued',
      claimedBy: null,
      claimedAt: null,
      decidedBy: null,
      decidedAt: null,
      reason: null,
      draft: locked.review.columnActions ?? locked.review.draft,
      columnActions: null,
    });
    await refreshReviewHold(ctx, locked.lineage);
    return readReview(ctx, args.projectId, args.reviewId);
  });
}
