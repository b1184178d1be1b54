/**
 * A whole installation as an operator starts it: the built `dist/start.mjs` on free ports and a folder of its own.
 * What a test talks to is never a part put together for the test.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anyFreePort } from '@/server/runtime/ports';

const READY_MS_MAX = 120_000;
const STOP_MS_MAX = 30_000;
const POLL_MS = 100;

/** How to reach an installation; plain data, so that it can travel to the tests' processes. */
export interface Installation {
  /** http://127.0.0.1:port */
  url: string;
  /** mqtt://127.0.0.1:port */
  mqttUrl: string;
  databaseUrl: string;
  adminEmail: string;
  adminPassword: string;
  apiToken: string;
}

export interface RunningInstallation extends Installation {
  /** Stops it as Ctrl+C does and waits; throws where it does not end in order. Its logs go to `logsTo`. */
  stop(logsTo?: string): Promise<void>;
}

const pause = () => new Promise((resolve) => setTimeout(resolve, POLL_MS));

/** Without npm's variables and without any setting of this shell that would be taken for one of Tidegate. */
function ownEnvironment(): NodeJS.ProcessEnv {
  const hidden = /^(npm_|TIDEGATE_|NEXTAUTH_|DATABASE_URL$|MQTT_URL$|PORT$|NODE_ENV$|LOG_LEVEL$)/i;
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !hidden.test(name)),
  ) as NodeJS.ProcessEnv;
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(5_000) })).ok;
  } catch {
    return false;
  }
}

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

async function untilReady(child: ChildProcess, url: string, said: () => string): Promise<void> {
  const deadline = Date.now() + READY_MS_MAX;
  while (!(await isReady(url))) {
    if (hasEnded(child)) throw new Error(`Tidegate ended while starting:\n${said()}`);
    if (Date.now() > deadline)
      throw new Error(`Tidegate is not ready after ${READY_MS_MAX / 1000} s:\n${said()}`);
    await pause();
  }
}

/** The embedded database's address, from what the installation keeps in its folder. */
function databaseUrlOf(dataDir: string): string {
  const { port } = JSON.parse(readFileSync(join(dataDir, 'postgres.json'), 'utf8')) as { port: number };
  const password = readFileSync(join(dataDir, 'postgres-password'), 'utf8').trim();
  return `postgres://tidegate:${encodeURIComponent(password)}@127.0.0.1:${port}/tidegate`;
}

async function ended(child: ChildProcess): Promise<void> {
  const deadline = Date.now() + STOP_MS_MAX;
  child.kill('SIGTERM');
  while (!hasEnded(child)) {
    if (Date.now() > deadline) {
      child.kill('SIGKILL');
      throw new Error(`Tidegate did not stop within ${STOP_MS_MAX / 1000} s`);
    }
    await pause();
  }
  if (child.exitCode !== 0) throw new Error(`Tidegate stopped with ${child.exitCode ?? child.signalCode}`);
}

interface Options {
  /** With the demo fleet. */
  demo?: boolean;
  /** A database to use instead of one of its own. */
  databaseUrl?: string;
}

/** The settings by which an installation uses the database at `url`. */
const onDatabase = (url: string | undefined): Record<string, string> =>
  url === undefined ? {} : { DATABASE_URL: url, NEXTAUTH_SECRET: randomBytes(24).toString('base64url') };

/** Starts one and waits until it is ready. */
export async function startInstallation(options: Options = {}): Promise<RunningInstallation> {
  const dataDir = mkdtempSync(join(tmpdir(), 'tidegate-e2e-'));
  // The database runs as another user where this is root, and has to reach its folder.
  chmodSync(dataDir, 0o711);
  const [webPort, mqttPort] = [await anyFreePort(), await anyFreePort()];
  const url = `http://127.0.0.1:${webPort}`;
  const adminPassword = randomBytes(12).toString('base64url');
  const apiToken = randomBytes(24).toString('base64url');
  const child = spawn(process.execPath, ['dist/start.mjs', ...(options.demo === true ? [] : ['--no-demo'])], {
    env: {
      ...ownEnvironment(),
      PORT: String(webPort),
      TIDEGATE_MQTT_PORT: String(mqttPort),
      TIDEGATE_DATA_DIR: dataDir,
      TIDEGATE_ADMIN_PASSWORD: adminPassword,
      TIDEGATE_BOOTSTRAP_API_TOKEN: apiToken,
      // Tests receive webhooks on this machine.
      TIDEGATE_WEBHOOKS_TO_PRIVATE: 'yes',
      ...onDatabase(options.databaseUrl),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  const stop = async (logsTo?: string) => {
    try {
      await ended(child);
    } finally {
      if (logsTo !== undefined) cpSync(join(dataDir, 'logs'), logsTo, { recursive: true });
      rmSync(dataDir, { recursive: true, force: true });
    }
  };
  try {
    await untilReady(child, url, () => said);
  } catch (error) {
    if (!hasEnded(child)) await stop().catch(() => undefined);
    throw error;
  }
  return {
    url,
    mqttUrl: `mqtt://127.0.0.1:${mqttPort}`,
    databaseUrl: options.databaseUrl ?? databaseUrlOf(dataDir),
    adminEmail: 'admin@tidegate.local',
    adminPassword,
    apiToken,
    stop,
  };
}
