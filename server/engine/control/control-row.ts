import type { z } from 'zod';
import type { control as shape } from '@/server/contract/governance';
import type { Sql } from '@/server/db/client';
import { rfc3339OrNull } from '@/server/db/time';

export type Control = z.infer<typeof shape>;

export interface ControlRow {
  id: string;
  control_kind: Control['control_kind'];
  device_id: string;
  source_table: string | null;
  server_watermark: string | null;
  reason: string | null;
  attempts: number;
  sent_at: string | null;
  acknowledged_at: string | null;
}

/** The columns of `tidegate.control c` that a control shows. */
export const controlColumns = (sql: Sql) => sql`
  c.id, c.control_kind, c.device_id, c.source_table, c.server_watermark, c.reason, c.attempts, c.sent_at,
  c.acknowledged_at`;

/** The contract's shape of a row. */
export const toControl = (row: ControlRow): Control => ({
  control_id: row.id,
  control_kind: row.control_kind,
  device_id: row.device_id,
  source_table: row.source_table,
  server_watermark: row.server_watermark,
  reason: row.reason,
  attempts: row.attempts,
  sent_at: rfc3339OrNull(row.sent_at),
  acknowledged_at: rfc3339OrNull(row.acknowledged_at),
});
