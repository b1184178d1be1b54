/** Takes batches as a worker does: what waits together in one transaction where that goes, else one by one. */
import type { RootDb } from '@/server/db/client';
import { classifySqlError } from '@/server/db/sqlstate';
import { ingestGroup } from '@/server/engine/ingest/ingest-group';
import { ingestMessage, refuseAsFault, type IngestOutcome } from '@/server/engine/ingest/ingest-message';
import { retryRejectedBatch } from '@/server/engine/ingest/retry-rejected-batch';
import { uuidV7 } from '@/server/lib/uuid';
import { encodeRowBatch } from '@/server/protocol/row-batch-encode';
import { CHANNELS, topicOf } from '@/server/protocol/topics';
import { systemCtx } from '@/server/testing/engine';
import { refusedMessages } from '@/server/testing/rejected-messages';
import { isLostConnection } from './lost-connection';
import type { Delivery, Message } from './steps';
import type { Change } from './life';
import { announcedKey, deviceOf, epochOfChange, type Play } from './play';

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

/**
 * What is kept as rejected may be tried again when its lineage is gone: what the cloud knew of the columns went with it,
 * and rows that it calls delivered come again here.
 */
const mayOutliveItsLineage = ({ history }: Play, { refused }: Delivery): boolean =>
  refused !== null && history.groups.some(({ steps }) => steps.some(({ kind }) => kind === 'delete'));

function wireOf(play: Play, step: Delivery, { changes, columns, reversed }: Message): Wire | null {
  const [first] = changes;
  if (first === undefined) return null;
  const epoch = epochOfChange(play.history, first);
  const mayOutlive = mayOutliveItsLineage(play, step);
  const isTold = columns || !play.announced.has(announcedKey(first)) || mayOutlive;
  const rows = changes.map((c) => ({ commitSeq: BigInt(c.seq), op: c.op, pk: c.pk, row: c.row }));
  const payload = encodeRowBatch({
    batchId: uuidV7(),
    journalEpoch: epoch.uuid,
    previousJournalEpoch: epoch.previous,
    deliveredThrough: mayOutlive ? null : deliveredThrough(play, first),
    sourceTable: first.schema.table,
    schemaHash: first.schema.hash,
    schemaColumns: isTold ? first.schema.columns : null,
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
    // A key that is too long for an index is found by Postgres alone, which then refuses the whole group.
    if (!isLostConnection(error) && classifySqlError(error) !== 'data') throw error;
    return wires.map(() => null);
  }
}

/** From here on the engine answers for them. */
function taken(play: Play, changes: readonly Change[]): void {
  for (const change of changes) {
    play.delivered.add(change);
    play.forgotten.delete(change);
  }
}

async function refuse(play: Play, wires: readonly Wire[]): Promise<void> {
  for (const wire of wires) await refuseAsFault(systemCtx(play.world.db), wire, 'a fault of the test');
}

/** They come while their device is registered under another topic. */
async function refuseUnknown(play: Play, changes: readonly Change[], wires: readonly Wire[]): Promise<void> {
  const [first] = changes;
  if (first === undefined) return;
  const { sql } = play.world.db;
  const { id, rootTopic } = deviceOf(play, first);
  const register = (topic: string) => sql`update tidegate.device set root_topic = ${topic} where id = ${id}`;
  await register(`${rootTopic}-elsewhere`);
  for (const wire of wires) {
    const outcome = await ingestMessage(systemCtx(play.world.db), wire);
    if (outcome.kind !== 'rejected' || outcome.code !== 'unknown_device')
      throw new Error('a batch of an unknown device was taken');
  }
  await register(rootTopic);
}

/** Delivers the messages of a step; a fault strikes through `db`. */
export async function deliver(play: Play, step: Delivery, db: RootDb): Promise<void> {
  const wires = step.messages.flatMap((m) => wireOf(play, step, m) ?? []);
  const changes = step.messages.flatMap((m) => m.changes);
  if (step.refused !== null) {
    await (step.refused === 'fault' ? refuse(play, wires) : refuseUnknown(play, changes, wires));
    for (const wire of wires) play.refused.set(keyOf(wire), changes);
    play.kept += wires.length;
  } else {
    const outcomes = step.together ? await together(db, wires) : wires.map(() => null);
    for (const [i, wire] of wires.entries())
      requireAccepted(outcomes[i] ?? (await ingestMessage(systemCtx(db), wire)));
    taken(play, changes);
  }
}

const keyOf = ({ topic, payload }: Wire): string => `${topic}\n${Buffer.from(payload).toString('utf8')}`;

/** What no agent sends and nobody can cure; without those whose size would be all that takes time. */
const GARBAGE = Object.entries(refusedMessages())
  .filter(([code]) => code !== 'payload_too_large' && code !== 'batch_too_many_rows')
  .map(([, { channel, payload }]) => ({
    channel,
    payload: typeof payload === 'string' ? new TextEncoder().encode(payload) : payload,
  }));

/** It is kept, and counts for nothing. */
export async function sendGarbage(play: Play, device: number, pick: number): Promise<void> {
  const garbage = GARBAGE[pick % GARBAGE.length];
  if (garbage === undefined) return;
  const topic = topicOf(deviceOf(play, { device }).rootTopic, garbage.channel);
  const outcome = await ingestMessage(systemCtx(play.world.db), { topic, payload: garbage.payload });
  if (outcome.kind !== 'rejected') throw new Error('garbage was accepted');
  play.kept += 1;
}

interface Kept {
  id: string;
  topic: string;
  payload: Buffer;
}

/** What is kept for the history's devices, the oldest first; what belongs to no project by its topic. */
const keptOf = ({ world, place }: Play) => world.db.sql<Kept[]>`
  select id, topic, payload from tidegate.rejected_batch
  where project_id = ${place.projectId}
    or (project_id is null and topic like ${`w-${place.projectId}/%`})
  order by received_at, id`;

/** An owner has a kept batch tried again: those of the history are cured by now, and the others never are. */
async function retry(play: Play, { id, topic, payload }: Kept): Promise<void> {
  const changes = play.refused.get(keyOf({ topic, payload }));
  const ctx = { ...play.world.tenancy.people.owner.ctx, db: play.world.db };
  const result = await retryRejectedBatch({ ctx, projectId: play.place.projectId, rejectedBatchId: id });
  const due = changes === undefined ? 'rejected' : 'accepted';
  if (result.outcome !== due) throw new Error(`a kept batch is ${result.outcome}: ${result.detail ?? ''}`);
  taken(play, changes ?? []);
}

/** Has one of the kept batches tried again, also one that was taken before. */
export async function retryOne(play: Play, pick: number): Promise<void> {
  const kept = await keptOf(play);
  const one = kept[pick % Math.max(1, kept.length)];
  if (one !== undefined) await retry(play, one);
}

/** Has everything tried again that can be taken. */
export async function retryRefused(play: Play): Promise<void> {
  if (play.refused.size === 0) return;
  for (const one of await keptOf(play)) if (play.refused.has(keyOf(one))) await retry(play, one);
}
