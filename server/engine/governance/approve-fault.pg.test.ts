// Approval is one transaction (invariant 4), proved statement by statement: whichever of them the
// database fails at, or the connection is cut at, either all of it happened or nothing did, and the next
// try succeeds.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDb, type RootDb } from '@/server/db/client';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import {
  DEVICE_STATE,
  drainReplays,
  makeDevice,
  mirrorRowsOf,
  newestReview,
  put,
} from '@/server/testing/engine';
import { faultyDb, type Fault } from '@/server/testing/faulty-db';
import { approveReview } from './approve-review';
import { claimReview } from './claim-review';

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

async function claimedReview() {
  const device = await makeDevice(db);
  await device.send(DEVICE_STATE, [put(1, { id: 1, mode: 'a', setpoint: 1 })]);
  const review = await newestReview(db, device.id);
  const target = { ctx: device.operator, projectId: device.tenancy.projectId, reviewId: review.id };
  await claimReview({ ...target, input: { action_version: 1 } });
  const column_actions = DEVICE_STATE.columns.map((c) => ({
    source_column_name: c.name,
    action: 'mirror' as const,
  }));
  const approve = (door: RootDb) =>
    approveReview({
      ...target,
      ctx: { ...target.ctx, db: door },
      input: { action_version: 2, column_actions },
    });
  return { device, approve };
}

/** Everything that an approval writes, read on a connection of its own. */
async function traces(deviceId: string) {
  const like = `edge_mirror_${deviceId.replaceAll('-', '').slice(0, 8)}%`;
  const [seen] = await db.sql<Record<string, unknown>[]>`
    select
      (select count(*)::int from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = 'tidegate_mirror' and c.relkind = 'r' and c.relname like ${like}) as tables,
      (select count(*)::int from tidegate.mirror m where m.scope_id = l.device_id) as mirrors,
      (select count(*)::int from tidegate.mirror_column c join tidegate.mirror m on m.id = c.mirror_id
       where m.scope_id = l.device_id) as columns,
      (select count(*)::int from tidegate.column_binding b where b.lineage_id = l.id) as bindings,
      (select v.status from tidegate.schema_version v where v.lineage_id = l.id) as version,
      (select r.status || ' ' || r.action_version from tidegate.schema_review r where r.lineage_id = l.id) as review,
      (select count(*)::int from tidegate.pause_cause p where p.lineage_id = l.id) as causes,
      (select count(*)::int from tidegate.replay_intent i where i.lineage_id = l.id) as replays,
      l.staged_rows::int as staged,
      (select array_agg(e.kind order by e.seq) from tidegate.event e where e.lineage_id = l.id) as events
    from tidegate.lineage l where l.device_id = ${deviceId}`;
  return seen;
}

const BEFORE = {
  tables: 0,
  mirrors: 0,
  columns: 0,
  bindings: 0,
  version: 'pending',
  review: 'in_review 2',
  causes: 1,
  replays: 0,
  staged: 1,
};
const AFTER = {
  tables: 1,
  mirrors: 1,
  columns: 3,
  bindings: 3,
  version: 'approved',
  review: 'approved 3',
  causes: 0,
  replays: 1,
  staged: 1,
};
const EVENTS_AFTER = [
  'edge_mirror.provisioned',
  'edge_schema_review.approved',
  'edge_table_lineage.ingestion_resumed',
  'edge_replay.scheduled',
];

async function statementsOfApproval(): Promise<number> {
  const { approve } = await claimedReview();
  const counting = faultyDb(db, null);
  await approve(counting.db);
  return counting.statements();
}

async function approveThrough(fault: Fault): Promise<void> {
  const { device, approve } = await claimedReview();
  const untouched = await traces(device.id);
  expect(untouched).toMatchObject(BEFORE);
  const faulty = faultyDb(db, fault);
  const outcome = await approve(faulty.db).then(
    () => 'approved',
    () => 'failed',
  );
  expect({ fault, outcome, struck: faulty.struck() }).toEqual({ fault, outcome: 'failed', struck: true });
  if (fault.at === 'committed') {
    expect(await traces(device.id), JSON.stringify(fault)).toMatchObject(AFTER);
    await expect(approve(db)).rejects.toMatchObject({ code: 'stale_action_version' });
  } else {
    expect(await traces(device.id), JSON.stringify(fault)).toEqual(untouched);
    await approve(db);
  }
  const after = await traces(device.id);
  expect(after, JSON.stringify(fault)).toMatchObject(AFTER);
  expect((after?.['events'] as string[]).slice(-EVENTS_AFTER.length)).toEqual(EVENTS_AFTER);
  await drainReplays(db);
  expect(await mirrorRowsOf(db, device.id)).toEqual([{ id: 1, mode: 'a', setpoint: 1 }]);
}

/** Every statement of an approval, by number from 1, then its commit and the moment after. */
async function placesOfApproval(): Promise<Fault['at'][]> {
  const statements = await statementsOfApproval();
  expect(statements).toBeGreaterThan(15);
  return [...Array.from({ length: statements }, (_, i) => i + 1), 'commit', 'committed'];
}

/** Some forty approvals each; a loaded machine takes as long as it takes. */
const LIMIT_MS = 300_000;

describe('an approval', () => {
  it(
    'happens whole or not at all, whichever statement fails',
    async () => {
      for (const at of await placesOfApproval()) await approveThrough({ at, by: 'error' });
    },
    LIMIT_MS,
  );

  it(
    'happens whole or not at all, at whichever statement its connection is cut',
    async () => {
      for (const at of await placesOfApproval()) await approveThrough({ at, by: 'kill' });
    },
    LIMIT_MS,
  );
});
