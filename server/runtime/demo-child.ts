/**
 * A program of the demo, started again when it ends. It stays in the demo's process group, so that whoever kills
 * that group takes it along: an agent left over would throw its successor off the broker for ever.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { backoffMs } from '@/server/lib/backoff';

const RESTART = { baseMs: 1_000, capMs: 30_000 };
const HEALTHY_AFTER_MS = 60_000;
const STOP_WITHIN_MS = 1_500;

export class DemoChild {
  private child: ChildProcess | null = null;
  private restart: NodeJS.Timeout | undefined;
  private isStopping = false;
  private failures = 0;

  constructor(
    private readonly args: readonly string[],
    private readonly output: (text: string) => void,
  ) {
    this.start();
  }

  private start(): void {
    const startedMs = Date.now();
    const child = spawn(process.execPath, [...this.args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { NODE_ENV: 'production' },
    });
    this.child = child;
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', this.output);
    child.once('error', (error) => this.output(`${error.message}\n`));
    child.once('close', (code, signal) => {
      this.child = null;
      if (this.isStopping) return;
      this.failures = Date.now() - startedMs >= HEALTHY_AFTER_MS ? 1 : this.failures + 1;
      const delayMs = backoffMs(this.failures, RESTART);
      this.output(`ended (${signal ?? `exit code ${code ?? 'unknown'}`}); starting again in ${delayMs} ms\n`);
      this.restart = setTimeout(() => this.start(), delayMs);
    });
  }

  /** Ends it with SIGTERM, and with SIGKILL where that takes too long. */
  async stop(): Promise<void> {
    this.isStopping = true;
    clearTimeout(this.restart);
    const { child } = this;
    if (child === null) return;
    await new Promise<void>((resolve) => {
      const kill = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
      child.once('close', () => {
        clearTimeout(kill);
        resolve();
      });
      child.kill('SIGTERM');
    });
  }
}
