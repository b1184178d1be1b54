// The first half of a bulk operation: what would be done, to how many, and how it would go. Nothing is done yet.
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import {
  decideShapeInput,
  previewBulkInput,
  type BulkJob,
  type BulkParams,
  type PreviewBulkInput,
} from '@/server/contract/bulk';
import { bulkJob } from '@/server/db/schema/bulk';
import { uuidV7 } from '@/server/lib/uuid';
import { requirePermission } from '../auth/permissions';
import { requireProject } from '../auth/project-scope';
import { inTransaction, type Ctx } from '../context/context';
import { conflict, notFound } from '../errors/errors';
import { parseInput } from '../errors/parse-input';
import { bulkEvent } from './bulk-event';
import { lockJob, readJob, type BulkTarget } from './bulk-row';
import { freezeSet } from './freeze-set';
import { decidedShape, shapesOf } from './shapes';

/** Freezes the set that a filter finds, and says what it is. An empty one can be looked at, and not started. */
export async function previewBulk(args: {
  ctx: Ctx;
  projectId: string;
  input: z.input<typeof previewBulkInput>;
}): Promise<BulkJob> {
  requirePermission(args.ctx, 'PROJECT_CAN_MANAGE_DEVICES');
  const input = parseInput(previewBulkInput, args.input, 'body');
  return inTransaction(args.ctx, async (ctx) => {
    const project = await requireProject(ctx, args.projectId);
    const [id, now] = [uuidV7(), ctx.clock.now()];
    await ctx.db.orm.insert(bulkJob).values({
      id,
      orgId: project.orgId,
      projectId: project.id,
      action: input.action,
      filter: input.filter,
      params: paramsOf(input),
      shapes: [],
      status: 'previewed',
      totalItems: 0,
      createdBy: ctx.actor.id,
      createdByLabel: ctx.actor.label,
      permissions: [],
      createdAt: now,
      updatedAt: now,
    });
    const totalItems = await freezeSet(ctx, project, id, input);
    const shapes = await shapesOf(ctx, project.id, { id, isApproval: input.action === 'approve' });
    await ctx.db.orm.update(bulkJob).set({ totalItems, shapes }).where(eq(bulkJob.id, id));
    const job = await readJob(ctx, id);
    await bulkEvent(ctx, { jobId: id, orgId: project.orgId, projectId: project.id }, 'previewed', {
      action: job.action,
      summary: job.summary,
      filter: job.filter,
    });
    return job;
  });
}

function paramsOf(input: PreviewBulkInput): BulkParams {
  switch (input.action) {
    case 'claim':
    case 'approve':
      return { take_over: input.take_over };
    case 'reject':
      return { take_over: input.take_over, reason: input.reason };
    case 'reset':
      return {};
  }
}

/** Decides a shape of an approval otherwise than was proposed, and simulates it anew. */
export async function decideShape(
  args: BulkTarget & { input: z.input<typeof decideShapeInput> },
): Promise<BulkJob> {
  requirePermission(args.ctx, 'PROJECT_CAN_MANAGE_DEVICES');
  const input = parseInput(decideShapeInput, args.input, 'body');
  return inTransaction(args.ctx, async (ctx) => {
    const job = await lockJob({ ...args, ctx });
    if (job.status !== 'previewed' || job.action !== 'approve') {
      throw conflict('bulk_status_conflict', 'Only an approval that has not been started can be decided.', {
        id: job.id,
        status: job.status,
      });
    }
    const at = job.shapes.findIndex(
      (s) =>
        s.kind === input.kind && s.source_table === input.source_table && s.schema_hash === input.schema_hash,
    );
    const shape = job.shapes[at];
    if (shape === undefined) throw notFound('shape', input.schema_hash);
    const reviewId = shape.preview?.review_id ?? (await anyReviewOf(ctx, job.id, input));
    const decided = await decidedShape(
      ctx,
      { projectId: job.projectId, reviewId },
      shape,
      input.column_actions,
      true,
    );
    await ctx.db.orm
      .update(bulkJob)
      .set({ shapes: job.shapes.with(at, decided), updatedAt: ctx.clock.now() })
      .where(eq(bulkJob.id, job.id));
    await bulkEvent(ctx, { ...job, jobId: job.id }, 'shape_decided', {
      source_table: shape.source_table,
      schema_hash: shape.schema_hash,
      before: shape.decision ?? [],
      after: input.column_actions,
    });
    return readJob(ctx, job.id);
  });
}

async function anyReviewOf(
  { db: { sql } }: Ctx,
  jobId: string,
  shape: z.output<typeof decideShapeInput>,
): Promise<string> {
  const [item] = await sql<{ subject_id: string }[]>`
    select subject_id from tidegate.bulk_job_item
    where job_id = ${jobId} and subject_kind = ${shape.kind} and source_table = ${shape.source_table}
      and schema_hash = ${shape.schema_hash}
    order by position limit 1`;
  if (item === undefined) throw notFound('shape', shape.schema_hash);
  return item.subject_id;
}
