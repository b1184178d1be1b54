/** A fleet whose devices all send one shape, from the first batch to the shared mirror: for the test and the bench. */
import type { RootDb } from '@/server/db/client';
import { DEVICE_STATE, drainReplays, makeDevicesIn, put, type TestDevice } from './engine';
import { approveShared, openRegistryReview, registryReviews, setMode, sharedRows } from './registry';
import { makeTenancy, type TestTenancy } from './tenancy';

/** Sends at once; more would only wait for a connection. */
const LANES = 16;

export interface OneShape {
  tenancy: TestTenancy;
  devices: TestDevice[];
  rowsEach: number;
}

/** Called around each phase; `rows` is what the phase brings on its way. */
export type Phase = <T>(name: string, rows: number, run: () => Promise<T>) => Promise<T>;

export interface Facts {
  /** Lineages and staged rows that the one open review showed. */
  waiting: number;
  waitingRows: number;
  /** Registry reviews and reviews of single devices that there ever were. */
  registryReviews: number;
  deviceReviews: number;
  active: number;
  stagedRows: number;
  /** `device id/row id` of the shared mirror that nobody sent, or that is missing there. */
  misplaced: string[];
  /** What became of the first batch of the device that came last. */
  late: { staged: number | null; rows: number };
}

const rowsOf = (device: TestDevice, count: number) =>
  Array.from({ length: count }, (_, n) => put(n + 1, { id: n, mode: device.id, setpoint: n }));

async function sendAll({ devices, rowsEach }: OneShape): Promise<void> {
  const queue = devices.values();
  const lane = async () => {
    for (const device of queue) {
      const outcome = await device.send(DEVICE_STATE, rowsOf(device, rowsEach));
      if (outcome.kind !== 'accepted') throw new Error(`a first batch was rejected: ${outcome.detail}`);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

/** Every row under the device that wrote it, and nothing else. */
async function misplacedRows(
  db: RootDb,
  { tenancy, devices, rowsEach }: OneShape,
  more: readonly string[],
): Promise<string[]> {
  const expected = new Set([
    ...devices.flatMap((d) => Array.from({ length: rowsEach }, (_, n) => `${d.id}/${String(n)} ${d.id}`)),
    ...more,
  ]);
  const rows = await sharedRows(db, tenancy.projectId, DEVICE_STATE.name);
  const found = rows.map((r) => `${String(r['device_id'])}/${String(r['id'])} ${String(r['mode'])}`);
  const unsent = found.filter((row) => !expected.delete(row));
  return [...unsent, ...expected];
}

/** Lets `size` devices bring one shape, approves it once, and then lets one more device come. */
export async function decideOnce(
  db: RootDb,
  size: number,
  rowsEach: number,
  phase: Phase = (_, __, run) => run(),
): Promise<Facts> {
  const tenancy = await makeTenancy(db);
  await setMode(tenancy, 'project');
  const shape = { tenancy, devices: await makeDevicesIn(db, tenancy, size, 'pump'), rowsEach };
  const rows = size * rowsEach;
  await phase('first batches, staged', rows, () => sendAll(shape));
  const review = await openRegistryReview(tenancy);
  await phase('one approval', 0, () => approveShared(tenancy, DEVICE_STATE));
  await phase('replays into the shared mirror', rows, () => drainReplays(db));
  const [last] = await makeDevicesIn(db, tenancy, 1, 'late');
  if (last === undefined) throw new Error('no device came late');
  const outcome = await phase('first batch of one more device', 1, () =>
    last.send(DEVICE_STATE, [put(1, { id: 0, mode: 'late', setpoint: 0 })]),
  );
  const [counted] = await db.sql<{ active: number; staged: number; reviews: number }[]>`
    select (count(*) filter (where not exists (
        select from tidegate.pause_cause p where p.lineage_id = l.id)))::int as active,
      (select count(*)::int from tidegate.staged_row s join tidegate.lineage o on o.id = s.lineage_id
       where o.project_id = ${tenancy.projectId}) as staged,
      (select count(*)::int from tidegate.schema_review r where r.project_id = ${tenancy.projectId}) as reviews
    from tidegate.lineage l where l.project_id = ${tenancy.projectId}`;
  return {
    waiting: review.waiting_lineages,
    waitingRows: review.staged_row_count,
    registryReviews: (await registryReviews(tenancy)).length,
    deviceReviews: counted?.reviews ?? -1,
    active: counted?.active ?? -1,
    stagedRows: counted?.staged ?? -1,
    misplaced: await misplacedRows(db, shape, [`${last.id}/0 late`]),
    late:
      outcome.kind === 'accepted'
        ? { staged: outcome.staged, rows: outcome.rows }
        : { staged: null, rows: 0 },
  };
}
