// What a device's line in the list counts. For a page the counts are read device by device, each by the device's own
// index; to sort by one, or to find those that have any, it is counted once over all devices.
import type { Fragment } from 'postgres';
import type { DeviceCount } from '@/server/contract/fleet';
import type { Sql } from '@/server/db/client';

/** A device that has more rejected batches has "1,000 or more". */
const REJECTED_MAX = 1_000;

export interface FigureColumns {
  fleet_name: string;
  lineage_count: number;
  paused_lineage_count: number;
  rejected_batch_count: number;
  pending_control_count: number;
}

const isPaused = (sql: Sql): Fragment =>
  sql`exists (select from tidegate.pause_cause p where p.lineage_id = l.id)`;
const isWaiting = (sql: Sql): Fragment => sql`r.retry_outcome is distinct from 'accepted'`;
const isPending = (sql: Sql): Fragment => sql`c.acknowledged_at is null and c.superseded_at is null`;

/** The counts of a device `d`, beside its own columns. */
export const figureColumns = (sql: Sql): Fragment => sql`
  (select f.name from tidegate.fleet f where f.id = d.fleet_id) as fleet_name,
  (select count(*)::int from tidegate.lineage l where l.device_id = d.id) as lineage_count,
  (select count(*)::int from tidegate.lineage l where l.device_id = d.id and ${isPaused(sql)}) as paused_lineage_count,
  (select count(*)::int from (select from tidegate.rejected_batch r
    where r.device_id = d.id and ${isWaiting(sql)} limit ${REJECTED_MAX}) kept) as rejected_batch_count,
  (select count(*)::int from tidegate.control c where c.device_id = d.id and ${isPending(sql)}) as pending_control_count`;

/** One row of `device_id` for everything that `what` counts in a project; a device may have many. */
export function countedThings(sql: Sql, projectId: string, what: DeviceCount): Fragment {
  switch (what) {
    case 'lineages':
      return sql`select l.device_id from tidegate.lineage l where l.project_id = ${projectId}`;
    case 'paused_lineages':
      return sql`select l.device_id from tidegate.lineage l
        where l.project_id = ${projectId} and ${isPaused(sql)}`;
    case 'rejected_batches':
      return sql`select r.device_id from tidegate.rejected_batch r
        where r.project_id = ${projectId} and ${isWaiting(sql)}`;
    case 'pending_controls':
      return sql`select c.device_id from tidegate.control c where ${isPending(sql)}`;
  }
}
