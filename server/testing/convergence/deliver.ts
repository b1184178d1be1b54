/** Takes batches as a worker does: what waits together in one transaction where that goes, else one by one. */
import type { RootDb } from '@/server/db/client';
import { ingestGroup } from '@/server/engine/ingest/ingest-group';
import { ingestMessage, refuseAsFault, type IngestOutcome } from '@/server/engine/ingest/ingest-message';
import { retryRejectedBatch } from '@/server/engine/ingest/retry-rejected-batch';
import { uuidV7 } from '@/server/lib/uuid';
import { encodeRowBatch } from '@/server/protocol/row-batch-encode';
import { CHANNELS, topicOf } from '@/server/protocol/topics';
import { systemCtx } from '@/server/testing/engine';
import { isLostConnection } from './lost-connection';
import type { Delivery, Message } from './history';
import type { Change } from './life';
import { announcedKey, deviceOf, epochOfChange, type Play } from './play';
import { operatorOf } from './world';

interface Wire {
  topic: string;
  payload: Uint8Array;
}

/**
 * Up to where the device has had its receipts in the journal of `first`; null where it says nothing. What is kept as
 * rejected is left out: it comes again here, which a device that has had a receipt for it does not do.
 */
function deliveredThrough(play: Play, first: Change): bigint | null {
  if (!play.history.tellsDelivered) return null;
  const own = play.history.changes.filter((c) => c.device === first.device && c.epoch === first.epoch);
  const open = own.filter((c) => !play.delivered.has(c)).map((c) => c.seq);
  const through = open.length === 0 ? Math.max(...own.map((c) => c.seq)) : Math.min(...open) - 1;
  return through > 0 ? BigInt(through) : null;
}

function wireOf(play: Play, { changes, columns, reversed }: Message): Wire | null {
  const [first] = changes;
  if (first === undefined) return null;
  const epoch = epochOfChange(play.history, first);
  const rows = changes.map((c) => ({ commitSeq: BigInt(c.seq), op: c.op, pk: c.pk, row: c.row }));
  const payload = encodeRowBatch({
    batchId: uuidV7(),
    journalEpoch: epoch.uuid,
    previousJournalEpoch: epoch.previous,
    deliveredThrough: deliveredThrough(play, first),
    sourceTable: first.schema.table,
    schemaHash: first.schema.hash,
    schemaColumns: columns || !play.announced.has(announcedKey(first)) ? first.schema.columns : null,
    rows: reversed ? rows.reverse() : rows,
  });
  const topic = topicOf(deviceOf(play, first).rootTopic, CHANNELS.rowsBatch);
  return { topic, payload: new TextEncoder().encode(payload) };
}

function requireAccepted(outcome: IngestOutcome): void {
  if (outcome.kind === 'rejected')
    throw new Error(`a good batch was rejected: ${outcome.code} ${outcome.detail}`);
}

/** What goes in one transaction; null for each message that is to go alone. Trouble that passes leaves it to that. */
async function together(db: RootDb, wires: readonly Wire[]): Promise<(IngestOutcome | null)[]> {
  try {
    return await ingestGroup(systemCtx(db), wires);
  } catch (error) {
    if (!isLostConnection(error)) throw error;
    return wires.map(() => null);
  }
}

/** Delivers the messages of a step; a fault strikes through `db`. */
export async function deliver(play: Play, step: Delivery, db: RootDb): Promise<void> {
  const wires = step.messages.flatMap((m) => wireOf(play, m) ?? []);
  const changes = step.messages.flatMap((m) => m.changes);
  if (step.refused) {
    for (const wire of wires) await refuseAsFault(systemCtx(play.world.db), wire, 'a fault of the test');
    for (const wire of wires) play.refused.set(keyOf(wire), changes);
    play.kept += wires.length;
  } else {
    const outcomes = step.together ? await together(db, wires) : wires.map(() => null);
    for (const [i, wire] of wires.entries())
      requireAccepted(outcomes[i] ?? (await ingestMessage(systemCtx(db), wire)));
    for (const change of changes) play.delivered.add(change);
  }
}

const keyOf = ({ topic, payload }: Wire): string => `${topic}\n${Buffer.from(payload).toString('utf8')}`;

/** What cannot be read by anybody is kept, and counts for nothing. */
export async function sendGarbage(play: Play, device: number): Promise<void> {
  const topic = topicOf(deviceOf(play, { device }).rootTopic, CHANNELS.rowsBatch);
  const payload = new TextEncoder().encode('{');
  const outcome = await ingestMessage(systemCtx(play.world.db), { topic, payload });
  if (outcome.kind !== 'rejected') throw new Error('garbage was accepted');
  play.kept += 1;
}

/** An operator has kept batches tried again, those too that were taken before. */
export async function retryKept(play: Play, most: number): Promise<void> {
  const kept = await play.world.db.sql<{ id: string; topic: string; payload: Buffer }[]>`
    select id, topic, payload from tidegate.rejected_batch
    where project_id = ${play.place.projectId} and code = 'ingest_failed' order by received_at, id limit ${most}`;
  for (const { id, topic, payload } of kept) {
    const ctx = operatorOf(play.world, play.world.db);
    const result = await retryRejectedBatch({ ctx, projectId: play.place.projectId, rejectedBatchId: id });
    if (result.outcome !== 'accepted')
      throw new Error(`a good batch was rejected again: ${result.detail ?? ''}`);
    for (const change of play.refused.get(keyOf({ topic, payload })) ?? []) play.delivered.add(change);
  }
}
