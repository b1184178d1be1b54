/**
 * What the web process shares between all its requests. It hangs on globalThis: Next loads a module several times
 * (routes, pages, reloads while developing), and each copy would open a pool of its own until Postgres is full.
 */
import { createDb, type RootDb } from '@/server/db/client';
import { systemClock, type Clock } from '@/server/lib/clock';
import { loadEnv, type Env } from '@/server/runtime/env';

export interface WebRuntime {
  db: RootDb;
  env: Env;
  clock: Clock;
}

const KEY = Symbol.for('tidegate.web');
const holder = globalThis as { [KEY]?: WebRuntime };

/** The process's connection pool, settings and clock, made at the first call. Throws when settings are wrong. */
export function webRuntime(): WebRuntime {
  return (holder[KEY] ??= make());
}

function make(): WebRuntime {
  const env = loadEnv();
  if (env.databaseUrl === undefined) {
    throw new Error('The web process needs DATABASE_URL; `npm start` sets it for the embedded database.');
  }
  // A list is asked with rare filters and with common ones: one plan for both is wrong for one of them.
  const db = createDb(env.databaseUrl, { max: 10, name: 'tidegate-web', plansForValues: true });
  return { db, env, clock: systemClock };
}
