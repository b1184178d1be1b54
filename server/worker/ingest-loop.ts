// One message, tried until it is committed: transient errors wait and try again, and the message stays
// unacknowledged meanwhile. What fails for a reason that trying cannot cure is kept as a rejected batch, so
// that one message can neither be lost nor hold up its device for ever.
import { classifySqlError, sqlMessage, sqlState } from '@/server/db/sqlstate';
import { backoffMs } from '@/server/lib/backoff';
import { uuidV7 } from '@/server/lib/uuid';
import type { Db } from '@/server/db/client';
import type { Clock } from '@/server/lib/clock';
import type { Ctx } from '@/server/engine/context/context';
import { ingestMessage, refuseAsFault, type IngestOutcome } from '@/server/engine/ingest/ingest-message';
import type { ConsumedMessage } from './acked-consumer';

const RETRY = { baseMs: 100, capMs: 15_000 };
/** Tries before an error that is not the database's passing trouble is taken for a fault of ours. */
const FATAL_TRIES = 3;

export interface IngestDependencies {
  db: Db;
  clock: Clock;
  /** Resolves after `ms`, or at once when the signal aborts. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
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

/** Ingests `message`, however long that takes. Throws only when `signal` aborts. */
export async function ingestUntilCommitted(
  dependencies: IngestDependencies,
  message: ConsumedMessage,
  signal: AbortSignal,
): Promise<IngestOutcome> {
  let fatal = 0;
  let cause: unknown = null;
  for (let attempt = 1; ; attempt++) {
    signal.throwIfAborted();
    const ctx = contextFor(dependencies);
    try {
      if (fatal < FATAL_TRIES) return await ingestMessage(ctx, message);
      return await refuseAsFault(
        ctx,
        message,
        `Tidegate could not ingest this message: ${sqlMessage(cause)}`,
      );
    } catch (error) {
      const transient = classifySqlError(error) === 'transient';
      if (!transient) fatal += 1;
      if (!transient) cause = error;
      const waitMs = backoffMs(attempt, RETRY);
      dependencies.warn(
        transient
          ? 'the database cannot take a message now; it stays unacknowledged and is tried again'
          : 'a message could not be ingested; it is tried again, then kept as rejected',
        {
          topic: message.topic,
          attempt,
          waitMs,
          sqlstate: sqlState(error),
          error: sqlMessage(error),
          correlationId: ctx.correlationId,
        },
      );
      await dependencies.wait(waitMs, signal);
    }
  }
}
