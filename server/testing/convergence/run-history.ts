/**
 * Plays a history against the engine's own verbs. A step that an injected fault broke is done again, as a
 * broker delivers again and a person clicks again; any other transient error fails the history, since the
 * engine's lock order leaves no room for one.
 */
import type { RootDb } from '@/server/db/client';
import { Refusal } from '@/server/engine/errors/errors';
import { faultyDb } from '@/server/testing/faulty-db';
import { act } from './act';
import { checkHeld, checkHistory } from './check-history';
import { deliver } from './deliver';
import { checkLate, deliverSamples } from './deliver-samples';
import type { History, Step } from './steps';
import { forget, isForgetting } from './forget';
import { isLostConnection } from './lost-connection';
import { announcedKey, type Play } from './play';
import { pausedTables } from './read-state';
import { settle } from './settle';
import { addDevices, makePlace, type World } from './world';

const TRIES_MAX = 10;

/** Runs `attempt` until no fault strikes. What a verb refuses is an answer like any other. */
async function withFault(play: Play, step: Step, attempt: (db: RootDb) => Promise<void>): Promise<void> {
  let db = faultyDb(play.world.db, step.fault).db;
  for (let tries = 1; ; tries++) {
    try {
      await attempt(db);
      return;
    } catch (error) {
      if (error instanceof Refusal) return;
      if (tries > TRIES_MAX || !isLostConnection(error)) throw error;
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
      if (tries > TRIES_MAX || !isLostConnection(error)) throw error;
    }
  }
}

const take = (play: Play, step: Step): Promise<void> =>
  withFault(play, step, (db) => {
    if (step.kind === 'batch') return deliver(play, step, db);
    return step.kind === 'samples' ? deliverSamples(play, step, db) : act(play, step, db);
  });

const NONE: ReadonlySet<string> = new Set();

/** Plays `history` in a place of its own. Throws where, at a checkpoint or in the end, the engine is not what the history says. */
export async function runHistory(world: World, history: History): Promise<void> {
  const place = await makePlace(world, history.policy);
  const devices = await addDevices(
    world,
    place,
    history.devices.map((d) => d.fleet),
  );
  const play: Play = {
    world,
    place,
    history,
    devices,
    delivered: new Set(),
    forgotten: new Set(),
    leftBehind: new Set(),
    nulled: new Map(),
    oldEpochs: new Map(),
    taken: new Set(),
    late: new Set(),
    refused: new Map(),
    announced: new Set(),
    approved: new Set(),
    kept: 0,
  };
  for (const { steps, check } of history.groups) {
    const known = new Set(play.delivered);
    const held = steps.length === 1 && steps[0]?.kind === 'batch' ? await pausedTables(play) : NONE;
    const [alone] = steps;
    if (alone !== undefined && isForgetting(alone)) await forget(play, alone.kind, () => take(play, alone));
    else await Promise.all(steps.map((step) => take(play, step)));
    checkLate(play);
    if (held.size > 0) await steady(() => checkHeld(play, held, known));
    for (const change of play.delivered) play.announced.add(announcedKey(change));
    if (check) await steady(() => checkHistory(play, false));
  }
  await steady(() => settle(play));
  await steady(() => checkHistory(play, true));
}
