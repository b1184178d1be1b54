/**
 * A process is named by its pid and its start time together. A pid alone is reused, soon in a container, and
 * whoever kills by pid alone kills a stranger one day.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface ProcessIdentity {
  pid: number;
  /** What the system says of the start: clock ticks since boot on Linux, a date elsewhere. Compared, never read. */
  startedAt: string;
}

function ps(pid: number, field: 'lstart' | 'command'): string | undefined {
  try {
    const text = execFileSync('ps', ['-ww', '-o', `${field}=`, '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
    return text === '' ? undefined : text;
  } catch {
    return undefined;
  }
}

function procFile(pid: number, name: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return undefined;
  }
}

/** The identity of a running process; undefined when there is none, or only a zombie that nobody has reaped. */
export function identify(pid: number): ProcessIdentity | undefined {
  if (process.platform !== 'linux') {
    const startedAt = ps(pid, 'lstart');
    return startedAt === undefined ? undefined : { pid, startedAt };
  }
  const stat = procFile(pid, 'stat');
  if (stat === undefined) return undefined;
  // The second field is the name in parentheses and may itself hold spaces and parentheses.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const startedAt = fields[19];
  return fields[0] === 'Z' || startedAt === undefined ? undefined : { pid, startedAt };
}

/** True while that very process runs, not merely one with its pid. */
export function isRunning(identity: ProcessIdentity): boolean {
  return identify(identity.pid)?.startedAt === identity.startedAt;
}

/** The command line of a process as one string with spaces; undefined when it cannot be read. */
export function commandOf(pid: number): string | undefined {
  if (process.platform !== 'linux') return ps(pid, 'command');
  const text = procFile(pid, 'cmdline')?.replaceAll('\0', ' ').trim();
  return text === undefined || text === '' ? undefined : text;
}

/** Waits until that very process is gone; false when it still runs after `withinMs`. */
export async function waitForExit(identity: ProcessIdentity, withinMs: number): Promise<boolean> {
  const deadline = Date.now() + withinMs;
  while (isRunning(identity)) {
    if (Date.now() >= deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return true;
}

/** Sends the signals in turn, giving each its time, until that very process is gone. */
export async function endProcess(
  identity: ProcessIdentity,
  steps: readonly { signal: NodeJS.Signals; withinMs: number }[],
): Promise<void> {
  for (const { signal, withinMs } of steps) {
    if (!isRunning(identity)) return;
    try {
      process.kill(identity.pid, signal);
    } catch {
      return; // gone between the look and the signal
    }
    if (await waitForExit(identity, withinMs)) return;
  }
}
