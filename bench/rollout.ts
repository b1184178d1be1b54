// Two versions of a schema in one shared mirror while devices go over and back. Prints how long it takes and exits 1
// where a row is not what its device wrote last. Run: npm run bench -- rollout [devices]
import { isDeepStrictEqual } from 'node:util';
import { rollOut, type RolloutFacts } from '@/server/testing/two-versions';
import { inPlace } from './place';

const DEVICES = Number(process.argv[2] ?? 400);

const expected: RolloutFacts = {
  mirrors: 1,
  registryReviews: 2,
  deviceReviews: 0,
  paused: 0,
  stagedRows: 0,
  wrong: [],
};

await inPlace(async (db) => {
  const began = performance.now();
  const facts = await rollOut(db, DEVICES);
  console.log(`${DEVICES} devices on two versions: ${((performance.now() - began) / 1000).toFixed(1)} s`);
  if (isDeepStrictEqual(facts, expected)) {
    console.log('two decisions, one mirror; every row is what its device wrote last');
    return;
  }
  console.log(`WRONG: ${JSON.stringify({ ...facts, wrong: facts.wrong.slice(0, 5) })}`);
  process.exitCode = 1;
});
