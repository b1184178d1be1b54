// The counters that operators read against the tables they stand for, after a history of everything that moves them:
// repeats in every state, bad rows, refusals, pauses, replays, discards.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDb, type RootDb } from '@/server/db/client';
import { dueReplays } from '@/server/engine/materialize/due-replays';
import { runReplayChunk } from '@/server/engine/materialize/replay-chunk';
import { discardStaged } from '@/server/engine/staging/discard-staged';
import { pauseLineage, resumeLineage } from '@/server/engine/staging/pause-lineage';
import { uuidV7 } from '@/server/lib/uuid';
import { encodeRowBatch, type RowChangeInput } from '@/server/protocol/row-batch-encode';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import {
  approveNewest,
  DEVICE_STATE,
  drainReplays,
  hashOf,
  makeDevice,
  put,
  remove,
  systemCtx,
  type TestDevice,
} from '@/server/testing/engine';

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

/** Pseudo-random numbers from 0 to 1: a history that fails is the same history the next time. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

interface Totals {
  sent: number;
  rejected: number;
  batches: number;
}

/** Holds every counter of the device's lineage against what it counts. */
async function expectExact(device: TestDevice, totals: Totals): Promise<void> {
  const [found] = await db.sql<{ counted: Record<string, number>; real: Record<string, number> }[]>`
    select json_build_object('staged', l.staged_rows, 'bytes', l.staged_bytes,
        'version_staged', (select sum(v.staged_rows) from tidegate.schema_version v where v.lineage_id = l.id),
        'version_bytes', (select sum(v.staged_bytes) from tidegate.schema_version v where v.lineage_id = l.id),
        'received', l.accepted_rows + l.duplicate_rows, 'duplicates', l.duplicate_rows, 'rejected', l.rejected_rows,
        'batches', ${totals.batches}::int)
        as counted,
      json_build_object('staged', s.n, 'bytes', s.bytes, 'version_staged', s.n, 'version_bytes', s.bytes,
        'received', b.rows, 'duplicates', b.duplicates, 'rejected', ${totals.rejected}::int,
        'batches', b.n) as real
    from tidegate.lineage l,
      lateral (select count(*) as n, coalesce(sum(bytes), 0) as bytes from tidegate.staged_row
               where lineage_id = l.id) s,
      lateral (select sum(rows) as rows, sum(duplicates) as duplicates, count(*) as n from tidegate.batch_ledger
               where lineage_id = l.id) b
    where l.device_id = ${device.id}`;
  expect(found?.counted).toEqual(found?.real);
  expect(found?.real['received']).toBe(totals.sent);
}

const lineageOf = async (device: TestDevice): Promise<{ id: string; staged: number; accepted: number }> => {
  const [row] = await db.sql<{ id: string; staged: number; accepted: number }[]>`
    select id, staged_rows::int as staged, accepted_rows::int as accepted
    from tidegate.lineage where device_id = ${device.id}`;
  if (row === undefined) throw new Error('no lineage');
  return row;
};

/** What random steps do to one device; each returns what it adds to the totals. */
function player(device: TestDevice, random: () => number) {
  const epoch = uuidV7();
  const sent: string[] = [];
  let seq = 0;
  const pick = (n: number) => Math.floor(random() * n);
  const change = (): RowChangeInput => {
    seq += 1;
    if (pick(6) === 0) return remove(seq, pick(20));
    return put(seq, { id: pick(20), mode: `m${seq}`, setpoint: pick(7) === 0 ? 'bad' : seq });
  };
  const encode = (rows: RowChangeInput[]): string =>
    encodeRowBatch({
      batchId: uuidV7(),
      journalEpoch: epoch,
      sourceTable: DEVICE_STATE.name,
      schemaHash: hashOf(DEVICE_STATE),
      schemaColumns: DEVICE_STATE.columns,
      rows,
    });
  const rowsIn = (payload: string): number => (JSON.parse(payload) as { rows: unknown[] }).rows.length;
  const send = async (payload: string): Promise<Totals> => {
    expect((await device.sendRaw(payload)).kind).toBe('accepted');
    return { sent: rowsIn(payload), rejected: 0, batches: 1 };
  };
  const place = async () => ({
    ctx: device.operator,
    projectId: device.tenancy.projectId,
    lineageId: (await lineageOf(device)).id,
  });
  const nothing = { sent: 0, rejected: 0, batches: 0 };
  const steps: (() => Promise<Totals>)[] = [
    async () => {
      const payload = encode(Array.from({ length: 1 + pick(6) }, change));
      sent.push(payload);
      return send(payload);
    },
    async () => send(sent[pick(sent.length)] ?? ''),
    async () => {
      const payload = encode([change(), change()]).replace('"op":', '"op":"upsert","was":');
      expect((await device.sendRaw(payload)).kind).toBe('rejected');
      return { ...nothing, rejected: 2 };
    },
    async () => {
      const [due] = await dueReplays(systemCtx(db), 1);
      if (due !== undefined) await runReplayChunk(systemCtx(db), due, 1 + pick(8));
      return nothing;
    },
    async () => {
      await pauseLineage({ ...(await place()), input: { reason: 'a test' } }).catch(() => undefined);
      return nothing;
    },
    async () => {
      await resumeLineage(await place()).catch(() => undefined);
      return nothing;
    },
    async () => {
      if (pick(5) > 0) return nothing;
      const { staged } = await lineageOf(device);
      await discardStaged({ ...(await place()), input: { expected_rows: staged } });
      return nothing;
    },
  ];
  /** Sending and repeating more often than the rest. */
  const step = (): Promise<Totals> => {
    const at = pick(steps.length + 4);
    return (steps[at < steps.length ? at : at % 2] ?? steps[0])?.() ?? Promise.resolve(nothing);
  };
  return { first: () => steps[0]?.() ?? Promise.resolve(nothing), step };
}

const add = (a: Totals, b: Totals): Totals => ({
  sent: a.sent + b.sent,
  rejected: a.rejected + b.rejected,
  batches: a.batches + b.batches,
});

describe('counters', () => {
  it.each([1, 2, 3, 4])('are exact after every step of the random history %i', async (seed) => {
    const device = await makeDevice(db, `counted-${seed}`);
    const random = randomFrom(seed);
    const { first, step } = player(device, random);
    let totals = await first();
    for (let i = 0; i < 60; i++) {
      if (i === 12) await approveNewest(db, device, DEVICE_STATE);
      totals = add(totals, await step());
      await expectExact(device, totals);
    }
    await resumeLineage({
      ctx: device.operator,
      projectId: device.tenancy.projectId,
      lineageId: (await lineageOf(device)).id,
    }).catch(() => undefined);
    await drainReplays(db);
    await expectExact(device, totals);
  });

  it('count a row once, whether its repeat finds it staged, failed, waiting for its replay, or in the mirror', async () => {
    const device = await makeDevice(db, 'once');
    const rows = [
      put(1, { id: 1, mode: 'a', setpoint: 1 }),
      put(2, { id: 2, mode: 'b', setpoint: 'bad' }),
      remove(3, 9),
    ];
    const send = () => device.send(DEVICE_STATE, rows);
    const isRepeat = { kind: 'accepted', rows: 3, duplicates: 3, staged: 0 };
    expect(await send()).toMatchObject({ duplicates: 0, staged: 3 });
    expect(await send()).toMatchObject(isRepeat);
    await approveNewest(db, device, DEVICE_STATE);
    expect(await send()).toMatchObject(isRepeat);
    await drainReplays(db);
    expect((await lineageOf(device)).staged).toBe(1);
    expect(await send()).toMatchObject(isRepeat);
    expect((await lineageOf(device)).accepted).toBe(3);
    const outcomes = await db.sql`
      select outcome from tidegate.batch_ledger where device_id = ${device.id} order by id`;
    expect(outcomes.map((o) => o['outcome'])).toEqual(['staged', 'staged', 'staged', 'mixed']);
  });
});
