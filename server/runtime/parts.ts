/**
 * What the supervisor starts, in order, and what each part is told. Secrets travel in private files; the web's and
 * the demo's settings in their environment, which is theirs alone.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { consoleUrlOf } from '@/server/lib/console-url';
import type { BrokerSettings, WorkerSettings } from '@/server/lib/process-settings';
import type { Env } from '@/server/runtime/env';
import { partLog } from '@/server/runtime/installation';
import { keptSecret, writePrivate } from '@/server/runtime/private-file';
import type { PartDefinition } from '@/server/runtime/supervised-process';

/** The bundles lie side by side in dist/, the packages and .next beside it. */
const DIST = dirname(fileURLToPath(import.meta.url));
const ROOT = dirname(DIST);
const WORKER_SLOT = 'worker-1';

export interface Plan {
  env: Env;
  databaseUrl: string;
  webPort: number;
  /** Undefined with an external broker. */
  mqttPort: number | undefined;
  withDemo: boolean;
}

export interface Part extends PartDefinition {
  /** Where it listens. */
  port?: number;
}

/** npm's own variables and this start's secrets do not concern the parts. */
function inheritedEnvironment(): Record<string, string | undefined> {
  const hidden =
    /^(npm_|TIDEGATE_(ADMIN_|BOOTSTRAP_|OIDC_|METRICS_TOKEN)|DATABASE_URL$|MQTT_URL$|NEXTAUTH_)/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !hidden.test(name)));
}

/** Settings that are the web's alone. */
function webEnvironment(): Record<string, string | undefined> {
  const own = /^TIDEGATE_(OIDC_|METRICS_TOKEN|WEBHOOKS_)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => own.test(name)));
}

function settingsFile(dataDir: string, name: string, settings: BrokerSettings | WorkerSettings): string {
  const folder = join(dataDir, 'run');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `${name}.json`);
  writePrivate(path, JSON.stringify(settings));
  return path;
}

function bundle(name: string): string {
  const path = join(DIST, `${name}.mjs`);
  if (!existsSync(path)) throw new Error(`${path} is missing. Run: npm run build`);
  return path;
}

const workerPassword = (dataDir: string): string =>
  keptSecret(join(dataDir, 'worker-password'), () => randomBytes(24).toString('base64url'));

function base({ env }: Plan, name: string): Pick<PartDefinition, 'name' | 'cwd' | 'log' | 'env'> {
  return {
    name,
    cwd: ROOT,
    log: partLog(env.dataDir, name),
    env: { ...inheritedEnvironment(), NODE_ENV: 'production' },
  };
}

function brokerPart(plan: Plan, port: number): Part {
  const { databaseUrl, env } = plan;
  const { dataDir, logLevel } = env;
  const settings = { databaseUrl, dataDir, port, workerPassword: workerPassword(dataDir), logLevel };
  const args = [bundle('broker'), settingsFile(dataDir, 'broker', settings)];
  return { ...base(plan, 'broker'), args, stopWithinMs: 2_000, port };
}

function workerPart(plan: Plan): Part {
  const { databaseUrl, env, mqttPort, webPort } = plan;
  const { dataDir, objectStoreUrl, telemetryRetentionDays, ledgerRetentionDays, logLevel } = env;
  const own =
    mqttPort === undefined ? undefined : `mqtt://worker:${workerPassword(dataDir)}@127.0.0.1:${mqttPort}`;
  const settings = {
    databaseUrl,
    mqttUrl: own ?? env.mqttUrl ?? '',
    isEmbeddedBroker: own !== undefined,
    slot: WORKER_SLOT,
    dataDir,
    objectStoreUrl,
    telemetryRetentionDays,
    ledgerRetentionDays,
    consoleUrl: consoleUrlOf(env.nextauthUrl, webPort),
    webhooksToPrivate: env.webhooksToPrivate,
    logLevel,
  };
  const args = [bundle('worker'), settingsFile(dataDir, 'worker', settings)];
  return { ...base(plan, 'worker'), args, stopWithinMs: 5_000 };
}

/** What Next and the console's own settings reader need; also the environment of the demo. */
function settingsOf({ env, databaseUrl, webPort, mqttPort }: Plan): Record<string, string> {
  return {
    PORT: String(webPort),
    DATABASE_URL: databaseUrl,
    ...(mqttPort === undefined ? {} : { TIDEGATE_MQTT_PORT: String(mqttPort) }),
    ...(env.mqttUrl === undefined ? {} : { MQTT_URL: env.mqttUrl }),
    TIDEGATE_DATA_DIR: env.dataDir,
    TIDEGATE_OBJECT_STORE_URL: env.objectStoreUrl,
    LOG_LEVEL: env.logLevel,
  };
}

function webPart(plan: Plan): Part {
  const { env, webPort } = plan;
  const secret =
    env.nextauthSecret ??
    keptSecret(join(env.dataDir, 'nextauth-secret'), () => randomBytes(32).toString('base64url'));
  // Without a given address the one in the request counts: localhost and 127.0.0.1 must both work.
  const address =
    env.nextauthUrl === undefined ? { AUTH_TRUST_HOST: 'true' } : { NEXTAUTH_URL: env.nextauthUrl };
  const own = base(plan, 'web');
  return {
    ...own,
    args: [join(ROOT, 'node_modules/next/dist/bin/next'), 'start', '-H', '127.0.0.1', '-p', String(webPort)],
    env: {
      ...own.env,
      ...webEnvironment(),
      ...settingsOf(plan),
      ...address,
      NEXTAUTH_SECRET: secret,
      NEXT_TELEMETRY_DISABLED: '1',
    },
    stopWithinMs: 3_000,
    port: webPort,
  };
}

function demoPart(plan: Plan): Part {
  const own = base(plan, 'demo');
  return {
    ...own,
    args: [bundle('demo')],
    env: { ...own.env, NODE_ENV: undefined, ...settingsOf(plan) },
    stopWithinMs: 2_000,
    mayFinish: true,
  };
}

/** The parts in the order in which they start; they stop in the reverse order. */
export function planParts(plan: Plan): Part[] {
  return [
    ...(plan.mqttPort === undefined ? [] : [brokerPart(plan, plan.mqttPort)]),
    workerPart(plan),
    webPart(plan),
    ...(plan.withDemo ? [demoPart(plan)] : []),
  ];
}
