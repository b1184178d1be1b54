/**
 * One supervisor per data folder. The lock file also names every process that was started for it, so that after a
 * kill -9 the next start ends exactly those orphans: two brokers or two servers on one folder destroy it.
 */
import { closeSync, linkSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { readIfThere, writePrivate } from '@/server/runtime/private-file';
import { endProcess, identify, isRunning, type ProcessIdentity } from '@/server/runtime/process-identity';

export interface LockHolder {
  supervisor: ProcessIdentity;
  /** Part name to its process. */
  parts: Record<string, ProcessIdentity>;
  /** What the holder listens on: part name to port. */
  ports: Record<string, number>;
}

const ORPHAN_STEPS = [
  { signal: 'SIGTERM', withinMs: 5_000 },
  { signal: 'SIGKILL', withinMs: 5_000 },
] as const;

/** Another supervisor runs on this folder. */
export class DataDirInUse extends Error {
  override readonly name = 'DataDirInUse';

  constructor(readonly holder: LockHolder) {
    super(`process ${holder.supervisor.pid} runs on this folder`);
  }
}

function parse(text: string | undefined): LockHolder | undefined {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as LockHolder;
  } catch {
    return undefined; // cut off while being written: whoever wrote it is gone
  }
}

/** Removes a dead supervisor's file; another start may have replaced it a moment ago, and that one is put back. */
function removeStale(path: string): void {
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const moved = parse(readIfThere(aside));
  const isAlive = moved !== undefined && isRunning(moved.supervisor);
  if (isAlive) linkSync(aside, path);
  rmSync(aside);
  if (isAlive) throw new DataDirInUse(moved);
}

export class DataDirLock {
  private constructor(
    private readonly path: string,
    private readonly holder: LockHolder,
  ) {}

  /**
   * Takes the lock and ends what a killed supervisor left. Throws DataDirInUse while another one runs. `say`
   * receives a sentence for each orphan.
   */
  static async acquire(dataDir: string, say: (line: string) => void): Promise<DataDirLock> {
    const path = join(dataDir, 'tidegate.lock');
    const supervisor = identify(process.pid);
    if (supervisor === undefined) throw new Error('this system does not tell when a process was started');
    const left = parse(readIfThere(path));
    if (left !== undefined && isRunning(left.supervisor)) throw new DataDirInUse(left);
    removeStale(path);
    const holder: LockHolder = { supervisor, parts: { ...left?.parts }, ports: {} };
    try {
      // Of two starts at the same moment one makes the file; the other finds it.
      const file = openSync(path, 'wx', 0o600);
      writeSync(file, JSON.stringify(holder));
      closeSync(file);
    } catch (error) {
      const winner = parse(readIfThere(path));
      if ((error as NodeJS.ErrnoException).code === 'EEXIST' && winner) throw new DataDirInUse(winner);
      throw error;
    }
    const lock = new DataDirLock(path, holder);
    await lock.endOrphans(say);
    return lock;
  }

  /** Notes a part's process and, where it listens, its port. */
  notePart(name: string, pid: number, port?: number): void {
    const identity = identify(pid);
    if (identity === undefined) return;
    this.holder.parts[name] = identity;
    if (port !== undefined) this.holder.ports[name] = port;
    writePrivate(this.path, JSON.stringify(this.holder));
  }

  /** Gives the folder up. */
  release(): void {
    rmSync(this.path, { force: true });
  }

  private async endOrphans(say: (line: string) => void): Promise<void> {
    const orphans = Object.entries(this.holder.parts).filter(([, identity]) => isRunning(identity));
    for (const [name, { pid }] of orphans) {
      say(`The ${name} of an earlier run that was killed is still there (process ${pid}); ending it.`);
    }
    await Promise.all(orphans.map(([, identity]) => endProcess(identity, ORPHAN_STEPS)));
    this.holder.parts = {};
    writePrivate(this.path, JSON.stringify(this.holder));
  }
}
