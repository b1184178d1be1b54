// A job in the shape that every caller sees. How far it is, is counted from its items: a figure kept on the job would
// make every worker wait for every other.
import type { Fragment } from 'postgres';
import type { BulkJob, BulkShape } from '@/server/contract/bulk';
import type { Sql } from '@/server/db/client';
import { bulkJob, type bulkJobItem } from '@/server/db/schema/bulk';
import { rfc3339, rfc3339OrNull } from '@/server/db/time';
import { isUuid } from '@/server/lib/uuid';
import { and, eq } from 'drizzle-orm';
import { mayReadRows } from '../auth/permissions';
import { requireProject } from '../auth/project-scope';
import type { Ctx } from '../context/context';
import { notFound } from '../errors/errors';
import { summaryOf } from './bulk-words';

export type JobRow = typeof bulkJob.$inferSelect;
export type ItemRow = typeof bulkJobItem.$inferSelect;

/** The arguments of a verb on one job. */
export interface BulkTarget {
  ctx: Ctx;
  projectId: string;
  bulkJobId: string;
}

type Preview = NonNullable<BulkShape['preview']>;
type Failure = Preview['failures'][number];

/** A shape as it was kept: earlier versions grouped by the sentence of the error, which quotes a value, and knew no time. */
interface KeptShape extends Omit<BulkShape, 'preview'> {
  preview:
    | (Omit<Preview, 'failures' | 'tried_at'> & {
        tried_at?: string;
        failures: (Failure | { error: string })[];
      })
    | null;
}

type Counts = Pick<BulkJob, 'pending_items' | 'done_items' | 'failed_items' | 'cancelled_items'>;

export interface JobView extends Omit<BulkJob, 'summary' | 'take_over' | 'reason' | 'shapes'>, Counts {
  shapes: KeptShape[];
  params: JobRow['params'];
}

/** The columns of `jobFrom` that a job shows. */
export const jobColumns = (sql: Sql): Fragment => sql`
  j.id, j.action, j.status, j.filter, j.params, j.shapes, j.total_items, c.pending_items, c.done_items,
  c.failed_items, c.cancelled_items, j.created_by, j.created_by_label, j.created_at, j.started_by,
  j.started_by_label, j.started_at, j.finished_at, j.updated_at`;

export const jobFrom = (sql: Sql): Fragment => sql`
  tidegate.bulk_job j
  cross join lateral (
    select (count(*) filter (where i.status = 'pending'))::int as pending_items,
      (count(*) filter (where i.status = 'done'))::int as done_items,
      (count(*) filter (where i.status = 'failed'))::int as failed_items,
      (count(*) filter (where i.status = 'cancelled'))::int as cancelled_items
    from tidegate.bulk_job_item i where i.job_id = j.id) c`;

/**
 * A simulation is kept with its job, and whoever may view the project reads the job: what it quotes of rows is for those
 * who may read rows.
 */
function shownShape(ctx: Ctx, shape: KeptShape, countedAt: string): BulkShape {
  const { preview } = shape;
  if (preview === null) return { ...shape, preview };
  const failures = preview.failures.flatMap((failure) => ('kind' in failure ? [failure] : []));
  return {
    ...shape,
    preview: {
      ...preview,
      tried_at: preview.tried_at ?? countedAt,
      failures: mayReadRows(ctx) ? failures : failures.map((failure) => ({ ...failure, example: null })),
    },
  };
}

/** The contract's shape of a row. */
export function toJob(ctx: Ctx, { params, ...row }: JobView): BulkJob {
  const createdAt = rfc3339(row.created_at);
  const shapes = row.shapes.map((shape) => shownShape(ctx, shape, createdAt));
  return {
    ...row,
    shapes,
    summary: summaryOf({ ...row, shapes }),
    take_over: params.take_over ?? false,
    reason: params.reason ?? null,
    created_at: createdAt,
    started_at: rfc3339OrNull(row.started_at),
    finished_at: rfc3339OrNull(row.finished_at),
    updated_at: rfc3339(row.updated_at),
  };
}

/** A job whose scope has been checked. */
export async function readJob(ctx: Ctx, jobId: string): Promise<BulkJob> {
  const { sql } = ctx.db;
  const [row] = await sql<JobView[]>`select ${jobColumns(sql)} from ${jobFrom(sql)} where j.id = ${jobId}`;
  if (row === undefined) throw notFound('bulk job', jobId);
  return toJob(ctx, row);
}

/** The job inside the caller's project, or 404. */
export async function requireJob({ ctx, projectId, bulkJobId }: BulkTarget): Promise<JobRow> {
  return findJob({ ctx, projectId, bulkJobId }, false);
}

/** The same, locked until the transaction ends. */
export async function lockJob(target: BulkTarget): Promise<JobRow> {
  return findJob(target, true);
}

async function findJob({ ctx, projectId, bulkJobId }: BulkTarget, isLocked: boolean): Promise<JobRow> {
  const project = await requireProject(ctx, projectId);
  if (!isUuid(bulkJobId)) throw notFound('bulk job', bulkJobId);
  const query = ctx.db.orm
    .select()
    .from(bulkJob)
    .where(
      and(eq(bulkJob.id, bulkJobId), eq(bulkJob.projectId, project.id), eq(bulkJob.orgId, project.orgId)),
    );
  const [row] = await (isLocked ? query.for('update') : query);
  if (row === undefined) throw notFound('bulk job', bulkJobId);
  return row;
}
