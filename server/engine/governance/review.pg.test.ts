import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDb, type RootDb } from '@/server/db/client';
import { approveReview } from '@/server/engine/governance/approve-review';
import { claimReview } from '@/server/engine/governance/claim-review';
import { getLineage } from '@/server/engine/governance/get-lineage';
import { getReview } from '@/server/engine/governance/get-review';
import { previewReview } from '@/server/engine/governance/preview-review';
import { reopenReview } from '@/server/engine/governance/reopen-review';
import { saveDraft } from '@/server/engine/governance/save-draft';
import { schemaHash } from '@/server/protocol/fingerprint';
import { uuidV7 } from '@/server/lib/uuid';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import {
  approveNewest,
  DEVICE_STATE,
  drainReplays,
  makeDevice,
  mirrorRowsOf,
  newestReview,
  put,
  type TestDevice,
  type TestTable,
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

async function reviewed(table: TestTable, rows: Parameters<TestDevice['send']>[1]) {
  const device = await makeDevice(db);
  await device.send(table, rows);
  const review = await newestReview(db, device.id);
  const target = { ctx: device.operator, projectId: device.tenancy.projectId, reviewId: review.id };
  return { device, target };
}

const mirrorAll = (table: TestTable) =>
  table.columns.map((c) => ({ source_column_name: c.name, action: 'mirror' as const }));

describe('a review', () => {
  it('shows each column with real values and what would not fit', async () => {
    const { target } = await reviewed(DEVICE_STATE, [
      put(1, { id: 1, mode: 'cooling', setpoint: 21 }),
      put(2, { id: 2, mode: null, setpoint: 'warm' }),
    ]);
    const detail = await getReview(target);
    expect(detail).toMatchObject({
      status: 'queued',
      classification: 'ambiguous',
      staged_row_count: 2,
      columns_inferred: false,
    });
    expect(detail.columns.find((c) => c.name === 'setpoint')).toMatchObject({
      mirror_type: 'double precision',
      misfit_rows: 1,
      misfit_example: '"warm" is not a number',
    });
    expect(detail.columns.find((c) => c.name === 'mode')).toMatchObject({
      null_share: 0.5,
      samples: ['"cooling"'],
    });
  });

  it('hides values from whoever may not read rows', async () => {
    const { device, target } = await reviewed(DEVICE_STATE, [
      put(1, { id: 1, mode: 'secret', setpoint: 21 }),
    ]);
    const detail = await getReview({ ...target, ctx: device.tenancy.people.viewer.ctx });
    expect(JSON.stringify(detail)).not.toContain('secret');
  });

  it('goes on comparing with what was approved before, after it has been approved itself', async () => {
    const { device, target } = await reviewed(DEVICE_STATE, [put(1, { id: 1, mode: 'a', setpoint: 1 })]);
    await approveNewest(db, device, DEVICE_STATE);
    expect((await getReview(target)).columns.map((c) => c.before)).toEqual([null, null, null]);
  });

  it('simulates by doing it, and leaves nothing behind', async () => {
    const { device, target } = await reviewed(DEVICE_STATE, [
      put(1, { id: 1, mode: 'a', setpoint: 1 }),
      put(2, { id: 2, mode: 'b', setpoint: 'warm' }),
    ]);
    const preview = await previewReview({
      ...target,
      input: { action_version: 1, column_actions: mirrorAll(DEVICE_STATE) },
    });
    expect(preview).toMatchObject({ tried_rows: 2, landing_rows: 1, staged_rows: 2 });
    expect(preview.ddl.join('\n')).toMatch(
      /create table "tidegate_mirror"\."edge_mirror_[0-9a-f]{8}_device_state"/,
    );
    expect(preview.failures).toMatchObject([
      {
        column: 'setpoint',
        kind: 'not_a_number',
        rows: 1,
        example: { error: expect.stringContaining('"warm" is not a number') },
      },
    ]);
    const [left] = await db.sql`select count(*)::int as n from tidegate.mirror where scope_id = ${device.id}`;
    expect(left).toMatchObject({ n: 0 });
    expect(await getReview(target)).toMatchObject({ status: 'queued', action_version: 1 });
  });

  it('simulates into one group per column and kind, whatever the values, and quotes none to whoever may not read rows', async () => {
    const { target } = await reviewed(DEVICE_STATE, [
      put(1, { id: 1, mode: 'a', setpoint: 'warm' }),
      put(2, { id: 2, mode: 'b', setpoint: 'hot' }),
      put(3, { id: 'three', mode: 'c', setpoint: 'cold' }),
    ]);
    const input = { action_version: 1, column_actions: mirrorAll(DEVICE_STATE) };
    expect((await previewReview({ ...target, input })).failures).toEqual([
      {
        column: 'setpoint',
        kind: 'not_a_number',
        rows: 2,
        example: {
          error: expect.stringContaining('"warm" is not a number'),
          row: expect.stringContaining('warm'),
        },
      },
      { column: 'id', kind: 'not_an_integer', rows: 1, example: expect.anything() },
    ]);
    const permissions = new Set(['PROJECT_CAN_VIEW', 'PROJECT_CAN_MANAGE_DEVICES'] as const);
    const blind = await previewReview({ ...target, ctx: { ...target.ctx, permissions }, input });
    expect(blind.failures).toEqual([
      { column: 'setpoint', kind: 'not_a_number', rows: 2, example: null },
      { column: 'id', kind: 'not_an_integer', rows: 1, example: null },
    ]);
    expect(JSON.stringify(blind)).not.toMatch(/warm|hot|cold|three/);
  });

  it('lists the columns of a mirror and their bindings with the key first, then as the source has them', async () => {
    const table: TestTable = {
      name: 'presses',
      columns: [
        { name: 'cycles', decl_type_affinity: 'INTEGER', pk_ordinal: 0, not_null: false },
        { name: 'id', decl_type_affinity: 'INTEGER', pk_ordinal: 2, not_null: true },
        { name: 'site', decl_type_affinity: 'TEXT', pk_ordinal: 1, not_null: true },
        { name: 'bar', decl_type_affinity: 'REAL', pk_ordinal: 0, not_null: false },
      ],
    };
    const device = await makeDevice(db);
    const row = { site: 'a', id: 1, cycles: 3, bar: 1.5 };
    await device.send(table, [{ commitSeq: 1n, op: 'insert', pk: { site: 'a', id: 1 }, row }]);
    await approveNewest(db, device, table);
    const { lineageId } = await newestReview(db, device.id);
    const detail = await getLineage({
      ctx: device.operator,
      projectId: device.tenancy.projectId,
      lineageId,
    });
    const order = ['site', 'id', 'cycles', 'bar'];
    expect(detail.mirror?.columns.map(({ name }) => name)).toEqual(order);
    expect(detail.column_bindings.map((binding) => binding.source_column_name)).toEqual(order);
  });

  it('refuses a decision column by column, and a stale or foreign one with the current state', async () => {
    const { device, target } = await reviewed(DEVICE_STATE, [put(1, { id: 1, mode: 'a', setpoint: 1 })]);
    const input = (actions: unknown[]) => ({ action_version: 2, column_actions: actions as never });
    await expect(approveReview({ ...target, input: input(mirrorAll(DEVICE_STATE)) })).rejects.toMatchObject({
      status: 409,
      code: 'stale_action_version',
    });
    await claimReview({ ...target, input: { action_version: 1 } });
    const seenBefore = { action_version: 1, column_actions: mirrorAll(DEVICE_STATE) };
    await expect(approveReview({ ...target, input: seenBefore })).rejects.toMatchObject({
      status: 409,
      code: 'stale_action_version',
      extra: { data: { action_version: 2 } },
    });
    const foreign = { ...target, ctx: device.tenancy.people.admin.ctx };
    await expect(approveReview({ ...foreign, input: input(mirrorAll(DEVICE_STATE)) })).rejects.toMatchObject({
      status: 409,
      code: 'not_the_claimant',
    });
    const bad = [
      { source_column_name: 'id', action: 'ignore' },
      { source_column_name: 'mode', action: 'mirror', mirror_column_name: 'device_id' },
      { source_column_name: 'setpoint', action: 'map' },
    ];
    await expect(approveReview({ ...target, input: input(bad) })).rejects.toMatchObject({
      status: 422,
      extra: {
        errors: [{ code: 'key_must_be_mirrored' }, { code: 'no_data_points' }, { code: 'unusable_name' }],
      },
    });
    await expect(
      approveReview({ ...target, input: input(mirrorAll(DEVICE_STATE).slice(1)) }),
    ).rejects.toMatchObject({
      extra: { errors: [{ code: 'missing_column', detail: expect.stringContaining('"id"') }] },
    });
    expect(await mirrorRowsOf(db, device.id)).toEqual([]);
  });

  it('gives up on a mirror that a long query holds, and changes nothing', async () => {
    const device = await makeDevice(db);
    await device.send(DEVICE_STATE, [put(1, { id: 1, mode: 'a', setpoint: 1 })]);
    await approveNewest(db, device, DEVICE_STATE);
    await drainReplays(db);
    const note = { name: 'note', decl_type_affinity: 'TEXT' as const, pk_ordinal: 0, not_null: false };
    const wider = { ...DEVICE_STATE, columns: [...DEVICE_STATE.columns, note] };
    await device.send(wider, [put(2, { id: 1, mode: 'b', setpoint: 2, note: 'n' })]);
    const [mirror] = await db.sql<{ table_name: string }[]>`
      select table_name from tidegate.mirror where scope_id = ${device.id}`;
    await db.root.begin(async (reader) => {
      await reader`select 1 from tidegate_mirror.${reader(mirror?.table_name ?? '')}`;
      await expect(approveNewest(db, device, wider)).rejects.toMatchObject({
        status: 409,
        code: 'mirror_busy',
      });
    });
    expect(await newestReview(db, device.id)).toMatchObject({ status: 'in_review', actionVersion: 2 });
  });

  it('keeps a draft through a take-over', async () => {
    const { device, target } = await reviewed(DEVICE_STATE, [put(1, { id: 1, mode: 'a', setpoint: 1 })]);
    await claimReview({ ...target, input: { action_version: 1 } });
    await saveDraft({ ...target, input: { column_actions: mirrorAll(DEVICE_STATE) } });
    const other = { ...target, ctx: device.tenancy.people.admin.ctx };
    await expect(claimReview({ ...other, input: { action_version: 2 } })).rejects.toMatchObject({
      code: 'review_already_claimed',
    });
    await claimReview({ ...other, input: { action_version: 2, take_over: true } });
    expect((await getReview(other)).draft).toHaveLength(3);
    await expect(saveDraft({ ...target, input: { column_actions: [] } })).rejects.toMatchObject({
      code: 'not_the_claimant',
    });
  });

  it('leaves the lineage paused while a required column is deferred, until it is decided', async () => {
    const { device, target } = await reviewed(DEVICE_STATE, [put(1, { id: 1, mode: 'a', setpoint: 1 })]);
    await approveNewest(db, device, DEVICE_STATE, { id: { action: 'defer' } });
    await drainReplays(db);
    const causes = () =>
      db.sql`select cause from tidegate.pause_cause p join tidegate.lineage l on l.id = p.lineage_id where l.device_id = ${device.id}`;
    expect(await causes()).toMatchObject([{ cause: 'schema_review' }]);
    const { action_version } = await reopenReview({ ...target, input: { action_version: 3 } });
    expect(action_version).toBe(4);
    await approveNewest(db, device, DEVICE_STATE);
    await drainReplays(db);
    expect(await causes()).toEqual([]);
    expect(await mirrorRowsOf(db, device.id)).toEqual([{ id: 1, mode: 'a', setpoint: 1 }]);
  });
});

describe('what is hard to hold', () => {
  const awkward: TestTable = {
    name: 'weird "table" name; drop',
    columns: [
      { name: 'k', decl_type_affinity: 'TEXT', pk_ordinal: 1, not_null: false },
      { name: 'device_id', decl_type_affinity: 'INTEGER', pk_ordinal: 0, not_null: false },
      { name: 'select "x"', decl_type_affinity: 'NUMERIC', pk_ordinal: 0, not_null: false },
      { name: 'größe 😀', decl_type_affinity: 'TEXT', pk_ordinal: 0, not_null: false },
      { name: 'bytes', decl_type_affinity: 'BLOB', pk_ordinal: 0, not_null: false },
    ],
  };
  const DECIMAL = '1234567890123456789012345678.901234567890';

  it('arrives exactly: big integers, long decimals, odd names, NULL in a key, bytes', async () => {
    const device = await makeDevice(db);
    const hash = schemaHash({ tableName: awkward.name, columns: awkward.columns });
    const change = (seq: number, key: string, more: string) =>
      `{"commit_seq":${seq},"op":"insert","pk":{"k":${key}},"row":{"k":${key},${more}}}`;
    const rows = [
      change(
        1,
        'null',
        `"device_id":9007199254740993,"select \\"x\\"":${DECIMAL},"größe 😀":"\\ud83d\\ude00","bytes":"AAH/"`,
      ),
      change(2, '"a"', `"device_id":null,"select \\"x\\"":null,"größe 😀":"nul \\u0000","bytes":null`),
    ];
    const batch = {
      format_version: 1,
      capture_strategy: 'sqlite_row_batch_v1',
      batch_id: uuidV7(),
      journal_epoch: uuidV7(),
      source_table: awkward.name,
      schema_hash: hash,
      schema_columns: { table_name: awkward.name, columns: awkward.columns },
      first_commit_seq: 1,
      last_commit_seq: 2,
    };
    await device.sendRaw(`${JSON.stringify(batch).slice(0, -1)},"rows":[${rows.join(',')}]}`);
    await approveNewest(db, device, awkward);
    await drainReplays(db);
    const [mirror] = await db.sql<
      { table_name: string }[]
    >`select table_name from tidegate.mirror where scope_id = ${device.id}`;
    const landed = await db.sql`
      select k, source_device_id::text as n, "select ""x"""::text as d, "größe 😀" as s, encode(bytes, 'hex') as b
      from tidegate_mirror.${db.sql(mirror?.table_name ?? '')}`;
    expect(landed).toEqual([{ k: null, n: '9007199254740993', d: DECIMAL, s: '😀', b: '0001ff' }]);
    const staged = await db.sql`
      select s.error from tidegate.staged_row s join tidegate.lineage l on l.id = s.lineage_id where l.device_id = ${device.id}`;
    expect(staged).toMatchObject([{ error: expect.stringContaining('U+0000') }]);
  });

  it('infers the columns where only the hash is known, and says so', async () => {
    const device = await makeDevice(db);
    await device.send(DEVICE_STATE, [put(1, { id: 1, mode: 'a', setpoint: 1.5 })], { columns: false });
    const review = await newestReview(db, device.id);
    expect(review.classification).toBe('unknown');
    const target = { ctx: device.operator, projectId: device.tenancy.projectId, reviewId: review.id };
    const detail = await getReview(target);
    expect(detail).toMatchObject({ columns_inferred: true, verified: false });
    expect(detail.columns.map((c) => [c.name, c.decl_type_affinity, c.pk_ordinal])).toEqual([
      ['id', 'INTEGER', 1],
      ['mode', 'TEXT', 0],
      ['setpoint', 'REAL', 0],
    ]);
    // The columns arrive later and match the hash: the review then knows them.
    await device.send(DEVICE_STATE, [put(2, { id: 2, mode: 'b', setpoint: 2 })]);
    expect(await getReview(target)).toMatchObject({
      columns_inferred: false,
      verified: true,
      classification: 'ambiguous',
    });
  });
});
