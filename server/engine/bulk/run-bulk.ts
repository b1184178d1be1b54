// One item of a job, in one transaction together with its result: a worker that dies in the middle has done nothing,
// and one that dies after it has said so. Which item is free is told by its row's lock alone.
import { and, eq } from 'drizzle-orm';
import { bulkJob, bulkJobItem } from '@/server/db/schema/bulk';
import { classifySqlError, sqlMessage } from '@/server/db/sqlstate';
import { contextInOrg, loadPerson } from '../auth/session-context';
import { inTransaction, PERMISSIONS, type Ctx } from '../context/context';
import { Refusal } from '../errors/errors';
import { actOnItem } from './act-on-item';
import { bulkEvent } from './bulk-event';
import type { ItemRow, JobRow } from './bulk-row';

/** More may follow; nothing is left; or others hold what is left, or the job was ended. */
export type BulkOutcome = 'more' | 'done' | 'gone';

/** The jobs with something to do, the longest running first. */
export async function dueBulkJobs({ db }: Ctx): Promise<string[]> {
  const rows = await db.orm
    .select({ id: bulkJob.id })
    .from(bulkJob)
    .where(eq(bulkJob.status, 'running'))
    .orderBy(bulkJob.startedAt);
  return rows.map(({ id }) => id);
}

/** Does the next free item of a job. Throws what is transient, having done nothing; the caller tries again later. */
export async function runBulkItem(system: Ctx, jobId: string): Promise<BulkOutcome> {
  return inTransaction(system, async (ctx) => {
    const taken = await takeItem(ctx, jobId);
    if (taken === null) return (await completed(ctx, jobId)) ? 'done' : 'gone';
    const { job, item } = taken;
    const result = await attempt(ctx, job, item);
    await ctx.db.orm
      .update(bulkJobItem)
      .set({ ...result, attempts: item.attempts + 1, finishedAt: ctx.clock.now() })
      .where(and(eq(bulkJobItem.jobId, job.id), eq(bulkJobItem.position, item.position)));
    if (result.status === 'failed') {
      await bulkEvent(ctx, { ...job, jobId: job.id }, 'item_failed', {
        action: job.action,
        subject_kind: item.subjectKind,
        subject_id: item.subjectId,
        device_name: item.deviceName,
        source_table: item.sourceTable,
        code: result.code,
        detail: result.detail,
      });
    }
    return 'more';
  });
}

/** The item first: a job that was ended meanwhile has none that is pending. */
async function takeItem({ db }: Ctx, jobId: string): Promise<{ job: JobRow; item: ItemRow } | null> {
  const [item] = await db.orm
    .select()
    .from(bulkJobItem)
    .where(and(eq(bulkJobItem.jobId, jobId), eq(bulkJobItem.status, 'pending')))
    .orderBy(bulkJobItem.position)
    .limit(1)
    .for('update', { skipLocked: true });
  if (item === undefined) return null;
  const [job] = await db.orm
    .select()
    .from(bulkJob)
    .where(and(eq(bulkJob.id, jobId), eq(bulkJob.status, 'running')));
  return job === undefined ? null : { job, item };
}

interface Result {
  status: 'done' | 'failed';
  code: string | null;
  detail: string | null;
}

/** The verb in a savepoint: a refusal undoes what it had begun, and is kept as the item's result. */
async function attempt(ctx: Ctx, job: JobRow, item: ItemRow): Promise<Result> {
  try {
    const acting = await actingContext(ctx, job);
    const detail = await ctx.db.savepoint((db) => actOnItem({ ...acting, db }, job, item));
    return { status: 'done', code: null, detail };
  } catch (error) {
    if (error instanceof Refusal) return { status: 'failed', code: error.code, detail: error.detail };
    if (classifySqlError(error) === 'transient') throw error;
    // One item that always throws must not hold up the others for ever.
    return { status: 'failed', code: 'internal_error', detail: sqlMessage(error).slice(0, 500) };
  }
}

/** Who started the job, with what they may do now and were allowed to do then. */
async function actingContext(ctx: Ctx, job: JobRow): Promise<Ctx> {
  const person = job.startedBy === null ? null : await loadPerson({ db: ctx.db, userId: job.startedBy });
  const isMember = person?.memberships.some(({ orgId }) => orgId === job.orgId) === true;
  if (person === null || !isMember) {
    throw new Refusal(
      403,
      'permission_denied',
      `${job.startedByLabel ?? 'Whoever started this'} is no longer a member of the organisation. Somebody who is can run the failed ones again.`,
    );
  }
  const scopes = new Set(PERMISSIONS.filter((permission) => job.permissions.includes(permission)));
  const { actor, orgId, permissions } = contextInOrg(person, job.orgId, scopes);
  return { db: ctx.db, clock: ctx.clock, actor, orgId, permissions, correlationId: job.id };
}

/** Ends a job of which nothing is pending. Whoever has locked the last item finds that out next. */
async function completed(ctx: Ctx, jobId: string): Promise<boolean> {
  const now = ctx.clock.now().toISOString();
  const [job] = await ctx.db.sql<{ orgId: string; projectId: string; action: string }[]>`
    update tidegate.bulk_job j set status = 'completed', finished_at = ${now}, updated_at = ${now}
    where j.id = ${jobId} and j.status = 'running'
      and not exists (select from tidegate.bulk_job_item i where i.job_id = j.id and i.status = 'pending')
    returning org_id as "orgId", project_id as "projectId", action`;
  if (job === undefined) return false;
  const [counts] = await ctx.db.sql<{ done: number; failed: number }[]>`
    select (count(*) filter (where status = 'done'))::int as done,
      (count(*) filter (where status = 'failed'))::int as failed
    from tidegate.bulk_job_item where job_id = ${jobId}`;
  await bulkEvent(ctx, { ...job, jobId }, 'completed', {
    action: job.action,
    done_items: counts?.done ?? 0,
    failed_items: counts?.failed ?? 0,
  });
  return true;
}
