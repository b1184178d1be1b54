// How much the lists read, counted by Postgres itself inside the transaction that reads: a page deep inside may
// not fetch more rows than a page at the beginning, and no list may walk its whole table to open.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDb, type Db, type RootDb } from '@/server/db/client';
import { mirrorTable } from '@/server/db/identifier';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import { systemCtx } from '@/server/testing/engine';
import { seedDatabase } from '@/server/testing/seed/seed-database';
import { permissionsOf } from '../auth/permissions';
import type { Ctx } from '../context/context';
import { listLineages } from '../lineages/list-lineages';
import { EXACT_COUNT_MAX } from '../paging/list-page';
import { listReviewQueue } from '../registry/review-queue';
import { listMirrorRows } from '../mirror/list-mirror-rows';
import { listStagedRows } from '../staging/list-staged-rows';
import { listEvents } from './list-events';

const SIZES = { devices: 60, lineages: 1200, reviews: 60, staged: 26_000, mirror: 26_000 };
const LIMIT = 20;
const LAST_PAGE = SIZES.staged / LIMIT;
/** A page, the row after it, and what finds it. */
const FETCHED_MAX = 3 * LIMIT;

let database: TestDatabase;
let db: RootDb;
let projectId: string;
let backlog: string;
let large: { id: string; table: string };

beforeAll(async () => {
  database = await createTestDatabase();
  db = createDb(database.url);
  await seedDatabase(db, SIZES);
  const [found] = await db.sql<{ project: string; backlog: string; large: string; table: string }[]>`
    select m.project_id as project, m.table_name as table, l.id as large,
      (select id from tidegate.lineage order by staged_rows desc limit 1) as backlog
    from tidegate.mirror m join tidegate.lineage l on l.device_id = m.scope_id and l.source_table = m.source_table
    where m.scope = 'device'`;
  if (found === undefined) throw new Error('the seed has no large mirror');
  projectId = found.project;
  backlog = found.backlog;
  large = { id: found.large, table: found.table };
});
afterAll(async () => {
  await db.end();
  await database.drop();
});

const ctxOf = (inner: Db): Ctx => ({ ...systemCtx(db), db: inner, permissions: permissionsOf('owner') });

/** What this connection has read of `table` since it last reported it. */
async function readsOf({ sql }: Db, table: string): Promise<{ walked: number; fetched: number }> {
  const [seen] = await sql<{ walked: number; fetched: number }[]>`
    select seq_tup_read::int as walked, coalesce(idx_tup_fetch, 0)::int as fetched
    from pg_stat_xact_all_tables where relid = ${table}::regclass`;
  return seen ?? { walked: 0, fetched: 0 };
}

/** Rows of `table` that `read` fetched, by index and by walking the table, and what it answered. */
function fetched<T>(table: string, read: (ctx: Ctx) => Promise<T>) {
  return db.transaction(async (tx) => {
    const before = await readsOf(tx, table);
    const answer = await read(ctxOf(tx));
    const after = await readsOf(tx, table);
    return { answer, walked: after.walked - before.walked, fetched: after.fetched - before.fetched };
  });
}

describe('staged rows', () => {
  const page = (number: number, more = {}) =>
    fetched('tidegate.staged_row', (ctx) =>
      listStagedRows({ ctx, projectId, lineageId: backlog, input: { page: number, limit: LIMIT, ...more } }),
    );

  it('fetch as few rows for the last page as for the first', async () => {
    for (const number of [1, 2, LAST_PAGE - 1, LAST_PAGE]) {
      const { answer, walked, fetched: rows } = await page(number);
      const from = (number - 1) * LIMIT + 1;
      const expected = Array.from({ length: LIMIT }, (_, i) => String(from + i));
      expect(answer.items.map(({ commit_seq }) => commit_seq)).toEqual(expected);
      expect(answer.meta.next_cursor === null).toBe(number === LAST_PAGE);
      expect(walked).toBe(0);
      expect(rows).toBeLessThanOrEqual(FETCHED_MAX);
    }
    expect((await page(LAST_PAGE + 1)).answer.items).toEqual([]);
  });

  it('go on from a deep page by its cursor', async () => {
    const { answer } = await page(1000);
    const { answer: next, fetched: rows } = await page(1, { cursor: answer.meta.next_cursor });
    expect(next.items[0]?.commit_seq).toBe(String(1000 * LIMIT + 1));
    expect(rows).toBeLessThanOrEqual(FETCHED_MAX);
  });

  it('find none that failed without a look at the others', async () => {
    const { answer, walked, fetched: rows } = await page(1, { staging_reason: 'materialization_failed' });
    expect(answer.items).toEqual([]);
    expect(walked + rows).toBeLessThan(SIZES.staged / 100);
  });

  it('are counted exactly where that is asked for', async () => {
    const { answer } = await page(1, { op: 'insert' });
    expect(answer.meta).toMatchObject({ total_items_estimated: true });
    const { answer: exact } = await page(1, { op: 'insert', total: 'exact' });
    const [count] = await db.sql<{ n: number }[]>`
      select count(*)::int as n from tidegate.staged_row where lineage_id = ${backlog} and op = 'insert'`;
    expect(exact.meta.total_items).toBe(count?.n);
    expect(exact.meta.total_items_estimated).toBeUndefined();
  });
});

describe('mirror rows', () => {
  const page = (number: number, more = {}) =>
    fetched(mirrorTable(large.table), (ctx) =>
      listMirrorRows({ ctx, projectId, lineageId: large.id, input: { page: number, limit: LIMIT, ...more } }),
    );

  it('fetch as few rows for the last page as for the first, in both directions of the key', async () => {
    expect(large.table.startsWith('edge_mirror_')).toBe(true);
    for (const sort of ['id', '-id', undefined]) {
      for (const number of [1, LAST_PAGE - 1, LAST_PAGE]) {
        const { answer, walked, fetched: rows } = await page(number, sort === undefined ? {} : { sort });
        const from = (number - 1) * LIMIT + 1;
        const expected = Array.from({ length: LIMIT }, (_, i) =>
          sort === '-id' ? SIZES.mirror - from - i + 1 : from + i,
        );
        expect(answer.rows.map(({ data }) => data['id'])).toEqual(expected);
        expect(walked + rows).toBeLessThanOrEqual(EXACT_COUNT_MAX + 1 + FETCHED_MAX);
      }
    }
    expect((await page(LAST_PAGE + 1)).answer.rows).toEqual([]);
  });

  it('are the same rows deep inside a filtered list and one that no index orders', async () => {
    const whole = await db.sql<{ id: number }[]>`
      select id::int from ${db.sql.unsafe(mirrorTable(large.table))} where channel = 'ok' order by id offset 3000 limit 20`;
    const { answer } = await page(151, { filter: 'channel:ok' });
    expect(answer.rows.map(({ data }) => data['id'])).toEqual(whole.map(({ id }) => id));
    const sorted = await db.sql<{ id: number }[]>`
      select id::int from ${db.sql.unsafe(mirrorTable(large.table))} order by raw, id offset 3000 limit 20`;
    const { answer: byRaw } = await page(151, { sort: 'raw' });
    expect(byRaw.rows.map(({ data }) => data['id'])).toEqual(sorted.map(({ id }) => id));
  });
});

describe('other lists', () => {
  it('open events of a kind that never happened without reading the log', async () => {
    const {
      answer,
      walked,
      fetched: rows,
    } = await fetched('tidegate.event', (ctx) =>
      listEvents({ ctx, projectId, input: { kind: 'nothing.such' } }),
    );
    expect(answer.items).toEqual([]);
    expect(walked + rows).toBe(0);
  });

  it('search lineages by device and table, and by the id of one', async () => {
    const read = (q: string) => listLineages({ ctx: ctxOf(db), projectId, input: { q, total: 'exact' } });
    const byTable = await read('ALARM');
    const [alarms] = await db.sql<{ n: number }[]>`
      select count(*)::int as n from tidegate.lineage where source_table = 'alarms'`;
    expect(byTable.meta.total_items).toBe(alarms?.n);
    const [one] = byTable.items;
    if (one === undefined) throw new Error('no lineage of alarms');
    const byDevice = await read(one.device_name);
    expect(new Set(byDevice.items.map(({ device_name }) => device_name))).toEqual(new Set([one.device_name]));
    expect((await read(one.id.toUpperCase())).items.map(({ id }) => id)).toEqual([one.id]);
    expect((await read('zzzz')).items).toEqual([]);
    expect((await read('100%')).items).toEqual([]);
  });

  it('walk every page of the lineages in each order without skipping or repeating', async () => {
    for (const sort of ['-last_batch_at', 'device_name', '-staged_row_count'] as const) {
      const seen: string[] = [];
      for (let number = 1; ; number++) {
        const { items } = await listLineages({
          ctx: ctxOf(db),
          projectId,
          input: { sort, limit: 100, page: number },
        });
        seen.push(...items.map(({ id }) => id));
        if (items.length === 0) break;
      }
      expect(seen.length).toBe(SIZES.lineages);
      expect(new Set(seen).size).toBe(SIZES.lineages);
    }
  });
});

describe('the queue', () => {
  it('does not walk through what was decided before the longest waiting came', async () => {
    const waiting = await db.sql`select from tidegate.schema_review where status in ('queued', 'in_review')`;
    await db.sql`
      insert into tidegate.schema_review
      select (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(), 'status', 'approved',
        'created_at', r.created_at - interval '2 years'))).*
      from tidegate.schema_review r cross join generate_series(1, 100)
      where r.status in ('queued', 'in_review')`;
    await db.sql`analyze tidegate.schema_review`;
    const {
      answer,
      walked,
      fetched: rows,
    } = await fetched('tidegate.schema_review', (ctx) =>
      listReviewQueue({ ctx, projectId, input: { status: 'open', limit: LIMIT } }),
    );
    expect(answer.items).toHaveLength(LIMIT);
    expect(walked).toBe(0);
    // The page, and those that are counted.
    expect(rows).toBeLessThanOrEqual(FETCHED_MAX + waiting.length);
  });
});
