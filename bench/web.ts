// The web process as an installation starts it, over a database of a bench's choice.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { randomSecret } from '@/server/engine/auth/token-secret';
import { startEmbeddedPostgres } from '@/server/runtime/embedded-postgres';
import { anyFreePort } from '@/server/runtime/ports';

const SEED_FOLDER = '.tidegate-seed';
const ASK_AGAIN_MS = 50;

export interface BenchWeb {
  /** http://127.0.0.1:port */
  url: string;
  stop: () => Promise<void>;
}

/**
 * Starts the web that is built in `folder` on a free port and waits until it answers. Throws where it was not built.
 */
export async function startWeb(databaseUrl: string, folder = process.cwd()): Promise<BenchWeb> {
  const port = await anyFreePort();
  const next = join(folder, 'node_modules/next/dist/bin/next');
  const url = `http://127.0.0.1:${port}`;
  const env = {
    ...process.env,
    NODE_ENV: 'production' as const,
    PORT: String(port),
    DATABASE_URL: databaseUrl,
    NEXTAUTH_SECRET: randomSecret(32),
    NEXTAUTH_URL: url,
    AUTH_TRUST_HOST: 'true',
  };
  const args = [next, 'start', '-H', '127.0.0.1', '-p', String(port)];
  const web = spawn(process.execPath, args, { cwd: folder, env, stdio: ['ignore', 'ignore', 'inherit'] });
  const stop = async () => {
    if (web.exitCode !== null) return;
    web.kill('SIGTERM');
    await once(web, 'exit');
  };
  for (;;) {
    if (web.exitCode !== null)
      throw new Error('The web did not start; build it first: npm run bench builds nothing.');
    const answer = await fetch(`${url}/healthz`).catch(() => null);
    if (answer !== null) return { url, stop };
    await new Promise((wait) => setTimeout(wait, ASK_AGAIN_MS));
  }
}

/** Runs `measure` over DATABASE_URL where that is set, else over the seeded database in `folder`. */
export async function overSeed(
  folder: string | undefined,
  measure: (databaseUrl: string) => Promise<void>,
): Promise<void> {
  const given = process.env['DATABASE_URL'];
  if (given !== undefined && given !== '') return measure(given);
  const dataDir = resolve(folder ?? SEED_FOLDER);
  mkdirSync(dataDir, { recursive: true });
  const server = await startEmbeddedPostgres({
    dataDir,
    log: (line) => void process.stdout.write(`${line}\n`),
  });
  try {
    await measure(server.url);
  } finally {
    await server.stop();
  }
}

/** The value below which `share` of the sorted values are. */
export const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
