/** Who listens on a port: a message that says only "in use" leaves the operator searching. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { commandOf } from '@/server/runtime/process-identity';

const LISTENING = '0A';
const COMMAND_CHARS_MAX = 60;

function socketInodes(port: number): Set<string> {
  const inodes = new Set<string>();
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    let text = '';
    try {
      text = readFileSync(table, 'utf8');
    } catch {
      continue; // no IPv6 here
    }
    for (const line of text.split('\n')) {
      const [, local, , state, , , , , , inode] = line.trim().split(/\s+/);
      if (state === LISTENING && local?.endsWith(wanted) && inode !== undefined)
        inodes.add(`socket:[${inode}]`);
    }
  }
  return inodes;
}

function holdsOne(pid: string, inodes: ReadonlySet<string>): boolean {
  try {
    const folder = `/proc/${pid}/fd`;
    return readdirSync(folder).some((file) => {
      try {
        return inodes.has(readlinkSync(`${folder}/${file}`));
      } catch {
        return false; // closed meanwhile
      }
    });
  } catch {
    return false; // another user's process, or gone
  }
}

/** The process that listens on the port; undefined where that cannot be told. */
export function holderPid(port: number): number | undefined {
  if (process.platform === 'linux') {
    const inodes = socketInodes(port);
    if (inodes.size === 0) return undefined;
    const pid = readdirSync('/proc').find((name) => /^\d+$/.test(name) && holdsOne(name, inodes));
    return pid === undefined ? undefined : Number(pid);
  }
  try {
    const text = execFileSync('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fp'], { encoding: 'utf8' });
    const pid = /^p(\d+)/m.exec(text)?.[1];
    return pid === undefined ? undefined : Number(pid);
  } catch {
    return undefined;
  }
}

/** Words for whoever listens on the port: `process 123 (node server.js)`, or `another program` when it cannot be told. */
export function portHolder(port: number): string {
  const pid = holderPid(port);
  if (pid === undefined) return 'another program';
  const command = commandOf(pid);
  if (command === undefined) return `process ${pid}`;
  const shown = command.length > COMMAND_CHARS_MAX ? `${command.slice(0, COMMAND_CHARS_MAX)}…` : command;
  return `process ${pid} (${shown})`;
}
