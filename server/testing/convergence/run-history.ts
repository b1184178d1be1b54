/**
 * Plays a history against the engine's own verbs. A step that an injected fault broke is done again, as a
 * broker delivers again and a person clicks again; any other transient error fails the history, since the
 * engine's lock order leaves no room for one.
 */
import { schemaReview } from '@/server/db/schema/governance';
import { classifySqlError, sqlState } from '@/server/db/sqlstate';
import type { RootDb } from '@/server/db/client';
import { Refusal } from '@/server/engine/errors/errors';
import { approveReview } from '@/server/engine/governance/approve-review';
import { claimReview } from '@/server/engine/governance/claim-review';
import { rejectReview } from '@/server/engine/governance/reject-review';
import { reopenReview } from '@/server/engine/governance/reopen-review';
import { ingestMessage } from '@/server/engine/ingest/ingest-message';
import { runReplayChunk } from '@/server/engine/materialize/replay-chunk';
import { resetMaterialization } from '@/server/engine/materialize/reset-materialization';
import { checkBackpressure } from '@/server/engine/staging/backpressure';
import { pauseLineage, resumeLineage } from '@/server/engine/staging/pause-lineage';
import { inTransaction } from '@/server/engine/context/context';
import { lockLineage } from '@/server/engine/lineages/lineage-row';
import { uuidV7 } from '@/server/lib/uuid';
import { encodeRowBatch } from '@/server/protocol/row-batch-encode';
import { CHANNELS, topicOf } from '@/server/protocol/topics';
import { systemCtx } from '@/server/testing/engine';
import { faultyDb } from '@/server/testing/faulty-db';
import { and, asc, eq, inArray } from 'drizzle-orm';
import { checkHistory } from './check-history';
import type { Action, Change, Delivery, History, Step } from './history';
import { SCHEMAS } from './values';
import { addDevice, operatorOf, type World, type WorldDevice } from './world';

interface Play {
  world: World;
  history: History;
  device: WorldDevice;
  delivered: Set<Change>;
  /** Hashes whose columns the cloud knows. A decision on a hash alone would be about inferred columns. */
  announced: Set<string>;
  garbage: number;
}

async function send(play: Play, delivery: Delivery, db: RootDb): Promise<void> {
  const [first] = delivery.changes;
  if (first === undefined) return;
  const epoch = play.history.epochs[first.epoch];
  const rows = delivery.changes.map((c) => ({ commitSeq: BigInt(c.seq), op: c.op, pk: c.pk, row: c.row }));
  const payload = encodeRowBatch({
    batchId: uuidV7(),
    journalEpoch: epoch?.uuid ?? '',
    previousJournalEpoch: epoch?.previous ?? null,
    sourceTable: first.schema.table,
    schemaHash: first.schema.hash,
    schemaColumns: delivery.columns || !play.announced.has(first.schema.hash) ? first.schema.columns : null,
    rows: delivery.reversed ? rows.reverse() : rows,
  });
  const topic = topicOf(play.device.rootTopic, CHANNELS.rowsBatch);
  const outcome = await ingestMessage(systemCtx(db), { topic, payload: new TextEncoder().encode(payload) });
  if (outcome.kind === 'rejected')
    throw new Error(`a good batch was rejected: ${outcome.code} ${outcome.detail}`);
}

type ReviewStatus = typeof schemaReview.$inferSelect.status;

async function oldestReview(play: Play, statuses: ReviewStatus[]) {
  const [row] = await play.world.db.orm
    .select()
    .from(schemaReview)
    .where(and(eq(schemaReview.deviceId, play.device.id), inArray(schemaReview.status, statuses)))
    .orderBy(asc(schemaReview.createdAt), asc(schemaReview.id))
    .limit(1);
  return row;
}

const OPEN: ReviewStatus[] = ['queued', 'in_review'];

async function decide(play: Play, kind: 'approve' | 'reject' | 'reopen', db: RootDb): Promise<boolean> {
  const review = await oldestReview(play, kind === 'reopen' ? ['rejected'] : OPEN);
  if (review === undefined) return false;
  const ctx = operatorOf(play.world, db);
  const target = { ctx, projectId: play.world.tenancy.projectId, reviewId: review.id };
  if (kind === 'reopen') {
    await reopenReview({ ...target, input: { action_version: review.actionVersion } });
    return true;
  }
  const claimed = await claimReview({ ...target, input: { action_version: review.actionVersion } });
  const input = { action_version: claimed.action_version };
  if (kind === 'reject') {
    await rejectReview({ ...target, input: { ...input, reason: 'not now' } });
    return true;
  }
  const schema = SCHEMAS.flat().find((s) => s.hash === review.schemaHash && s.table === review.sourceTable);
  const column_actions = (schema?.columns ?? []).map((c) => ({
    source_column_name: c.name,
    action: 'mirror' as const,
  }));
  await approveReview({ ...target, input: { ...input, column_actions } });
  return true;
}

async function openIntents(play: Play): Promise<string[]> {
  const rows = await play.world.db.sql<{ id: string }[]>`
    select i.id from tidegate.replay_intent i join tidegate.lineage l on l.id = i.lineage_id
    where l.device_id = ${play.device.id} and i.status in ('pending', 'running') order by i.id`;
  return rows.map((r) => r.id);
}

async function lineagesOf(play: Play, table: number | null): Promise<string[]> {
  const name = table === null ? null : (SCHEMAS[table]?.[0]?.table ?? '');
  const rows = await play.world.db.sql<{ id: string }[]>`
    select id from tidegate.lineage
    where device_id = ${play.device.id} and (${name}::text is null or source_table = ${name}::text) order by id`;
  return rows.map((r) => r.id);
}

async function drain(play: Play, db: RootDb, chunkRows: number): Promise<void> {
  const ctx = systemCtx(db);
  for (const id of await openIntents(play)) {
    let rounds = 0;
    while ((await runReplayChunk(ctx, id, chunkRows)) === 'more') {
      rounds += 1;
      if (rounds > 1000) throw new Error('a replay does not come to its end');
    }
  }
}

async function act(play: Play, action: Action, db: RootDb): Promise<void> {
  const { projectId } = play.world.tenancy;
  const ctx = operatorOf(play.world, db);
  switch (action.kind) {
    case 'approve':
    case 'reject':
    case 'reopen':
      await decide(play, action.kind, db);
      return;
    case 'reset':
      for (const lineageId of await lineagesOf(play, action.table))
        await resetMaterialization({ ctx, projectId, lineageId });
      return;
    case 'pause':
      for (const lineageId of await lineagesOf(play, action.table))
        await pauseLineage({ ctx, projectId, lineageId, input: { reason: 'work on the line' } });
      return;
    case 'resume':
      for (const lineageId of await lineagesOf(play, action.table))
        await resumeLineage({ ctx, projectId, lineageId });
      return;
    case 'replay': {
      const [intent] = await openIntents(play);
      if (intent !== undefined) await runReplayChunk(systemCtx(db), intent, action.chunkRows);
      return;
    }
    case 'drain':
      await drain(play, db, action.chunkRows);
      return;
    case 'sweep':
      for (const lineageId of await lineagesOf(play, null)) {
        await inTransaction({ ...ctx, db }, async (inner) =>
          checkBackpressure(inner, await lockLineage(inner, projectId, lineageId)),
        );
      }
      return;
    case 'garbage': {
      const topic = topicOf(play.device.rootTopic, CHANNELS.rowsBatch);
      const outcome = await ingestMessage(systemCtx(play.world.db), {
        topic,
        payload: new TextEncoder().encode('{'),
      });
      if (outcome.kind !== 'rejected') throw new Error('garbage was accepted');
      play.garbage += 1;
      return;
    }
  }
}

/** An injected fault; a killed connection also fails the statement that the pool hands to it next. */
const isLostConnection = (error: unknown): boolean =>
  classifySqlError(error) === 'transient' && !(sqlState(error) ?? '').startsWith('40');

/** Runs `attempt` until no fault strikes. What a verb refuses is an answer like any other. */
async function withFault(play: Play, step: Step, attempt: (db: RootDb) => Promise<void>): Promise<void> {
  let db = faultyDb(play.world.db, step.fault).db;
  for (let tries = 1; ; tries++) {
    try {
      await attempt(db);
      return;
    } catch (error) {
      if (error instanceof Refusal) return;
      if (tries > 10 || !isLostConnection(error)) throw error;
      db = play.world.db;
    }
  }
}

/** The same for what carries no fault of its own. */
async function steady(run: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await run();
      return;
    } catch (error) {
      if (tries > 10 || !isLostConnection(error)) throw error;
    }
  }
}

async function play(state: Play, step: Step): Promise<void> {
  if (step.kind !== 'batch') return withFault(state, step, (db) => act(state, step, db));
  await withFault(state, step, (db) => send(state, step, db));
  for (const change of step.changes) state.delivered.add(change);
}

/** Decides, resumes, resets and drains until nothing is left to do. */
async function settle(state: Play): Promise<void> {
  const { db, tenancy } = state.world;
  const ctx = operatorOf(state.world, db);
  const tolerant = async (run: Promise<unknown>) =>
    run.catch((error: unknown) => {
      if (!(error instanceof Refusal)) throw error;
    });
  while (await decide(state, 'reopen', db));
  while (await decide(state, 'approve', db));
  await drain(state, db, 2);
  for (const lineageId of await lineagesOf(state, null)) {
    const target = { ctx, projectId: tenancy.projectId, lineageId };
    await tolerant(resumeLineage(target));
    await tolerant(resetMaterialization(target));
  }
  await drain(state, db, 1000);
  for (const lineageId of await lineagesOf(state, null)) {
    await inTransaction(ctx, async (inner) =>
      checkBackpressure(inner, await lockLineage(inner, tenancy.projectId, lineageId)),
    );
  }
  await drain(state, db, 1000);
}

/** Plays `history` on a device of its own. Throws where, at a checkpoint or in the end, the engine is not what the history says. */
export async function runHistory(world: World, history: History): Promise<void> {
  const device = await addDevice(world, history.fleet);
  const state: Play = { world, history, device, delivered: new Set(), announced: new Set(), garbage: 0 };
  for (const { steps, check } of history.groups) {
    await Promise.all(steps.map((step) => play(state, step)));
    for (const { schema } of state.delivered) state.announced.add(schema.hash);
    if (check) await steady(() => checkHistory({ ...state, isSettled: false }));
  }
  await steady(() => settle(state));
  await steady(() => checkHistory({ ...state, isSettled: true }));
}
