/**
 * The broker as a process of its own, so that a test can kill it the way a machine does. What survives inside one
 * process proves nothing about what is on disk.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrokerSettings } from '@/server/lib/process-settings';
import { bundleProgram, killed } from './program';

/** Bundles the broker's program; returns the path. */
export const bundleBroker = (): Promise<string> => bundleProgram('broker');

export interface BrokerProcess {
  port: number;
  /** SIGKILL, and gone. */
  kill(): Promise<void>;
}

export interface BrokerFolder {
  dataDir: string;
  remove(): void;
}

export function brokerFolder(): BrokerFolder {
  const dataDir = mkdtempSync(join(tmpdir(), 'tidegate-broker-'));
  return { dataDir, remove: () => rmSync(dataDir, { recursive: true, force: true }) };
}

function portFrom(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.setEncoding('utf8').on('data', (part: string) => {
      text += part;
      const port = /"port":(\d+)/.exec(text)?.[1];
      if (port !== undefined) resolve(Number(port));
    });
    child.once('exit', () => reject(new Error(`the broker ended: ${text}`)));
  });
}

/** Starts the bundled broker and waits until it listens. */
export async function startBrokerProcess(
  bundle: string,
  settings: Omit<BrokerSettings, 'logLevel'>,
): Promise<BrokerProcess> {
  const file = join(settings.dataDir, 'broker-settings.json');
  writeFileSync(file, JSON.stringify({ ...settings, logLevel: 'info' }));
  const child = spawn(process.execPath, [bundle, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  const port = await portFrom(child);
  return { port, kill: () => killed(child) };
}
