// Which lineages other caps would pause or let go on. The same rule as `backlogState`, over many lineages at once:
// only those with a backlog are looked at, by the index of staged rows, and those that are paused for it.
import type { Fragment } from 'postgres';
import type { HeldLineages } from '@/server/contract/policy-effect';
import type { Sql } from '@/server/db/client';
import type { Ctx } from '../context/context';
import { differs, type FleetChange } from './policy-change';

const ITEMS_MAX = 20;

/** The caps of each fleet concerned, as `cap`. */
function capsOf(sql: Sql, fleets: readonly FleetChange[]): Fragment {
  const rows = fleets.map(({ fleetId, after }) => {
    const share = after.resume_threshold_percent / 100;
    return {
      fleet_id: fleetId,
      rows_max: after.max_pending_rows_per_lineage,
      bytes_max: after.max_pending_bytes_per_lineage,
      rows_below: after.max_pending_rows_per_lineage * share,
      bytes_below: after.max_pending_bytes_per_lineage * share,
    };
  });
  return sql`json_to_recordset(${JSON.stringify(rows)}::text::json)
    as cap(fleet_id uuid, rows_max bigint, bytes_max bigint, rows_below float8, bytes_below float8)`;
}

/** Every cause of `l` beside its backlog. */
const otherCauses = (sql: Sql): Fragment => sql`
  array(select c.cause from tidegate.pause_cause c
    where c.lineage_id = l.id and c.cause <> 'backpressure' order by c.since)`;

interface Row extends Omit<HeldLineages['items'][number], 'staged_row_count' | 'staged_bytes'> {
  staged_rows: string;
  staged_bytes: string;
  n: number;
  told: number;
}

async function read({ db: { sql } }: Ctx, found: Fragment): Promise<HeldLineages> {
  // A device that waits for another reason has been told of it; it is neither told again nor let go.
  const rows = await sql<Row[]>`
    with found as (${found}), judged as (
      select f.*, not (f.other_causes && array['operator', 'circuit_breaker']) as device_told from found f)
    select j.*, d.name as device_name, (count(*) over ())::int as n,
      (count(*) filter (where j.device_told) over ())::int as told
    from judged j join tidegate.device d on d.id = j.device_id
    order by j.staged_rows desc, j.lineage_id limit ${ITEMS_MAX}`;
  return {
    count: rows[0]?.n ?? 0,
    devices_told: rows[0]?.told ?? 0,
    items: rows.map((row) => ({
      lineage_id: row.lineage_id,
      device_id: row.device_id,
      device_name: row.device_name,
      source_table: row.source_table,
      staged_row_count: Number(row.staged_rows),
      staged_bytes: Number(row.staged_bytes),
      device_told: row.device_told,
      other_causes: row.other_causes,
    })),
  };
}

const CAPS = [
  'max_pending_rows_per_lineage',
  'max_pending_bytes_per_lineage',
  'resume_threshold_percent',
] as const;

/** Null where no fleet gets other caps. */
export async function backlogEffect(
  ctx: Ctx,
  projectId: string,
  fleets: readonly FleetChange[],
): Promise<{ paused: HeldLineages; resumed: HeldLineages } | null> {
  const { sql } = ctx.db;
  const concerned = fleets.filter((fleet) => differs(fleet, CAPS));
  if (concerned.length === 0) return null;
  const of = sql`select l.id as lineage_id, l.device_id, l.source_table, l.staged_rows, l.staged_bytes,
    ${otherCauses(sql)} as other_causes`;
  const isPaused = sql`exists (select from tidegate.pause_cause b
    where b.lineage_id = l.id and b.cause = 'backpressure')`;
  const paused = await read(
    ctx,
    sql`${of} from tidegate.lineage l join ${capsOf(sql, concerned)} on cap.fleet_id = l.fleet_id
      where l.project_id = ${projectId} and l.staged_rows > 0
        and (l.staged_rows > cap.rows_max or l.staged_bytes > cap.bytes_max) and not ${isPaused}`,
  );
  const resumed = await read(
    ctx,
    sql`${of} from tidegate.pause_cause b join tidegate.lineage l on l.id = b.lineage_id
      join ${capsOf(sql, concerned)} on cap.fleet_id = l.fleet_id
      where b.cause = 'backpressure' and l.project_id = ${projectId}
        and l.staged_rows < cap.rows_below and l.staged_bytes < cap.bytes_below`,
  );
  return { paused, resumed };
}
