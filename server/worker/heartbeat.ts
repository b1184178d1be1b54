// A worker's sign of life. The console says "no worker runs" from the age of this row, so a worker that
// stops on purpose takes its row away, and one that dies leaves it to grow old.
import type { Db } from '@/server/db/client';
import type { MetricFamily } from '@/server/lib/metric-families';

export interface BrokerState {
  connected: boolean;
  /** Why not, in the broker's words. */
  detail: string | null;
}

export interface Beat {
  slot: string;
  version: string;
  startedAt: Date;
  broker: BrokerState;
  /** What the metrics page shows of this worker. */
  figures: MetricFamily[];
}

/** Writes the slot's row. */
export async function beat(
  db: Db,
  { slot, version, startedAt, broker, figures }: Beat,
  now: Date,
): Promise<void> {
  const connected = broker.connected ? 'yes' : 'no';
  await db.sql`
    insert into tidegate.worker_slot (slot, pid, version, started_at, beat_at, broker_connected, broker_detail,
      figures)
    values (${slot}, ${process.pid}, ${version}, ${startedAt.toISOString()}, ${now.toISOString()}, ${connected}, ${broker.detail},
      ${JSON.stringify(figures)}::text::jsonb)
    on conflict (slot) do update set pid = excluded.pid, version = excluded.version, started_at = excluded.started_at,
      beat_at = excluded.beat_at, broker_connected = excluded.broker_connected, broker_detail = excluded.broker_detail,
      figures = excluded.figures`;
}

/** Takes the slot's row away, at a clean stop. */
export async function leaveSlot(db: Db, slot: string): Promise<void> {
  await db.sql`delete from tidegate.worker_slot where slot = ${slot} and pid = ${process.pid}`;
}
