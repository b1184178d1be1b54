/** Many random histories against one database, several at a time: each is bound by waiting for Postgres. */
import fc from 'fast-check';
import { histories } from './history';
import { runHistory } from './run-history';
import type { World } from './world';

export interface ConvergeOptions {
  runs: number;
  /** Decides every history; printed with a failure, and given back to see it again. */
  seed: number;
  lanes: number;
}

/** Throws with the seed and the smallest failing history that was found. */
export async function converge(world: World, { runs, seed, lanes }: ConvergeOptions): Promise<void> {
  const lane = (n: number) =>
    fc.assert(
      fc.asyncProperty(histories, (history) => runHistory(world, history)),
      {
        numRuns: Math.ceil(runs / lanes),
        seed: seed + n,
        verbose: 1,
        endOnFailure: true,
      },
    );
  await Promise.all(Array.from({ length: lanes }, (_, n) => lane(n)));
}
