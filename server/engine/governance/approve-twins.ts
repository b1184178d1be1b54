// The same columns under two hashes are one question. The decision on one review is carried out on the others too:
// each hash gets its own bindings, to the same mirror columns. A twin is left to its own reviewer where somebody
// else has claimed it, or where its rows hold more than the columns it claims.
import type { ColumnAction } from '@/server/contract/governance';
import type { Ctx } from '../context/context';
import { applyDecision, type Applied } from './apply-decision';
import { changeReview, type LockedReview } from './locked-review';
import { openReviewsOf } from './settle-open-reviews';
import { unlistedFields } from './unlisted-fields';

/** Approves every open review of the lineage that has the columns of the one that was just approved. */
export async function approveTwins(
  ctx: Ctx,
  { lineage, review, version }: LockedReview,
  actions: readonly ColumnAction[],
  applied: Applied,
): Promise<void> {
  if (version.columnsHash === null) return;
  const open = await openReviewsOf(ctx, lineage.id);
  for (const twin of open) {
    const { columns, columnsHash, schemaHash } = twin.version;
    if (twin.review.id === review.id || columns === null || columnsHash !== version.columnsHash) continue;
    const { claimedBy } = twin.review;
    if (claimedBy !== null && claimedBy !== ctx.actor.id) continue;
    if ((await unlistedFields(ctx.db, lineage.id, twin.version)).length > 0) continue;
    const same = applied.held ? [...actions] : resolvedActions(actions, applied);
    await applyDecision(ctx, lineage, { schemaHash, columns, actions: same });
    await changeReview(
      ctx,
      { review: twin.review, lineage },
      'approved',
      {
        status: 'approved',
        columnActions: same,
        draft: null,
        draftAt: null,
        draftBasis: null,
        decidedBy: ctx.actor.id,
        decidedAt: ctx.clock.now(),
      },
      { decided_with: review.id, same_columns_as: review.schemaHash },
    );
  }
}

/** The decision as it was carried out: its renames and widenings have happened and its data points are there. */
function resolvedActions(
  actions: readonly ColumnAction[],
  { plan, points }: Pick<Applied, 'plan' | 'points'>,
): ColumnAction[] {
  const nameOf = new Map(plan.bindings.map((b) => [b.sourceColumnName, b.mirrorColumnName]));
  return actions.map((action): ColumnAction => {
    const { rename_of: _, widen: __, ...rest } = action;
    const point = points.get(action.source_column_name);
    const name = nameOf.get(action.source_column_name) ?? null;
    return {
      ...rest,
      ...(point === undefined ? {} : { action: 'map', device_data_point_id: point }),
      ...(name === null ? {} : { mirror_column_name: name }),
    };
  });
}
