// The claimant's unfinished decision on a registry review, saved as it is made.
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import { saveDraftInput, type ColumnAction } from '@/server/contract/governance';
import type { DraftBasis } from '@/server/db/schema/governance';
import { registryReview } from '@/server/db/schema/registry';
import { requirePermission } from '../auth/permissions';
import { inTransaction, type Ctx } from '../context/context';
import { notFound } from '../errors/errors';
import { parseInput } from '../errors/parse-input';
import { recordEvent } from '../events/record-event';
import { draftChange } from '../governance/draft-change';
import { readEntry } from './entry';
import { largestBacklogs, SAMPLED_LINEAGES } from './get-registry-review';
import {
  findRegistryReview,
  lockRegistryReview,
  requireClaimant,
  type ReviewTarget,
} from './locked-registry-review';
import { registryEvent } from './registry-event';
import { sharedDraftBasis } from './shared-draft-basis';

/** The draft; null before the first save. */
export async function getRegistryDraft(
  args: ReviewTarget,
): Promise<{ column_actions: ColumnAction[] | null; draft_at: string | null }> {
  requirePermission(args.ctx, 'PROJECT_CAN_VIEW');
  const { draft, draftAt } = await findRegistryReview(args.ctx, args);
  return { column_actions: draft, draft_at: draftAt?.toISOString() ?? null };
}

async function basisOf(ctx: Ctx, entryId: string): Promise<DraftBasis> {
  const entry = await readEntry(ctx.db, entryId);
  if (entry === null) throw notFound('registry entry', entryId);
  return sharedDraftBasis(ctx, entry, await largestBacklogs(ctx, entry.id, SAMPLED_LINEAGES));
}

/** Saves the draft of a review that the caller has claimed. */
export async function saveRegistryDraft(
  args: ReviewTarget & { input: z.input<typeof saveDraftInput> },
): Promise<{ draft_at: string }> {
  return inTransaction(args.ctx, async (ctx) => {
    const input = parseInput(saveDraftInput, args.input, 'body');
    const review = await lockRegistryReview(ctx, args, null);
    requireClaimant(ctx, review);
    const now = ctx.clock.now();
    const isBegun = review.draft !== null && review.draftBasis !== null;
    const renewed = isBegun && !input.stale_seen ? {} : { draftBasis: await basisOf(ctx, review.registryId) };
    await ctx.db.orm
      .update(registryReview)
      .set({ draft: input.column_actions, draftAt: now, ...renewed })
      .where(eq(registryReview.id, review.id));
    const change = draftChange(review.draft, input.column_actions);
    if (change !== null) {
      const entry = { ...review, id: review.registryId };
      await recordEvent(
        ctx,
        registryEvent(entry, 'edge_registry_review.draft_saved', review.id, { ...change }),
      );
    }
    return { draft_at: now.toISOString() };
  });
}
