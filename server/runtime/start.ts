/**
 * `npm start`: one process that brings up the whole installation on one data folder, says what it does, and takes
 * it down again. Nothing it has started outlives an orderly stop.
 */
import { accessSync, constants, mkdirSync } from 'node:fs';
import { DataDirInUse, DataDirLock } from '@/server/runtime/data-dir-lock';
import { EnvError, loadEnv, type Env } from '@/server/runtime/env';
import {
  forgetNewPassword,
  prepareDatabase,
  startDatabase,
  type Prepared,
} from '@/server/runtime/installation';
import { planParts } from '@/server/runtime/parts';
import { choosePort, isListening, PortInUse } from '@/server/runtime/ports';
import { startOptions, type StartOptions } from '@/server/runtime/start-options';
import { Supervisor } from '@/server/runtime/supervisor';

/** Ctrl+C reaches this process twice under npm: from the terminal and passed on. */
const SAME_SIGNAL_MS = 1_000;
const READY_MS_MAX = 120_000;

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
// A terminal that was closed must not stop the installation in the middle of its shutdown.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

/** Ends the start with a sentence. */
class CannotStart extends Error {
  override readonly name = 'CannotStart';
}

function inUse(dataDir: string, { holder }: DataDirInUse): CannotStart {
  const ports = Object.entries(holder.ports).map(([name, port]) => `port ${port} (${name})`);
  const where = ports.length === 0 ? '' : ` and uses ${ports.join(' and ')}`;
  return new CannotStart(
    `Tidegate already runs on ${dataDir}: process ${holder.supervisor.pid} holds it${where}. ` +
      'Stop that one first, or give this one a TIDEGATE_DATA_DIR and a PORT of its own.',
  );
}

function openDataDir(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o711 });
    accessSync(dataDir, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new CannotStart(
      `The data folder ${dataDir} (TIDEGATE_DATA_DIR) cannot be used: ${(error as Error).message}`,
    );
  }
}

async function lockDataDir(dataDir: string): Promise<DataDirLock> {
  openDataDir(dataDir);
  try {
    return await DataDirLock.acquire(dataDir, say);
  } catch (error) {
    throw error instanceof DataDirInUse ? inUse(dataDir, error) : error;
  }
}

async function isAnswering(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
}

function welcome(env: Env, prepared: Prepared, webPort: number, mqttPort: number | undefined): string {
  const given =
    env.adminPassword === undefined
      ? 'as printed at the first start'
      : 'as in TIDEGATE_ADMIN_PASSWORD at the first start';
  const password = prepared.newPassword ?? given;
  return [
    '',
    '  Tidegate is running.',
    '',
    `    Console    ${env.nextauthUrl ?? `http://localhost:${webPort}`}`,
    `    E-mail     ${prepared.adminEmail}`,
    `    Password   ${password}${prepared.newPassword === undefined ? '' : '   (shown only now)'}`,
    `    Devices    ${mqttPort === undefined ? 'at the broker of MQTT_URL' : `mqtt://127.0.0.1:${mqttPort}`}`,
    `    Data       ${env.dataDir}`,
    '',
    '  Ctrl+C stops it.',
    '',
  ].join('\n');
}

class Start {
  private supervisor: Supervisor | undefined;
  private lock: DataDirLock | undefined;
  private stoppedByMs: number | undefined;

  constructor(private readonly env: Env) {}

  /** Stops in order at the first call, at once at the second. */
  onSignal(): void {
    if (this.stoppedByMs === undefined) {
      this.stoppedByMs = Date.now();
      say('\nStopping …');
      void this.end(0);
    } else if (Date.now() - this.stoppedByMs > SAME_SIGNAL_MS) {
      say('Stopping at once.');
      this.supervisor?.killAll();
      this.lock?.release();
      process.exit(1);
    }
  }

  async end(exitCode: number): Promise<void> {
    this.stoppedByMs ??= Date.now();
    if (this.supervisor) await this.supervisor.stop();
    else this.lock?.release();
    if (exitCode === 0) say('Stopped.');
    process.exit(exitCode);
  }

  async run(wantsDemo: boolean): Promise<void> {
    const { env } = this;
    this.lock = await lockDataDir(env.dataDir);
    const supervisor = new Supervisor(this.lock, say, (reason) => {
      say(reason);
      void this.end(1);
    });
    const webPort = await choosePort({ variable: 'PORT', port: env.port, isGiven: env.isPortGiven, say });
    const mqttPort = env.mqttUrl === undefined ? await this.chooseMqttPort() : undefined;
    this.supervisor = supervisor;
    const databaseUrl = env.databaseUrl ?? (await this.startDatabase(supervisor));
    const prepared = await prepareDatabase(databaseUrl, env);
    const isEmbedded = env.databaseUrl === undefined && env.mqttUrl === undefined;
    const withDemo = wantsDemo && isEmbedded && prepared.wantsDemo;
    say('Starting the console …');
    for (const part of planParts({ env, databaseUrl, webPort, mqttPort, withDemo })) {
      if (this.isStopping) return;
      supervisor.startPart(part);
      // What comes after the broker connects to it; a first refusal would only cost a retry's delay.
      if (part.name === 'broker') await this.waitFor(() => isListening(mqttPort ?? 0), part.name);
    }
    await this.waitFor(() => isAnswering(`http://127.0.0.1:${webPort}/healthz`), 'web');
    if (this.isStopping) return;
    say(welcome(env, prepared, webPort, mqttPort));
    forgetNewPassword(env.dataDir);
  }

  /** Waits for a part; a part that never comes is an error that names its log. */
  private async waitFor(isReady: () => Promise<boolean>, name: string): Promise<void> {
    const deadline = Date.now() + READY_MS_MAX;
    while (!this.isStopping && !(await isReady())) {
      if (Date.now() > deadline) {
        throw new CannotStart(`The ${name} does not answer; see ${this.env.dataDir}/logs/${name}.log.`);
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  private get isStopping(): boolean {
    return this.stoppedByMs !== undefined;
  }

  private chooseMqttPort(): Promise<number> {
    const { mqttPort: port, isMqttPortGiven: isGiven } = this.env;
    return choosePort({ variable: 'TIDEGATE_MQTT_PORT', port, isGiven, say });
  }

  private async startDatabase(supervisor: Supervisor): Promise<string> {
    say('Starting the database …');
    const start = () => startDatabase(this.env.dataDir, say);
    const database = await start();
    supervisor.keepDatabase(database, start);
    return database.url;
  }
}

function readEnv(): Env {
  try {
    return loadEnv();
  } catch (error) {
    if (!(error instanceof EnvError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}

function readOptions(): StartOptions {
  const options = startOptions(process.argv.slice(2));
  if (!('problem' in options)) return options;
  process.stderr.write(`${options.problem}\n`);
  process.exit(1);
}

const { wantsDemo } = readOptions();
const start = new Start(readEnv());
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => start.onSignal());
start.run(wantsDemo).catch((error: unknown) => {
  const isExpected = error instanceof CannotStart || error instanceof PortInUse;
  process.stderr.write(
    `${isExpected ? error.message : `Tidegate cannot start: ${(error as Error).message}`}\n`,
  );
  void start.end(1);
});
