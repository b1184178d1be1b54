/**
 * A part of the installation as a child process that is started again whenever it ends by itself, and said so. A
 * part in a crash loop is started ever more rarely: it must neither eat the machine nor be given up.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { backoffMs } from '@/server/lib/backoff';
import { endProcess, identify, type ProcessIdentity } from '@/server/runtime/process-identity';
import type { RotatingLog } from '@/server/runtime/rotating-log';

const RESTART = { baseMs: 500, capMs: 30_000 };
/** A part that has run this long has recovered: its next restart is quick again. */
const HEALTHY_AFTER_MS = 60_000;
const TAIL_CHARS_MAX = 2_000;
const TAIL_LINES_SHOWN = 3;

export interface PartDefinition {
  name: string;
  /** Node program and arguments. */
  args: readonly string[];
  env: Readonly<Record<string, string | undefined>>;
  cwd: string;
  log: RotatingLog;
  /** How long it may take to end after SIGTERM, in milliseconds. */
  stopWithinMs: number;
  /** True for a part that ends by itself when it is no longer wanted: exit code 0 is then final. */
  mayFinish?: boolean;
}

export interface PartEvents {
  say(line: string): void;
  /** Called with each new process of the part. */
  started(name: string, pid: number): void;
}

export class SupervisedProcess {
  private child: ChildProcess | undefined;
  private identity: ProcessIdentity | undefined;
  private stopping = false;
  private failures = 0;
  private tail = '';
  private restart: NodeJS.Timeout | undefined;

  constructor(
    private readonly part: PartDefinition,
    private readonly events: PartEvents,
  ) {}

  get name(): string {
    return this.part.name;
  }

  /** Starts it, and again whenever it ends, until `stop`. */
  start(): void {
    const { part } = this;
    const startedMs = Date.now();
    this.tail = '';
    // A process group of its own: Ctrl+C in the terminal must reach the supervisor alone, which stops in order.
    const child = spawn(process.execPath, part.args, {
      cwd: part.cwd,
      env: part.env as NodeJS.ProcessEnv,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.tail = (this.tail + text).slice(-TAIL_CHARS_MAX);
        part.log.write(text);
      });
    }
    child.once('error', (error) => (this.tail += error.message));
    child.once('close', (code, signal) => this.ended(code, signal, Date.now() - startedMs));
    if (child.pid === undefined) return;
    this.identity = identify(child.pid);
    this.events.started(part.name, child.pid);
  }

  /** Ends it with SIGTERM, after its time with SIGKILL; resolves when it is gone. */
  async stop(): Promise<void> {
    this.stopping = true;
    clearTimeout(this.restart);
    if (this.identity === undefined) return;
    await endProcess(this.identity, [
      { signal: 'SIGTERM', withinMs: this.part.stopWithinMs },
      { signal: 'SIGKILL', withinMs: 1_000 },
    ]);
    this.killGroup();
  }

  /** Ends it and whatever it has started, at once. */
  kill(): void {
    this.stopping = true;
    clearTimeout(this.restart);
    this.killGroup();
  }

  private killGroup(): void {
    const pid = this.child?.pid;
    if (pid === undefined) return;
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // nobody is left in the group
    }
  }

  private ended(code: number | null, signal: NodeJS.Signals | null, ranMs: number): void {
    this.identity = undefined;
    if (this.stopping) return;
    const { name, mayFinish } = this.part;
    if (mayFinish && code === 0) return;
    this.killGroup();
    this.failures = ranMs >= HEALTHY_AFTER_MS ? 1 : this.failures + 1;
    const delayMs = backoffMs(this.failures, RESTART);
    const cause = signal ?? `exit code ${code ?? 'unknown'}`;
    this.events.say(
      `The ${name} has ended (${cause}); starting it again in ${delayMs / 1000} s.${this.lastWords()}`,
    );
    this.restart = setTimeout(() => this.start(), delayMs);
  }

  private lastWords(): string {
    const lines = this.tail.trim().split('\n').filter(Boolean).slice(-TAIL_LINES_SHOWN);
    return lines.length === 0 ? '' : `\n${lines.map((line) => `    ${line.slice(0, 200)}`).join('\n')}`;
  }
}
