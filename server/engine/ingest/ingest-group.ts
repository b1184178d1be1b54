// Several waiting batches in one transaction: a commit costs the same for one row and for ten thousand. It is the
// short way for what nothing has to be decided about; whatever needs more (a first batch, a repeat, an unknown
// schema, a row that cannot be written) is handed back and goes through `ingestMessage`, alone. A step that is
// added there has to be added here, or has to hand its batches back.
import { settleAll } from '@/server/lib/settle-all';
import { parseTopic } from '@/server/protocol/topics';
import { inTransaction, type Ctx } from '../context/context';
import { bundle } from './batch-bundle';
import { holdBundles } from './held-bundles';
import type { IngestOutcome, Message } from './ingest-message';
import { writeBundle } from './write-bundle';

/**
 * Ingests what it can of `messages`, in one transaction; all of it is committed when this resolves (invariant 1).
 * Answers in their order, null for each that is to be ingested alone. A throw means that nothing happened, whoever
 * was at fault: then each of them is to be ingested alone, so that one cannot hold up the others.
 */
export async function ingestGroup(ctx: Ctx, messages: readonly Message[]): Promise<(IngestOutcome | null)[]> {
  const outcomes = messages.map((): IngestOutcome | null => null);
  const bundles = bundle(messages);
  if (bundles.length === 0) return outcomes;
  const written = await inTransaction(ctx, async (inner) => {
    const held = await holdBundles(inner.db, bundles);
    // Their statements go out without waiting for each other's answers.
    return settleAll(held.map((one) => writeBundle(inner, one)));
  });
  for (const { members, isStaged } of written) {
    for (const { index, batch } of members) {
      const rows = batch.rows.length;
      outcomes[index] = {
        kind: 'accepted',
        rootTopic: parseTopic(messages[index]?.topic ?? '')?.rootTopic ?? '',
        receipt: {
          outcome: 'accepted',
          batchId: batch.batchId,
          sourceTable: batch.sourceTable,
          rows,
          duplicates: 0,
          serverWatermark: batch.lastCommitSeq,
        },
        rows,
        duplicates: 0,
        staged: isStaged ? rows : 0,
      };
    }
  }
  return outcomes;
}
