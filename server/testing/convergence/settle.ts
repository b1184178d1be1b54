/** Decides, resumes, resets, merges and drains until nothing is left to do. */
import { Refusal } from '@/server/engine/errors/errors';
import { resetMaterialization } from '@/server/engine/materialize/reset-materialization';
import { resumeLineage } from '@/server/engine/staging/pause-lineage';
import { groupBy } from '@/server/lib/group-by';
import { drain, openIntents, sweepAll } from './act';
import { amend, decideReview, deferredReviews, OPEN, reviewsIn } from './decide-own';
import { decideShared, handleJobs, mergeStep, sharedReviewsIn } from './decide-shared';
import { deliver, retryRefused } from './deliver';
import { forget, takeAway } from './forget';
import type { Play } from './play';
import { operatorOf } from './world';

const ROUNDS_MAX = 5;
const ALL = 1000;

/** What a verb refuses is an answer like any other. */
async function tolerant(run: Promise<unknown>): Promise<void> {
  await run.catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error;
  });
}

async function decideAll(play: Play): Promise<void> {
  const { db } = play.world;
  for (const review of await sharedReviewsIn(play, ['rejected']))
    await tolerant(decideShared(play, review, 'reopen_shared', 0, db));
  for (const review of await sharedReviewsIn(play, OPEN))
    await tolerant(decideShared(play, review, 'approve_shared', 0, db));
  for (const review of await reviewsIn(play, ['rejected']))
    await tolerant(decideReview(play, review, 'reopen', 0, db));
  // One by one: the decision on one may answer another, or change what it asks.
  const refused = new Set<string>();
  for (;;) {
    const review = (await reviewsIn(play, OPEN)).find(({ id }) => !refused.has(id));
    if (review === undefined) break;
    await decideReview(play, review, 'approve', 0, db).catch((error: unknown) => {
      if (!(error instanceof Refusal)) throw error;
      refused.add(review.id);
    });
  }
  for (const review of await deferredReviews(play)) await tolerant(amend(play, review, db));
}

/** What is done about each lineage's failed rows before they are tried again as they are; what is refused stays so. */
async function mend(play: Play): Promise<void> {
  const { remedyPick: pick } = play.history;
  if (pick === null || play.history.isPartial) return;
  const { db } = play.world;
  const ctx = operatorOf(play.world, db);
  for (const { id: lineageId, isBroken } of await heldLineages(play)) {
    if (!isBroken) continue;
    await forget(play, 'remedy', () => tolerant(takeAway(play, 'remedy', { lineageId, pick, ctx })));
  }
}

async function goOn(play: Play): Promise<void> {
  const { db } = play.world;
  const { rowsMax } = play.history;
  await tolerant(handleJobs(play, 'go_on_merge', db));
  while (await mergeStep(play, rowsMax, db));
  await drain(play, db, rowsMax);
  await mend(play);
  const ctx = operatorOf(play.world, db);
  for (const { id: lineageId, isPaused, isBroken } of await heldLineages(play)) {
    const target = { ctx, projectId: play.place.projectId, lineageId };
    if (isPaused) await resumeLineage(target);
    if (isBroken) await resetMaterialization(target);
  }
  await drain(play, db, ALL);
  await sweepAll(play, db);
}

/** Lineages that an operator has paused, or whose rows have failed. */
const heldLineages = ({ world, place }: Play) => world.db.sql<
  { id: string; isPaused: boolean; isBroken: boolean }[]
>`
  select id, is_paused as "isPaused", is_broken as "isBroken" from (
    select l.id,
      exists (select from tidegate.pause_cause p where p.lineage_id = l.id and p.cause = 'operator') as is_paused,
      exists (select from tidegate.pause_cause p where p.lineage_id = l.id and p.cause = 'circuit_breaker')
        or exists (select from tidegate.staged_row s where s.lineage_id = l.id and s.error is not null) as is_broken
    from tidegate.lineage l where l.project_id = ${place.projectId}) h
  where is_paused or is_broken order by id`;

/** Every batch once more, as a device that has heard of nothing sends it: it changes nothing, but asks what is left undecided. */
async function sendAllAgain(play: Play): Promise<void> {
  const batches = groupBy(play.history.changes, (c) => `${c.device}/${c.epoch}/${c.schema.hash}`);
  const messages = [...batches.values()].map((changes) => ({ changes, columns: true, reversed: false }));
  const { endsTogether: together } = play.history;
  await deliver(play, { kind: 'batch', messages, together, refused: null, fault: null }, play.world.db);
}

/** Whether nobody is asked anything, nothing but a backlog of failed rows holds, and no row waits for a replay. */
async function isDecided(play: Play): Promise<boolean> {
  const open = [...(await reviewsIn(play, OPEN)), ...(await sharedReviewsIn(play, OPEN))];
  const [held] = await play.world.db.sql<{ any: boolean }[]>`
    select exists (select from tidegate.lineage l where l.project_id = ${play.place.projectId} and (
      exists (select from tidegate.pause_cause p where p.lineage_id = l.id and p.cause <> 'backpressure')
      or exists (select from tidegate.staged_row s
                 where s.lineage_id = l.id and s.staging_reason <> 'materialization_failed'))) as any`;
  return open.length === 0 && held?.any === false && (await openIntents(play)).length === 0;
}

/** Throws where it never comes to an end. */
export async function settle(play: Play): Promise<void> {
  await retryRefused(play);
  await decideAll(play);
  await goOn(play);
  await sendAllAgain(play);
  for (let round = 1; !(await isDecided(play)); round++) {
    if (round > ROUNDS_MAX) throw new Error('what is left to decide does not come to an end');
    await decideAll(play);
    await goOn(play);
  }
}
