// The installation's figures as the database has them, one line per kind of thing and never one per device.
import { only } from '@/server/lib/assert';
import { labelled, type MetricFamily } from '@/server/lib/metric-families';
import type { Db } from '@/server/db/client';
import type { Clock } from '@/server/lib/clock';
import { WORKER_SILENT_AFTER_MS } from './workers';

interface Totals {
  staged_rows: number;
  staged_bytes: number;
  pending_controls: number;
  breakers_open: number;
  lineages_paused: number;
  replays_open: number;
  replay_rows_total: number;
  replay_rows_done: number;
}

const GAUGES: Record<keyof Totals, [name: string, help: string]> = {
  staged_rows: ['tidegate_staged_rows', 'Rows held back.'],
  staged_bytes: ['tidegate_staged_bytes', 'Bytes of the rows held back.'],
  pending_controls: ['tidegate_pending_controls', 'Controls that no device has acknowledged yet.'],
  breakers_open: ['tidegate_breakers_open', 'Lineages paused by the circuit breaker.'],
  lineages_paused: ['tidegate_lineages_paused', 'Lineages with a pause cause.'],
  replays_open: ['tidegate_replays_open', 'Replays that are due or running.'],
  replay_rows_total: ['tidegate_replay_rows_wanted', 'Rows of the open replays.'],
  replay_rows_done: ['tidegate_replay_rows_done', 'Rows of the open replays that are done.'],
};

/** What the whole installation has, whichever process is asked. */
export async function installationMetrics({ sql }: Db): Promise<MetricFamily[]> {
  const totals = only(
    await sql<Totals[]>`
      select
        (select coalesce(sum(staged_rows), 0)::float8 from tidegate.lineage) as staged_rows,
        (select coalesce(sum(staged_bytes), 0)::float8 from tidegate.lineage) as staged_bytes,
        (select count(*)::int from tidegate.control
          where acknowledged_at is null and superseded_at is null) as pending_controls,
        (select count(*)::int from tidegate.pause_cause where cause = 'circuit_breaker') as breakers_open,
        (select count(distinct lineage_id)::int from tidegate.pause_cause) as lineages_paused,
        r.*
      from (select count(*)::int as replays_open, coalesce(sum(total_rows), 0)::float8 as replay_rows_total,
          coalesce(sum(done_rows), 0)::float8 as replay_rows_done
        from tidegate.replay_intent where status in ('pending', 'running')) as r`,
  );
  return (Object.keys(GAUGES) as (keyof Totals)[]).map((key) => {
    const [name, help] = GAUGES[key];
    return { name, help, type: 'gauge', samples: [{ value: totals[key] }] };
  });
}

/** What each worker published with its last heartbeat; a silent one shows as down and with no figures. */
export async function workerMetrics({ db, clock }: { db: Db; clock: Clock }): Promise<MetricFamily[]> {
  const since = new Date(clock.now().getTime() - WORKER_SILENT_AFTER_MS).toISOString();
  const rows = await db.sql<
    { slot: string; alive: boolean; connected: boolean; figures: MetricFamily[] | null }[]
  >`
    select slot, beat_at > ${since}::text::timestamptz as alive, broker_connected = 'yes' as connected, figures
    from tidegate.worker_slot order by slot`;
  return rows.flatMap(({ slot, alive, connected, figures }) => {
    const state = (name: string, help: string, value: boolean): MetricFamily => ({
      name,
      help,
      type: 'gauge',
      samples: [{ value: value ? 1 : 0 }],
    });
    const own = [
      state('tidegate_worker_up', 'Whether the worker beats.', alive),
      state('tidegate_worker_broker_connected', 'Whether it has the broker.', alive && connected),
      ...(alive ? (figures ?? []) : []),
    ];
    return labelled(own, 'worker', slot);
  });
}
