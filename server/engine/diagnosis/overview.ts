import type { Presence } from '@/server/contract/device-states';
import type { Overview } from '@/server/contract/fleet';
import { rfc3339OrNull } from '@/server/db/time';
import { requirePermission } from '../auth/permissions';
import { requireProject, type ProjectScope } from '../auth/project-scope';
import type { Ctx } from '../context/context';
import { presenceCondition } from '../devices/presence';
import { rejectedBatchScope } from '../ingest/rejected-batch-scope';
import { workerSlots } from './workers';

const HOUR_MS = 3_600_000;
const ROWS_LAST_HOUR_KEPT_MS = 10_000;

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
  const open = sql`where project_id = ${id} and status in ('queued', 'in_review')`;
  const [row] = await sql<{ n: number; oldest: string | null }[]>`
    select sum(n)::int as n, min(oldest) as oldest from (
      select count(*) as n, min(created_at) as oldest from tidegate.schema_review ${open}
      union all select count(*), min(created_at) from tidegate.registry_review ${open}) of_both`;
  return { reviews_waiting: row?.n ?? 0, oldest_review_at: rfc3339OrNull(row?.oldest ?? null) };
}

async function lineageCounts({ db: { sql } }: Ctx, { id }: ProjectScope) {
  // One pass: this is asked every two seconds, and two walks over every lineage were most of its cost.
  const [row] = await sql<
    { n: number; staged: number; paused: number; breakers: number; backpressure: number }[]
  >`
    select count(*)::int as n, coalesce(sum(l.staged_rows), 0)::float8 as staged, count(p.lineage_id)::int as paused,
      count(*) filter (where p.breaker)::int as breakers, count(*) filter (where p.backpressure)::int as backpressure
    from tidegate.lineage l
    left join (select lineage_id, bool_or(cause = 'circuit_breaker') as breaker,
                 bool_or(cause = 'backpressure') as backpressure
               from tidegate.pause_cause group by lineage_id) p on p.lineage_id = l.id
    where l.project_id = ${id}`;
  return {
    lineages: row?.n ?? 0,
    staged_rows: row?.staged ?? 0,
    lineages_paused: row?.paused ?? 0,
    breakers_open: row?.breakers ?? 0,
    backpressure: row?.backpressure ?? 0,
  };
}

async function deviceCounts({ db: { sql }, clock }: Ctx, { id }: ProjectScope) {
  const are = (how: Presence) => presenceCondition(sql, how, clock.now());
  const [row] = await sql<{ n: number; connected: number; silent: number; never: number }[]>`
    select count(*)::int as n, count(*) filter (where ${are('connected')})::int as connected,
      count(*) filter (where ${are('silent')})::int as silent,
      count(*) filter (where ${are('never_seen')})::int as never
    from tidegate.device d where d.project_id = ${id}`;
  return {
    devices: row?.n ?? 0,
    devices_connected: row?.connected ?? 0,
    devices_silent: row?.silent ?? 0,
    devices_never_seen: row?.never ?? 0,
  };
}

async function recentTraffic(ctx: Ctx, project: ProjectScope) {
  const { sql } = ctx.db;
  // In the scope of the list behind the number: an owner of the installation sees unknown devices' in both.
  const [rejected] = await sql<{ n: number }[]>`
    select count(*)::int as n from tidegate.rejected_batch b
    where ${rejectedBatchScope(ctx, project)} and b.received_at > ${ago(ctx, 24 * HOUR_MS)}::text::timestamptz`;
  return { rejected_batches_24h: rejected?.n ?? 0, rows_last_hour: await rowsLastHour(ctx, project.id) };
}

interface Kept {
  at: number;
  rows: Promise<number>;
}

const keptRows = new Map<string, Kept>();

/** An hour's ledger may have millions of batches: it is added up once for all who look, every few seconds. */
function rowsLastHour(ctx: Ctx, projectId: string): Promise<number> {
  const now = ctx.clock.now().getTime();
  const kept = keptRows.get(projectId);
  if (kept !== undefined && now >= kept.at && now - kept.at < ROWS_LAST_HOUR_KEPT_MS) return kept.rows;
  const rows = addUpLastHour(ctx, projectId);
  keptRows.set(projectId, { at: now, rows });
  rows.catch(() => keptRows.delete(projectId));
  return rows;
}

async function addUpLastHour(ctx: Ctx, projectId: string): Promise<number> {
  const [accepted] = await ctx.db.sql<{ n: number }[]>`
    select coalesce(sum(b.rows), 0)::float8 as n
    from tidegate.batch_ledger b join tidegate.device d on d.id = b.device_id
    where d.project_id = ${projectId} and b.received_at > ${ago(ctx, HOUR_MS)}::text::timestamptz`;
  return accepted?.n ?? 0;
}
