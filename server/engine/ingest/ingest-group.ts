// Several waiting batches in one transaction: a commit costs the same for one row and for ten thousand. It is the
// short way for what nothing has to be decided about; whatever needs more (a first batch, a repeat, an unknown
// schema, a row that cannot be written) is handed back and goes through `ingestMessage`, alone. A step that is
// added there has to be added here, or has to hand its batches back.
import postgres from 'postgres';
import { sqlState } from '@/server/db/sqlstate';
import { settleAll } from '@/server/lib/settle-all';
import { parseTopic } from '@/server/protocol/topics';
import { inTransaction, type Ctx } from '../context/context';
import { bundle, type Bundle } from './batch-bundle';
import { holdBundles } from './held-bundles';
import type { IngestOutcome, Message } from './ingest-message';
import { InsertTrust } from './insert-trust';
import { writeBundle, type MayInsert, type Written } from './write-bundle';

const UNIQUE_VIOLATION = '23505';

/**
 * Ingests what it can of `messages`, in one transaction; all of it is committed when this resolves (invariant 1).
 * Answers in their order, null for each that is to be ingested alone. A throw means that nothing happened, whoever
 * was at fault: then each of them is to be ingested alone, so that one cannot hold up the others.
 */
export async function ingestGroup(
  ctx: Ctx,
  messages: readonly Message[],
  trust = new InsertTrust(),
): Promise<(IngestOutcome | null)[]> {
  const outcomes = messages.map((): IngestOutcome | null => null);
  const bundles = bundle(messages);
  if (bundles.length === 0) return outcomes;
  const written = await writeTrusting(ctx, bundles, trust);
  for (const { members, isStaged } of written) {
    for (const { index, batch } of members) {
      const rows = batch.rowCount;
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

/** Writes new rows as inserts where that is believed of their lineages; where it was not so, all of it again without. */
async function writeTrusting(ctx: Ctx, bundles: readonly Bundle[], trust: InsertTrust): Promise<Written[]> {
  const now = ctx.clock.now();
  const tried = new Map<string, string>();
  try {
    return await write(ctx, bundles, (lineageId, tableName) => {
      if (!trust.has(lineageId, now)) return false;
      tried.set(lineageId, tableName);
      return true;
    });
  } catch (error) {
    if (tried.size === 0 || sqlState(error) !== UNIQUE_VIOLATION) throw error;
    const tableName = error instanceof postgres.PostgresError ? error.table_name : undefined;
    for (const [lineageId, table] of tried)
      if (tableName === undefined || tableName === table) trust.lose(lineageId, now);
    return write(ctx, bundles, () => false);
  }
}

const write = (ctx: Ctx, bundles: readonly Bundle[], mayInsert: MayInsert): Promise<Written[]> =>
  inTransaction(ctx, async (inner) => {
    const held = await holdBundles(inner.db, bundles);
    // Their statements go out without waiting for each other's answers.
    return settleAll(held.map((one) => writeBundle(inner, one, mayInsert)));
  });
