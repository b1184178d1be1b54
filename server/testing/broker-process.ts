/**
 * The broker as a process of its own, so that a test can kill it the way a machine does. What survives inside one
 * process proves nothing about what is on disk.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { BrokerSettings } from '@/server/lib/process-settings';

// Under node_modules, where the bundle finds the packages that it leaves outside.
const BUNDLE = join(process.cwd(), 'node_modules', '.cache', 'tidegate', `broker-${process.pid}.mjs`);

/** Bundles the broker's program; returns the path. */
export async function bundleBroker(): Promise<string> {
  mkdirSync(join(BUNDLE, '..'), { recursive: true });
  await build({
    entryPoints: ['server/broker/main.ts'],
    outfile: BUNDLE,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    tsconfig: 'tsconfig.json',
    logLevel: 'warning',
  });
  return BUNDLE;
}

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
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  };
  return { port, kill };
}
