/**
 * A real PostgreSQL from npm's binaries, with its data in one folder. Exactly one server runs on a data folder:
 * what a killed run left behind is ended before the next start, and only when it is provably that server.
 * Without that, `npm start` after a kill -9 would fail until someone deletes postmaster.pid by hand.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import postgres from 'postgres';
import { anyFreePort, isPortFree } from '@/server/runtime/ports';
import {
  ensureOwner,
  findPostgres,
  findUnprivileged,
  type PostgresBinaries,
  type Unprivileged,
} from '@/server/runtime/postgres-binaries';
import { keptSecret, readIfThere, writePrivate } from '@/server/runtime/private-file';
import {
  commandOf,
  endProcess,
  identify,
  isRunning,
  type ProcessIdentity,
} from '@/server/runtime/process-identity';

const USER = 'tidegate';
const DATABASE = 'tidegate';
const START_MS_MAX = 60_000;
const OUTPUT_CHARS_MAX = 4_000;

/** SIGINT is PostgreSQL's fast shutdown: transactions are rolled back and the data files left clean. */
const SHUTDOWN = [
  { signal: 'SIGINT', withinMs: 10_000 },
  { signal: 'SIGQUIT', withinMs: 3_000 },
  { signal: 'SIGKILL', withinMs: 3_000 },
] as const;

export interface EmbeddedPostgresOptions {
  /** The folder of the installation; the database lives in its `postgres` folder. */
  dataDir: string;
  /** Receives short sentences about what happens. */
  log: (line: string) => void;
  /** Receives the server's own output as it comes. */
  output?: (text: string) => void;
  /** More server settings, as `name: value`. Tests turn fsync off here; nothing else may. */
  settings?: Readonly<Record<string, string>>;
}

export interface EmbeddedPostgres {
  /** postgres://… with user, password, loopback address and database. */
  url: string;
  pid: number;
  /** Fast shutdown; resolves when the server is gone. */
  stop(): Promise<void>;
  /** Calls `listener` when the server ends without `stop` having been called. */
  onExit(listener: (reason: string) => void): void;
}

interface Place {
  data: string;
  /** Holds port and identity of the last server: how the next start recognises an orphan. */
  state: string;
  password: string;
}

interface State {
  port: number;
  server?: ProcessIdentity;
}

function readState(place: Place): State | undefined {
  const text = readIfThere(place.state);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as State;
  } catch {
    return undefined; // our own file, cut off by a full disk: start without it
  }
}

/** Ends the server that a killed run left on this data folder, and removes its lock file. */
async function clearLeftovers(place: Place, log: (line: string) => void): Promise<void> {
  const lockFile = join(place.data, 'postmaster.pid');
  const lockedBy = Number.parseInt(readIfThere(lockFile)?.split('\n')[0] ?? '', 10);
  const known = readState(place)?.server;
  const found = Number.isInteger(lockedBy) ? identify(lockedBy) : undefined;
  const isOurs = (process: ProcessIdentity): boolean =>
    (known !== undefined && known.pid === process.pid && isRunning(known)) ||
    (commandOf(process.pid)?.includes(`-D ${place.data} `) ?? false);
  const orphans = [known && isRunning(known) ? known : undefined, found && isOurs(found) ? found : undefined];
  for (const orphan of orphans) {
    if (orphan === undefined || !isRunning(orphan)) continue;
    log(`PostgreSQL of an earlier run is still there (process ${orphan.pid}); ending it.`);
    await endProcess(orphan, SHUTDOWN);
  }
  rmSync(lockFile, { force: true });
}

/** Calls `run` with the path of a file that holds the password and that the server's user can read. */
function withPasswordFile<T>(password: string, way: Unprivileged, run: (path: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'tidegate-'));
  try {
    const path = join(folder, 'password');
    writePrivate(path, `${password}\n`);
    ensureOwner(folder, way.owner);
    return run(path);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function initialise(place: Place, binaries: PostgresBinaries, way: Unprivileged, password: string): void {
  if (existsSync(join(place.data, 'PG_VERSION'))) return;
  // A folder without PG_VERSION is an initialisation that was cut off; initdb wants an empty one.
  rmSync(place.data, { recursive: true, force: true });
  mkdirSync(place.data, { recursive: true, mode: 0o700 });
  ensureOwner(place.data, way.owner);
  const made = withPasswordFile(password, way, (passwordFile) => {
    const { file, args } = way.command(binaries.initdb, [
      `--pgdata=${place.data}`,
      `--username=${USER}`,
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
      '--encoding=UTF8',
      // Sorting must not depend on the locales that a machine happens to have.
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--no-instructions',
    ]);
    return spawnSync(file, args, { encoding: 'utf8', cwd: '/', ...way.identity });
  });
  if (made.status === 0) return;
  rmSync(place.data, { recursive: true, force: true });
  throw new Error(
    `PostgreSQL could not be set up in ${place.data}: ${made.error?.message ?? made.stderr.trim()}`,
  );
}

function serverArguments(place: Place, port: number, settings: Readonly<Record<string, string>>): string[] {
  const all: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    fsync: 'on',
    synchronous_commit: 'on',
    max_connections: '100',
    ...settings,
  };
  return [
    '-D',
    place.data,
    '-p',
    String(port),
    ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
}

function urlFor(port: number, password: string, database: string): string {
  return `postgres://${USER}:${password}@127.0.0.1:${port}/${database}`;
}

async function isAnswering(url: string): Promise<boolean> {
  const sql = postgres(url, { max: 1, connect_timeout: 2, onnotice: () => undefined });
  try {
    await sql`select 1`;
    return true;
  } catch {
    return false;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

async function ensureDatabase(port: number, password: string): Promise<void> {
  const sql = postgres(urlFor(port, password, 'postgres'), { max: 1, onnotice: () => undefined });
  try {
    const found = await sql`select 1 from pg_database where datname = ${DATABASE}`;
    if (found.length === 0) await sql`create database ${sql(DATABASE)}`;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

class Server {
  private stopping = false;
  private listeners: ((reason: string) => void)[] = [];
  private tail = '';
  readonly identity: ProcessIdentity;

  constructor(
    private readonly child: ChildProcess,
    output: ((text: string) => void) | undefined,
  ) {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.tail = (this.tail + text).slice(-OUTPUT_CHARS_MAX);
        output?.(text);
      });
    }
    child.once('exit', (code, signal) => {
      if (this.stopping) return;
      for (const listener of this.listeners) listener(signal ?? `exit code ${code ?? 'unknown'}`);
    });
    const identity = child.pid === undefined ? undefined : identify(child.pid);
    if (identity === undefined) throw new Error(`PostgreSQL did not start. ${this.lastOutput()}`);
    this.identity = identity;
  }

  /** The end of what the server said, for an error message. */
  lastOutput(): string {
    return this.tail.trim();
  }

  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  onExit(listener: (reason: string) => void): void {
    this.listeners.push(listener);
  }

  async stop(): Promise<void> {
    this.stopping = true;
    if (!this.hasEnded) await endProcess(this.identity, SHUTDOWN);
  }
}

async function waitUntilReady(server: Server, url: string): Promise<void> {
  const deadline = Date.now() + START_MS_MAX;
  while (!(await isAnswering(url))) {
    if (server.hasEnded) throw new Error(`PostgreSQL ended while starting: ${server.lastOutput()}`);
    if (Date.now() > deadline) {
      await server.stop();
      throw new Error(`PostgreSQL did not answer within ${START_MS_MAX / 1000} s: ${server.lastOutput()}`);
    }
    await new Promise((wait) => setTimeout(wait, 30));
  }
}

/**
 * Starts PostgreSQL on a loopback port that the data folder remembers. Throws a sentence for the operator when
 * this machine cannot run it.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const dataDir = resolve(options.dataDir);
  const place: Place = {
    data: join(dataDir, 'postgres'),
    state: join(dataDir, 'postgres.json'),
    password: join(dataDir, 'postgres-password'),
  };
  mkdirSync(dataDir, { recursive: true });
  const binaries = findPostgres();
  await clearLeftovers(place, options.log);
  const way = findUnprivileged(binaries, dataDir);
  const password = keptSecret(place.password, () => randomBytes(24).toString('base64url'));
  initialise(place, binaries, way, password);
  ensureOwner(place.data, way.owner);

  const remembered = readState(place)?.port;
  const port = remembered !== undefined && (await isPortFree(remembered)) ? remembered : await anyFreePort();
  const { file, args } = way.command(binaries.postgres, serverArguments(place, port, options.settings ?? {}));
  // A process group of its own: Ctrl+C in the terminal must reach the supervisor alone, which stops this last.
  const child = spawn(file, args, {
    cwd: '/',
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...way.identity,
  });
  child.on('error', () => undefined);
  const server = new Server(child, options.output);
  writePrivate(place.state, JSON.stringify({ port, server: server.identity } satisfies State));
  await waitUntilReady(server, urlFor(port, password, 'postgres'));
  await ensureDatabase(port, password);
  return {
    url: urlFor(port, password, DATABASE),
    pid: server.identity.pid,
    stop: () => server.stop(),
    onExit: (listener) => server.onExit(listener),
  };
}
