/** Tidegate's own programs as processes, so that a test can kill them the way a machine does. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const ENTRIES = {
  broker: 'server/broker/main.ts',
  worker: 'server/worker/main.ts',
  agent: 'server/agent/cli.ts',
  cli: 'server/cli/main.ts',
};

/** Bundles a program; returns the path. */
export async function bundleProgram(name: keyof typeof ENTRIES): Promise<string> {
  // Under node_modules, where the bundle finds the packages that it leaves outside.
  const outfile = join(process.cwd(), 'node_modules', '.cache', 'tidegate', `${name}-${process.pid}.mjs`);
  mkdirSync(join(outfile, '..'), { recursive: true });
  await build({
    entryPoints: [ENTRIES[name]],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    tsconfig: 'tsconfig.json',
    logLevel: 'warning',
  });
  return outfile;
}

/** Sends `signal` and resolves when the process is gone. */
export async function killed(child: ChildProcess, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
}
