/** What operators and workers do besides taking batches. */
import type { RootDb } from '@/server/db/client';
import { inTransaction } from '@/server/engine/context/context';
import { lockLineage } from '@/server/engine/lineages/lineage-row';
import { resetMaterialization } from '@/server/engine/materialize/reset-materialization';
import { runReplayChunk } from '@/server/engine/materialize/replay-chunk';
import { deleteTombstones } from '@/server/engine/retention/tombstones';
import { checkBackpressure } from '@/server/engine/staging/backpressure';
import { pauseLineage, resumeLineage } from '@/server/engine/staging/pause-lineage';
import { systemCtx } from '@/server/testing/engine';
import { amend, decideReview, deferredReviews, OPEN, reviewsIn } from './decide-own';
import {
  changeMode,
  decideShared,
  handleJobs,
  mergeStep,
  reconcileSome,
  sharedReviewsIn,
  startMerge,
} from './decide-shared';
import { retryOne, sendGarbage } from './deliver';
import { takeAway } from './forget';
import type { Action } from './steps';
import type { Play } from './play';
import { isOfSamples, TABLES } from './values';
import { operatorOf } from './world';

const CHUNKS_MAX = 1000;

/** Open replays of the history's devices. */
export async function openIntents({ world, place }: Play): Promise<string[]> {
  const rows = await world.db.sql<{ id: string }[]>`
    select i.id from tidegate.replay_intent i join tidegate.lineage l on l.id = i.lineage_id
    where l.project_id = ${place.projectId} and i.status in ('pending', 'running') order by i.id`;
  return rows.map((r) => r.id);
}

/** The lineage of one device's table, where there is one. */
export async function lineagesOf(
  { world, place, devices }: Play,
  one: { device: number; table: number },
): Promise<string[]> {
  const device = devices[one.device % devices.length]?.id ?? '';
  const table = TABLES[one.table] ?? '';
  const rows = await world.db.sql<{ id: string }[]>`
    select id from tidegate.lineage
    where project_id = ${place.projectId} and device_id = ${device} and source_table = ${table}`;
  return rows.map((r) => r.id);
}

/** Runs every open replay to its end, or to what holds it. */
export async function drain(play: Play, db: RootDb, chunkRows: number): Promise<void> {
  const ctx = systemCtx(db);
  for (const id of await openIntents(play)) {
    let chunks = 0;
    while ((await runReplayChunk(ctx, id, chunkRows)) === 'more') {
      chunks += 1;
      if (chunks > CHUNKS_MAX) throw new Error('a replay does not come to its end');
    }
  }
}

/** Looks at every backlog, as the sweep does. */
export async function sweepAll(play: Play, db: RootDb): Promise<void> {
  const ctx = operatorOf(play.world, db);
  const held = await play.world.db.sql<{ id: string }[]>`
    select l.id from tidegate.lineage l join tidegate.pause_cause p on p.lineage_id = l.id
    where l.project_id = ${play.place.projectId} and p.cause = 'backpressure' order by l.id`;
  for (const { id: lineageId } of held) {
    await inTransaction(ctx, async (inner) =>
      checkBackpressure(inner, await lockLineage(inner, play.place.projectId, lineageId)),
    );
  }
}

const nth = <T>(of: readonly T[], pick: number): T | undefined => of[pick % Math.max(1, of.length)];

async function decideSome(play: Play, action: Action, db: RootDb): Promise<void> {
  const { kind, pick } = action;
  if (kind === 'amend') {
    const review = nth(await deferredReviews(play), pick);
    if (review !== undefined) await amend(play, review, db);
    return;
  }
  if (kind !== 'approve' && kind !== 'reject' && kind !== 'reopen') return;
  const review = nth(await reviewsIn(play, kind === 'reopen' ? ['rejected'] : OPEN), pick);
  if (review !== undefined) await decideReview(play, review, kind, pick, db);
}

/** Carries out `action` through `db`. Throws what the verbs refuse. */
export async function act(play: Play, action: Action, db: RootDb): Promise<void> {
  const { projectId } = play.place;
  const { kind, pick, chunkRows, table } = action;
  const ctx = operatorOf(play.world, db);
  switch (kind) {
    case 'approve':
    case 'reject':
    case 'reopen':
    case 'amend':
      return decideSome(play, action, db);
    case 'reset':
      for (const lineageId of await lineagesOf(play, action))
        await resetMaterialization({ ctx, projectId, lineageId });
      return;
    case 'pause':
      for (const lineageId of await lineagesOf(play, action))
        await pauseLineage({ ctx, projectId, lineageId, input: { reason: 'work on the line' } });
      return;
    case 'resume':
      for (const lineageId of await lineagesOf(play, action))
        await resumeLineage({ ctx, projectId, lineageId });
      return;
    case 'replay': {
      const intent = nth(await openIntents(play), pick);
      if (intent !== undefined) await runReplayChunk(systemCtx(db), intent, chunkRows);
      return;
    }
    case 'drain':
      return drain(play, db, chunkRows);
    case 'sweep':
      return sweepAll(play, db);
    case 'garbage':
      return sendGarbage(play, action.device % play.devices.length, pick);
    case 'retry':
      return retryOne(play, pick);
    case 'remedy':
    case 'discard':
    case 'delete':
      if (isOfSamples(TABLES[table] ?? '')) return;
      for (const lineageId of await lineagesOf(play, action))
        await takeAway(play, kind, { lineageId, pick, ctx });
      return;
    case 'retention':
      await deleteTombstones(systemCtx(db), new AbortController().signal);
      return;
    case 'approve_shared':
    case 'reject_shared':
    case 'reopen_shared':
    case 'abandon_shared': {
      const states = kind === 'reopen_shared' ? ['rejected'] : OPEN;
      const review = nth(await sharedReviewsIn(play, states), pick);
      if (review !== undefined) await decideShared(play, review, kind, pick, db);
      return;
    }
    case 'mode':
      return changeMode(play, pick, db);
    case 'consolidate':
      return startMerge(play, table, pick, db);
    case 'merge':
      await mergeStep(play, chunkRows, db);
      return;
    case 'stop_merge':
    case 'go_on_merge':
    case 'drop_old':
      return handleJobs(play, kind, db);
    case 'reconcile':
      return reconcileSome(play, pick, db);
  }
}
