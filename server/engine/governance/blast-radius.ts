// Whom a decision on a schema concerns: the devices of the project whose same table has the same columns' hash.
import type { ReviewFacts } from '@/server/contract/review-facts';
import type { Ctx } from '../context/context';

const WINDOW_MINUTES = 10;

type BlastRadius = ReviewFacts['blast_radius'];

/** A schema of a table in a project, or in one fleet of it. */
export interface SchemaOfPlace {
  orgId: string;
  projectId: string;
  /** Null: every fleet of the project. */
  fleetId: string | null;
  sourceTable: string;
  schemaHash: string;
}

interface FleetCounts {
  fleet_id: string;
  fleet_name: string;
  waiting: number;
  offline: number;
  approved: number;
  rejected: number;
  staged: number;
}

/** Counts over the project or the fleet, by one walk of the table's lineages. */
export async function blastRadius(ctx: Ctx, review: SchemaOfPlace): Promise<BlastRadius> {
  const { sql } = ctx.db;
  const fleets = await sql<FleetCounts[]>`
    select l.fleet_id, f.name as fleet_name,
      count(*) filter (where v.status in ('pending', 'deferred'))::int as waiting,
      count(*) filter (where v.status in ('pending', 'deferred') and not d.connected)::int as offline,
      count(*) filter (where v.status = 'approved')::int as approved,
      count(*) filter (where v.status = 'rejected')::int as rejected,
      coalesce(sum(v.staged_rows) filter (where v.status in ('pending', 'deferred')), 0)::float8 as staged
    from tidegate.lineage l
    join tidegate.schema_version v on v.lineage_id = l.id and v.schema_hash = ${review.schemaHash}
    join tidegate.device d on d.id = l.device_id
    join tidegate.fleet f on f.id = l.fleet_id
    where l.project_id = ${review.projectId} and l.org_id = ${review.orgId}
      and l.source_table = ${review.sourceTable}
      and (${review.fleetId}::uuid is null or l.fleet_id = ${review.fleetId}::uuid)
    group by l.fleet_id, f.name order by f.name, l.fleet_id`;
  const sum = (count: (fleet: FleetCounts) => number) => fleets.reduce((all, fleet) => all + count(fleet), 0);
  return {
    waiting_devices: sum((f) => f.waiting),
    waiting_devices_offline: sum((f) => f.offline),
    approved_devices: sum((f) => f.approved),
    rejected_devices: sum((f) => f.rejected),
    announced_devices: await announcedDevices(ctx, review),
    fleets: fleets.map(({ fleet_id, fleet_name, waiting, approved }) => ({
      fleet_id,
      fleet_name,
      waiting_devices: waiting,
      approved_devices: approved,
    })),
    waiting_staged_rows: sum((f) => f.staged),
    rows_per_minute: (await recentRows(ctx, review)) / WINDOW_MINUTES,
    window_minutes: WINDOW_MINUTES,
  };
}

async function announcedDevices({ db: { sql } }: Ctx, review: SchemaOfPlace): Promise<number> {
  const [row] = await sql<{ n: number }[]>`
    select count(*)::int as n
    from tidegate.schema_observation o join tidegate.device d on d.id = o.device_id
    where d.project_id = ${review.projectId} and o.source_table = ${review.sourceTable}
      and (${review.fleetId}::uuid is null or d.fleet_id = ${review.fleetId}::uuid)
      and o.schema_hash = ${review.schemaHash}
      and not exists (select from tidegate.lineage l
        join tidegate.schema_version v on v.lineage_id = l.id and v.schema_hash = o.schema_hash
        where l.device_id = o.device_id and l.source_table = o.source_table)`;
  return row?.n ?? 0;
}

async function recentRows({ db: { sql }, clock }: Ctx, review: SchemaOfPlace): Promise<number> {
  const since = new Date(clock.now().getTime() - WINDOW_MINUTES * 60_000).toISOString();
  const [row] = await sql<{ n: number }[]>`
    select coalesce(sum(b.rows), 0)::float8 as n
    from tidegate.batch_ledger b
    join tidegate.schema_version v on v.lineage_id = b.lineage_id and v.schema_hash = b.schema_hash
      and v.status in ('pending', 'deferred')
    join tidegate.lineage l on l.id = b.lineage_id
    where b.received_at >= ${since}::text::timestamptz and b.schema_hash = ${review.schemaHash}
      and l.project_id = ${review.projectId} and l.source_table = ${review.sourceTable}
      and (${review.fleetId}::uuid is null or l.fleet_id = ${review.fleetId}::uuid)`;
  return row?.n ?? 0;
}
