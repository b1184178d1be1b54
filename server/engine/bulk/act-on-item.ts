// What is done to one item: the verbs that a person would call, one after the other, in the caller's savepoint.
import type { ColumnAction } from '@/server/contract/governance';
import type { Ctx } from '../context/context';
import { conflict } from '../errors/errors';
import { approveReview } from '../governance/approve-review';
import { claimReview } from '../governance/claim-review';
import { findReview } from '../governance/locked-review';
import { rejectReview } from '../governance/reject-review';
import { reviewProposals } from '../governance/review-proposals';
import { resetMaterialization } from '../materialize/reset-materialization';
import { approveRegistryReview } from '../registry/approve-registry-review';
import { claimRegistryReview } from '../registry/claim-registry-review';
import { getRegistryReview } from '../registry/get-registry-review';
import { rejectRegistryReview } from '../registry/reject-registry-review';
import type { ItemRow, JobRow } from './bulk-row';

/** The verbs of a kind of review; both kinds answer their new version. */
const DOORS = {
  schema_review: { claim: claimReview, approve: approveReview, reject: rejectReview },
  registry_review: {
    claim: claimRegistryReview,
    approve: approveRegistryReview,
    reject: rejectRegistryReview,
  },
} as const;

/** Does what the job says to the item. Answers a remark; throws the verb's own refusal. */
export async function actOnItem(ctx: Ctx, job: JobRow, item: ItemRow): Promise<string | null> {
  const { projectId, action } = job;
  if (action === 'reset' || item.subjectKind === 'lineage') {
    const { resumed } = await resetMaterialization({ ctx, projectId, lineageId: item.subjectId });
    return resumed ? 'The device goes on.' : null;
  }
  const door = DOORS[item.subjectKind];
  const at = { ctx, projectId, reviewId: item.subjectId };
  const claimed = await door.claim({
    ...at,
    input: { action_version: item.actionVersion ?? 0, take_over: job.params.take_over ?? false },
  });
  const { action_version } = claimed;
  switch (action) {
    case 'claim':
      return null;
    case 'reject':
      await door.reject({ ...at, input: { action_version, reason: job.params.reason ?? '' } });
      return null;
    case 'approve': {
      const column_actions = await decisionFor(ctx, job, item);
      const { staged_row_count: rows } = claimed;
      await door.approve({ ...at, input: { action_version, column_actions } });
      return rows === 0 ? null : `${rows.toLocaleString('en-US')} ${rows === 1 ? 'row' : 'rows'} to replay.`;
    }
  }
}

/** The shape's decision, with the mirror columns' names that this item's own mirror has. */
async function decisionFor(ctx: Ctx, job: JobRow, item: ItemRow): Promise<ColumnAction[]> {
  const shape = job.shapes.find(
    (s) =>
      s.kind === item.subjectKind && s.source_table === item.sourceTable && s.schema_hash === item.schemaHash,
  );
  const decision = shape?.decision ?? null;
  if (decision === null) {
    throw conflict(
      'shape_undecided',
      'It is not known what columns this schema has. Wait for a batch, or decide the review by itself.',
    );
  }
  const own = await ownProposals(ctx, job, item);
  const leftOut = decision.filter(
    ({ source_column_name: name, action }) => action === 'mirror' && own.get(name)?.wasLeftOut === true,
  );
  if (leftOut.length > 0) {
    const names = leftOut.map((a) => `"${a.source_column_name}"`).join(', ');
    throw conflict(
      'differs_from_shape',
      `An earlier decision left ${names} out of this mirror, and this one would publish it. Decide this review by itself.`,
    );
  }
  return decision.map((action) => {
    const named = own.get(action.source_column_name)?.proposed.mirror_column_name;
    const takesName = action.action === 'mirror' && action.mirror_column_name === undefined;
    return takesName && action.widen !== true && action.rename_of === undefined && named !== undefined
      ? { ...action, mirror_column_name: named }
      : action;
  });
}

interface Own {
  proposed: ColumnAction;
  /** An earlier schema's decision did not mirror the column. */
  wasLeftOut: boolean;
}

async function ownProposals(ctx: Ctx, job: JobRow, item: ItemRow): Promise<Map<string, Own>> {
  const reviewId = item.subjectId;
  if (item.subjectKind === 'registry_review') {
    const { columns } = await getRegistryReview({ ctx, projectId: job.projectId, reviewId });
    return new Map(
      columns.map(({ name, proposed }) => [name, { proposed, wasLeftOut: proposed.action !== 'mirror' }]),
    );
  }
  const review = await findReview(ctx, job.projectId, reviewId);
  const { proposals, earlier } = await reviewProposals(ctx, review);
  return new Map(
    [...proposals].map(([name, { action }]) => {
      const before = earlier.get(name)?.action;
      const wasLeftOut = action.action !== 'mirror' || before === 'map' || before === 'auto_create_and_map';
      return [name, { proposed: action, wasLeftOut }];
    }),
  );
}
