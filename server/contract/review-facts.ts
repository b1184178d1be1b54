// What a decision on a schema rests on besides the schema: counts over what waits, and who else is concerned. No
// values: who may see that a review exists may see these.
import { z } from 'zod';
import { uuid } from './common';
import { FAILURE_KINDS } from './failure-kinds';

/** So many rows, of so many that were looked at. */
const share = z.object({ rows: z.number().int(), of: z.number().int() });

export const columnFacts = z.object({
  source_column_name: z.string(),
  /** The type of mirror column that `misfits` was found out for. */
  mirror_type: z.string(),
  /** Received as NULL, or left out. */
  nulls: share,
  /** Values that a mirror column of that type could not take; why, of the first one. */
  misfits: share.extend({ example_kind: z.enum(FAILURE_KINDS).nullable() }),
});

export const fleetRadius = z.object({
  fleet_id: uuid,
  fleet_name: z.string(),
  waiting_devices: z.number().int(),
  approved_devices: z.number().int(),
});

/** The devices whose same table has the same schema, this one among them. */
export const blastRadius = z.object({
  waiting_devices: z.number().int(),
  /** Of those that wait, the ones that are not connected: they follow when they come back. */
  waiting_devices_offline: z.number().int(),
  approved_devices: z.number().int(),
  rejected_devices: z.number().int(),
  /** Devices that have announced the schema and sent no row of it yet. */
  announced_devices: z.number().int(),
  /** By name. */
  fleets: z.array(fleetRadius),
  waiting_staged_rows: z.number().int(),
  /** What the waiting devices sent of this schema over the last `window_minutes`. */
  rows_per_minute: z.number(),
  window_minutes: z.number().int(),
});

export const reviewFacts = z.object({
  review_id: uuid,
  source_table: z.string(),
  schema_hash: z.string(),
  staged_row_count: z.number().int(),
  /** Rows that were looked at; deletes carry no values and are left out. */
  examined_rows: z.number().int(),
  /** True where there were too many rows, or too long ones, and only the first and the last were looked at. */
  estimated: z.boolean(),
  columns: z.array(columnFacts),
  blast_radius: blastRadius,
});
export type ReviewFacts = z.infer<typeof reviewFacts>;
