/** Where a worker is killed while 120,000 rows go through it: each run elsewhere, and there again with the seed that its name says. */
import { randomInt } from 'node:crypto';
import fc from 'fast-check';

const seedGiven = process.env['BACKPRESSURE_SEED'];
export const SEED = seedGiven === undefined ? randomInt(2 ** 31) : Number(seedGiven);

export interface Kill {
  /** A count of rows. */
  at: number;
  /** The worker that comes after it is killed too, before it can have done anything. */
  isTwice: boolean;
}

export interface Kills {
  /** By how many rows are taken, in order. */
  taking: Kill[];
  /** By how many rows are left to drain: once above the threshold of the resume, and once below it. */
  above: Kill;
  below: Kill;
  /** One kill is at the resume: once it is decided, else just before. */
  isAfterResume: boolean;
}

/** How near to the threshold a kill above or below it may be, in rows. */
const APART = 2000;

/** The kills of a seed. */
export function killsOf(seed: number, { rows, resumeBelow }: { rows: number; resumeBelow: number }): Kills {
  const kill = (min: number, max: number) =>
    fc.record({ at: fc.integer({ min, max }), isTwice: fc.boolean() });
  const kills = fc.record({
    taking: fc
      .array(kill(0, rows - 1), { minLength: 3, maxLength: 3 })
      .map((three) => three.sort((a, b) => a.at - b.at)),
    above: kill(resumeBelow + APART, rows),
    below: kill(1, resumeBelow - APART),
    isAfterResume: fc.boolean(),
  });
  const [first] = fc.sample(kills, { seed, numRuns: 1 });
  if (first === undefined) throw new Error('no kills');
  return first;
}
