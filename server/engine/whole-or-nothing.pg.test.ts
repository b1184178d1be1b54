// Invariants 4 and 5 for what is more than an approval of one review: at whichever statement its
// connection is cut, all of it happened or none did.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDb, type RootDb } from '@/server/db/client';
import type { EventKind } from '@/server/contract/event-kinds';
import { amendReview } from '@/server/engine/governance/amend-review';
import { listFailures } from '@/server/engine/materialize/list-failures';
import { resetMaterialization } from '@/server/engine/materialize/reset-materialization';
import { retryFailures } from '@/server/engine/materialize/retry-failures';
import { runReplayChunk } from '@/server/engine/materialize/replay-chunk';
import { deleteLineage } from '@/server/engine/mirror/delete-lineage';
import { approveRegistryReview } from '@/server/engine/registry/approve-registry-review';
import { consolidate } from '@/server/engine/registry/consolidate';
import { runConsolidationStep } from '@/server/engine/registry/run-consolidation';
import { discardStaged } from '@/server/engine/staging/discard-staged';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import {
  approveNewest,
  DEVICE_STATE,
  drainReplays,
  makeDevice,
  makeDeviceIn,
  mirrorRowsOf,
  newestReview,
  put,
  remove,
  systemCtx,
  type TestDevice,
} from '@/server/testing/engine';
import { approveShared, claimOpen, mirrorEvery, setMode, sharedRows } from '@/server/testing/registry';
import { makeTenancy } from '@/server/testing/tenancy';
import { proveWholeOrNothing, type Change } from '@/server/testing/whole-or-nothing';

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

/** A change that is ready to be made, and what must be true once it was made. */
interface Ready {
  change: Change;
  /** What it leaves in the audit log, once. */
  event: EventKind | null;
  after: () => Promise<void>;
}

const good = (seq: number, id = seq) => put(seq, { id, mode: 'a', setpoint: seq });
const bad = (seq: number) => put(seq, { id: seq, mode: 'a', setpoint: 'warm' });

async function lineageOf(device: TestDevice): Promise<{ id: string; staged: number; causes: string[] }> {
  const [row] = await db.sql<{ id: string; staged: number; causes: string[] }[]>`
    select id, staged_rows::int as staged,
      array(select cause from tidegate.pause_cause p where p.lineage_id = l.id order by 1) as causes
    from tidegate.lineage l where device_id = ${device.id}`;
  if (row === undefined) throw new Error('no lineage');
  return row;
}

const targetOf = async (device: TestDevice, door: RootDb) => ({
  ctx: { ...device.operator, db: door },
  projectId: device.tenancy.projectId,
  lineageId: (await lineageOf(device)).id,
});

/** A device whose schema is approved, and nothing is staged. */
async function approved(but: Parameters<typeof approveNewest>[3] = {}): Promise<TestDevice> {
  const device = await makeDevice(db);
  await device.send(DEVICE_STATE, [good(1), good(2)]);
  await approveNewest(db, device, DEVICE_STATE, but);
  await drainReplays(db);
  return device;
}

async function anAmend(): Promise<Ready> {
  const device = await approved({ mode: { action: 'defer' } });
  const review = await newestReview(db, device.id);
  return {
    event: 'edge_schema_review.amended',
    change: (door) =>
      amendReview({
        ctx: { ...device.operator, db: door },
        projectId: device.tenancy.projectId,
        reviewId: review.id,
        input: { action_version: review.actionVersion, column_actions: mirrorEvery(DEVICE_STATE) },
      }),
    after: async () => {
      await drainReplays(db);
      expect(await mirrorRowsOf(db, device.id)).toEqual([
        { id: 1, mode: 'a', setpoint: 1 },
        { id: 2, mode: 'a', setpoint: 2 },
      ]);
    },
  };
}

/** The breaker is open, and failed rows wait. */
async function broken(): Promise<TestDevice> {
  const device = await approved();
  for (let seq = 10; seq < 15; seq++) await device.send(DEVICE_STATE, [bad(seq)]);
  expect((await lineageOf(device)).causes).toEqual(['circuit_breaker']);
  return device;
}

async function aReset(): Promise<Ready> {
  const device = await broken();
  return {
    event: 'edge_table_lineage.materialization_reset',
    change: async (door) => resetMaterialization(await targetOf(device, door)),
    after: async () => expect(await lineageOf(device)).toMatchObject({ causes: [], staged: 5 }),
  };
}

async function aRemedy(): Promise<Ready> {
  const device = await broken();
  return {
    event: 'edge_table_lineage.failures_retried',
    change: async (door) => {
      const target = await targetOf(device, door);
      const [group] = await listFailures({ ...target, ctx: device.operator });
      return retryFailures({ ...target, groupId: group?.id ?? '', input: { remedy: 'text_column' } });
    },
    after: async () => {
      await resetMaterialization(await targetOf(device, db));
      await drainReplays(db);
      expect(await lineageOf(device)).toMatchObject({ staged: 0 });
    },
  };
}

async function aReplayChunk(): Promise<Ready> {
  const device = await makeDevice(db);
  await device.send(DEVICE_STATE, [good(1), good(2), remove(3, 1), good(4)]);
  await approveNewest(db, device, DEVICE_STATE);
  const [intent] = await db.sql<{ id: string }[]>`
    select id from tidegate.replay_intent where lineage_id = ${(await lineageOf(device)).id}`;
  return {
    event: null,
    change: (door) => runReplayChunk(systemCtx(door), intent?.id ?? '', 10),
    after: async () => {
      expect(await lineageOf(device)).toMatchObject({ staged: 0 });
      expect((await mirrorRowsOf(db, device.id)).map((r) => r['id'])).toEqual([2, 4]);
    },
  };
}

async function aDiscard(): Promise<Ready> {
  const device = await broken();
  return {
    event: 'edge_table_lineage.staged_discarded',
    change: async (door) => discardStaged({ ...(await targetOf(device, door)), input: { expected_rows: 5 } }),
    after: async () => expect(await lineageOf(device)).toMatchObject({ staged: 0 }),
  };
}

async function aDeletion(): Promise<Ready> {
  const device = await broken();
  return {
    event: 'edge_table_lineage.deleted',
    change: async (door) =>
      deleteLineage({ ...(await targetOf(device, door)), expectedStagedRows: 5, dropMirror: true }),
    after: async () => expect(await mirrorRowsOf(db, device.id)).toEqual([]),
  };
}

/** Three devices of one shape that wait for the registry, one of them with a review of its own beside it. */
async function aSharedApproval(): Promise<Ready> {
  const tenancy = await makeTenancy(db);
  const devices: TestDevice[] = [];
  for (const name of ['own', 'one', 'two']) devices.push(await makeDeviceIn(db, tenancy, name));
  await devices[0]?.send(DEVICE_STATE, [good(1)]);
  await setMode(tenancy, 'fleet');
  for (const device of devices) await device.send(DEVICE_STATE, [good(2)]);
  const review = await claimOpen(tenancy);
  const input = { action_version: review.action_version, column_actions: mirrorEvery(DEVICE_STATE) };
  return {
    event: 'edge_registry_review.approved',
    change: (door) =>
      approveRegistryReview({
        ctx: { ...tenancy.people.operator.ctx, db: door },
        projectId: tenancy.projectId,
        reviewId: review.id,
        input,
      }),
    after: async () => {
      await devices[0]?.send(DEVICE_STATE, [good(3)]);
      await drainReplays(db);
      expect((await sharedRows(db, tenancy.fleetId, DEVICE_STATE.name)).map((r) => r['id']).sort()).toEqual([
        1, 2, 2, 2, 3,
      ]);
    },
  };
}

/** A device with rows and a tombstone of its own in a fleet whose mirror is shared since, and its consolidation. */
async function aConsolidation(steps: number): Promise<Ready> {
  const tenancy = await makeTenancy(db);
  const device = await makeDeviceIn(db, tenancy, 'old');
  await device.send(DEVICE_STATE, [good(1), good(2), good(3)]);
  await approveNewest(db, device, DEVICE_STATE);
  await drainReplays(db);
  await device.send(DEVICE_STATE, [remove(4, 1)]);
  await setMode(tenancy, 'fleet');
  const other = await makeDeviceIn(db, tenancy, 'new');
  await other.send(DEVICE_STATE, [good(1)]);
  await approveShared(tenancy, DEVICE_STATE);
  await drainReplays(db);
  const at = { ctx: tenancy.people.operator.ctx, projectId: tenancy.projectId, fleetId: tenancy.fleetId };
  const { job } = await consolidate({ ...at, sourceTable: DEVICE_STATE.name, input: { dry_run: false } });
  const step = (door: RootDb) => runConsolidationStep(systemCtx(door), job?.id ?? '', 2);
  for (let n = 0; n < steps; n++) await step(db);
  return {
    event: null,
    change: step,
    after: async () => {
      while ((await step(db)) === 'more');
      expect((await sharedRows(db, tenancy.fleetId, DEVICE_STATE.name)).map((r) => r['id']).sort()).toEqual([
        1, 2, 3,
      ]);
    },
  };
}

/** Each with the least number of statements that it is known to have. */
const CASES: [string, () => Promise<Ready>, number][] = [
  ['an amend with kept rows', anAmend, 15],
  ['a reset of an open breaker', aReset, 8],
  ['a remedy that makes a column', aRemedy, 10],
  ['a chunk of a replay', aReplayChunk, 10],
  ['a discard', aDiscard, 5],
  ['the deletion of a lineage and its mirror', aDeletion, 5],
  ['an approval in the registry', aSharedApproval, 15],
  ["a consolidation's beginning", () => aConsolidation(0), 4],
  ["a device's going over", () => aConsolidation(1), 10],
  ['the copying of rows', () => aConsolidation(2), 6],
  ["a consolidation's end", () => aConsolidation(4), 3],
];

/** How often it is in the audit log. */
async function countEvents(kind: EventKind): Promise<number> {
  const [row] = await db.sql<
    { n: number }[]
  >`select count(*)::int as n from tidegate.event where kind = ${kind}`;
  return row?.n ?? 0;
}

describe.each(CASES)('%s', (_, prepare, statementsMin) => {
  it('happens whole or not at all, at whichever statement its connection is cut', async () => {
    const { change, event, after } = await prepare();
    const before = event === null ? 0 : await countEvents(event);
    expect(await proveWholeOrNothing(db, change)).toBeGreaterThanOrEqual(statementsMin);
    // Its last break was just after the commit: what is written to the log later than that is missing here.
    if (event !== null) expect(await countEvents(event)).toBe(before + 1);
    await after();
  }, 300_000);
});
