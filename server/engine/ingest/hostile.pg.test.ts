import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDb, type RootDb } from '@/server/db/client';
import { deleteDevice } from '@/server/engine/devices/delete-device';
import { registerDevice } from '@/server/engine/devices/register-device';
import { approveReview } from '@/server/engine/governance/approve-review';
import { claimReview } from '@/server/engine/governance/claim-review';
import { checkBackpressure } from '@/server/engine/staging/backpressure';
import { lockLineage } from '@/server/engine/lineages/lineage-row';
import { uuidV7 } from '@/server/lib/uuid';
import { encodeRowBatch } from '@/server/protocol/row-batch-encode';
import type { SchemaColumn } from '@/server/protocol/fingerprint';
import { createTestDatabase, type TestDatabase } from '@/server/testing/database';
import {
  approveNewest,
  DEVICE_STATE,
  drainReplays,
  hashOf,
  makeDevice,
  mirrorRowsOf,
  newestReview,
  put,
  systemCtx,
  type TestDevice,
  type TestTable,
} from '@/server/testing/engine';
import { retryRejectedBatch } from './retry-rejected-batch';

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

const widen = (table: TestTable, ...added: SchemaColumn[]): TestTable => ({
  name: table.name,
  columns: [...table.columns, ...added],
});
const nullable = (name: string, decl_type_affinity: SchemaColumn['decl_type_affinity']): SchemaColumn => ({
  name,
  decl_type_affinity,
  pk_ordinal: 0,
  not_null: false,
});

async function active(table: TestTable, first: Parameters<typeof put>[1], actions = {}): Promise<TestDevice> {
  const device = await makeDevice(db);
  await device.send(table, [put(1, first)]);
  await approveNewest(db, device, table, actions);
  await drainReplays(db);
  return device;
}

const setPolicy = (device: TestDevice, fields: Record<string, boolean | number>) => db.sql`
  insert into tidegate.policy (scope, scope_id, fields)
  values ('project', ${device.tenancy.projectId}, ${JSON.stringify(fields)}::text::jsonb)
  on conflict (scope, scope_id) do update set fields = excluded.fields`;

async function stateOf(device: TestDevice) {
  const [row] = await db.sql<{ id: string; staged: number; causes: string[] | null }[]>`
    select l.id, l.staged_rows::int as staged,
      (select array_agg(cause) from tidegate.pause_cause p where p.lineage_id = l.id) as causes
    from tidegate.lineage l where device_id = ${device.id}`;
  if (row === undefined) throw new Error('the device has no lineage');
  return row;
}

describe('values made to break the sentence about them', () => {
  it('holds up neither a batch nor a replay by a character that the sentence would be cut in', async () => {
    const evil = 'x'.repeat(58) + '😀'.repeat(20);
    const device = await makeDevice(db);
    await device.send(DEVICE_STATE, [
      put(1, { id: 1, mode: 'a', setpoint: evil }),
      put(2, { id: 2, mode: 'b', setpoint: 2 }),
    ]);
    await approveNewest(db, device, DEVICE_STATE);
    await drainReplays(db);
    expect(await mirrorRowsOf(db, device.id)).toEqual([{ id: 2, mode: 'b', setpoint: 2 }]);
    const live = await device.send(DEVICE_STATE, [
      put(3, { id: 3, mode: 'c', setpoint: evil }),
      put(4, { id: 4, mode: 'd', setpoint: 4 }),
    ]);
    expect(live).toMatchObject({ kind: 'accepted', staged: 1 });
  });

  it('isolates a key that Postgres cannot hold, also in a batch that may be a repeat', async () => {
    const table: TestTable = {
      name: 'prices',
      columns: [{ name: 'id', decl_type_affinity: 'NUMERIC', pk_ordinal: 1, not_null: true }],
    };
    const device = await active(table, { id: 1 });
    const tooFine = `0.${'0'.repeat(20_000)}1`;
    const outcome = await device.send(table, [put(1, { id: tooFine }), put(2, { id: 2 })]);
    expect(outcome).toMatchObject({ kind: 'accepted', staged: 1 });
    expect(await mirrorRowsOf(db, device.id)).toEqual([{ id: 1 }, { id: 2 }]);
  });
});

describe('what nobody approved', () => {
  it('leaves an ignored column ignored when a wider schema goes on by policy', async () => {
    const device = await active(
      DEVICE_STATE,
      { id: 1, mode: 'secret', setpoint: 1 },
      { mode: { action: 'ignore' } },
    );
    await setPolicy(device, { allow_additive_continue: true });
    const wider = widen(DEVICE_STATE, nullable('note', 'TEXT'));
    await device.send(wider, [put(2, { id: 1, mode: 'secret', setpoint: 2, note: 'n' })]);
    expect(await mirrorRowsOf(db, device.id)).toEqual([{ id: 1, setpoint: 2, note: 'n' }]);
  });

  it('goes on by policy from the schema that was approved last, whoever approved it', async () => {
    const device = await active(DEVICE_STATE, { id: 1, mode: 'a', setpoint: 1 });
    await setPolicy(device, { allow_additive_continue: true });
    const wider = widen(DEVICE_STATE, nullable('b', 'TEXT'));
    await device.send(wider, [put(2, { id: 1, mode: 'a', setpoint: 2, b: 'x' })]);
    const retyped: TestTable = {
      name: wider.name,
      columns: wider.columns.map((c) => (c.name === 'mode' ? { ...c, decl_type_affinity: 'INTEGER' } : c)),
    };
    await device.send(retyped, [put(3, { id: 1, mode: 1, setpoint: 2, b: 'x' })]);
    await approveNewest(db, device, retyped, { mode: { mirror_column_name: 'mode_number' } });
    await drainReplays(db);
    const back = widen(wider, nullable('c', 'TEXT'));
    await device.send(back, [put(4, { id: 1, mode: 'text again', setpoint: 2, b: 'x', c: 'y' })]);
    expect(await newestReview(db, device.id)).toMatchObject({ status: 'queued', classification: 'breaking' });
    expect(await stateOf(device)).toMatchObject({ causes: ['schema_review'], staged: 1 });
  });

  it('refuses an approval of columns that have changed since the reviewer saw them', async () => {
    const device = await makeDevice(db);
    const send = (columns: SchemaColumn[]) =>
      device.sendRaw(
        encodeRowBatch({
          batchId: uuidV7(),
          journalEpoch: uuidV7(),
          previousJournalEpoch: null,
          sourceTable: DEVICE_STATE.name,
          schemaHash: hashOf(DEVICE_STATE),
          schemaColumns: columns,
          rows: [put(1, { id: 1, mode: 'a', setpoint: 1 })],
        }),
      );
    await send(DEVICE_STATE.columns.map((c) => ({ ...c, decl_type_affinity: 'TEXT' as const })));
    const seen = await newestReview(db, device.id);
    const target = { ctx: device.operator, projectId: device.tenancy.projectId, reviewId: seen.id };
    await claimReview({ ...target, input: { action_version: seen.actionVersion } });
    await send(DEVICE_STATE.columns);
    const column_actions = DEVICE_STATE.columns.map((c) => ({
      source_column_name: c.name,
      action: 'mirror' as const,
    }));
    await expect(
      approveReview({ ...target, input: { action_version: seen.actionVersion + 1, column_actions } }),
    ).rejects.toMatchObject({ code: 'stale_action_version' });
  });
});

describe('a table wider than Postgres allows', () => {
  const wide = (columns: number): TestTable =>
    widen(
      {
        name: 'wide',
        columns: [{ name: 'id', decl_type_affinity: 'INTEGER', pk_ordinal: 1, not_null: true }],
      },
      ...Array.from({ length: columns }, (_, i) => nullable(`c${i}`, 'INTEGER')),
    );
  const row = (columns: number) => ({
    id: 1,
    ...Object.fromEntries(Array.from({ length: columns }, (_, i) => [`c${i}`, null])),
  });

  it('is refused in words when it is approved', async () => {
    const device = await makeDevice(db);
    await device.send(wide(1700), [put(1, row(1700))]);
    await expect(approveNewest(db, device, wide(1700))).rejects.toMatchObject({
      status: 422,
      code: 'mirror_beyond_postgres',
    });
  });

  it('waits for a person where a policy would have let it go on', async () => {
    const device = await active(wide(1500), row(1500));
    await setPolicy(device, { allow_additive_continue: true });
    const outcome = await device.send(wide(1700), [put(2, row(1700))]);
    expect(outcome).toMatchObject({ kind: 'accepted', staged: 1 });
    expect(await newestReview(db, device.id)).toMatchObject({ status: 'queued' });
  });
});

describe('rows that nobody waits for', () => {
  it('replays what was staged under backpressure when a higher cap ends it', async () => {
    const device = await active(DEVICE_STATE, { id: 1, mode: 'a', setpoint: 1 });
    await setPolicy(device, { max_pending_rows_per_lineage: 1 });
    await device.send(DEVICE_STATE, [
      put(2, { id: 2, mode: 'x', setpoint: 'bad' }),
      put(3, { id: 3, mode: 'x', setpoint: 'bad' }),
    ]);
    expect(await stateOf(device)).toMatchObject({ causes: ['backpressure'] });
    await device.send(DEVICE_STATE, [put(4, { id: 4, mode: 'waits', setpoint: 4 })]);
    await setPolicy(device, { max_pending_rows_per_lineage: 100 });
    const { id } = await stateOf(device);
    await db.transaction(async (tx) => {
      const ctx = { ...systemCtx(db), db: tx };
      await checkBackpressure(ctx, await lockLineage(ctx, device.tenancy.projectId, id));
    });
    await drainReplays(db);
    expect(await stateOf(device)).toMatchObject({ causes: null, staged: 2 });
    expect(await mirrorRowsOf(db, device.id)).toContainEqual({ id: 4, mode: 'waits', setpoint: 4 });
  });
});

describe('a kept message of a device that is gone', () => {
  it('is not ingested into a device of another project that has the same topic now', async () => {
    const device = await makeDevice(db, 'shared-name');
    const { projectId, fleetId } = device.tenancy;
    await device.sendRaw(
      encodeRowBatch({
        batchId: uuidV7(),
        journalEpoch: uuidV7(),
        previousJournalEpoch: null,
        sourceTable: DEVICE_STATE.name,
        schemaHash: hashOf(DEVICE_STATE),
        schemaColumns: DEVICE_STATE.columns,
        rows: [put(1, { id: 1, mode: 'ours', setpoint: 1 })],
      }).replace('"format_version":1', '"format_version":2'),
    );
    const [kept] = await db.sql<{ id: string }[]>`
      update tidegate.rejected_batch
      set payload = convert_to(replace(convert_from(payload, 'UTF8'), '"format_version":2', '"format_version":1'), 'UTF8')
      where device_id = ${device.id} returning id`;
    await deleteDevice({ ctx: device.operator, projectId, fleetId, deviceId: device.id });
    const other = await makeDevice(db, 'elsewhere');
    await db.sql`update tidegate.device set root_topic = ${device.rootTopic} where id = ${other.id}`;
    const retried = await retryRejectedBatch({
      ctx: device.operator,
      projectId,
      rejectedBatchId: kept?.id ?? '',
    });
    expect(retried).toMatchObject({ outcome: 'rejected', code: 'unknown_device' });
    expect(await db.sql`select 1 from tidegate.lineage where device_id = ${other.id}`).toHaveLength(0);
  });

  it('is ingested into its successor in the same project', async () => {
    const device = await makeDevice(db, 'replaced');
    const { projectId, fleetId } = device.tenancy;
    await device.sendRaw('{');
    const [kept] = await db.sql<{ id: string }[]>`
      update tidegate.rejected_batch set payload = ${Buffer.from(
        encodeRowBatch({
          batchId: uuidV7(),
          journalEpoch: uuidV7(),
          previousJournalEpoch: null,
          sourceTable: DEVICE_STATE.name,
          schemaHash: hashOf(DEVICE_STATE),
          schemaColumns: DEVICE_STATE.columns,
          rows: [put(1, { id: 1, mode: 'ours', setpoint: 1 })],
        }),
      )} where device_id = ${device.id} returning id`;
    await deleteDevice({ ctx: device.operator, projectId, fleetId, deviceId: device.id });
    await registerDevice({
      ctx: device.operator,
      projectId,
      fleetId,
      input: { name: 'replaced' },
      brokerUrl: 'mqtt://x',
    });
    const retried = await retryRejectedBatch({
      ctx: device.operator,
      projectId,
      rejectedBatchId: kept?.id ?? '',
    });
    expect(retried).toMatchObject({ outcome: 'accepted' });
  });
});
