// Every way through the four pause causes: the device is told once when the first that pauses it comes, and once when
// the last is gone, whatever else holds the lineage meanwhile.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDb, type RootDb } from '@/server/db/client';
import type { PauseCauseKind } from '@/server/db/schema/governance';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import { makeLineage } from '@/server/testing/lineages';
import { systemCtx } from '@/server/testing/engine';
import { makeTenancy } from '@/server/testing/tenancy';
import { inTransaction } from '../context/context';
import { lockLineage, pauseCausesOf } from './lineage-row';
import { addPauseCause, clearPauseCause, replayMayRun } from './pause-causes';

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

const CAUSES: PauseCauseKind[] = ['schema_review', 'operator', 'backpressure', 'circuit_breaker'];
const isToldOf = (cause: PauseCauseKind): boolean => cause !== 'schema_review';

/** A lineage and what turning a cause on or off does to it. */
async function lineage() {
  const tenancy = await makeTenancy(db);
  const { lineageId } = await makeLineage(db, tenancy);
  const turn = (cause: PauseCauseKind, on: boolean): Promise<boolean> =>
    inTransaction(systemCtx(db), async (ctx) => {
      const locked = await lockLineage(ctx, tenancy.projectId, lineageId);
      return on ? addPauseCause(ctx, locked, cause, 'a test') : clearPauseCause(ctx, locked, cause);
    });
  const told = async (): Promise<string[]> => {
    const rows = await db.sql<{ kind: string }[]>`
      select control_kind as kind from tidegate.control where lineage_id = ${lineageId} order by created_at`;
    return rows.map((r) => r.kind);
  };
  return { lineageId, turn, told };
}

it('tells the device by every pair of causes, set and cleared in every order', async () => {
  for (const first of CAUSES) {
    for (const second of CAUSES.filter((c) => c !== first)) {
      for (const clearFirst of [first, second]) {
        const { lineageId, turn, told } = await lineage();
        const held = new Set<PauseCauseKind>();
        const expected: string[] = [];
        const step = async (cause: PauseCauseKind, on: boolean): Promise<void> => {
          const before = [...held].some(isToldOf);
          expect(await turn(cause, on)).toBe(true);
          if (on) held.add(cause);
          else held.delete(cause);
          const after = [...held].some(isToldOf);
          if (before !== after) expected.push(after ? 'pause_lineage' : 'resume_lineage');
          const where = `${first}, ${second}, cleared ${clearFirst} first`;
          expect(await told(), where).toEqual(expected);
          expect((await pauseCausesOf(db, lineageId)).sort(), where).toEqual([...held].sort());
        };
        await step(first, true);
        await step(second, true);
        await step(clearFirst, false);
        await step(clearFirst === first ? second : first, false);
      }
    }
  }
});

it('tells nothing twice: a cause that is set again or cleared again changes nothing', async () => {
  const { turn, told } = await lineage();
  expect(await turn('operator', true)).toBe(true);
  expect(await turn('operator', true)).toBe(false);
  expect(await turn('backpressure', false)).toBe(false);
  expect(await turn('operator', false)).toBe(true);
  expect(await turn('operator', false)).toBe(false);
  expect(await told()).toEqual(['pause_lineage', 'resume_lineage']);
});

it('lets a replay run under backpressure alone, which it ends', () => {
  expect(replayMayRun([])).toBe(true);
  expect(replayMayRun(['backpressure'])).toBe(true);
  for (const cause of CAUSES.filter((c) => c !== 'backpressure')) {
    expect(replayMayRun([cause])).toBe(false);
    expect(replayMayRun(['backpressure', cause])).toBe(false);
  }
});
