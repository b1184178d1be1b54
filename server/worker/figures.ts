// What a worker counts of itself. It has no HTTP port: its figures go out with its heartbeat, through the
// database that it needs anyway, so that a worker on another machine needs no way in and nobody scrapes it.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { MetricFamily, MetricSample } from '@/server/lib/metric-families';

const LATENCY_SECONDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const NANOSECONDS = 1e9;

export interface IngestFigures {
  /** Null where the batch was taken. */
  code: string | null;
  rows: number;
  duplicates: number;
  staged: number;
  seconds: number;
}

export class WorkerFigures {
  private readonly totals = { batches: 0, rows: 0, duplicates: 0, staged: 0 };
  private readonly rejections = new Map<string, number>();
  private readonly buckets = LATENCY_SECONDS.map(() => 0);
  private latencyCount = 0;
  private latencySum = 0;
  private readonly lag = monitorEventLoopDelay({ resolution: 20 });

  constructor() {
    this.lag.enable();
  }

  /** One message has been dealt with and committed. The codes are the catalogue's, so there are few. */
  ingested({ code, rows, duplicates, staged, seconds }: IngestFigures): void {
    if (code !== null) {
      this.rejections.set(code, (this.rejections.get(code) ?? 0) + 1);
      return;
    }
    this.totals.batches += 1;
    this.totals.rows += rows;
    this.totals.duplicates += duplicates;
    this.totals.staged += staged;
    if (staged > 0) return;
    this.latencyCount += 1;
    this.latencySum += seconds;
    LATENCY_SECONDS.forEach((bound, i) => {
      if (seconds <= bound) this.buckets[i] = (this.buckets[i] ?? 0) + 1;
    });
  }

  /** The figures as of now; the event loop's lag is that since the last call. */
  families(pendingMessages: number): MetricFamily[] {
    const lag = this.lag.percentile(99) / NANOSECONDS;
    this.lag.reset();
    const { batches, rows, duplicates, staged } = this.totals;
    return [
      total('tidegate_batches_total', 'Batches taken.', [{ value: batches }]),
      total('tidegate_rows_total', 'Rows taken.', [{ value: rows }]),
      total('tidegate_duplicate_rows_total', 'Rows that had been taken before.', [{ value: duplicates }]),
      total('tidegate_rows_staged_total', 'Rows held back at ingest.', [{ value: staged }]),
      total(
        'tidegate_rejections_total',
        'Batches rejected, by code.',
        [...this.rejections].map(([code, value]) => ({ labels: { code }, value })),
      ),
      this.latency(),
      gauge('tidegate_queue_depth', 'Messages received and not acknowledged yet.', pendingMessages),
      gauge('tidegate_event_loop_lag_seconds', '99th percentile of the event loop lag.', lag),
    ];
  }

  stop(): void {
    this.lag.disable();
  }

  private latency(): MetricFamily {
    const count = this.latencyCount;
    const buckets = LATENCY_SECONDS.map((le, i) => ({
      suffix: '_bucket',
      labels: { le: String(le) },
      value: this.buckets[i] ?? 0,
    }));
    return {
      name: 'tidegate_ingest_seconds',
      help: 'From when a batch has come in, with its wait in the queue and every retry, up to its commit in the mirror.',
      type: 'histogram',
      samples: [
        ...buckets,
        { suffix: '_bucket', labels: { le: '+Inf' }, value: count },
        { suffix: '_sum', value: this.latencySum },
        { suffix: '_count', value: count },
      ],
    };
  }
}

const total = (name: string, help: string, samples: MetricSample[]): MetricFamily => ({
  name,
  help,
  type: 'counter',
  samples,
});
const gauge = (name: string, help: string, value: number): MetricFamily => ({
  name,
  help,
  type: 'gauge',
  samples: [{ value }],
});
