// Whether a worker lives is read off its heartbeat: a process that hangs beats no more, whatever its pid says.
import type { Overview } from '@/server/contract/fleet';
import type { Db } from '@/server/db/client';
import { rfc3339 } from '@/server/db/time';
import type { Clock } from '@/server/lib/clock';

/** A worker beats far more often than this. */
export const WORKER_SILENT_AFTER_MS = 15_000;

/** Every worker slot, alive or not. */
export async function workerSlots(db: Db, clock: Clock): Promise<Overview['workers']> {
  const alive = new Date(clock.now().getTime() - WORKER_SILENT_AFTER_MS).toISOString();
  const rows = await db.sql<{ slot: string; alive: boolean; broker_connected: string; beat_at: string }[]>`
    select slot, beat_at > ${alive}::text::timestamptz as alive, broker_connected, beat_at
    from tidegate.worker_slot order by slot`;
  return rows.map((row) => ({
    slot: row.slot,
    alive: row.alive,
    broker_connected: row.alive && row.broker_connected === 'yes',
    beat_at: rfc3339(row.beat_at),
  }));
}
