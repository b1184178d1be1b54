// The worker's process. SIGTERM drains: it stops taking, finishes, acknowledges, and exits.
import { pino } from 'pino';
import { createDb } from '@/server/db/client';
import { systemClock } from '@/server/lib/clock';
import { readSettings, workerSettings } from '@/server/lib/process-settings';
import { startWorker } from './start-worker';

const settings = readSettings(workerSettings);
const logger = pino({ name: 'worker', level: settings.logLevel });
/** A lineage that somebody holds for longer gives its slot to other devices, and is tried again. */
const LOCK_TIMEOUT_MS = 2_000;
const db = createDb(settings.databaseUrl, {
  max: 8,
  name: 'tidegate-worker',
  lockTimeoutMs: LOCK_TIMEOUT_MS,
});
const worker = await startWorker({
  db,
  clock: systemClock,
  mqttUrl: settings.mqttUrl,
  isSingleWorker: settings.isEmbeddedBroker,
  slot: settings.slot,
  version: '0.1.0',
  retention: { telemetryDays: settings.telemetryRetentionDays, ledgerDays: settings.ledgerRetentionDays },
  webhooks: { consoleUrl: settings.consoleUrl, mayReachPrivate: settings.webhooksToPrivate },
  log: logger,
});
logger.info({ slot: settings.slot }, 'worker started');

let stopping = false;
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  await worker.stop();
  await db.end();
  process.exit(0);
}
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop());
