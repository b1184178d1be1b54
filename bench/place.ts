// A migrated Postgres of a bench's own, removed afterwards.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDb, type RootDb } from '@/server/db/client';
import { migrate } from '@/server/db/migrate';
import { startEmbeddedPostgres } from '@/server/runtime/embedded-postgres';

export interface BenchPlace {
  /** postgres://… */
  url: string;
  /** A folder that is removed with it. */
  dir: string;
}

/** Runs `measure` beside a Postgres with its usual, durable settings. */
export async function inPlace(measure: (db: RootDb, place: BenchPlace) => Promise<void>): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'tidegate-bench-'));
  chmodSync(dir, 0o711);
  const server = await startEmbeddedPostgres({ dataDir: dir, log: () => undefined });
  try {
    await migrate(server.url);
    const db = createDb(server.url, { max: 20 });
    try {
      await measure(db, { url: server.url, dir });
    } finally {
      await db.end();
    }
  } finally {
    await server.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}
