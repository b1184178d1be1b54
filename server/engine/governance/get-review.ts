// One review with everything its page needs: each column as it was and is, real values, and the proposal.
import type { ReviewColumn, ReviewDetail } from '@/server/contract/governance';
import type { SchemaColumn } from '@/server/protocol/fingerprint';
import { mayReadRows, requirePermission } from '../auth/permissions';
import type { Ctx } from '../context/context';
import { plannedTableName } from '../mirror/provision-mirror';
import { mirrorTypeOf, planMirror, type MirrorColumnSpec } from '../mirror/plan-mirror';
import { inSnapshot } from '../paging/snapshot';
import { replayOfReview } from '../staging/read-replay';
import type { proposeActions } from './column-actions';
import { draftStale } from './draft-basis';
import { findReview } from './locked-review';
import { readReview } from './read-review';
import { approvedVersion } from './approved-version';
import { renameProposals } from './rename-proposals';
import { reviewProposals, withReasonsThen } from './review-proposals';
import { sampleColumn, sampleRows, type ColumnSample } from './sample-values';
import { unlistedFields } from './unlisted-fields';

/** 404 `schema_review_not_found`. Values are left out for a caller who may not read rows. */
export async function getReview(args: {
  ctx: Ctx;
  projectId: string;
  reviewId: string;
}): Promise<ReviewDetail> {
  requirePermission(args.ctx, 'PROJECT_CAN_VIEW');
  return inSnapshot(args.ctx, async (ctx) => {
    const found = await findReview(ctx, args.projectId, args.reviewId);
    const review = await readReview(ctx, args.projectId, args.reviewId);
    const proposed = await reviewProposals(ctx, found);
    const { version, columns, source, existing, shape } = proposed;
    const proposals = await withReasonsThen(ctx, found, proposed);
    const approved = await approvedVersion(ctx, found.lineageId, found);
    const before = approved?.columns ?? [];
    const actions = new Map([...proposals].map(([name, p]) => [name, p.action]));
    const plan = planMirror(shape.columns, actions, existing?.columns ?? null, shape.own);
    const { tableName } = await plannedTableName(ctx.db, source, existing, plan);
    const rows = mayReadRows(ctx) ? await sampleRows(ctx.db, found.lineageId, found.schemaHash) : [];
    const names = new Set(columns.map((c) => c.name));
    return {
      ...review,
      columns: columns.map((column) =>
        columnOf(column, before, proposals, sampleColumn(rows, column), existing?.columns),
      ),
      removed_columns: before.filter((c) => !names.has(c.name)),
      columns_inferred: version.columns === null,
      unlisted_fields: await unlistedFields(ctx.db, found.lineageId, version),
      rename_proposals: await renameProposals(ctx, {
        lineageId: found.lineageId,
        schemaHash: found.schemaHash,
        columns,
        approved: { schemaHash: approved?.schemaHash ?? '', columns: before },
      }),
      draft: found.draft,
      draft_stale: await draftStale(ctx, found),
      mirror_table_name: tableName,
      replay: await replayOfReview(ctx.db, found.id),
    };
  });
}

/** A column as a review shows it. */
export function columnOf(
  column: SchemaColumn,
  before: readonly SchemaColumn[],
  proposals: ReturnType<typeof proposeActions>,
  sample: ColumnSample,
  existing: readonly MirrorColumnSpec[] | undefined,
): ReviewColumn {
  const proposal = proposals.get(column.name);
  const type = mirrorTypeOf(column.decl_type_affinity);
  return {
    ...column,
    before: before.find((c) => c.name === column.name) ?? null,
    proposed: proposal?.action ?? { source_column_name: column.name, action: 'mirror' },
    proposal_reason: proposal?.reason ?? '',
    mirror_type: existing?.find((c) => c.name === proposal?.action.mirror_column_name)?.type ?? type,
    samples: sample.samples,
    sampled_rows: sample.sampledRows,
    null_share: sample.nullShare,
    misfit_rows: sample.misfitRows,
    misfit_example: sample.misfitExample,
  };
}
