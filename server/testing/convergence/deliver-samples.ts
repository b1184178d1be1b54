/** Takes batches of samples as a worker does, and holds a refusal to the one reason that there can be. */
import type { RootDb } from '@/server/db/client';
import { ingestMessage } from '@/server/engine/ingest/ingest-message';
import { encodeTelemetryBatch } from '@/server/protocol/telemetry-batch-encode';
import { CHANNELS, topicOf } from '@/server/protocol/topics';
import { systemCtx } from '@/server/testing/engine';
import { deviceOf, type Play } from './play';
import type { SampleBatch, SampleDelivery } from './samples';

/** Whether a batch with this seq, or a later one, has been taken. */
const isPast = (play: Play, { seq }: SampleBatch): boolean =>
  [...play.taken].some((other) => other.seq >= seq);

/** Delivers a batch; a fault strikes through `db`. */
export async function deliverSamples(play: Play, { batch }: SampleDelivery, db: RootDb): Promise<void> {
  const payload = encodeTelemetryBatch({
    batchId: batch.batchId,
    batchSeq: BigInt(batch.seq),
    sourceTable: batch.schema.table,
    schemaHash: batch.schema.hash,
    schemaColumns: batch.schema.columns,
    rows: batch.rows,
  });
  const topic = topicOf(deviceOf(play, batch).rootTopic, CHANNELS.telemetryBatch);
  const outcome = await ingestMessage(systemCtx(db), { topic, payload: new TextEncoder().encode(payload) });
  if (outcome.kind === 'accepted') {
    play.taken.add(batch);
    for (const change of batch.changes) play.delivered.add(change);
    return;
  }
  if (!/^(?:stale|duplicate)_batch_seq$/.test(outcome.code))
    throw new Error(`a good batch of samples was rejected: ${outcome.code} ${outcome.detail}`);
  play.late.add(batch);
}

/** Throws where a batch was refused as late and no later one has been taken. Once nothing is under way. */
export function checkLate(play: Play): void {
  for (const batch of play.late) {
    if (play.taken.has(batch)) throw new Error(`batch ${String(batch.seq)} was taken, and then refused`);
    if (!isPast(play, batch)) throw new Error(`batch ${String(batch.seq)} was refused, and none is later`);
  }
}
