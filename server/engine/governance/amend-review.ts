// An approval that left columns out can be completed later, in one transaction like the approval itself: the
// mirror gains the columns, and the rows that were kept for deferred ones go back to staging, from where the
// replay writes them again where the mirror still has that very version. What is mirrored stays so: its rows
// are written. Values of an ignored column were never kept and stay NULL until the device sends the row again.
import { and, eq } from 'drizzle-orm';
import type { z } from 'zod';
import { amendReviewInput, type ColumnAction, type SchemaReview } from '@/server/contract/governance';
import { columnBinding } from '@/server/db/schema/mirrors';
import { requirePermission } from '../auth/permissions';
import { inTransaction, type Ctx } from '../context/context';
import { conflict, unacceptable, type FieldError } from '../errors/errors';
import { parseInput } from '../errors/parse-input';
import { forgetDeferredRows } from '../mirror/deferred-rows';
import { lockMirrorById, type ExistingMirror } from '../mirror/provision-mirror';
import { stageDeferredRows } from '../staging/stage-deferred-rows';
import { applyDecision, type Applied } from './apply-decision';
import { inferColumns } from './infer-columns';
import { changeReview, lockReview, requireStatus, stateOf, type LockedReview } from './locked-review';
import { refuseWhenBusy } from './mirror-busy';
import { requireNamedTable } from './named-table';
import { readReview } from './read-review';
import { refreshReviewHold } from './review-hold';
import { settleOpenReviews } from './settle-open-reviews';

type Binding = typeof columnBinding.$inferSelect;

/**
 * Amends an approved review. 409 `nothing_to_amend` where every column is in the mirror; 422
 * `column_actions_invalid` names each column at fault, also one that would leave the mirror.
 */
export async function amendReview(args: {
  ctx: Ctx;
  projectId: string;
  reviewId: string;
  input: z.input<typeof amendReviewInput>;
}): Promise<SchemaReview> {
  requirePermission(args.ctx, 'PROJECT_CAN_MANAGE_DEVICES');
  const input = parseInput(amendReviewInput, args.input, 'body');
  return refuseWhenBusy(() =>
    inTransaction(args.ctx, async (ctx) => {
      const locked = await lockReview(ctx, args.projectId, args.reviewId, input.action_version);
      requireStatus(locked.review, ['approved'], 'amended');
      await amend(ctx, locked, input.column_actions);
      return readReview(ctx, args.projectId, args.reviewId);
    }),
  );
}

/** Amends a locked, approved review in the caller's transaction. */
export async function amend(
  ctx: Ctx,
  locked: LockedReview,
  wanted: readonly ColumnAction[],
): Promise<Applied> {
  const { lineage, review, version } = locked;
  const { schemaHash } = review;
  if (version.registryEntryId !== null) {
    throw conflict(
      'decided_in_registry',
      'This schema is decided for many devices at once since its device was consolidated: it cannot be amended for one of them.',
      { ...stateOf(review), registry_id: version.registryEntryId },
    );
  }
  const bindings = await bindingsOf(ctx, lineage.id, schemaHash);
  if (!bindings.some(isOpen)) {
    throw conflict(
      'nothing_to_amend',
      'This approval left no column out. A later schema of the table gets a review of its own.',
      stateOf(review),
    );
  }
  const actions = version.status === 'approved' ? keepingWhatIsBound(bindings, wanted) : [...wanted];
  const columns = version.columns ?? (await inferColumns(ctx.db, lineage.id, schemaHash));
  const bound = await boundMirror(ctx, bindings);
  const decision = { schemaHash, columns, actions };
  const applied = await applyDecision(ctx, lineage, decision, bound);
  const { provisioned, held } = applied;
  requireNamedTable(wanted, provisioned.tableName);
  const refilled = await settleDeferredRows(ctx, locked, bindings, actions);
  const after = await changeReview(
    ctx,
    locked,
    'amended',
    { columnActions: actions },
    {
      column_actions: { before: review.columnActions, after: actions },
      mirror_table_name: provisioned.tableName,
      held_by_deferred_columns: held,
      refilled_rows: refilled,
    },
  );
  await settleOpenReviews(ctx, lineage);
  await refreshReviewHold(ctx, lineage, {
    actionKind: 'amend',
    actionVersion: after.actionVersion,
    reviewId: review.id,
  });
  return applied;
}

const bindingsOf = (ctx: Ctx, lineageId: string, schemaHash: string): Promise<Binding[]> =>
  ctx.db.orm
    .select()
    .from(columnBinding)
    .where(and(eq(columnBinding.lineageId, lineageId), eq(columnBinding.schemaHash, schemaHash)));

const isOpen = ({ action }: Binding): boolean => action === 'defer' || action === 'ignore';

/** The generation that the schema writes to: a later key may have made a newer one. */
async function boundMirror(ctx: Ctx, bindings: readonly Binding[]): Promise<ExistingMirror | null> {
  const id = bindings.find((b) => b.mirrorId !== null)?.mirrorId ?? null;
  return id === null ? null : lockMirrorById(ctx.db, id);
}

/** `wanted` with the mirror columns there are; refuses what would take a column out of them. */
function keepingWhatIsBound(bindings: readonly Binding[], wanted: readonly ColumnAction[]): ColumnAction[] {
  const boundOf = new Map(bindings.filter((b) => !isOpen(b)).map((b) => [b.sourceColumnName, b]));
  const problems: FieldError[] = [];
  const actions = wanted.map((action, i): ColumnAction => {
    const bound = boundOf.get(action.source_column_name);
    if (bound === undefined) return action;
    const name = bound.mirrorColumnName;
    const isSame = action.action === bound.action && (action.mirror_column_name ?? name) === name;
    if (!isSame) {
      problems.push({
        path: `column_actions[${i}]`,
        code: 'already_decided',
        detail: `"${action.source_column_name}" is ${bound.action === 'mirror' ? `mirrored as "${name ?? ''}"` : 'mapped'} and its values are written: leave it as it is. Only what was deferred or ignored can be amended.`,
      });
    }
    if (name === null) return action;
    // A rename or a widening has happened: the column simply goes on.
    const { rename_of: _, widen: __, ...rest } = action;
    return { ...rest, mirror_column_name: name };
  });
  if (problems.length > 0) throw unacceptable('column_actions_invalid', problems[0]?.detail ?? '', problems);
  return actions;
}

/** Rows kept for a column that is mirrored now go back to staging; those that nothing waits for are let go. */
async function settleDeferredRows(
  ctx: Ctx,
  { lineage, review }: LockedReview,
  before: readonly Binding[],
  after: readonly ColumnAction[],
): Promise<number> {
  const wasDeferred = new Set(before.filter((b) => b.action === 'defer').map((b) => b.sourceColumnName));
  const decided = after.filter((a) => wasDeferred.has(a.source_column_name) && a.action !== 'defer');
  if (decided.some((a) => a.action !== 'ignore')) {
    return stageDeferredRows(ctx.db, lineage.id, review.schemaHash, ctx.clock.now());
  }
  if (!after.some((a) => a.action === 'defer')) {
    await forgetDeferredRows(ctx.db, lineage.id, review.schemaHash);
  }
  return 0;
}
