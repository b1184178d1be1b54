import type { Overview } from '@/server/contract/fleet';
import { rfc3339OrNull } from '@/server/db/time';
import { requirePermission } from '../auth/permissions';
import { requireProject, type ProjectScope } from '../auth/project-scope';
import type { Ctx } from '../context/context';
import { workerSlots } from './workers';

const HOUR_MS = 3_600_000;

/** What needs a person now in a project, and the rates behind it. */
export async function getOverview({ ctx, projectId }: { ctx: Ctx; projectId: string }): Promise<Overview> {
  requirePermission(ctx, 'PROJECT_CAN_VIEW');
  const project = await requireProject(ctx, projectId);
  const [reviews, lineages, devices, traffic, workers] = await Promise.all([
    reviewsWaiting(ctx, project),
    lineageCounts(ctx, project),
    deviceCounts(ctx, project),
    recentTraffic(ctx, project),
    workerSlots(ctx.db, ctx.clock),
  ]);
  return { ...reviews, ...lineages, ...devices, ...traffic, workers };
}

const ago = (ctx: Ctx, ms: number): string => new Date(ctx.clock.now().getTime() - ms).toISOString();

async function reviewsWaiting({ db: { sql } }: Ctx, { id }: ProjectScope) {
  const [row] = await sql<{ n: number; oldest: string | null }[]>`
    select count(*)::int as n, min(created_at) as oldest
    from tidegate.schema_review where project_id = ${id} and status in ('queued', 'in_review')`;
  return { reviews_waiting: row?.n ?? 0, oldest_review_at: rfc3339OrNull(row?.oldest ?? null) };
}

async function lineageCounts({ db: { sql } }: Ctx, { id }: ProjectScope) {
  const [row] = await sql<{ n: number; staged: number }[]>`
    select count(*)::int as n, coalesce(sum(staged_rows), 0)::float8 as staged
    from tidegate.lineage where project_id = ${id}`;
  const [held] = await sql<{ paused: number; breakers: number; backpressure: number }[]>`
    select count(distinct p.lineage_id)::int as paused,
      count(*) filter (where p.cause = 'circuit_breaker')::int as breakers,
      count(*) filter (where p.cause = 'backpressure')::int as backpressure
    from tidegate.pause_cause p join tidegate.lineage l on l.id = p.lineage_id where l.project_id = ${id}`;
  return {
    lineages: row?.n ?? 0,
    staged_rows: row?.staged ?? 0,
    lineages_paused: held?.paused ?? 0,
    breakers_open: held?.breakers ?? 0,
    backpressure: held?.backpressure ?? 0,
  };
}

async function deviceCounts({ db: { sql } }: Ctx, { id }: ProjectScope) {
  const [row] = await sql<{ n: number; connected: number }[]>`
    select count(*)::int as n, count(*) filter (where connected)::int as connected
    from tidegate.device where project_id = ${id}`;
  return { devices: row?.n ?? 0, devices_connected: row?.connected ?? 0 };
}

async function recentTraffic(ctx: Ctx, { id }: ProjectScope) {
  const { sql } = ctx.db;
  const [rejected] = await sql<{ n: number }[]>`
    select count(*)::int as n from tidegate.rejected_batch
    where project_id = ${id} and received_at > ${ago(ctx, 24 * HOUR_MS)}::text::timestamptz`;
  const [accepted] = await sql<{ n: number }[]>`
    select coalesce(sum(b.rows), 0)::float8 as n
    from tidegate.batch_ledger b join tidegate.device d on d.id = b.device_id
    where d.project_id = ${id} and b.received_at > ${ago(ctx, HOUR_MS)}::text::timestamptz`;
  return { rejected_batches_24h: rejected?.n ?? 0, rows_last_hour: accepted?.n ?? 0 };
}
