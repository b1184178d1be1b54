// What the counted set consists of: a shape is a source table with a schema hash. Of an approval, each shape gets one
// decision, made from the proposal for the review with the most rows and simulated on that one.
import type { BulkShape } from '@/server/contract/bulk';
import type { ColumnAction } from '@/server/contract/governance';
import type { SchemaColumn } from '@/server/protocol/fingerprint';
import type { Ctx } from '../context/context';
import { Refusal } from '../errors/errors';
import { findReview } from '../governance/locked-review';
import { previewReview } from '../governance/preview-review';
import { reviewProposals } from '../governance/review-proposals';
import { getRegistryReview } from '../registry/get-registry-review';
import { previewRegistryReview } from '../registry/preview-registry-review';

/** Each simulation carries an approval out and undoes it; more shapes than these are not tried. */
const SIMULATED_SHAPES_MAX = 20;

interface ShapeRow {
  kind: BulkShape['kind'];
  source_table: string;
  schema_hash: string;
  items: number;
  staged: number;
  columns: SchemaColumn[] | null;
  verified: boolean;
  /** The one with the most staged rows. */
  subject_id: string;
}

async function shapeRows({ db: { sql } }: Ctx, jobId: string): Promise<ShapeRow[]> {
  return sql<ShapeRow[]>`
    with subject as (
      select i.subject_kind as kind, i.source_table, i.schema_hash, i.subject_id, i.position,
        coalesce(v.staged_rows, w.staged_rows, l.staged_rows, 0) as staged,
        coalesce(v.columns, e.columns) as columns, coalesce(v.verified, e.verified, true) as verified
      from tidegate.bulk_job_item i
      left join tidegate.schema_review r on i.subject_kind = 'schema_review' and r.id = i.subject_id
      left join tidegate.schema_version v on v.id = r.schema_version_id
      left join tidegate.registry_review g on i.subject_kind = 'registry_review' and g.id = i.subject_id
      left join tidegate.registry_entry e on e.id = g.registry_id
      left join tidegate.lineage l on i.subject_kind = 'lineage' and l.id = i.subject_id
      left join lateral (
        select sum(x.staged_rows) as staged_rows from tidegate.schema_version x
        where x.registry_entry_id = e.id and x.status = 'pending') w on e.id is not null
      where i.job_id = ${jobId})
    select kind, source_table, schema_hash, count(*)::int as items, sum(staged)::float8 as staged,
      (array_agg(columns order by staged desc, position))[1] as columns, bool_and(verified) as verified,
      (array_agg(subject_id order by staged desc, position))[1] as subject_id
    from subject group by kind, source_table, schema_hash
    order by count(*) desc, source_table, schema_hash, kind`;
}

/** The shapes of a job's items, the most frequent first; of an approval with a decision each, simulated. */
export async function shapesOf(
  ctx: Ctx,
  projectId: string,
  job: { id: string; isApproval: boolean },
): Promise<BulkShape[]> {
  const shapes: BulkShape[] = [];
  for (const [i, row] of (await shapeRows(ctx, job.id)).entries()) {
    const shape = bareShape(row);
    const at = { projectId, reviewId: row.subject_id };
    shapes.push(
      job.isApproval
        ? await decidedShape(
            ctx,
            at,
            shape,
            await proposedDecision(ctx, at, row.kind),
            i < SIMULATED_SHAPES_MAX,
          )
        : shape,
    );
  }
  return shapes;
}

const bareShape = (row: ShapeRow): BulkShape => ({
  kind: row.kind,
  source_table: row.source_table,
  schema_hash: row.schema_hash,
  items: row.items,
  staged_row_count: row.staged,
  columns: row.columns,
  verified: row.verified,
  decision: null,
  preview: null,
  problem: null,
});

interface At {
  projectId: string;
  reviewId: string;
}

/** The proposal without its mirror columns' names: each device takes those that its own mirror has. */
async function proposedDecision(ctx: Ctx, at: At, kind: BulkShape['kind']): Promise<ColumnAction[]> {
  const proposed =
    kind === 'registry_review'
      ? (await getRegistryReview({ ctx, ...at })).columns.map((column) => column.proposed)
      : await proposedForDevice(ctx, at);
  return proposed.map(({ source_column_name, action }) => ({ source_column_name, action }));
}

async function proposedForDevice(ctx: Ctx, at: At): Promise<ColumnAction[]> {
  const review = await findReview(ctx, at.projectId, at.reviewId);
  const { columns, proposals } = await reviewProposals(ctx, review);
  return columns.flatMap(({ name }) => proposals.get(name)?.action ?? []);
}

/** `shape` with `decision`, tried on the review `at` unless that is too much. */
export async function decidedShape(
  ctx: Ctx,
  at: At,
  shape: BulkShape,
  decision: ColumnAction[],
  isTried: boolean,
): Promise<BulkShape> {
  if (decision.length === 0) {
    const problem = 'Only the hash of this schema is known and no staged row shows its columns.';
    return { ...shape, decision: null, preview: null, problem };
  }
  if (!isTried) {
    const problem = `Not simulated: so many shapes are decided together that only the first ${String(SIMULATED_SHAPES_MAX)} were tried.`;
    return { ...shape, decision, preview: null, problem };
  }
  try {
    return { ...shape, decision, preview: await simulated(ctx, at, shape.kind, decision), problem: null };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { ...shape, decision, preview: null, problem: error.detail };
  }
}

async function simulated(
  ctx: Ctx,
  at: At,
  kind: BulkShape['kind'],
  column_actions: ColumnAction[],
): Promise<NonNullable<BulkShape['preview']>> {
  const { sql } = ctx.db;
  const table = kind === 'registry_review' ? sql`tidegate.registry_review` : sql`tidegate.schema_review`;
  const [now] = await sql<{ action_version: number }[]>`
    select action_version from ${table} where id = ${at.reviewId}`;
  const input = { action_version: now?.action_version ?? 0, column_actions };
  const { ddl, warnings, staged_rows, tried_rows, landing_rows, failures } =
    kind === 'registry_review'
      ? await previewRegistryReview({ ctx, ...at, input })
      : await previewReview({ ctx, ...at, input });
  const tried_at = ctx.clock.now().toISOString();
  return { review_id: at.reviewId, tried_at, ddl, warnings, staged_rows, tried_rows, landing_rows, failures };
}
