// Replays give way to live traffic. One chunk of each due replay per round, so that a long one does not keep the
// others waiting; and while messages wait, at most half of the time goes to replays: without that the backlog of one
// approval would slow every device down.
import { setTimeout as sleepFor } from 'node:timers/promises';
import { classifySqlError, sqlMessage } from '@/server/db/sqlstate';
import type { Ctx } from '@/server/engine/context/context';
import { dueReplays, putOffReplay } from '@/server/engine/materialize/due-replays';
import { runReplayChunk } from '@/server/engine/materialize/replay-chunk';

const REPLAY_POLL_MS = 2_000;
const REPLAYS_AT_ONCE = 8;
const YIELD_MS_MAX = 500;

export interface ReplayTraffic {
  /** Messages that are held and not yet acknowledged. */
  waiting(): number;
  /** Waits; ends early, without an error, when the loop is stopped. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  warn(fields: Record<string, unknown>, message: string): void;
}

/** How long a replay stands back after a chunk that took `tookMs`, with so many messages waiting. */
export const yieldMs = (tookMs: number, waiting: number): number =>
  waiting === 0 ? 0 : Math.min(tookMs, YIELD_MS_MAX);

export const sleepUntilStopped = async (ms: number, signal: AbortSignal): Promise<void> => {
  await sleepFor(ms, undefined, { signal }).catch(() => undefined);
};

/** One round over the due replays. Answers the milliseconds until the next. */
export async function replayRound(ctx: Ctx, traffic: ReplayTraffic, signal: AbortSignal): Promise<number> {
  let more = false;
  for (const id of await dueReplays(ctx, REPLAYS_AT_ONCE)) {
    if (signal.aborted) break;
    const began = performance.now();
    more = (await runOne(ctx, id, traffic)) || more;
    const standBackMs = yieldMs(performance.now() - began, traffic.waiting());
    if (standBackMs > 0) await traffic.sleep(standBackMs, signal);
  }
  return more ? 0 : REPLAY_POLL_MS;
}

/** True where more of this replay may follow at once. */
async function runOne(ctx: Ctx, id: string, { warn }: ReplayTraffic): Promise<boolean> {
  try {
    return (await runReplayChunk(ctx, id)) === 'more';
  } catch (error) {
    const outcome = await putOffReplay(ctx, id, error);
    warn(
      { replay: id, error: sqlMessage(error), kind: classifySqlError(error) },
      outcome === 'failed'
        ? 'a replay is given up; its rows stay staged, reset the lineage to try again'
        : 'a replay is put off',
    );
    return false;
  }
}
