// Mirrors of single devices go into a fleet's shared one while the devices go on sending and the worker is killed on the
// way. Prints how long it takes and exits 1 where the shared mirror is not, row for row, what was written last.
// Run: npm run bench -- consolidate [devices] [rows of each] [kills]
import { brokerFolder, bundleBroker, startBrokerProcess } from '@/server/testing/broker-process';
import { consolidateUnderFire } from '@/server/testing/consolidation-under-fire';
import { bundleProgram } from '@/server/testing/program';
import { startWorkerProcess } from '@/server/testing/worker-process';
import { inPlace } from './place';
import { timed } from './timed';

const DEVICES = Number(process.argv[2] ?? 50);
const ROWS_EACH = Number(process.argv[3] ?? 10_000);
const KILLS = Number(process.argv[4] ?? 3);
const PASSWORD = 'made for this bench';

await inPlace(async (db, { url }) => {
  const bundles = { broker: await bundleBroker(), worker: await bundleProgram('worker') };
  const folder = brokerFolder();
  const { dataDir } = folder;
  const broker = await startBrokerProcess(bundles.broker, {
    databaseUrl: url,
    dataDir,
    port: 0,
    workerPassword: PASSWORD,
  });
  try {
    console.log(`${DEVICES} mirrors of ${ROWS_EACH} rows, the worker killed ${KILLS} times`);
    const { wrong, ...facts } = await consolidateUnderFire(db, {
      devices: DEVICES,
      rowsEach: ROWS_EACH,
      kills: KILLS,
      phase: timed,
      startWorker: () =>
        startWorkerProcess(bundles.worker, {
          databaseUrl: url,
          mqttUrl: `mqtt://worker:${encodeURIComponent(PASSWORD)}@127.0.0.1:${broker.port}`,
          isEmbeddedBroker: true,
          slot: 'worker-1',
          dataDir,
        }),
    });
    console.log(JSON.stringify(facts));
    const isWhole =
      wrong.length === 0 &&
      facts.kills === KILLS &&
      facts.moved === DEVICES &&
      facts.planned.rows === DEVICES * ROWS_EACH;
    console.log(isWhole ? 'every row is what was written last' : `WRONG: ${wrong.slice(0, 5).join('; ')}`);
    if (!isWhole) process.exitCode = 1;
  } finally {
    await broker.kill();
    folder.remove();
  }
});
