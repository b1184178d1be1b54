// What the row viewer stands on: both directions from any place, conditions, files, and the way of one key.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDb, type RootDb } from '@/server/db/client';
import { mirrorTable } from '@/server/db/identifier';
import { pkHashOf } from '@/server/protocol/canonical-json';
import { uuidV7 } from '@/server/lib/uuid';
import { mirrorFile, stagedFile } from '@/server/http/row-export';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import { makeLineage, makeStagedRow, type TestLineage } from '@/server/testing/lineages';
import { makeNastyMirror, NASTY } from '@/server/testing/nasty-mirror';
import { makeTenancy, type TestTenancy } from '@/server/testing/tenancy';
import { exportMirrorRows } from '../mirror/export-mirror-rows';
import { listMirrorRows } from '../mirror/list-mirror-rows';
import { boundedRead } from '../paging/bounded-read';
import { exportStagedRows } from '../staging/export-staged-rows';
import { listStagedRows } from '../staging/list-staged-rows';
import { keyOfMirror, parsePk } from './key-forms';
import { getKeyHistory } from './key-history';
import { listEvents } from './list-events';
import { mirrorOfLineage } from '../mirror/read-mirror';

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

const mirror = (input: Parameters<typeof listMirrorRows>[0]['input']) => listMirrorRows({ ...at(), input });
const staged = (input: Parameters<typeof listStagedRows>[0]['input']) => listStagedRows({ ...at(), input });
const where = (...conditions: object[]) => ({ where: JSON.stringify(conditions) });

/** The items from the end to the beginning, by the cursors that lead back. */
async function walkBack<T>(read: (cursor?: string) => Promise<{ items: T[]; previous: string | null }>) {
  const all: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await read(cursor);
    all.unshift(...page.items);
    expect(all.length).toBeLessThan(50);
    cursor = page.previous ?? undefined;
  } while (cursor !== undefined);
  return all;
}

async function textOf(stream: ReadableStream<Uint8Array>): Promise<string> {
  return new Response(stream).text();
}

describe('mirror rows', () => {
  beforeEach(() => makeNastyMirror(db, place, made));

  it('are read backward as they are forward, in every order, NULLs included', async () => {
    for (const sort of [undefined, 'k', '-k', 'price', '-price', NASTY]) {
      const order = sort === undefined ? {} : { sort };
      const { rows } = await mirror(order);
      const back = await walkBack(async (cursor) => {
        const from = cursor === undefined ? {} : { cursor };
        const page = await mirror({ ...order, ...from, limit: 2, direction: 'backward' });
        return { items: page.rows, previous: page.meta.previous_cursor ?? null };
      });
      expect(back).toEqual(rows);
    }
  });

  it('begin at a key, at the left part of one, and at NULL, and go on in both directions', async () => {
    const { rows } = await mirror({});
    for (const [i, row] of rows.entries()) {
      const page = await mirror({ seek: JSON.stringify(row.key), limit: 1 });
      expect(page.rows).toEqual([row]);
      const before = await mirror({ cursor: page.meta.previous_cursor ?? '', direction: 'backward' });
      expect(before.rows).toEqual(rows.slice(0, i));
      if (page.meta.next_cursor !== null)
        expect((await mirror({ cursor: page.meta.next_cursor })).rows).toEqual(rows.slice(i + 1));
    }
    expect((await mirror({ seek: '["2"]' })).rows).toEqual(rows.slice(2));
    expect((await mirror({ seek: '["1"]' })).rows).toEqual(rows);
    expect((await mirror({ seek: '[null]' })).rows).toEqual(rows.slice(3));
    const down = await mirror({ sort: '-k' });
    expect((await mirror({ sort: '-k', seek: '["2"]' })).rows).toEqual(down.rows.slice(3));
    for (const seek of ['nope', '[]', '["x"]', '["1","x","y"]', '[1]'])
      await expect(mirror({ seek })).rejects.toMatchObject({ status: 400, code: 'invalid_parameter' });
    await expect(mirror({ seek: '["1"]', sort: 'price' })).rejects.toMatchObject({ status: 400 });
  });

  it('meet every condition that is asked for, and say whether an index answers', async () => {
    const keys = async (...conditions: object[]) =>
      (await mirror(where(...conditions))).rows.map((r) => r.key[0]);
    expect(await keys({ column: 'k', op: 'gt', value: '1' })).toEqual(['9007199254740993']);
    expect(await keys({ column: 'k', op: 'lte', value: '1' })).toEqual(['1', '1']);
    expect(await keys({ column: NASTY, op: 'is_null' }, { column: 'k', op: 'not_null' })).toEqual(['1']);
    expect(await keys({ column: NASTY, op: 'ne', value: 'x' })).toEqual(['1', null, null]);
    expect(
      await keys({ column: 'price', op: 'gte', value: '2' }, { column: 'price', op: 'lt', value: '3' }),
    ).toEqual(['1']);
    expect(await keys({ column: 'k', op: 'starts_with', value: '90' })).toEqual(['9007199254740993']);
    expect(await keys({ column: 'k', op: 'contains', value: '99' })).toEqual(['9007199254740993']);
    expect(await keys({ column: 'blob', op: 'contains', value: '/w==' })).toHaveLength(5);
    const index = async (input: object) => (await mirror(input)).by_index;
    expect(await index({})).toEqual({ sort: true, filter: true });
    expect(await index(where({ column: 'k', op: 'gt', value: '1' }))).toEqual({ sort: true, filter: true });
    expect(await index({ ...where({ column: 'price', op: 'gt', value: '1' }), sort: 'price' })).toEqual({
      sort: false,
      filter: false,
    });
    for (const bad of [
      '{',
      '[{"column":"k"}]',
      '[{"column":"k","op":"eq"}]',
      '[{"column":"k","op":"eq","value":"x"}]',
    ])
      await expect(mirror({ where: bad })).rejects.toMatchObject({ status: 400, code: 'invalid_parameter' });
  });

  it('are not counted where an estimate is enough, and stopped where they take too long', async () => {
    expect((await mirror({ total: 'estimate' })).meta.total_items_estimated).toBe(true);
    const slow = boundedRead(db, ({ sql }) => sql`select pg_sleep(20)`, 50);
    await expect(slow).rejects.toMatchObject({ status: 422, code: 'query_too_slow' });
    expect(await db.sql`show statement_timeout`).toEqual([{ statement_timeout: '0' }]);
  });

  it('become a file: every digit, NULL and the empty text apart, and in the order and under the conditions asked for', async () => {
    for (const [sort, first] of [
      ['-k', ',,3,'],
      ['-price', ',1,,,'],
    ] as const) {
      const file = mirrorFile(
        await exportMirrorRows({
          ...at(),
          input: { sort, columns: `k,${NASTY},price` },
        }),
        'csv',
      );
      const lines = (await textOf(file.stream)).split('\r\n');
      expect(lines[0]).toBe(`device_id,k,"${NASTY.replaceAll('"', '""')}",price,created_at,updated_at`);
      expect(lines).toHaveLength(7);
      expect(lines[1]).toContain(first);
      expect(lines.join()).toContain(',9007199254740993,x,1.10,');
    }
    const jsonl = mirrorFile(
      await exportMirrorRows({
        ...at(),
        input: { format: 'jsonl', ...where({ column: 'k', op: 'eq', value: '1' }) },
      }),
      'jsonl',
    );
    const rows = (await textOf(jsonl.stream)).trim().split('\n');
    expect(rows.map((line) => JSON.parse(line) as unknown)).toEqual((await mirror({ filter: 'k:1' })).rows);
    const { items } = await listEvents({ ...at(), input: { kind: 'edge_rows.exported' } });
    expect(items).toHaveLength(3);
    expect(JSON.stringify(items[0]?.data)).not.toContain('"1"');
    await expect(
      exportMirrorRows({ ...at(), ctx: place.people.viewer.ctx, input: {} }),
    ).rejects.toMatchObject({
      status: 403,
    });
  });

  it('are no longer read once the client has gone', async () => {
    const table = mirrorTable((await mirrorOfLineage(db.sql, made.lineageId))?.mirror_table_name ?? '');
    await db.sql.unsafe(
      `insert into ${table} (device_id, version_epoch, version_seq, created_at, updated_at, k, price)
       select '${made.deviceId}', 1, i, now(), now(), i, i from generate_series(1000, 4999) i`,
    );
    for (const sort of ['k', 'price']) {
      const reader = mirrorFile(
        await exportMirrorRows({ ...at(), input: { sort } }),
        'csv',
      ).stream.getReader();
      await reader.read();
      expect(new TextDecoder().decode((await reader.read()).value).split('\r\n')).toHaveLength(1001);
      await reader.cancel();
      expect((await reader.read()).done).toBe(true);
    }
    await expect
      .poll(async () => {
        const [busy] = await db.sql<{ n: number }[]>`
          select count(*)::int as n from pg_stat_activity
          where datname = current_database() and state <> 'idle' and pid <> pg_backend_pid()`;
        return busy?.n;
      })
      .toBe(0);
  });
});

describe('staged rows', () => {
  beforeEach(async () => {
    await makeStagedRow(db, made, { commitSeq: 1, row: '{"id":1,"price":1.50,"note":"=1+1"}' });
    await makeStagedRow(db, made, {
      commitSeq: 2,
      row: '{"id":2,"price":"severe","note":"a\\u0000b \\ud800"}',
    });
    await makeStagedRow(db, made, { commitSeq: 3, row: '{"id":3,"price":null,"note":""}' });
    await makeStagedRow(db, made, { commitSeq: 4, row: null, op: 'delete' });
  });
  const seqs = async (input: object) => (await staged(input)).items.map(({ commit_seq }) => commit_seq);

  it('are read in both directions and from a commit', async () => {
    expect(await seqs({ sort: '-commit_seq' })).toEqual(['4', '3', '2', '1']);
    expect(await seqs({ direction: 'backward', limit: 2 })).toEqual(['3', '4']);
    expect(await seqs({ seek: '3' })).toEqual(['3', '4']);
    expect(await seqs({ seek: '3', sort: '-commit_seq' })).toEqual(['3', '2', '1']);
    const { items, meta } = await staged({ seek: '2', limit: 1 });
    expect(await seqs({ seek: items[0]?.id, limit: 1 })).toEqual(['2']);
    expect(await seqs({ cursor: meta.previous_cursor, direction: 'backward' })).toEqual(['1']);
    await expect(staged({ seek: 'x' })).rejects.toMatchObject({ status: 400 });
  });

  it('meet conditions on what was received, whatever it holds', async () => {
    expect(await seqs(where({ column: 'price', op: 'eq', value: '1.5' }))).toEqual(['1']);
    expect(await seqs(where({ column: 'price', op: 'eq', value: 'severe' }))).toEqual(['2']);
    expect(await seqs(where({ column: 'price', op: 'gt', value: '1' }))).toEqual(['1']);
    expect(await seqs(where({ column: 'price', op: 'is_null' }))).toEqual(['3', '4']);
    expect(await seqs(where({ column: 'note', op: 'starts_with', value: 'a' }))).toEqual(['2']);
    expect(await seqs(where({ column: 'note', op: 'eq', value: '' }))).toEqual(['3']);
    expect(await seqs(where({ column: 'id', op: 'gte', value: '3' }))).toEqual(['3', '4']);
    expect((await staged({ ...where({ column: 'id', op: 'gte', value: '3' }) })).meta.total_items).toBe(2);
  });

  it('become a file that no spreadsheet runs', async () => {
    const csv = await textOf(stagedFile(await exportStagedRows({ ...at(), input: {} }), 'csv').stream);
    const [head, ...lines] = csv.split('\r\n');
    expect(head).toMatch(/^commit_seq,.*,id,price,other$/);
    expect(lines[0]).toContain(',1,1.50,"{""note"":""=1+1""}"');
    expect(lines[3]).toMatch(/^4,.*,delete,.*,4,,$/);
    const jsonl = stagedFile(
      await exportStagedRows({ ...at(), input: { format: 'jsonl', op: 'delete' } }),
      'jsonl',
    );
    expect(JSON.parse(await textOf(jsonl.stream))).toMatchObject({ op: 'delete', pk: { id: 4 }, row: null });
  });
});

describe('the way of one key', () => {
  const history = (input: Parameters<typeof getKeyHistory>[0]['input']) => getKeyHistory({ ...at(), input });
  const epoch = uuidV7();

  beforeEach(async () => {
    await makeNastyMirror(db, place, made);
    await db.sql`
      insert into tidegate.journal_epoch (lineage_id, epoch, ordinal, first_seen_at)
      values (${made.lineageId}, ${epoch}, 1, now())`;
  });

  it('is what waits, what is written and the batch that brought it, and says what is gone', async () => {
    const pk = '{"k":1,"x":"x"}';
    await db.sql`
      insert into tidegate.staged_row (lineage_id, epoch_ordinal, commit_seq, pk_hash, journal_epoch, schema_hash, op, pk,
        "row", staging_reason, received_at, bytes)
      values (${made.lineageId}, 1, 7, ${pkHashOf(parsePk(pk))}, ${epoch}, ${made.schemaHash}, 'update', ${pk},
        '{"k":1.0,"x":"x","price":9}', 'lineage_paused', now(), 1)`;
    await db.sql`
      insert into tidegate.batch_ledger (batch_id, kind, device_id, lineage_id, schema_hash, journal_epoch, first_seq,
        last_seq, rows, duplicates, bytes, outcome, received_at)
      values (${uuidV7()}, 'rows', ${made.deviceId}, ${made.lineageId}, ${made.schemaHash}, ${epoch}, 5, 9, 3, 0, 1,
        'staged', now())`;
    const found = await history({ pk });
    expect(found).toMatchObject({
      pk: { k: 1, x: 'x' },
      staged: [{ commit_seq: '7', op: 'update' }],
      written: { version: { journal_epoch: epoch, commit_seq: '1' }, data: { price: '2' } },
      deleted: null,
      batches: [{ outcome: 'staged', brought: { journal_epoch: epoch, commit_seq: '7' } }],
    });
    expect(found.not_kept.join(' ')).toMatch(/overwritten in the mirror.*ledger of batches reaches back to/);
    expect(await history({ key: '["1","x"]' })).toEqual(found);
    expect((await history({ key: '["1",null]' })).written?.data).toMatchObject({ price: null });
    expect(await history({ pk: '{"k":77,"x":""}' })).toMatchObject({
      written: null,
      not_kept: [expect.stringContaining('Nothing is kept of this key')],
    });
    expect((await history({ pk: '{"other":1}' })).not_kept[0]).toMatch(/cannot be a key of the mirror/);
    for (const bad of [{}, { pk: 'x' }, { pk: '{}' }, { key: '["1"]' }])
      await expect(history(bad)).rejects.toMatchObject({ status: 400 });
  });

  it('ends with a tombstone', async () => {
    const view = await mirrorOfLineage(db.sql, made.lineageId);
    if (view === null) throw new Error('no mirror');
    const key = keyOfMirror(view, ['5', null]);
    await db.sql`
      insert into tidegate.mirror_tombstone (mirror_id, device_id, key_hash, version_epoch, version_seq, deleted_at)
      values (${view.id}, ${made.deviceId}, ${key?.hash ?? null}, 1, 12, now())`;
    expect(await history({ pk: '{"k":5,"x":null}' })).toMatchObject({
      written: null,
      deleted: { version: { journal_epoch: epoch, commit_seq: '12' } },
    });
  });
});
