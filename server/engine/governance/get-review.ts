// One review with everything its page needs: each column as it was and is, real values, and the proposal.
import type { ReviewColumn, ReviewDetail } from '@/server/contract/governance';
import type { SchemaColumn } from '@/server/protocol/fingerprint';
import { captureOf } from '../lineages/lineage-row';
import { mayReadRows, requirePermission } from '../auth/permissions';
import type { Ctx } from '../context/context';
import { readMirror, plannedTableName } from '../mirror/provision-mirror';
import { mirrorTypeOf, planMirror, type MirrorColumnSpec } from '../mirror/plan-mirror';
import { mirrorShapeOf } from '../mirror/sample-columns';
import { inSnapshot } from '../paging/snapshot';
import { replayOfReview } from '../staging/read-replay';
import { proposeActions } from './column-actions';
import { draftStale } from './draft-basis';
import { inferColumns } from './infer-columns';
import { findReview, versionOf } from './locked-review';
import { readReview } from './read-review';
import { approvedVersion, earlierDecisions } from './approved-version';
import { renameProposals } from './rename-proposals';
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
    const version = await versionOf(ctx, found);
    const columns = version.columns ?? (await inferColumns(ctx.db, found.lineageId, found.schemaHash));
    const approved = await approvedVersion(ctx, found.lineageId, found);
    const before = approved?.columns ?? [];
    const source = {
      projectId: found.projectId,
      scope: 'device' as const,
      scopeId: found.deviceId,
      sourceTable: found.sourceTable,
    };
    const existing = await readMirror(ctx.db, source);
    const shape = mirrorShapeOf(await captureOf(ctx, found.lineageId), columns);
    const proposals = proposeActions(
      shape.columns,
      existing?.columns ?? null,
      await earlierDecisions(ctx, found.lineageId),
      shape.own,
    );
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
