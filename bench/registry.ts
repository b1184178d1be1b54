// One schema on many devices: how long the first batches, the one approval and the replays take, and that every row
// ends under its device. Prints what is reached and exits 1 where the state is wrong; asserts no time.
// Run: npm run bench -- registry [devices] [rows of each]
import { isDeepStrictEqual } from 'node:util';
import { decideOnce, type Facts } from '@/server/testing/one-shape';
import { inPlace } from './place';
import { timed } from './timed';

const DEVICES = Number(process.argv[2] ?? 1000);
const ROWS_EACH = Number(process.argv[3] ?? 20);

const expected: Facts = {
  waiting: DEVICES,
  waitingRows: DEVICES * ROWS_EACH,
  registryReviews: 1,
  deviceReviews: 0,
  active: DEVICES + 1,
  stagedRows: 0,
  misplaced: [],
  late: { staged: 0, rows: 1 },
};

await inPlace(async (db) => {
  console.log(`${DEVICES} devices, ${ROWS_EACH} rows each, in one first batch`);
  const facts = await decideOnce(db, DEVICES, ROWS_EACH, timed);
  if (!isDeepStrictEqual(facts, expected)) {
    console.log(`WRONG: ${JSON.stringify({ ...facts, misplaced: facts.misplaced.slice(0, 5) })}`);
    process.exitCode = 1;
    return;
  }
  console.log(
    'one registry review, one approval; every lineage active, every row in one mirror under its device',
  );
});
