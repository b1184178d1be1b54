/** Many random histories against one database, several at a time: each is bound by waiting for Postgres. */
import fc from 'fast-check';
import type { History } from './steps';
import { runHistory } from './run-history';
import { story } from './story';
import type { World } from './world';

export interface ConvergeOptions {
  histories: fc.Arbitrary<History>;
  runs: number;
  /** Decides every history; printed with a failure, and given back to see it again. */
  seed: number;
  lanes: number;
  /** Told of each history that has converged. */
  onDone?: () => void;
}

/** Throws with the seed, what is wrong and the whole story of the history that failed. */
export async function converge(world: World, options: ConvergeOptions): Promise<void> {
  const { histories, runs, seed, lanes, onDone } = options;
  const lane = async (n: number): Promise<void> => {
    const property = fc.asyncProperty(histories, async (history) => {
      await runHistory(world, history);
      onDone?.();
    });
    const details = await fc.check(property, {
      numRuns: Math.ceil(runs / lanes),
      seed: seed + n,
      endOnFailure: true,
    });
    if (!details.failed) return;
    const [history] = details.counterexample ?? [];
    const where = `seed ${String(details.seed)}, path ${details.counterexamplePath ?? ''}`;
    throw new Error(
      `${where}: ${String(details.errorInstance)}\n${history === undefined ? '' : story(history)}`,
      {
        cause: details.errorInstance,
      },
    );
  };
  await Promise.all(Array.from({ length: lanes }, (_, n) => lane(n)));
}
