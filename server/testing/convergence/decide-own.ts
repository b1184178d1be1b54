/** What operators decide about one device's schemas. */
import { schemaReview } from '@/server/db/schema/governance';
import type { RootDb } from '@/server/db/client';
import type { ColumnAction } from '@/server/contract/governance';
import { amendReview } from '@/server/engine/governance/amend-review';
import { approveReview } from '@/server/engine/governance/approve-review';
import { claimReview } from '@/server/engine/governance/claim-review';
import { rejectReview } from '@/server/engine/governance/reject-review';
import { reopenReview } from '@/server/engine/governance/reopen-review';
import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Play } from './play';
import { isOfSamples, SCHEMAS, TEMPS, type SchemaOfHistory } from './values';
import { operatorOf } from './world';

type ReviewRow = typeof schemaReview.$inferSelect;

/** Reviews of the history's devices in these states, the oldest first. */
export const reviewsIn = ({ world, place }: Play, statuses: ReviewRow['status'][]): Promise<ReviewRow[]> =>
  world.db.orm
    .select()
    .from(schemaReview)
    .where(and(eq(schemaReview.projectId, place.projectId), inArray(schemaReview.status, statuses)))
    .orderBy(asc(schemaReview.createdAt), asc(schemaReview.id));

export const OPEN: ReviewRow['status'][] = ['queued', 'in_review'];

export const schemaOf = (of: { sourceTable: string; schemaHash: string }): SchemaOfHistory | undefined =>
  [...SCHEMAS, TEMPS].flat().find((s) => s.hash === of.schemaHash && s.table === of.sourceTable);

/** Columns that a later schema gives a wider type. */
const WIDENED = new Set(['setpoint TEXT']);
const WIDENS = 1 << 11;
/** Columns that go on under another name. */
const RENAMED: ReadonlyMap<string, string> = new Map([['set_point', 'setpoint']]);
const RENAMES = 1 << 10;

/** How a column goes on in the mirror column of an older schema; a new one beside it where `pick` does not say. */
function continuationOf(name: string, affinity: string, pick: number): Partial<ColumnAction> {
  const old = RENAMED.get(name);
  if (old !== undefined && (pick & RENAMES) > 0) return { rename_of: old };
  return (pick & WIDENS) > 0 && WIDENED.has(`${name} ${affinity}`) ? { widen: true } : {};
}

const SAMPLE_ACTIONS = ['auto_create_and_map', 'mirror', 'ignore', 'mirror'] as const;

/** The same for a table of samples: their time is mirrored, the others go where `pick` says. */
const sampleActionsFor = ({ columns }: SchemaOfHistory, pick: number): ColumnAction[] =>
  columns.map(({ name }, i): ColumnAction => {
    const action = name === 'ts' ? 'mirror' : (SAMPLE_ACTIONS[(pick >> (2 * i)) & 3] ?? 'mirror');
    return { source_column_name: name, action, ...(name === 'ts' ? { is_time_column: true } : {}) };
  });

/** One action for every column; `pick` says, two bits each, which are left out where the history does that. */
export function actionsFor(
  schema: SchemaOfHistory | undefined,
  { isPartial }: { isPartial: boolean },
  pick: number,
  mayDefer: boolean,
): ColumnAction[] {
  if (schema !== undefined && isOfSamples(schema.table)) return sampleActionsFor(schema, pick);
  return (schema?.columns ?? []).map(({ name, pk_ordinal, decl_type_affinity }, i): ColumnAction => {
    const choice = isPartial ? (pick >> (2 * i)) & 3 : 0;
    // A deferred key column holds the whole table until the decision is amended.
    const leaves = pk_ordinal > 0 ? (choice === 3 && (pick & 1) === 1 ? 'defer' : null) : choice;
    if ((leaves === 'defer' || leaves === 3) && mayDefer)
      return { source_column_name: name, action: 'defer' };
    if (leaves === 2) return { source_column_name: name, action: 'ignore' };
    return { source_column_name: name, action: 'mirror', ...continuationOf(name, decl_type_affinity, pick) };
  });
}

/** Decides `review` as an operator would. Throws what the verbs refuse. */
export async function decideReview(
  play: Play,
  review: ReviewRow,
  kind: 'approve' | 'reject' | 'reopen',
  pick: number,
  db: RootDb,
): Promise<void> {
  const target = { ctx: operatorOf(play.world, db), projectId: play.place.projectId, reviewId: review.id };
  if (kind === 'reopen') {
    await reopenReview({ ...target, input: { action_version: review.actionVersion } });
    return;
  }
  const claimed = await claimReview({ ...target, input: { action_version: review.actionVersion } });
  const input = { action_version: claimed.action_version };
  if (kind === 'reject') {
    await rejectReview({ ...target, input: { ...input, reason: 'not now' } });
    return;
  }
  const column_actions = actionsFor(schemaOf(review), play.history, pick, true);
  play.approved.add(`${review.sourceTable}|${review.schemaHash}`);
  await approveReview({ ...target, input: { ...input, column_actions } });
}

/** Decides what an approval has deferred: it is mirrored. What was ignored stays so, for its values were never kept. */
export async function amend(play: Play, review: ReviewRow, db: RootDb): Promise<void> {
  const bindings = await play.world.db.sql<{ name: string; action: ColumnAction['action'] }[]>`
    select source_column_name as name, action from tidegate.column_binding
    where lineage_id = ${review.lineageId} and schema_hash = ${review.schemaHash}`;
  await amendReview({
    ctx: operatorOf(play.world, db),
    projectId: play.place.projectId,
    reviewId: review.id,
    input: {
      action_version: review.actionVersion,
      column_actions: bindings.map(({ name, action }) => ({
        source_column_name: name,
        action: action === 'ignore' ? 'ignore' : 'mirror',
      })),
    },
  });
}

/** Approved reviews that have left a column undecided. */
export async function deferredReviews(play: Play): Promise<ReviewRow[]> {
  const rows = await play.world.db.sql<{ id: string }[]>`
    select distinct r.id from tidegate.schema_review r
    join tidegate.column_binding b on b.lineage_id = r.lineage_id and b.schema_hash = r.schema_hash
    where r.project_id = ${play.place.projectId} and r.status = 'approved' and b.action = 'defer'`;
  const ids = new Set(rows.map(({ id }) => id));
  return (await reviewsIn(play, ['approved'])).filter(({ id }) => ids.has(id));
}
