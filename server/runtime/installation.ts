/**
 * The database of this installation, ready: started or reached, migrated, with its first owner. A password that
 * was made is kept in a file until it has been shown: a start that fails in between would else lose it for ever.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { createDb } from '@/server/db/client';
import { migrate } from '@/server/db/migrate';
import { sqlMessage } from '@/server/db/sqlstate';
import { bootstrapInstallation } from '@/server/engine/auth/bootstrap';
import { systemClock } from '@/server/lib/clock';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '@/server/runtime/embedded-postgres';
import type { Env } from '@/server/runtime/env';
import { readIfThere, writePrivate } from '@/server/runtime/private-file';
import { RotatingLog } from '@/server/runtime/rotating-log';

const LOG_BYTES_MAX = 5 * 1024 * 1024;

/** The log of one part in the data folder. */
export const partLog = (dataDir: string, name: string): RotatingLog =>
  new RotatingLog(join(dataDir, 'logs', `${name}.log`), LOG_BYTES_MAX);

export interface Prepared {
  adminEmail: string;
  /** Only until it has been shown once. */
  newPassword: string | undefined;
  /** True where this start made the first organisation, or demo devices are still there. */
  wantsDemo: boolean;
}

/** Starts the embedded server on the data folder. */
export function startDatabase(dataDir: string, say: (line: string) => void): Promise<EmbeddedPostgres> {
  const log = partLog(dataDir, 'postgres');
  return startEmbeddedPostgres({ dataDir, log: say, output: (text) => log.write(text) });
}

const passwordFile = (dataDir: string): string => join(dataDir, 'first-password');

/** Migrates and makes what a first start needs. Throws a sentence where the database cannot be used. */
export async function prepareDatabase(databaseUrl: string, env: Env): Promise<Prepared> {
  try {
    await migrate(databaseUrl);
  } catch (error) {
    throw new Error(`The database cannot be used: ${sqlMessage(error)}`, { cause: error });
  }
  const db = createDb(databaseUrl, { max: 1, name: 'tidegate-start' });
  try {
    const made = await bootstrapInstallation({
      db,
      clock: systemClock,
      input: {
        adminEmail: env.adminEmail,
        adminPassword: env.adminPassword ?? null,
        bootstrapApiToken: env.bootstrapApiToken ?? null,
      },
    });
    if (made.generatedPassword !== null) writePrivate(passwordFile(env.dataDir), made.generatedPassword);
    const [demo] = await db.sql<{ left: boolean }[]>`
      select exists (select from tidegate.device where is_demo) as left`;
    return {
      adminEmail: made.adminEmail,
      newPassword: readIfThere(passwordFile(env.dataDir)),
      wantsDemo: made.createdNow || demo?.left === true,
    };
  } finally {
    await db.end();
  }
}

/** The password has been shown; from now on it exists only as a hash. */
export function forgetNewPassword(dataDir: string): void {
  rmSync(passwordFile(dataDir), { force: true });
}
