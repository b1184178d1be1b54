/**
 * The broker's process. It is started by the supervisor with the path of its settings file, and ends on SIGTERM
 * only after what it has acknowledged is on disk.
 */
import { pino } from 'pino';
import { startBroker } from '@/server/broker/broker';
import { PgHooks } from '@/server/broker/pg-hooks';
import { createDb } from '@/server/db/client';
import { systemClock } from '@/server/lib/clock';
import { brokerSettings, readSettings } from '@/server/lib/process-settings';

const settings = readSettings(brokerSettings);
const logger = pino({ name: 'broker', level: settings.logLevel });
const log = (line: string) => logger.info(line);
const db = createDb(settings.databaseUrl, { max: 5, name: 'tidegate-broker' });
const hooks = new PgHooks(db, systemClock, log);

const broker = await startBroker({
  port: settings.port,
  dataDir: settings.dataDir,
  workerPassword: settings.workerPassword,
  hooks,
  log,
});
logger.info({ port: broker.port }, 'broker listens');

let stopping = false;
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  await broker.close();
  await hooks.stop();
  await db.end();
  process.exit(0);
}
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop());
