// Approval for many devices is one transaction like that for one (invariant 4): the shared mirror, every waiting
// lineage's bindings, its hold, its replay and the events. It either all happens or nothing does.
import type { z } from 'zod';
import { approveReviewInput } from '@/server/contract/governance';
import type { RegistryReview } from '@/server/contract/registry';
import type { SchemaColumn } from '@/server/protocol/fingerprint';
import { requirePermission } from '../auth/permissions';
import { inTransaction, type Ctx } from '../context/context';
import { unacceptable } from '../errors/errors';
import { parseInput } from '../errors/parse-input';
import { inferColumns } from '../governance/infer-columns';
import { refuseWhenBusy } from '../governance/mirror-busy';
import { requireNamedTable } from '../governance/named-table';
import { applySharedDecision } from './apply-shared-decision';
import { bindLineages } from './bind-lineages';
import {
  changeRegistryReview,
  lockDecision,
  requireClaimant,
  type LockedDecision,
  type ReviewTarget,
} from './locked-registry-review';
import { readRegistryReview } from './registry-review-row';
import { releaseHolds } from './release-holds';
import { restateOpenReviews } from './restate-reviews';
import { lineagesToApprove } from './waiting-lineages';

/**
 * Approves a review that the caller has claimed, for every lineage that waits, with one action for every source
 * column. 422 `column_actions_invalid` names each column at fault; 409 where the review has moved on.
 */
export async function approveRegistryReview(
  args: ReviewTarget & { input: z.input<typeof approveReviewInput> },
): Promise<RegistryReview> {
  requirePermission(args.ctx, 'PROJECT_CAN_MANAGE_DEVICES');
  const input = parseInput(approveReviewInput, args.input, 'body');
  return refuseWhenBusy(() =>
    inTransaction(args.ctx, async (ctx) => {
      const locked = await lockDecision(ctx, args, input.action_version, lineagesToApprove);
      const { review, lineages } = locked;
      requireClaimant(ctx, review);
      const ids = lineages.map(({ id }) => id);
      const { entry, provisioned } = await applySharedDecision(ctx, locked.entry, {
        columns: await columnsToDecide(ctx, locked),
        actions: input.column_actions,
        sample: lineages[0] ?? null,
      });
      requireNamedTable(input.column_actions, provisioned.tableName);
      await bindLineages(ctx, entry, ids, review.id);
      const decided = { status: 'approved', columnActions: input.column_actions } as const;
      const by = { decidedBy: ctx.actor.id, decidedAt: ctx.clock.now(), draft: null, draftAt: null };
      const after = await changeRegistryReview(
        ctx,
        review,
        'approved',
        { ...decided, ...by },
        {
          mirror_table_name: provisioned.tableName,
          lineages: ids.length,
        },
      );
      await releaseHolds(ctx, ids, {
        actionKind: 'approve',
        actionVersion: after.actionVersion,
        registryReviewId: review.id,
      });
      await restateOpenReviews(ctx, entry);
      return readRegistryReview(ctx, review.id);
    }),
  );
}

/** Lineages whose staged rows are looked at for columns that no device has named. */
const INFERRED_FROM_MAX = 10;

/** The entry's columns, else those that staged rows of waiting lineages show. */
export async function sharedColumns(
  ctx: Ctx,
  entry: LockedDecision['entry'],
  lineageIds: readonly string[],
): Promise<SchemaColumn[]> {
  if (entry.columns !== null) return entry.columns;
  for (const id of lineageIds.slice(0, INFERRED_FROM_MAX)) {
    const columns = await inferColumns(ctx.db, id, entry.schemaHash);
    if (columns.length > 0) return columns;
  }
  return [];
}

/** The same, or 422 where nothing shows them. */
export async function columnsToDecide(
  ctx: Ctx,
  { entry, lineages }: LockedDecision,
): Promise<SchemaColumn[]> {
  const ids = lineages.map(({ id }) => id);
  const columns = await sharedColumns(ctx, entry, ids);
  if (columns.length > 0) return columns;
  throw unacceptable(
    'columns_unknown',
    'Only the hash of this schema is known and no staged row shows its columns. Wait for a batch, or let a device send schema_columns.',
    [],
  );
}
