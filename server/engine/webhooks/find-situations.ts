// Reads off the tables what there is to be told of in a project, whatever happened while nobody looked.
import { SILENT_AFTER_MS } from '@/server/contract/device-states';
import type { WebhookKind } from '@/server/contract/webhook-kinds';
import type { Ctx } from '../context/context';
import { presenceCondition } from '../devices/presence';
import { capOf, forecastBacklogs } from './forecast-backlogs';
import { fingerprintKey, type Situation } from './situation';

const UNCLAIMED_MS = 3_600_000;
/** A backlog that takes longer to fill waits for working hours. */
const FULL_WITHIN_MS = 6 * 3_600_000;
/** The share of its cap from which on a backlog is looked at. */
const SHARE_LOOKED_AT = 0.1;

/** Every situation of the given kinds. */
export async function findSituations(
  ctx: Ctx,
  projectId: string,
  kinds: ReadonlySet<WebhookKind>,
): Promise<Situation[]> {
  const found: Situation[] = [];
  if (kinds.has('review_waits')) found.push(...(await waitingReviews(ctx, projectId)));
  if (kinds.has('review_unclaimed')) found.push(...(await unclaimedReviews(ctx, projectId)));
  if (kinds.has('breaker_opened')) found.push(...(await openBreakers(ctx, projectId)));
  if (kinds.has('backpressure_forecast')) found.push(...(await fillingBacklogs(ctx, projectId)));
  if (kinds.has('device_silent')) found.push(...(await silentFleets(ctx, projectId)));
  return found;
}

const ago = ({ clock }: Ctx, ms: number): string => new Date(clock.now().getTime() - ms).toISOString();

interface SchemaRow {
  source_table: string;
  schema_hash: string;
  since: string;
  queued: boolean;
}

const ofSchema = (kind: WebhookKind, row: SchemaRow): Situation => ({
  kind,
  key: fingerprintKey(row.source_table, row.schema_hash),
  since: new Date(row.since),
  isTellable: row.queued,
  grewAt: null,
  subject: { of: 'schema', sourceTable: row.source_table, schemaHash: row.schema_hash },
});

interface RegistryRow {
  id: string;
  since: string;
  queued: boolean;
}

const ofRegistry = (kind: WebhookKind, row: RegistryRow): Situation => ({
  kind,
  key: row.id,
  since: new Date(row.since),
  isTellable: row.queued,
  grewAt: null,
  subject: { of: 'registry_review', id: row.id },
});

async function waitingReviews({ db: { sql } }: Ctx, projectId: string): Promise<Situation[]> {
  const device = await sql<SchemaRow[]>`
    select source_table, schema_hash, min(created_at) as since, bool_or(status = 'queued') as queued
    from tidegate.schema_review where project_id = ${projectId} and status in ('queued', 'in_review')
    group by source_table, schema_hash`;
  const registry = await sql<RegistryRow[]>`
    select id, created_at as since, status = 'queued' as queued
    from tidegate.registry_review where project_id = ${projectId} and status in ('queued', 'in_review')`;
  return [
    ...device.map((row) => ofSchema('review_waits', row)),
    ...registry.map((row) => ofRegistry('review_waits', row)),
  ];
}

/** By when it was last touched: a review that was released or reopened waits from then on. */
async function unclaimedReviews(ctx: Ctx, projectId: string): Promise<Situation[]> {
  const { sql } = ctx.db;
  const before = ago(ctx, UNCLAIMED_MS);
  const device = await sql<SchemaRow[]>`
    select source_table, schema_hash, min(updated_at) as since, true as queued
    from tidegate.schema_review
    where project_id = ${projectId} and status = 'queued' and updated_at <= ${before}::text::timestamptz
    group by source_table, schema_hash`;
  const registry = await sql<RegistryRow[]>`
    select id, updated_at as since, true as queued from tidegate.registry_review
    where project_id = ${projectId} and status = 'queued' and updated_at <= ${before}::text::timestamptz`;
  return [
    ...device.map((row) => ofSchema('review_unclaimed', row)),
    ...registry.map((row) => ofRegistry('review_unclaimed', row)),
  ];
}

async function openBreakers({ db: { sql } }: Ctx, projectId: string): Promise<Situation[]> {
  const rows = await sql<SchemaRow[]>`
    select l.source_table, l.current_schema_hash as schema_hash, min(c.since) as since, true as queued
    from tidegate.pause_cause c join tidegate.lineage l on l.id = c.lineage_id
    where c.cause = 'circuit_breaker' and l.project_id = ${projectId}
    group by l.source_table, l.current_schema_hash`;
  return rows.map((row) => ofSchema('breaker_opened', row));
}

async function fillingBacklogs(ctx: Ctx, projectId: string): Promise<Situation[]> {
  const { sql } = ctx.db;
  const outlooks = await forecastBacklogs(
    ctx,
    projectId,
    sql`(l.staged_rows >= ${SHARE_LOOKED_AT}::float8 * ${capOf(ctx, 'max_pending_rows_per_lineage')}
      or l.staged_bytes >= ${SHARE_LOOKED_AT}::float8 * ${capOf(ctx, 'max_pending_bytes_per_lineage')})`,
  );
  const horizon = new Date(ctx.clock.now().getTime() + FULL_WITHIN_MS).toISOString();
  const near = outlooks.filter(({ isOver, forecast }) => {
    return isOver || (forecast.full_at !== null && forecast.full_at <= horizon);
  });
  const schemas = new Map(near.map((one) => [fingerprintKey(one.sourceTable, one.schemaHash), one]));
  return [...schemas].map(([key, { sourceTable, schemaHash }]) => ({
    kind: 'backpressure_forecast',
    key,
    // A forecast has no beginning, and nothing to wait for.
    since: new Date(0),
    isTellable: true,
    grewAt: null,
    subject: { of: 'schema', sourceTable, schemaHash },
  }));
}

async function silentFleets(ctx: Ctx, projectId: string): Promise<Situation[]> {
  const rows = await ctx.db.sql<{ fleet_id: string; first: string; last: string }[]>`
    select fleet_id, min(last_seen_at) as first, max(last_seen_at) as last from tidegate.device d
    where project_id = ${projectId} and ${presenceCondition(ctx.db.sql, 'silent', ctx.clock.now())}
    group by fleet_id`;
  return rows.map(({ fleet_id: id, first, last }) => ({
    kind: 'device_silent',
    key: id,
    since: new Date(first),
    isTellable: true,
    // A fleet has always some device that is away: it is told again when others fell silent since.
    grewAt: new Date(new Date(last).getTime() + SILENT_AFTER_MS),
    subject: { of: 'fleet', id },
  }));
}
