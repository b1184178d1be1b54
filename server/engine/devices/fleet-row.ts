import type { Fleet } from '@/server/contract/fleet';
import type { Sql } from '@/server/db/client';
import { rfc3339 } from '@/server/db/time';
import { conflict, type Refusal } from '../errors/errors';
import { presenceCondition } from './presence';

export interface FleetRow {
  id: string;
  project_id: string;
  name: string;
  device_count: number;
  connected_count: number;
  silent_count: number;
  created_at: string;
}

/** The columns of `tidegate.fleet f` that a fleet shows. */
export const fleetColumns = (sql: Sql, now: Date) => sql`
  f.id, f.project_id, f.name, f.created_at,
  (select count(*)::int from tidegate.device d where d.fleet_id = f.id) as device_count,
  (select count(*)::int from tidegate.device d
    where d.fleet_id = f.id and ${presenceCondition(sql, 'connected', now)}) as connected_count,
  (select count(*)::int from tidegate.device d
    where d.fleet_id = f.id and ${presenceCondition(sql, 'silent', now)}) as silent_count`;

/** The contract's shape of a row. */
export const toFleet = (row: FleetRow): Fleet => ({
  id: row.id,
  project_id: row.project_id,
  name: row.name,
  device_count: row.device_count,
  connected_count: row.connected_count,
  silent_count: row.silent_count,
  created_at: rfc3339(row.created_at),
});

/** 409 `fleet_name_already_in_use`. */
export const fleetNameTaken = (name: string): Refusal =>
  conflict(
    'fleet_name_already_in_use',
    `The project has a fleet named "${name}" already. Choose another name.`,
  );
