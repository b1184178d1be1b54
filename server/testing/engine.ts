/** A registered device and the shortest ways through the engine's own verbs, for tests against Postgres. */
import type { RootDb } from '@/server/db/client';
import type { ColumnAction } from '@/server/contract/governance';
import { schemaReview } from '@/server/db/schema/governance';
import { approveReview } from '@/server/engine/governance/approve-review';
import { claimReview } from '@/server/engine/governance/claim-review';
import { registerDevice } from '@/server/engine/devices/register-device';
import { ingestMessage, type IngestOutcome } from '@/server/engine/ingest/ingest-message';
import { dueReplays } from '@/server/engine/materialize/due-replays';
import { runReplayChunk } from '@/server/engine/materialize/replay-chunk';
import type { Ctx } from '@/server/engine/context/context';
import { systemClock } from '@/server/lib/clock';
import { uuidV4, uuidV7 } from '@/server/lib/uuid';
import { schemaHash, type SchemaColumn } from '@/server/protocol/fingerprint';
import { encodeRowBatch, type RowChangeInput, type SqlRow } from '@/server/protocol/row-batch-encode';
import { CHANNELS, topicOf } from '@/server/protocol/topics';
import { desc, eq } from 'drizzle-orm';
import { makeTenancy, type TestTenancy } from './tenancy';

/** The worker's own context. */
export const systemCtx = (db: RootDb): Ctx => ({
  db,
  clock: systemClock,
  actor: { kind: 'system', id: 'worker', label: 'worker' },
  orgId: null,
  permissions: new Set(),
  correlationId: uuidV7(),
});

export interface TestTable {
  name: string;
  columns: SchemaColumn[];
}

/** `id` INTEGER key, `mode` TEXT, `setpoint` REAL. */
export const DEVICE_STATE: TestTable = {
  name: 'device_state',
  columns: [
    { name: 'id', decl_type_affinity: 'INTEGER', pk_ordinal: 1, not_null: true },
    { name: 'mode', decl_type_affinity: 'TEXT', pk_ordinal: 0, not_null: false },
    { name: 'setpoint', decl_type_affinity: 'REAL', pk_ordinal: 0, not_null: false },
  ],
};

export const hashOf = (table: TestTable): string =>
  schemaHash({ tableName: table.name, columns: table.columns });

/** An insert or update of a table whose key is `id`. */
export const put = (seq: number, row: SqlRow & { id: SqlRow[keyof SqlRow] }): RowChangeInput => ({
  commitSeq: BigInt(seq),
  op: 'update',
  pk: { id: row.id } as SqlRow,
  row,
});

export const remove = (seq: number, id: number): RowChangeInput => ({
  commitSeq: BigInt(seq),
  op: 'delete',
  pk: { id },
  row: null,
});

export interface TestDevice {
  id: string;
  rootTopic: string;
  tenancy: TestTenancy;
  operator: Ctx;
  /** Sends a batch as the device would, straight into the engine. */
  send(table: TestTable, rows: RowChangeInput[], extra?: SendExtra): Promise<IngestOutcome>;
  /** Sends any payload on a topic of the device. */
  sendRaw(payload: string | Uint8Array, channel?: Parameters<typeof topicOf>[1]): Promise<IngestOutcome>;
}

export interface SendExtra {
  epoch?: string;
  previousEpoch?: string;
  batchId?: string;
  deliveredThrough?: bigint;
  /** False sends the hash alone. */
  columns?: boolean;
}

/** Registers a device in a tenancy of its own. */
export async function makeDevice(db: RootDb, name = 'pump-1'): Promise<TestDevice> {
  return makeDeviceIn(db, await makeTenancy(db), name);
}

/** Registers a device in a fleet of a tenancy, the first one unless said otherwise. */
export async function makeDeviceIn(
  db: RootDb,
  tenancy: TestTenancy,
  name: string,
  fleetId = tenancy.fleetId,
): Promise<TestDevice> {
  const operator = tenancy.people.operator.ctx;
  const { projectId } = tenancy;
  const { device } = await registerDevice({
    ctx: operator,
    projectId,
    fleetId,
    input: { name },
    brokerUrl: 'mqtt://x',
  });
  return testDevice(db, tenancy, { id: device.id, rootTopic: device.root_topic });
}

/** Devices of the tenancy's first fleet, without credentials: one statement makes as many as wanted. */
export async function makeDevicesIn(
  db: RootDb,
  tenancy: TestTenancy,
  count: number,
  prefix: string,
  newId: (index: number) => string = uuidV4,
): Promise<TestDevice[]> {
  const { orgId, projectId, fleetId } = tenancy;
  const made = Array.from({ length: count }, (_, i) => {
    const [id, name] = [newId(i), `${prefix}-${String(i).padStart(5, '0')}`];
    return { id, name, rootTopic: `${projectId.slice(0, 8)}/${name}` };
  });
  await db.sql`
    insert into tidegate.device (id, org_id, project_id, fleet_id, name, root_topic)
    select d.id, ${orgId}, ${projectId}, ${fleetId}, d.name, d."rootTopic"
    from json_to_recordset(${JSON.stringify(made)}::text::json) as d(id uuid, name text, "rootTopic" text)`;
  return made.map((device) => testDevice(db, tenancy, device));
}

function testDevice(
  db: RootDb,
  tenancy: TestTenancy,
  { id, rootTopic }: Pick<TestDevice, 'id' | 'rootTopic'>,
): TestDevice {
  const epoch = uuidV7();
  const sendRaw: TestDevice['sendRaw'] = (payload, channel = CHANNELS.rowsBatch) =>
    ingestMessage(systemCtx(db), {
      topic: topicOf(rootTopic, channel),
      payload: typeof payload === 'string' ? new TextEncoder().encode(payload) : payload,
    });
  return {
    id,
    rootTopic,
    tenancy,
    operator: tenancy.people.operator.ctx,
    sendRaw,
    send: (table, rows, extra = {}) =>
      sendRaw(
        encodeRowBatch({
          batchId: extra.batchId ?? uuidV7(),
          journalEpoch: extra.epoch ?? epoch,
          previousJournalEpoch: extra.previousEpoch ?? null,
          deliveredThrough: extra.deliveredThrough ?? null,
          sourceTable: table.name,
          schemaHash: hashOf(table),
          schemaColumns: extra.columns === false ? null : table.columns,
          rows,
        }),
      ),
  };
}

/** The newest review of a device. */
export async function newestReview(db: RootDb, deviceId: string): Promise<typeof schemaReview.$inferSelect> {
  const [row] = await db.orm
    .select()
    .from(schemaReview)
    .where(eq(schemaReview.deviceId, deviceId))
    .orderBy(desc(schemaReview.createdAt), desc(schemaReview.id))
    .limit(1);
  if (row === undefined) throw new Error('the device has no review');
  return row;
}

/** Claims and approves the newest review: `mirror` for every column, but for `actions`. */
export async function approveNewest(
  db: RootDb,
  device: TestDevice,
  table: TestTable,
  actions: Record<string, Partial<ColumnAction>> = {},
): Promise<void> {
  const review = await newestReview(db, device.id);
  const target = { ctx: device.operator, projectId: device.tenancy.projectId, reviewId: review.id };
  await claimReview({ ...target, input: { action_version: review.actionVersion } });
  const column_actions = table.columns.map((c) => ({
    source_column_name: c.name,
    action: 'mirror' as const,
    ...actions[c.name],
  }));
  await approveReview({ ...target, input: { action_version: review.actionVersion + 1, column_actions } });
}

/** Runs every due replay to its end, as the worker's loop does. */
export async function drainReplays(db: RootDb): Promise<void> {
  const ctx = systemCtx(db);
  for (let due = await dueReplays(ctx, 100); due.length > 0; due = await dueReplays(ctx, 100)) {
    for (const id of due) await runReplayChunk(ctx, id);
  }
}

/** The live rows of the only mirror of a device, in key order. */
export async function mirrorRowsOf(db: RootDb, deviceId: string): Promise<Record<string, unknown>[]> {
  const [mirror] = await db.sql<{ table_name: string }[]>`
    select table_name from tidegate.mirror where scope_id = ${deviceId} order by generation desc limit 1`;
  if (mirror === undefined) return [];
  return db.sql<Record<string, unknown>[]>`
    select to_jsonb(m) - 'device_id' - 'version_epoch' - 'version_seq' - 'created_at' - 'updated_at' as row
    from tidegate_mirror.${db.sql(mirror.table_name)} m order by 1`.then((rows) =>
    rows.map((r) => r['row'] as Record<string, unknown>),
  );
}
