import type { Device } from '@/server/contract/fleet';
import { rfc3339, rfc3339OrNull } from '@/server/db/time';
import type { Sql } from '@/server/db/client';

export interface DeviceRow {
  id: string;
  name: string;
  fleet_id: string;
  project_id: string;
  root_topic: string;
  is_demo: boolean;
  connected: boolean;
  last_seen_at: string | null;
  created_at: string;
}

/** The columns of `tidegate.device d` that a device shows. */
export const deviceColumns = (sql: Sql) => sql`
  d.id, d.name, d.fleet_id, d.project_id, d.root_topic, d.is_demo, d.connected, d.last_seen_at, d.created_at`;

/** The contract's shape of a row. */
export const toDevice = (row: DeviceRow): Device => ({
  id: row.id,
  name: row.name,
  fleet_id: row.fleet_id,
  project_id: row.project_id,
  root_topic: row.root_topic,
  is_demo: row.is_demo,
  connected: row.connected,
  last_seen_at: rfc3339OrNull(row.last_seen_at),
  created_at: rfc3339(row.created_at),
});
