// Simulation of a shared decision: carried out for real for some of the waiting devices, and rolled back. Few of
// them and few rows, since a table that many devices write is locked while a column is tried on it.
import type { z } from 'zod';
import { approveReviewInput, type ReviewPreview } from '@/server/contract/governance';
import type { RegistryReviewPreview } from '@/server/contract/registry';
import { requirePermission } from '../auth/permissions';
import type { Ctx } from '../context/context';
import { notFound } from '../errors/errors';
import { parseInput } from '../errors/parse-input';
import { requireNamedTable } from '../governance/named-table';
import { inGroups, rolledBack, tryRows } from '../governance/preview-review';
import { mirrorDdl } from '../mirror/ddl';
import { applySharedDecision, type SharedApplied } from './apply-shared-decision';
import { columnsToDecide } from './approve-registry-review';
import { bindLineages } from './bind-lineages';
import { lockEntry } from './entry';
import { largestBacklogs } from './get-registry-review';
import {
  lockLineages,
  lockRegistryReview,
  requireStatus,
  findRegistryReview,
  type ReviewTarget,
} from './locked-registry-review';
import { readRegistryReview } from './registry-review-row';

const TRIED_LINEAGES = 5;
const TRIED_ROWS_PER_LINEAGE = 200;

type Tried = Pick<ReviewPreview, 'tried_rows' | 'landing_rows' | 'failures'>;

/** What approving with these actions would do. Refuses what the approval would refuse, in the same words. */
export async function previewRegistryReview(
  args: ReviewTarget & { input: z.input<typeof approveReviewInput> },
): Promise<RegistryReviewPreview> {
  requirePermission(args.ctx, 'PROJECT_CAN_MANAGE_DEVICES');
  const input = parseInput(approveReviewInput, args.input, 'body');
  return rolledBack(args.ctx, async (ctx) => {
    const found = await findRegistryReview(ctx, args);
    const ids = await largestBacklogs(ctx, found.registryId, TRIED_LINEAGES);
    const lineages = await lockLineages(ctx, ids);
    const locked = await lockEntry(ctx.db, found.registryId);
    if (locked === null) throw notFound('registry review', args.reviewId);
    const review = await lockRegistryReview(ctx, args, input.action_version);
    requireStatus(review, ['queued', 'in_review'], 'simulated');
    const { waiting_lineages, staged_row_count } = await readRegistryReview(ctx, review.id);
    const applied = await applySharedDecision(ctx, locked, {
      columns: await columnsToDecide(ctx, { entry: locked, review, lineages }),
      actions: input.column_actions,
      sample: lineages[0] ?? null,
    });
    requireNamedTable(input.column_actions, applied.provisioned.tableName);
    await bindLineages(ctx, applied.entry, ids, null);
    const tried = await tryEach(ctx, ids, locked.schemaHash);
    return {
      ...described(applied, locked.schemaHash),
      warnings: warningsOf(applied, { waiting: waiting_lineages, staged: staged_row_count }, tried),
      staged_rows: staged_row_count,
      waiting_lineages,
      tried_lineages: ids.length,
      ...tried,
    };
  });
}

const described = (
  { plan, provisioned }: SharedApplied,
  schemaHash: string,
): Pick<ReviewPreview, 'ddl' | 'bindings'> => ({
  ddl: provisioned.tableName === null ? [] : mirrorDdl(plan, provisioned.tableName),
  bindings: plan.bindings.map((b) => ({
    source_column_name: b.sourceColumnName,
    action: b.action,
    mirror_column_name: b.mirrorColumnName,
    device_data_point_id: null,
    schema_hash: schemaHash,
  })),
});

async function tryEach(ctx: Ctx, ids: readonly string[], schemaHash: string): Promise<Tried> {
  const failures: Tried['failures'] = [];
  const sum = { tried_rows: 0, landing_rows: 0 };
  for (const id of ids) {
    const tried = await tryRows(ctx, id, schemaHash, TRIED_ROWS_PER_LINEAGE);
    sum.tried_rows += tried.tried_rows;
    sum.landing_rows += tried.landing_rows;
    failures.push(...tried.failures);
  }
  return { ...sum, failures: inGroups(failures) };
}

function warningsOf(
  { plan }: SharedApplied,
  { waiting, staged }: { waiting: number; staged: number },
  tried: Tried,
): string[] {
  const warnings: string[] = [];
  if (plan.kind === 'none') {
    warnings.push(
      `Every column is ignored: nothing of this table will be queryable, and the ${String(staged)} staged rows of ${String(waiting)} devices are dropped by this decision.`,
    );
  }
  if (plan.kind === 'create' && plan.supersedes) {
    warnings.push(
      'The key has changed: a new generation of the shared mirror is made, the old one stays readable and gets no more rows of this schema.',
    );
  }
  if (tried.tried_rows < staged)
    warnings.push(
      `Only ${tried.tried_rows.toLocaleString('en-US')} of ${staged.toLocaleString('en-US')} staged rows were tried.`,
    );
  return warnings;
}
