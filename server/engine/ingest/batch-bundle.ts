// Row batches of one lineage that follow each other and can be written as one: same schema, same epoch, each above
// the one before. Nothing in such a run can repeat another part of it, so every batch's counts are known before a
// statement is sent; a run that skipped a batch would count rows of it twice.
import { parseRowBatch, type RowBatch } from '@/server/protocol/row-batch';
import { CHANNELS, parseTopic } from '@/server/protocol/topics';

export interface Member {
  /** Its place among the messages. */
  index: number;
  batch: RowBatch;
}

export interface Bundle {
  rootTopic: string;
  sourceTable: string;
  schemaHash: string;
  journalEpoch: string;
  /** At least one, in version order. */
  members: Member[];
}

function follows({ schemaHash, journalEpoch, members }: Bundle, batch: RowBatch): boolean {
  const last = members.at(-1)?.batch.lastCommitSeq ?? 0n;
  return (
    batch.schemaHash === schemaHash && batch.journalEpoch === journalEpoch && batch.firstCommitSeq > last
  );
}

/**
 * The first run of each lineage among `messages`. What is in no bundle is invalid, of another kind, names an epoch
 * before its own, or follows such a message: it is ingested alone.
 */
export function bundle(messages: readonly { topic: string; payload: Uint8Array }[]): Bundle[] {
  const bundles = new Map<string, Bundle>();
  const ended = new Set<string>();
  for (const [index, { topic, payload }] of messages.entries()) {
    const address = parseTopic(topic);
    if (address?.channel !== CHANNELS.rowsBatch) continue;
    const parsed = parseRowBatch(payload);
    if (!parsed.ok) continue;
    const { batch } = parsed;
    const { rootTopic } = address;
    const { sourceTable, schemaHash, journalEpoch } = batch;
    const key = JSON.stringify([rootTopic, sourceTable]);
    const open = bundles.get(key);
    if (ended.has(key) || batch.previousJournalEpoch !== null || (open && !follows(open, batch)))
      ended.add(key);
    else if (open !== undefined) open.members.push({ index, batch });
    else
      bundles.set(key, {
        rootTopic,
        sourceTable,
        schemaHash,
        journalEpoch,
        members: [{ index, batch }],
      });
  }
  return [...bundles.values()];
}
