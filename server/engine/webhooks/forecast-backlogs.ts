// When backlogs will be full, for many lineages at once. The ledger is read by lineage from the first entry of the
// last minutes on: by time alone it would be read whole for a few lineages, by lineage alone with its whole past.
import type { Fragment } from 'postgres';
import { POLICY_DEFAULTS } from '@/server/contract/fleet';
import type { BacklogForecast } from '@/server/contract/activity';
import { rfc3339 } from '@/server/db/time';
import type { Ctx } from '../context/context';
import { forecastOf, SEEN_MINUTES, seenMinutesOf } from '../diagnosis/forecast';
import { mergePolicy, type PolicyOverrides } from '../policy/merge-policy';

const LINEAGES_MAX = 2_000;

export interface BacklogOutlook {
  sourceTable: string;
  schemaHash: string;
  stagedRows: number;
  stagedBytes: number;
  isOver: boolean;
  forecast: BacklogForecast;
}

interface OutlookRow {
  id: string;
  source_table: string;
  current_schema_hash: string;
  staged_rows: number;
  staged_bytes: number;
  created_at: string;
  rows_seen: number;
  project: PolicyOverrides;
  fleet: PolicyOverrides;
}

/** A cap of a lineage `l` by its fleet's policy `f`, else its project's `p`, for a condition on many lineages. */
export const capOf = (
  { db: { sql } }: Ctx,
  field: 'max_pending_rows_per_lineage' | 'max_pending_bytes_per_lineage',
): Fragment =>
  sql`coalesce((f.fields ->> ${field})::bigint, (p.fields ->> ${field})::bigint, ${POLICY_DEFAULTS[field]}::bigint)`;

/** The outlook of the project's lineages `l` (with policies `p` and `f`) that `where` finds, the fullest first. */
export async function forecastBacklogs(
  ctx: Ctx,
  projectId: string,
  where: Fragment,
): Promise<BacklogOutlook[]> {
  const { sql } = ctx.db;
  const now = ctx.clock.now();
  const from = new Date(now.getTime() - SEEN_MINUTES * 60_000).toISOString();
  const [first] = await sql<{ id: string }[]>`
    select id from tidegate.batch_ledger where received_at >= ${from}::text::timestamptz
    order by received_at limit 1`;
  const rows = await sql<OutlookRow[]>`
    with chosen as materialized (
      select l.id, l.source_table, l.current_schema_hash, l.staged_rows::float8 as staged_rows,
        l.staged_bytes::float8 as staged_bytes, l.created_at, p.fields as project, f.fields as fleet
      from tidegate.lineage l
      left join tidegate.policy p on p.scope = 'project' and p.scope_id = l.project_id
      left join tidegate.policy f on f.scope = 'fleet' and f.scope_id = l.fleet_id
      where l.project_id = ${projectId} and ${where}
      order by l.staged_rows desc limit ${LINEAGES_MAX})
    select c.*, coalesce(b.rows_seen, 0) as rows_seen
    from chosen c left join lateral (
      select sum(rows - duplicates)::float8 as rows_seen from tidegate.batch_ledger
      where lineage_id = c.id and id >= ${first?.id ?? 0} and received_at >= ${from}::text::timestamptz
        and outcome = 'staged') b on true`;
  return rows.map((row) => outlookOf(row, now));
}

function outlookOf(row: OutlookRow, now: Date): BacklogOutlook {
  const { fields } = mergePolicy(row.project, row.fleet);
  const [capRows, capBytes] = [fields.max_pending_rows_per_lineage, fields.max_pending_bytes_per_lineage];
  const { staged_rows: stagedRows, staged_bytes: stagedBytes, rows_seen: rowsSeen } = row;
  // The ledger knows the size of messages, not of rows; those at hand are the best measure of the next.
  const bytesSeen = stagedRows === 0 ? 0 : (rowsSeen * stagedBytes) / stagedRows;
  const growth = { stagedRows, stagedBytes, capRows, capBytes, rowsSeen, bytesSeen };
  return {
    sourceTable: row.source_table,
    schemaHash: row.current_schema_hash,
    stagedRows,
    stagedBytes,
    isOver: stagedRows > capRows || stagedBytes > capBytes,
    forecast: forecastOf({ ...growth, seenMinutes: seenMinutesOf(rfc3339(row.created_at), now) }, now),
  };
}

/** The earliest time at which one of them is full; null where none will be. */
export const earliestFull = (outlooks: readonly BacklogOutlook[]): string | null =>
  outlooks.flatMap(({ forecast }) => forecast.full_at ?? []).sort()[0] ?? null;
