// Messages become committed outcomes: several together where that goes, else one by one. Transient errors are tried
// again later, and the message stays unacknowledged meanwhile without keeping a slot from others. What fails for a
// reason that trying cannot cure is kept as a rejected batch, so that one message can neither be lost nor hold up its
// device for ever.
import { classifySqlError, sqlMessage, sqlState } from '@/server/db/sqlstate';
import { backoffMs } from '@/server/lib/backoff';
import { uuidV7 } from '@/server/lib/uuid';
import type { Db } from '@/server/db/client';
import type { Clock } from '@/server/lib/clock';
import type { Ctx } from '@/server/engine/context/context';
import { ingestGroup } from '@/server/engine/ingest/ingest-group';
import { InsertTrust } from '@/server/engine/ingest/insert-trust';
import { ingestMessage, refuseAsFault, type IngestOutcome } from '@/server/engine/ingest/ingest-message';
import type { ConsumedMessage } from './acked-consumer';

const RETRY = { baseMs: 100, capMs: 15_000 };
/** Tries before an error that is not the database's passing trouble is taken for a fault of ours. */
const FATAL_TRIES = 3;

export interface IngestDependencies {
  db: Db;
  clock: Clock;
  warn(message: string, fields: Record<string, unknown>): void;
}

const contextFor = ({ db, clock }: IngestDependencies): Ctx => ({
  db,
  clock,
  actor: { kind: 'system', id: 'worker', label: 'worker' },
  orgId: null,
  permissions: new Set(),
  correlationId: uuidV7(),
});

/** What a message has been through; it goes with the message. */
interface Tries {
  attempts: number;
  fatal: number;
  cause: unknown;
}

export class Ingest {
  private readonly tries = new WeakMap<ConsumedMessage, Tries>();
  private readonly trust = new InsertTrust();

  constructor(private readonly dependencies: IngestDependencies) {}

  /**
   * Commits what it can of `messages` in one transaction. Null for each that has to go alone: all of them where
   * the group fails, since each then meets its own error and answers for it.
   */
  async together(messages: readonly ConsumedMessage[]): Promise<(IngestOutcome | null)[]> {
    const ctx = contextFor(this.dependencies);
    try {
      return await ingestGroup(ctx, messages, this.trust);
    } catch (error) {
      this.dependencies.warn('messages could not be committed together; each goes alone', {
        messages: messages.length,
        sqlstate: sqlState(error),
        error: sqlMessage(error),
        correlationId: ctx.correlationId,
      });
      return messages.map(() => null);
    }
  }

  /** Tries `message` once. Answers its committed outcome, or when to try it again. */
  async alone(message: ConsumedMessage): Promise<IngestOutcome | { retryInMs: number }> {
    const tries = this.tries.get(message) ?? { attempts: 0, fatal: 0, cause: null };
    this.tries.set(message, tries);
    tries.attempts += 1;
    const ctx = contextFor(this.dependencies);
    try {
      if (tries.fatal < FATAL_TRIES) return await ingestMessage(ctx, message);
      const detail = `Tidegate could not ingest this message: ${sqlMessage(tries.cause)}`;
      return await refuseAsFault(ctx, message, detail);
    } catch (error) {
      return { retryInMs: this.note(tries, message, error, ctx.correlationId) };
    }
  }

  private note(tries: Tries, { topic }: ConsumedMessage, error: unknown, correlationId: string): number {
    const isTransient = classifySqlError(error) === 'transient';
    if (!isTransient) {
      tries.fatal += 1;
      tries.cause = error;
    }
    const waitMs = backoffMs(tries.attempts, RETRY);
    this.dependencies.warn(
      isTransient
        ? 'the database cannot take a message now; it stays unacknowledged and is tried again'
        : 'a message could not be ingested; it is tried again, then kept as rejected',
      {
        topic,
        attempt: tries.attempts,
        waitMs,
        sqlstate: sqlState(error),
        error: sqlMessage(error),
        correlationId,
      },
    );
    return waitMs;
  }
}
