// The figures for Prometheus. They tell how much an installation does, so they are for whoever has the token, and
// without one for this machine alone.
import { createHash, timingSafeEqual } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { installationMetrics, workerMetrics } from '@/server/engine/diagnosis/metrics';
import { Refusal } from '@/server/engine/errors/errors';
import { clientAddress } from '@/server/lib/client-address';
import { prometheusText, type MetricFamily } from '@/server/lib/metric-families';
import { uuidV7 } from '@/server/lib/uuid';
import { webRuntime } from '@/server/runtime/web';
import { faultAnswer, refusalAnswer, refusalOf, respond } from './envelope';
import { webHost, type HttpHost } from './host';

export interface MetricsHost extends Pick<HttpHost, 'db' | 'clock' | 'trustedProxies'> {
  /** Undefined: for the loopback alone. */
  metricsToken: string | undefined;
}

const NANOSECONDS = 1e9;
const lag = monitorEventLoopDelay({ resolution: 20 });
lag.enable();

const ownHost = (): MetricsHost => ({ ...webHost(), metricsToken: webRuntime().env.metricsToken });

/** The text that Prometheus scrapes; 401 or 403 for whom it is not. */
export async function metrics(request: Request, host: () => MetricsHost = ownHost): Promise<Response> {
  try {
    const known = host();
    admit(request, known);
    const families = [
      ...(await installationMetrics(known.db)),
      ...(await workerMetrics(known)),
      ...webMetrics(),
    ];
    return new Response(prometheusText(families), {
      headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8', 'cache-control': 'no-store' },
    });
  } catch (error) {
    const refusal = refusalOf(error);
    const id = uuidV7();
    return respond(refusal === null ? faultAnswer(id) : refusalAnswer(refusal), id);
  }
}

function admit(request: Request, { metricsToken, trustedProxies }: MetricsHost): void {
  if (metricsToken !== undefined) {
    const given = /^Bearer +(\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1] ?? '';
    if (timingSafeEqual(digest(given), digest(metricsToken))) return;
    throw new Refusal(401, 'invalid_token', 'Send TIDEGATE_METRICS_TOKEN as a bearer token.');
  }
  const address = clientAddress((name) => request.headers.get(name), trustedProxies);
  const isForwarded = trustedProxies === 0 && (request.headers.get('x-forwarded-for') ?? address) !== address;
  if (!isForwarded && (address === '::1' || address.startsWith('127.'))) return;
  throw new Refusal(
    403,
    'loopback_only',
    'Without TIDEGATE_METRICS_TOKEN the metrics are for this machine alone. Set it, and send it as a bearer token.',
  );
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

function webMetrics(): MetricFamily[] {
  const seconds = lag.percentile(99) / NANOSECONDS;
  lag.reset();
  const gauge = (name: string, help: string, value: number): MetricFamily => ({
    name,
    help,
    type: 'gauge',
    samples: [{ value }],
  });
  return [
    gauge('tidegate_web_event_loop_lag_seconds', '99th percentile of the event loop lag.', seconds),
    gauge('tidegate_web_resident_memory_bytes', 'Memory of this web process.', process.memoryUsage.rss()),
  ];
}
