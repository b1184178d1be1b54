// The claimant's unfinished decision, saved as it is made: a closed laptop loses nothing. It does not raise
// the action version, since it decides nothing; the audit log has what each save changed.
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import { saveDraftInput } from '@/server/contract/governance';
import { schemaReview } from '@/server/db/schema/governance';
import { requirePermission } from '../auth/permissions';
import { parseInput } from '../errors/parse-input';
import { inTransaction, type Ctx } from '../context/context';
import { draftBasisOf } from './draft-basis';
import { recordEvent } from '../events/record-event';
import { draftChange } from './draft-change';
import { lockReview, requireClaimant } from './locked-review';

/** Saves the draft of a review that the caller has claimed. */
export async function saveDraft(args: {
  ctx: Ctx;
  projectId: string;
  reviewId: string;
  input: z.input<typeof saveDraftInput>;
}): Promise<{ draft_at: string }> {
  requirePermission(args.ctx, 'PROJECT_CAN_MANAGE_DEVICES');
  const input = parseInput(saveDraftInput, args.input, 'body');
  return inTransaction(args.ctx, async (ctx) => {
    const { review, lineage } = await lockReview(ctx, args.projectId, args.reviewId, null);
    requireClaimant(ctx, review);
    const now = ctx.clock.now();
    const isBegun = review.draft !== null && review.draftBasis !== null;
    const renewed = isBegun && !input.stale_seen ? {} : { draftBasis: await draftBasisOf(ctx, review) };
    await ctx.db.orm
      .update(schemaReview)
      .set({ draft: input.column_actions, draftAt: now, ...renewed })
      .where(eq(schemaReview.id, review.id));
    const change = draftChange(review.draft, input.column_actions);
    if (change !== null) {
      await recordEvent(ctx, {
        kind: 'edge_schema_review.draft_saved',
        subject: { kind: 'schema_review', id: review.id },
        orgId: lineage.orgId,
        projectId: lineage.projectId,
        fleetId: lineage.fleetId,
        deviceId: lineage.deviceId,
        lineageId: lineage.id,
        data: { source_table: review.sourceTable, ...change },
      });
    }
    return { draft_at: now.toISOString() };
  });
}
