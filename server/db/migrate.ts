// Brings a database to the schema of this build. Two processes may start at once: the second waits.
import { fileURLToPath } from 'node:url';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate as apply } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';

const LOCK_KEY = 7_104_033_021;

/** The folder `drizzle`, found upward from this file: the bundle and the sources lie at different depths. */
function migrationsFolder(): string {
  let dir = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(dir, 'drizzle', 'meta', '_journal.json'))) {
    const parent = dirname(dir);
    if (parent === dir)
      throw new Error('the folder "drizzle" with the migrations is missing from this installation');
    dir = parent;
  }
  return join(dir, 'drizzle');
}

/** Applies what is missing. Throws where the server is older than PostgreSQL 15 (NULLS NOT DISTINCT). */
export async function migrate(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    const [version] = await sql<{ num: number }[]>`select current_setting('server_version_num')::int as num`;
    if ((version?.num ?? 0) < 150_000) {
      throw new Error(
        'Tidegate needs PostgreSQL 15 or later: older ones cannot hold a NULL in a unique key.',
      );
    }
    await sql`select pg_advisory_lock(${LOCK_KEY})`;
    await apply(drizzle(sql), { migrationsFolder: migrationsFolder(), migrationsSchema: 'tidegate' });
  } finally {
    await sql.end({ timeout: 5 });
  }
}
