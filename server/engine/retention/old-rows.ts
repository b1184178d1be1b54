// What leaves by age, row by row: rejected batches, idempotency keys, tokens that nobody can use any more, the log of
// webhooks. Each chunk is one short transaction, so that nobody waits for a large one and a stop loses nothing.
import { POLICY_DEFAULTS } from '@/server/contract/fleet';
import { KEPT_DAYS } from '@/server/contract/retention';
import type { Ctx } from '../context/context';
import { inChunks } from './alone';

const ROWS_PER_CHUNK = 1_000;
/** A bulk job goes with the result of each of its items. */
const JOBS_PER_CHUNK = 20;
/** A rejected batch has up to 512 KiB of payload. */
const REJECTED_PER_CHUNK = 100;

/** Deletes rejected batches by the policy of their device's fleet, else of their project. Returns how many. */
export function deleteRejectedBatches(ctx: Ctx, signal: AbortSignal): Promise<number> {
  const now = ctx.clock.now().toISOString();
  const days = POLICY_DEFAULTS.rejected_batch_retention_days;
  return inChunks(ctx, signal, REJECTED_PER_CHUNK, async ({ db }, rowsMax) => {
    const gone = await db.sql`
      with shortest as (
        select least(${days}::int, min((fields ->> 'rejected_batch_retention_days')::int)) as days from tidegate.policy
      )
      delete from tidegate.rejected_batch where id = any(array(
        select r.id from tidegate.rejected_batch r
        left join tidegate.device d on d.id = r.device_id
        left join tidegate.policy f on f.scope = 'fleet' and f.scope_id = d.fleet_id
        left join tidegate.policy p on p.scope = 'project' and p.scope_id = r.project_id
        where r.received_at < ${now}::text::timestamptz - make_interval(days => (select days from shortest))
          and r.received_at < ${now}::text::timestamptz - make_interval(days => coalesce(
            (f.fields ->> 'rejected_batch_retention_days')::int,
            (p.fields ->> 'rejected_batch_retention_days')::int, ${days}::int))
        order by r.received_at limit ${rowsMax}))`;
    return gone.count;
  });
}

/** Deletes idempotency keys of more than a day. Returns how many. */
export function deleteIdempotencyKeys(ctx: Ctx, signal: AbortSignal): Promise<number> {
  const now = ctx.clock.now().toISOString();
  return inChunks(ctx, signal, ROWS_PER_CHUNK, async ({ db }, rowsMax) => {
    const gone = await db.sql`
      delete from tidegate.idempotency_key where ctid = any(array(
        select ctid from tidegate.idempotency_key
        where created_at < ${now}::text::timestamptz - make_interval(days => ${KEPT_DAYS.idempotency_keys})
        order by created_at limit ${rowsMax}))`;
    return gone.count;
  });
}

/** Deletes API tokens that expired or were revoked long ago. Returns how many. */
export function deleteDeadTokens(ctx: Ctx, signal: AbortSignal): Promise<number> {
  const now = ctx.clock.now().toISOString();
  return inChunks(ctx, signal, ROWS_PER_CHUNK, async ({ db }, rowsMax) => {
    const gone = await db.sql`
      delete from tidegate.api_token where id = any(array(
        select id from tidegate.api_token
        where least(expires_at, revoked_at) < ${now}::text::timestamptz - make_interval(days => ${KEPT_DAYS.tokens})
        limit ${rowsMax}))`;
    return gone.count;
  });
}

/** Deletes webhook messages that are over, with their attempts. Returns how many. */
export function deleteOldDeliveries(ctx: Ctx, signal: AbortSignal): Promise<number> {
  const now = ctx.clock.now().toISOString();
  return inChunks(ctx, signal, ROWS_PER_CHUNK, async ({ db }, rowsMax) => {
    const gone = await db.sql`
      delete from tidegate.webhook_delivery where id = any(array(
        select id from tidegate.webhook_delivery
        where status <> 'pending'
          and created_at < ${now}::text::timestamptz - make_interval(days => ${KEPT_DAYS.webhook_deliveries})
        order by created_at limit ${rowsMax}))`;
    return gone.count;
  });
}

/**
 * Deletes bulk operations with their items: those that are over, and those that were counted and never started.
 * Returns how many.
 */
export function deleteOldBulkJobs(ctx: Ctx, signal: AbortSignal): Promise<number> {
  const now = ctx.clock.now().toISOString();
  return inChunks(ctx, signal, JOBS_PER_CHUNK, async ({ db }, rowsMax) => {
    const gone = await db.sql`
      delete from tidegate.bulk_job where id = any(array(
        select id from tidegate.bulk_job
        where (status in ('completed', 'cancelled')
            and updated_at < ${now}::text::timestamptz - make_interval(days => ${KEPT_DAYS.bulk_jobs}))
          or (status = 'previewed'
            and updated_at < ${now}::text::timestamptz - make_interval(days => ${KEPT_DAYS.bulk_previews}))
        order by updated_at limit ${rowsMax}))`;
    return gone.count;
  });
}
