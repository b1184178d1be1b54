// What people do with a job once it has been counted: start it, end it, do the failed ones again.
import { and, eq } from 'drizzle-orm';
import type { z } from 'zod';
import { startBulkInput, type BulkJob } from '@/server/contract/bulk';
import { bulkJob, bulkJobItem } from '@/server/db/schema/bulk';
import { ring } from '@/server/db/notify';
import { requirePermission } from '../auth/permissions';
import { inTransaction, type Ctx } from '../context/context';
import { conflict } from '../errors/errors';
import { parseInput } from '../errors/parse-input';
import { bulkEvent } from './bulk-event';
import { lockJob, readJob, type BulkTarget, type JobRow } from './bulk-row';

function requireStatus(job: JobRow, statuses: readonly JobRow['status'][], verb: string): void {
  if (statuses.includes(job.status)) return;
  throw conflict(
    'bulk_status_conflict',
    `A bulk job that is ${job.status} cannot be ${verb}; it has to be ${statuses.join(' or ')}.`,
    { id: job.id, status: job.status },
  );
}

/** Hands the job to the workers, in the caller's name and with what the caller may do now. */
async function run(ctx: Ctx, job: JobRow, data: Record<string, unknown>): Promise<BulkJob> {
  const now = ctx.clock.now();
  await ctx.db.orm
    .update(bulkJob)
    .set({
      status: 'running',
      startedBy: ctx.actor.id,
      startedByLabel: ctx.actor.label,
      permissions: [...ctx.permissions],
      startedAt: now,
      finishedAt: null,
      updatedAt: now,
    })
    .where(eq(bulkJob.id, job.id));
  await ring(ctx.db, 'bulk');
  const running = await readJob(ctx, job.id);
  await bulkEvent(ctx, { ...job, jobId: job.id }, 'started', {
    action: job.action,
    summary: running.summary,
    before: { status: job.status },
    after: { status: running.status },
    ...data,
  });
  return running;
}

/** Starts a counted job. 409 `item_count_changed` where the confirmed count is another, `nothing_to_do` where it is empty. */
export async function startBulk(
  args: BulkTarget & { input: z.input<typeof startBulkInput> },
): Promise<BulkJob> {
  requirePermission(args.ctx, 'PROJECT_CAN_MANAGE_DEVICES');
  const input = parseInput(startBulkInput, args.input, 'body');
  return inTransaction(args.ctx, async (ctx) => {
    const job = await lockJob({ ...args, ctx });
    requireStatus(job, ['previewed'], 'started');
    if (job.totalItems === 0)
      throw conflict('nothing_to_do', 'The filter found nothing. Look with another one.', { id: job.id });
    if (job.totalItems !== input.expected_items) {
      throw conflict(
        'item_count_changed',
        `This job has ${String(job.totalItems)} items, you confirmed ${String(input.expected_items)}.`,
        { id: job.id, total_items: job.totalItems },
      );
    }
    return run(ctx, job, { items: job.totalItems });
  });
}

/** Ends a job: what is under way is finished, the rest is not begun. */
export async function cancelBulk(args: BulkTarget): Promise<BulkJob> {
  requirePermission(args.ctx, 'PROJECT_CAN_MANAGE_DEVICES');
  return inTransaction(args.ctx, async (ctx) => {
    const job = await lockJob({ ...args, ctx });
    requireStatus(job, ['previewed', 'running'], 'cancelled');
    const now = ctx.clock.now();
    await ctx.db.orm
      .update(bulkJob)
      .set({ status: 'cancelled', finishedAt: now, updatedAt: now })
      .where(eq(bulkJob.id, job.id));
    // Waits for each item that a worker holds, and then leaves it as it came out.
    const ended = await ctx.db.orm
      .update(bulkJobItem)
      .set({ status: 'cancelled', finishedAt: now })
      .where(and(eq(bulkJobItem.jobId, job.id), eq(bulkJobItem.status, 'pending')))
      .returning({ position: bulkJobItem.position });
    await bulkEvent(ctx, { ...job, jobId: job.id }, 'cancelled', {
      action: job.action,
      cancelled_items: ended.length,
      before: { status: job.status },
      after: { status: 'cancelled' },
    });
    return readJob(ctx, job.id);
  });
}

/**
 * Does the failed ones again, and only those, each at the version that it has now: the caller has seen why it
 * failed. 409 `nothing_to_do` where none has.
 */
export async function runFailed(args: BulkTarget): Promise<BulkJob> {
  requirePermission(args.ctx, 'PROJECT_CAN_MANAGE_DEVICES');
  return inTransaction(args.ctx, async (ctx) => {
    const job = await lockJob({ ...args, ctx });
    requireStatus(job, ['completed', 'cancelled'], 'run again');
    const again = await ctx.db.sql`
      update tidegate.bulk_job_item i
      set status = 'pending', code = null, detail = null, finished_at = null,
        action_version = case i.subject_kind
          when 'schema_review' then (select r.action_version from tidegate.schema_review r where r.id = i.subject_id)
          when 'registry_review' then (select r.action_version from tidegate.registry_review r where r.id = i.subject_id)
        end
      where i.job_id = ${job.id} and i.status = 'failed'`;
    if (again.count === 0)
      throw conflict('nothing_to_do', 'No item of this job has failed.', { id: job.id, status: job.status });
    return run(ctx, job, { items: again.count, failed_only: true });
  });
}
