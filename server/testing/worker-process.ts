/** The worker as a process of its own; see program.ts. */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WorkerSettings } from '@/server/lib/process-settings';
import { killed } from './program';

export interface WorkerProcess {
  /** SIGKILL, and gone. */
  kill(): Promise<void>;
  /** SIGTERM: it drains first. */
  stop(): Promise<void>;
}

const DEFAULTS = {
  objectStoreUrl: 'file:objects',
  telemetryRetentionDays: 365,
  ledgerRetentionDays: 30,
  consoleUrl: 'http://console.test',
  webhooksToPrivate: true,
  logLevel: 'error',
} satisfies Partial<WorkerSettings>;

/** Starts the bundled worker. It connects by itself; wait for what it does. */
export function startWorkerProcess(
  bundle: string,
  settings: Omit<WorkerSettings, keyof typeof DEFAULTS>,
): WorkerProcess {
  const file = join(settings.dataDir, `${settings.slot}-settings.json`);
  writeFileSync(file, JSON.stringify({ ...settings, ...DEFAULTS }));
  const child = spawn(process.execPath, [bundle, file], { stdio: ['ignore', 'inherit', 'inherit'] });
  return { kill: () => killed(child), stop: () => killed(child, 'SIGTERM') };
}
