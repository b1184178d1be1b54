/**
 * What the supervisor tells the programs that it starts, as a private file whose path is their only argument.
 * An environment variable would show the secrets to every child of the child, and in crash reports.
 */
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const logLevel = z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']);
export type LogLevel = z.infer<typeof logLevel>;

/** What the broker is started with. */
export const brokerSettings = z.object({
  databaseUrl: z.string(),
  /** The installation's folder; sessions and queued messages are kept in its folder `broker`. */
  dataDir: z.string(),
  port: z.number().int(),
  /** The password of the username `worker`, made for this installation. */
  workerPassword: z.string(),
  logLevel,
});
export type BrokerSettings = z.infer<typeof brokerSettings>;

/** What a worker is started with. */
export const workerSettings = z.object({
  databaseUrl: z.string(),
  /** mqtt:// or mqtts://, with username and password where the broker wants them. */
  mqttUrl: z.string(),
  /** True for the embedded broker, which serves one worker and knows no shared subscriptions. */
  isEmbeddedBroker: z.boolean(),
  /** The fixed id of this worker's place, and its MQTT client id. */
  slot: z.string(),
  dataDir: z.string(),
  /** file: or s3: */
  objectStoreUrl: z.string(),
  /** How long telemetry values, and entries of the batch ledger, are kept, in days. */
  telemetryRetentionDays: z.number().int().min(1),
  ledgerRetentionDays: z.number().int().min(1),
  /** Where people reach the console, without a slash at its end. */
  consoleUrl: z.string(),
  webhooksToPrivate: z.boolean(),
  logLevel,
});
export type WorkerSettings = z.infer<typeof workerSettings>;

/** Reads and checks the settings file that is this process's first argument. Throws where it does not fit. */
export function readSettings<T>(schema: z.ZodType<T>, argv: readonly string[] = process.argv): T {
  const path = argv[2];
  if (path === undefined) throw new Error('start this program with the path of its settings file');
  return schema.parse(JSON.parse(readFileSync(path, 'utf8')));
}
