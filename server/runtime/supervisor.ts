/**
 * Starts the parts of one installation in order, keeps them running, and stops them in the reverse order: who
 * produces goes before who consumes, so that nothing is cut off in the middle of what it was given.
 */
import type { DataDirLock } from '@/server/runtime/data-dir-lock';
import type { EmbeddedPostgres } from '@/server/runtime/embedded-postgres';
import { backoffMs } from '@/server/lib/backoff';
import type { Part } from '@/server/runtime/parts';
import { SupervisedProcess } from '@/server/runtime/supervised-process';

const RESTART = { baseMs: 500, capMs: 30_000 };

export class Supervisor {
  private readonly parts: SupervisedProcess[] = [];
  private database: EmbeddedPostgres | undefined;
  private stopping: Promise<void> | undefined;

  constructor(
    private readonly lock: DataDirLock,
    private readonly say: (line: string) => void,
    /** Called when the installation cannot go on. */
    private readonly giveUp: (reason: string) => void,
  ) {}

  /** Takes the database server, which finds its own orphans, into its care; `restart` starts it anew on the same folder. */
  keepDatabase(database: EmbeddedPostgres, restart: () => Promise<EmbeddedPostgres>): void {
    this.database = database;
    database.onExit((reason) => {
      if (this.stopping) return;
      this.say(`The database has ended (${reason}); starting it again.`);
      void this.restartDatabase(database.url, restart);
    });
  }

  startPart(part: Part): void {
    const process = new SupervisedProcess(part, {
      say: this.say,
      started: (name, pid) => this.lock.notePart(name, pid, part.port),
    });
    this.parts.push(process);
    process.start();
  }

  /** Stops everything in order; a second call waits for the first. */
  stop(): Promise<void> {
    this.stopping ??= this.stopAll();
    return this.stopping;
  }

  /** Ends everything at once. Postgres recovers from it at the next start. */
  killAll(): void {
    for (const part of this.parts) part.kill();
    if (this.database) process.kill(this.database.pid, 'SIGQUIT');
  }

  private async stopAll(): Promise<void> {
    for (const part of [...this.parts].reverse()) await part.stop();
    await this.database?.stop();
    this.lock.release();
  }

  private async restartDatabase(url: string, restart: () => Promise<EmbeddedPostgres>): Promise<void> {
    for (let attempt = 1; !this.stopping; attempt += 1) {
      try {
        const database = await restart();
        if (database.url !== url) {
          await database.stop();
          this.giveUp('The database’s port was taken by another program meanwhile. Start Tidegate again.');
          return;
        }
        this.keepDatabase(database, restart);
        this.say('The database is back.');
        return;
      } catch (error) {
        this.say(`The database does not start: ${(error as Error).message}`);
        await new Promise((resolve) => setTimeout(resolve, backoffMs(attempt, RESTART)));
      }
    }
  }
}
