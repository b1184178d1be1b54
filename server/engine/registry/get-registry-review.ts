// One registry review with everything its page needs: each column as it was and is in the scope, real values of
// some of the devices that wait, and the proposal.
import type { RegistryReviewDetail } from '@/server/contract/registry';
import type { JsonObject } from '@/server/protocol/exact-json';
import { mayReadRows, requirePermission } from '../auth/permissions';
import type { Ctx } from '../context/context';
import { notFound } from '../errors/errors';
import { proposeActions, type EarlierDecisions } from '../governance/column-actions';
import { columnOf } from '../governance/get-review';
import { mirrorOfVersions } from '../governance/mirror-before';
import { withReasonsOf } from '../governance/review-proposals';
import { sampleColumn, sampleRows } from '../governance/sample-values';
import { planMirror } from '../mirror/plan-mirror';
import { plannedTableName, readMirror } from '../mirror/provision-mirror';
import { mirrorShapeOf } from '../mirror/sample-columns';
import { inSnapshot } from '../paging/snapshot';
import { sharedColumns } from './approve-registry-review';
import { allApprovedBefore, approvedBefore, readEntry, type EntryRow } from './entry';
import { findRegistryReview, type ReviewTarget } from './locked-registry-review';
import { sharedMirrorSource } from './registry-scope';
import { readRegistryReview } from './registry-review-row';
import { sharedDraftStale } from './shared-draft-basis';

/** Devices whose staged rows are looked at. */
export const SAMPLED_LINEAGES = 5;

/** 404 `registry_review_not_found`. Values are left out for a caller who may not read rows. */
export async function getRegistryReview(args: ReviewTarget): Promise<RegistryReviewDetail> {
  requirePermission(args.ctx, 'PROJECT_CAN_VIEW');
  return inSnapshot(args.ctx, async (ctx) => {
    const found = await findRegistryReview(ctx, args);
    const entry = await readEntry(ctx.db, found.registryId);
    if (entry === null) throw notFound('registry review', args.reviewId);
    const lineages = await largestBacklogs(ctx, entry.id, SAMPLED_LINEAGES);
    const columns = await sharedColumns(ctx, entry, lineages);
    const before = await approvedBefore(ctx.db, { ...entry, decidedAt: found.decidedAt ?? entry.decidedAt });
    const source = sharedMirrorSource(entry);
    const existing = await readMirror(ctx.db, source);
    const shape = mirrorShapeOf(entry.capture, columns);
    const earlier = decisionsOf(before);
    const now = proposeActions(shape.columns, existing?.columns ?? null, earlier, shape.own);
    const proposals = await withReasonsThen(ctx, { entry, decidedAt: found.decidedAt, shape, earlier }, now);
    const actions = new Map([...proposals].map(([name, p]) => [name, p.action]));
    const plan = planMirror(shape.columns, actions, existing?.columns ?? null, shape.own);
    const { tableName } = await plannedTableName(ctx.db, source, existing, plan);
    const rows: JsonObject[] = [];
    if (mayReadRows(ctx))
      for (const id of lineages) rows.push(...(await sampleRows(ctx.db, id, entry.schemaHash)));
    const names = new Set(columns.map((c) => c.name));
    return {
      ...(await readRegistryReview(ctx, found.id)),
      columns: columns.map((column) =>
        columnOf(column, before?.columns ?? [], proposals, sampleColumn(rows, column), existing?.columns),
      ),
      removed_columns: (before?.columns ?? []).filter((c) => !names.has(c.name)),
      columns_inferred: entry.columns === null,
      draft: found.draft,
      draft_stale: await sharedDraftStale(ctx, found, entry, lineages),
      mirror_table_name: tableName,
      replay: await replayOf(ctx, found.id),
    };
  });
}

/** The waiting lineages with the most staged rows of the hash: what is there to look at, or to try. */
export async function largestBacklogs({ db }: Ctx, entryId: string, limit: number): Promise<string[]> {
  const rows = await db.sql<{ id: string }[]>`
    select lineage_id as id from tidegate.schema_version
    where registry_entry_id = ${entryId} and staged_rows > 0
    order by staged_rows desc, lineage_id limit ${limit}`;
  return rows.map(({ id }) => id);
}

/** `now` with the reasons that held when the review was decided: what it brought itself is no reason for it. */
async function withReasonsThen(
  ctx: Ctx,
  decided: {
    entry: EntryRow;
    decidedAt: Date | null;
    shape: ReturnType<typeof mirrorShapeOf>;
    earlier: EarlierDecisions;
  },
  now: ReturnType<typeof proposeActions>,
): Promise<ReturnType<typeof proposeActions>> {
  const { entry, decidedAt, shape, earlier } = decided;
  if (decidedAt === null) return now;
  const existing = mirrorOfVersions(await allApprovedBefore(ctx.db, entry, decidedAt), shape.own);
  return withReasonsOf(now, proposeActions(shape.columns, existing, earlier, shape.own));
}

function decisionsOf(before: EntryRow | null): EarlierDecisions {
  const affinity = new Map((before?.columns ?? []).map((c) => [c.name, c.decl_type_affinity]));
  return new Map(
    (before?.bindings ?? []).map(({ sourceColumnName: name, action, mirrorColumnName }) => [
      name,
      { action, mirrorColumnName, affinity: affinity.get(name) ?? null },
    ]),
  );
}

async function replayOf({ db }: Ctx, reviewId: string): Promise<RegistryReviewDetail['replay']> {
  const [row] = await db.sql<
    { lineages: number; completed: number; total_rows: number; done_rows: number }[]
  >`
    select count(*)::int as lineages, (count(*) filter (where status = 'completed'))::int as completed,
      coalesce(sum(total_rows), 0)::float8 as total_rows, coalesce(sum(done_rows), 0)::float8 as done_rows
    from tidegate.replay_intent where registry_review_id = ${reviewId}`;
  return row === undefined || row.lineages === 0 ? null : row;
}
