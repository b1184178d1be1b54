import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDb, type RootDb } from '@/server/db/client';
import { quoteIdentifier } from '@/server/db/identifier';
import { uuidV4 } from '@/server/lib/uuid';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import { makeLineage, makeReview, makeStagedRow, type TestLineage } from '@/server/testing/lineages';
import { makeNastyMirror, NASTY } from '@/server/testing/nasty-mirror';
import { makeTenancy, type TestTenancy } from '@/server/testing/tenancy';
import { getLineage } from '../governance/get-lineage';
import { getRejectedBatch } from '../ingest/get-rejected-batch';
import { listRejectedBatches } from '../ingest/list-rejected-batches';
import { listMirrorRows } from '../mirror/list-mirror-rows';
import { patchPolicy } from '../policy/patch-policy';
import { getPolicy } from '../policy/get-policy';
import { listStagedRows } from '../staging/list-staged-rows';
import { listEvents } from './list-events';
import { getOverview } from './overview';

let database: TestDatabase;
let db: RootDb;
let place: TestTenancy;
let made: TestLineage;

beforeAll(async () => {
  database = await createTestDatabase();
  db = createDb(database.url);
});
afterAll(async () => {
  await db.end();
  await database.drop();
});
beforeEach(async () => {
  place = await makeTenancy(db);
  made = await makeLineage(db, place, { stagedRows: 3 });
});
const at = () => ({ ctx: place.people.operator.ctx, projectId: place.projectId, lineageId: made.lineageId });

/** Every page by cursor. */
async function walk<T>(read: (cursor: string | undefined) => Promise<{ items: T[]; next: string | null }>) {
  const all: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await read(cursor);
    all.push(...page.items);
    expect(all.length).toBeLessThan(100);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return all;
}

describe('staged rows', () => {
  it('come in version order with every digit, by page and by cursor', async () => {
    const price = '0.10000000000000000000000000001';
    await makeStagedRow(db, made, { commitSeq: 10, row: `{"id":9007199254740993,"price":1.50}` });
    await makeStagedRow(db, made, { commitSeq: 9, row: `{"id":9,"price":${price},"note":"a\\u0000b"}` });
    await makeStagedRow(db, made, { commitSeq: 11, row: null, op: 'delete' });
    const { items, meta } = await listStagedRows({ ...at(), input: {} });
    expect(items.map(({ commit_seq }) => commit_seq)).toEqual(['9', '10', '11']);
    expect(items.map(({ row }) => row)).toEqual([
      { id: 9, price, note: 'a\0b' },
      { id: '9007199254740993', price: '1.50' },
      null,
    ]);
    expect(meta).toMatchObject({ total_items: 3, next_cursor: null });
    const walked = await walk(async (cursor) => {
      const page = await listStagedRows({ ...at(), input: { limit: 1, ...(cursor ? { cursor } : {}) } });
      return { items: page.items, next: page.meta.next_cursor };
    });
    expect(walked).toEqual(items);
    const deletes = await listStagedRows({ ...at(), input: { op: 'delete' } });
    expect(deletes.meta.total_items).toBe(1);
    expect((await listStagedRows({ ...at(), input: { limit: 1, page: 3 } })).items).toEqual([items[2]]);
  });

  it('are for those who may read rows', async () => {
    await expect(listStagedRows({ ...at(), ctx: place.people.viewer.ctx, input: {} })).rejects.toMatchObject({
      status: 403,
    });
  });
});

const makeMirror = (): Promise<string> => makeNastyMirror(db, place, made);

describe('mirror rows', () => {
  it('are 404 before an approval', async () => {
    await expect(listMirrorRows({ ...at(), input: {} })).rejects.toMatchObject({
      status: 404,
      code: 'edge_mirror_not_provisioned',
    });
  });

  it("are the lineage's own device's, typed, with every digit", async () => {
    const table = await makeMirror();
    const read = await listMirrorRows({ ...at(), input: {} });
    expect(read).toMatchObject({ mirror_table_name: table, source: 'mirror', meta: { total_items: 5 } });
    expect(read.rows.map(({ data }) => [data['k'], data[NASTY], data['price']])).toEqual([
      [1, 'x', '2'],
      [1, null, null],
      ['9007199254740993', 'x', '1.10'],
      [null, 'y', '3'],
      [null, null, '3'],
    ]);
    expect(read.rows[0]?.data).toMatchObject({ blob: 'AP8=', temp: 'NaN' });
    expect(new Set(read.rows.map(({ device_id }) => device_id))).toEqual(new Set([made.deviceId]));
  });

  it('are walked by cursor in any order, NULLs in the key and in the sorted column included', async () => {
    await makeMirror();
    for (const sort of [undefined, 'k', '-k', 'price', '-price', NASTY, `-${NASTY}`]) {
      const order = sort === undefined ? {} : { sort };
      const whole = await listMirrorRows({ ...at(), input: order });
      const walked = await walk(async (cursor) => {
        const input = { ...order, limit: 1, ...(cursor === undefined ? {} : { cursor }) };
        const page = await listMirrorRows({ ...at(), input });
        return { items: page.rows, next: page.meta.next_cursor };
      });
      expect(walked).toEqual(whole.rows);
      expect(whole.rows).toHaveLength(5);
    }
  });

  it('are walked by cursor where the values that they are sorted by are longer than a URL', async () => {
    const table = await makeMirror();
    const column = quoteIdentifier(NASTY);
    // The key's own index takes no long value that does not compress; these do.
    await db.sql.unsafe(
      `update tidegate_mirror.${quoteIdentifier(table)} set ${column} = repeat('é', 9000) || ${column}`,
    );
    for (const sort of ['', NASTY, `-${NASTY}`]) {
      const page = async (cursor?: string) =>
        listMirrorRows({ ...at(), input: { limit: 2, sort, ...(cursor ? { cursor } : {}) } });
      const walked = await walk(async (cursor) => {
        expect(cursor?.length ?? 0).toBeLessThanOrEqual(4500);
        const { rows, meta } = await page(cursor);
        return { items: rows, next: meta.next_cursor };
      });
      const { rows } = await listMirrorRows({ ...at(), input: { limit: 100, sort } });
      expect(rows).toHaveLength(5);
      expect(walked).toEqual(rows);
    }
  });

  it('take columns and filters by name, and name what they do not know', async () => {
    await makeMirror();
    const some = await listMirrorRows({ ...at(), input: { columns: 'price,k', filter: `${NASTY}:x` } });
    expect(some.rows.map(({ data }) => data)).toEqual([
      { price: '2', k: 1 },
      { price: '1.10', k: '9007199254740993' },
    ]);
    expect(some.meta.total_items).toBe(2);
    expect((await listMirrorRows({ ...at(), input: { filter: 'blob:AP8=' } })).rows).toHaveLength(5);
    for (const input of [{ columns: 'nope' }, { sort: 'nope' }, { filter: 'nope:1' }]) {
      await expect(listMirrorRows({ ...at(), input })).rejects.toMatchObject({
        status: 400,
        code: 'unknown_column',
        detail: expect.stringContaining('"price"'),
      });
    }
    for (const input of [{ filter: 'k:abc' }, { filter: 'k' }]) {
      await expect(listMirrorRows({ ...at(), input })).rejects.toMatchObject({ code: 'invalid_parameter' });
    }
  });
});

it("answers a lineage's page in one piece", async () => {
  const reviewId = await makeReview(db, place, made);
  await makeMirror();
  const detail = await getLineage(at());
  expect(detail).toMatchObject({
    lineage: { id: made.lineageId, status: 'paused', staged_row_count: 3 },
    schema_versions: [{ schema_hash: made.schemaHash, status: 'pending', staged_row_count: 3 }],
    replay_intent: null,
    pending_controls: [],
    mirror: { source: 'mirror', generation: 1 },
    open_review: { id: reviewId },
  });
  expect(detail.column_bindings).toHaveLength(5);
  expect(detail.lineage.mirror_id).toBe(detail.mirror?.id);
  for (const lineageId of [uuidV4(), 'not-a-uuid']) {
    await expect(getLineage({ ...at(), lineageId })).rejects.toMatchObject({ code: 'lineage_not_found' });
  }
});

describe('rejected batches', () => {
  const reject = async (orgId: string | null, projectId: string | null, payload: Buffer) => {
    const id = uuidV4();
    await db.sql`
      insert into tidegate.rejected_batch
        (id, org_id, project_id, device_id, topic, code, detail, payload, bytes, received_at)
      values (${id}, ${orgId}, ${projectId}, ${projectId === null ? null : made.deviceId}, 't', 'invalid_op',
        'rows[0].op', ${payload}, ${payload.length}, now())`;
    return id;
  };

  it('show their payload as received, and their code in words', async () => {
    const text = await reject(place.orgId, place.projectId, Buffer.from('{"a":"\ufeffé"}'));
    const bytes = await reject(place.orgId, place.projectId, Buffer.from([0xff, 0xfe]));
    expect(await getRejectedBatch({ ...at(), rejectedBatchId: text })).toMatchObject({
      payload: '{"a":"\ufeffé"}',
      payload_encoding: 'utf-8',
      device_name: made.deviceName,
      meaning: expect.stringMatching(/\w/),
    });
    expect(await getRejectedBatch({ ...at(), rejectedBatchId: bytes })).toMatchObject({
      payload: '//4=',
      payload_encoding: 'base64',
    });
    await expect(
      getRejectedBatch({ ...at(), ctx: place.people.viewer.ctx, rejectedBatchId: text }),
    ).rejects.toMatchObject({ status: 403 });
  });

  it('of no project are shown to administrators of the first organisation alone', async () => {
    const id = await reject(null, null, Buffer.from('x'));
    const [first] = await db.sql<{ id: string }[]>`
      select id from tidegate.org order by created_at, id limit 1`;
    const list = async (ctx: typeof place.people.owner.ctx, projectId: string) =>
      (await listRejectedBatches({ ctx, projectId, input: {} })).items.map((item) => item.id);
    expect(await list(place.people.operator.ctx, place.projectId)).not.toContain(id);
    expect(await list(place.stranger.ctx, place.stranger.projectId)).not.toContain(id);
    await db.sql`update tidegate.org set created_at = '2000-01-01' where id = ${place.orgId}`;
    expect(await list(place.people.admin.ctx, place.projectId)).toContain(id);
    expect(await list(place.people.operator.ctx, place.projectId)).not.toContain(id);
    await db.sql`update tidegate.org set created_at = now() where id = ${place.orgId}`;
    expect(first?.id).not.toBe(place.orgId);
  });
});

describe('policy', () => {
  it('changes what is named, says where each value comes from, and records before and after', async () => {
    const { ctx, projectId } = at();
    const { fleetId } = place;
    await patchPolicy({ ctx, projectId, input: { resume_threshold_percent: 70 } });
    const fleet = await patchPolicy({
      ctx,
      projectId,
      fleetId,
      input: { schema_coalescing_mode: 'per_device', resume_threshold_percent: 60 },
    });
    expect(fleet).toMatchObject({
      schema_coalescing_mode: 'none',
      resume_threshold_percent: 60,
      origins: { schema_coalescing_mode: 'fleet', resume_threshold_percent: 'fleet' },
    });
    expect((await getPolicy({ ctx, projectId })).resume_threshold_percent).toBe(70);
    const back = await patchPolicy({ ctx, projectId, fleetId, input: { resume_threshold_percent: null } });
    expect(back).toMatchObject({
      resume_threshold_percent: 70,
      origins: { resume_threshold_percent: 'project', schema_coalescing_mode: 'fleet' },
    });
    const { items } = await listEvents({ ctx, projectId, input: { kind: 'policy.*', limit: 1 } });
    expect(items[0]?.data).toMatchObject({
      before: { resume_threshold_percent: 60 },
      after: { resume_threshold_percent: 70 },
    });
    await expect(
      patchPolicy({ ctx, projectId, input: { resume_threshold_percent: 100 } }),
    ).rejects.toMatchObject({ status: 422 });
  });

  it('loses no change of two made at once', async () => {
    const { ctx, projectId } = at();
    await Promise.all([
      patchPolicy({ ctx, projectId, input: { resume_threshold_percent: 50 } }),
      patchPolicy({ ctx, projectId, input: { rejected_batch_retention_days: 5 } }),
      patchPolicy({ ctx, projectId, input: { allow_additive_continue: true } }),
    ]);
    expect(await getPolicy({ ctx, projectId })).toMatchObject({
      resume_threshold_percent: 50,
      rejected_batch_retention_days: 5,
      allow_additive_continue: true,
    });
  });
});

it('counts what needs a person, and whether a worker lives', async () => {
  await makeReview(db, place, made);
  await db.sql`
    insert into tidegate.worker_slot (slot, pid, version, started_at, beat_at, broker_connected)
    values ('live', 1, '0', now(), now(), 'yes'), ('dead', 1, '0', now(), now() - interval '1 hour', 'yes')
    on conflict (slot) do update set beat_at = excluded.beat_at`;
  const { ctx, projectId } = at();
  expect(await getOverview({ ctx, projectId })).toMatchObject({
    reviews_waiting: 1,
    lineages: 1,
    lineages_paused: 1,
    staged_rows: 3,
    workers: [
      { slot: 'dead', alive: false, broker_connected: false },
      { slot: 'live', alive: true, broker_connected: true },
    ],
  });
});
