// Invariant 7: whoever changes a lineage waits for whoever did so before, and then decides by what that one left.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDb, type RootDb } from '@/server/db/client';
import { systemClock } from '@/server/lib/clock';
import { dueReplays } from '@/server/engine/materialize/due-replays';
import { runReplayChunk } from '@/server/engine/materialize/replay-chunk';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import {
  approveNewest,
  DEVICE_STATE,
  drainReplays,
  makeDevice,
  mirrorRowsOf,
  put,
  systemCtx,
  type TestDevice,
} from '@/server/testing/engine';
import { inTransaction } from '../context/context';
import { lockLineage } from '../lineages/lineage-row';
import { addPauseCause } from '../lineages/pause-causes';

let database: TestDatabase;
let db: RootDb;
let other: RootDb;

beforeAll(async () => {
  database = await createTestDatabase();
  db = createDb(database.url, { name: 'waits' });
  other = createDb(database.url, { name: 'holds' });
});
afterAll(async () => {
  await db.end();
  await other.end();
  await database.drop();
});

/** Runs `act` while another transaction holds the lineage and pauses it; resolves when both have ended. */
async function whileBeingPaused<T>(device: TestDevice, act: () => Promise<T>): Promise<T> {
  const [lineage] = await db.sql<{ id: string }[]>`
    select id from tidegate.lineage where device_id = ${device.id}`;
  let acting: Promise<T> | undefined;
  await inTransaction({ ...systemCtx(db), db: other, clock: systemClock }, async (ctx) => {
    const locked = await lockLineage(ctx, device.tenancy.projectId, lineage?.id ?? '');
    await addPauseCause(ctx, locked, 'operator', 'paused meanwhile');
    acting = act();
    const waiting = () => other.sql`
      select from pg_stat_activity
      where application_name = 'waits' and datname = current_database() and wait_event_type = 'Lock'`;
    await expect.poll(async () => (await waiting()).length, { timeout: 30_000 }).toBe(1);
  });
  if (acting === undefined) throw new Error('nothing was done');
  return acting;
}

async function approved(name: string): Promise<TestDevice> {
  const device = await makeDevice(db, name);
  await device.send(DEVICE_STATE, [put(1, { id: 1, mode: 'a', setpoint: 1 })]);
  await approveNewest(db, device, DEVICE_STATE);
  return device;
}

it('a batch that waited for a pause is staged, not written', async () => {
  const device = await approved('lock-batch');
  await drainReplays(db);
  const outcome = await whileBeingPaused(device, () =>
    device.send(DEVICE_STATE, [put(2, { id: 2, mode: 'b', setpoint: 2 })]),
  );
  expect(outcome).toMatchObject({ kind: 'accepted', staged: 1 });
  expect(await mirrorRowsOf(db, device.id)).toEqual([{ id: 1, mode: 'a', setpoint: 1 }]);
});

it('a chunk of a replay that waited for a pause is held', async () => {
  const device = await approved('lock-replay');
  const [due] = await dueReplays(systemCtx(db), 100);
  const outcome = await whileBeingPaused(device, () => runReplayChunk(systemCtx(db), due ?? ''));
  expect(outcome).toBe('held');
  expect(await mirrorRowsOf(db, device.id)).toEqual([]);
});
