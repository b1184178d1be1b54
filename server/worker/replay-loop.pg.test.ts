// A replay's life in the audit log, one that no try can cure, and how replays give way to live traffic.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDb, type RootDb } from '@/server/db/client';
import { resetMaterialization } from '@/server/engine/materialize/reset-materialization';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import {
  approveNewest,
  DEVICE_STATE,
  makeDevice,
  mirrorRowsOf,
  put,
  systemCtx,
} from '@/server/testing/engine';
import { replayRound, yieldMs, type ReplayTraffic } from './replay-loop';

let database: TestDatabase;
let db: RootDb;

beforeAll(async () => {
  database = await createTestDatabase();
  db = createDb(database.url);
});
afterAll(async () => {
  await db.end();
  await database.drop();
});

const ROWS = [put(1, { id: 1, mode: 'a', setpoint: 1 }), put(2, { id: 2, mode: 'b', setpoint: 2 })];

/** A device whose approval has scheduled a replay of `ROWS`, and a worker's rounds by a clock that can be moved on. */
async function approved() {
  const device = await makeDevice(db);
  await device.send(DEVICE_STATE, ROWS);
  await approveNewest(db, device, DEVICE_STATE);
  const [lineage] = await db.sql<{ id: string }[]>`
    select id from tidegate.lineage where device_id = ${device.id}`;
  let aheadMs = 0;
  const clock = { now: () => new Date(Date.now() + aheadMs) };
  const stoodBack: number[] = [];
  const traffic = (waiting: number): ReplayTraffic => ({
    waiting: () => waiting,
    sleep: (ms) => {
      stoodBack.push(ms);
      return Promise.resolve();
    },
    warn: () => undefined,
  });
  const round = async (waiting = 0) => {
    aheadMs += 120_000;
    return replayRound({ ...systemCtx(db), clock }, traffic(waiting), new AbortController().signal);
  };
  const events = async () => {
    const rows = await db.sql<{ kind: string; data: Record<string, unknown> }[]>`
      select kind, data from tidegate.event where lineage_id = ${lineage?.id ?? ''} and kind like 'edge_replay.%'
      order by seq`;
    return rows.map(({ kind, data }) => [kind, data['done_rows'] ?? null]);
  };
  return { device, lineageId: lineage?.id ?? '', round, events, stoodBack };
}

describe('a replay', () => {
  it('is in the audit log when it is scheduled, when it begins and when it ends, once each', async () => {
    const { round, events } = await approved();
    while ((await round()) === 0);
    expect(await events()).toEqual([
      ['edge_replay.scheduled', null],
      ['edge_replay.started', 0],
      ['edge_replay.completed', 2],
    ]);
  });

  it('that no try can cure is given up with its rows kept, and begins again by a reset', async () => {
    const { device, lineageId, round, events } = await approved();
    const damage = (pk: string) => db.sql`
      update tidegate.staged_row set pk = ${pk} where lineage_id = ${lineageId} and commit_seq = 2`;
    await damage('null');
    for (let n = 0; n < 6; n++) await round();
    expect((await events()).map(([kind]) => kind)).toEqual(['edge_replay.scheduled', 'edge_replay.failed']);
    const [left] = await db.sql`
      select i.status, i.last_error, l.staged_rows::int as staged, l.failure_count from tidegate.replay_intent i
      join tidegate.lineage l on l.id = i.lineage_id where l.id = ${lineageId}`;
    expect(left).toEqual({
      status: 'failed',
      last_error: 'a staged row is no object',
      staged: 2,
      failure_count: 0,
    });
    await damage('{"id":2}');
    const target = { ctx: device.operator, projectId: device.tenancy.projectId, lineageId };
    await resetMaterialization(target);
    while ((await round()) === 0);
    expect(await mirrorRowsOf(db, device.id)).toHaveLength(2);
    await expect(resetMaterialization(target)).rejects.toMatchObject({ code: 'nothing_to_reset' });
  });

  it('stands back after each chunk while messages wait, and not otherwise', async () => {
    const quiet = await approved();
    await quiet.round(0);
    expect(quiet.stoodBack).toEqual([]);
    const busy = await approved();
    await busy.round(3);
    expect(busy.stoodBack.length).toBeGreaterThan(0);
    expect(await mirrorRowsOf(db, busy.device.id)).toHaveLength(2);
  });
});

it('stands back for as long as its chunk took, and half a second at most', () => {
  expect([yieldMs(40, 0), yieldMs(40, 1), yieldMs(4000, 9)]).toEqual([0, 40, 500]);
});
