// Approval is one transaction, DDL included (invariant 4): mirror table, bindings, version, review, lineage,
// replay intent and event. It either all happens or nothing does, whatever fails in between.
import type { z } from 'zod';
import { approveReviewInput } from '@/server/contract/governance';
import type { SchemaReview } from '@/server/contract/governance';
import { requirePermission } from '../auth/permissions';
import { parseInput } from '../errors/parse-input';
import { inTransaction, type Ctx } from '../context/context';
import { conflict, unacceptable } from '../errors/errors';
import { applyDecision } from './apply-decision';
import { approveTwins } from './approve-twins';
import { inferColumns } from './infer-columns';
import { changeReview, lockReview, requireClaimant, stateOf, type ReviewRow } from './locked-review';
import { refuseWhenBusy } from './mirror-busy';
import { requireNamedTable } from './named-table';
import { readReview } from './read-review';
import { refreshReviewHold } from './review-hold';
import { registryReviewInstead } from './review-row';
import { settleOpenReviews } from './settle-open-reviews';

/**
 * Approves a review that the caller has claimed, with one action for every source column.
 * 422 `column_actions_invalid` names each column at fault; 409 where the review has moved on.
 */
export async function approveReview(args: {
  ctx: Ctx;
  projectId: string;
  reviewId: string;
  input: z.input<typeof approveReviewInput>;
}): Promise<SchemaReview> {
  requirePermission(args.ctx, 'PROJECT_CAN_MANAGE_DEVICES');
  const input = parseInput(approveReviewInput, args.input, 'body');
  return refuseWhenBusy(() =>
    inTransaction(args.ctx, async (ctx) => {
      const locked = await lockReview(ctx, args.projectId, args.reviewId, input.action_version);
      const { lineage, review, version } = locked;
      requireClaimant(ctx, review);
      await refuseBesideRegistry(ctx, review);
      const columns = version.columns ?? (await inferColumns(ctx.db, lineage.id, review.schemaHash));
      if (columns.length === 0) {
        throw unacceptable(
          'columns_unknown',
          'Only the hash of this schema is known and no staged row shows its columns. Wait for a batch, or let the device send schema_columns.',
          [],
        );
      }
      const decision = { schemaHash: review.schemaHash, columns, actions: input.column_actions };
      const applied = await applyDecision(ctx, lineage, decision);
      const { provisioned, held } = applied;
      requireNamedTable(decision.actions, provisioned.tableName);
      const after = await changeReview(
        ctx,
        locked,
        'approved',
        {
          status: 'approved',
          columnActions: input.column_actions,
          draft: null,
          draftAt: null,
          decidedBy: ctx.actor.id,
          decidedAt: ctx.clock.now(),
        },
        { mirror_table_name: provisioned.tableName, held_by_deferred_columns: held },
      );
      await approveTwins(ctx, locked, decision.actions, applied);
      await settleOpenReviews(ctx, lineage);
      await refreshReviewHold(ctx, lineage, {
        actionKind: 'approve',
        actionVersion: after.actionVersion,
        reviewId: review.id,
      });
      return readReview(ctx, args.projectId, args.reviewId);
    }),
  );
}

/** One schema is not decided twice: while the registry's review is open, it decides for this device too. */
async function refuseBesideRegistry(ctx: Ctx, review: ReviewRow): Promise<void> {
  const { sql } = ctx.db;
  const [row] = await sql<{ id: string | null }[]>`
    select ${registryReviewInstead(sql)} as id from tidegate.schema_review r where r.id = ${review.id}`;
  const id = row?.id ?? null;
  if (id === null) return;
  throw conflict(
    'use_registry_review',
    `This schema is decided for all its devices at once: approve the registry review ${id} instead. This device's rows go with it.`,
    { ...stateOf(review), use_registry_review_id: id },
  );
}
