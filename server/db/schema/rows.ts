// Where received rows are kept: staging, the catalogue of mirror tables, tombstones, rejected batches.
// Mirror tables themselves live in the Postgres schema `tidegate_mirror` and are made by approvals.
import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  customType,
  index,
  integer,
  jsonb,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { device, project, tidegate } from './tenancy';
import { lineage, schemaReview } from './governance';

const at = (name: string) => timestamp(name, { withTimezone: true, precision: 6, mode: 'date' });
const createdAt = () => at('created_at').notNull().defaultNow();
const seq = (name: string) => bigint(name, { mode: 'bigint' });
const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });
const xid8 = customType<{ data: string }>({ dataType: () => 'xid8' });

export const STAGING_REASONS = ['schema_review', 'lineage_paused', 'materialization_failed'] as const;
export type StagingReason = (typeof STAGING_REASONS)[number];

export const ROW_OPS = ['insert', 'update', 'delete'] as const;
export type RowOp = (typeof ROW_OPS)[number];

/**
 * A received row held back. The key is the row's identity on the wire, in version order, so one index
 * serves dedup, replay and paging. `pk` and `row` are the received JSON text, not jsonb: jsonb refuses
 * \u0000 and rewrites numbers.
 */
export const stagedRow = tidegate.table(
  'staged_row',
  {
    lineageId: uuid('lineage_id').notNull(),
    epochOrdinal: seq('epoch_ordinal').notNull(),
    commitSeq: seq('commit_seq').notNull(),
    pkHash: bytea('pk_hash').notNull(),
    /** Null for a telemetry sample: its version is (0, batch seq). */
    journalEpoch: uuid('journal_epoch'),
    /** A telemetry sample's `ts` as received; null for a row change. */
    eventTs: text('event_ts'),
    schemaHash: text('schema_hash').notNull(),
    op: text({ enum: ROW_OPS }).notNull(),
    pk: text().notNull(),
    row: text(),
    stagingReason: text('staging_reason', { enum: STAGING_REASONS }).notNull(),
    error: text(),
    /** The source column at fault, where it is one column's. */
    errorColumn: text('error_column'),
    /** What kind of failure it is: failed rows are grouped by it, since the sentence names the value. */
    errorKind: text('error_kind'),
    /** Source columns whose value a person decided to drop: the row is then written with NULL there. */
    nullColumns: jsonb('null_columns').$type<string[]>(),
    receivedAt: at('received_at').notNull(),
    bytes: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.lineageId, t.epochOrdinal, t.commitSeq, t.pkHash] }),
    // Few of a million staged rows have failed, and their groups are read with every look at a lineage.
    index('staged_row_failed')
      .on(t.lineageId, t.epochOrdinal, t.commitSeq, t.pkHash)
      .where(sql`${t.stagingReason} = 'materialization_failed'`),
  ],
);

export const MIRROR_SCOPES = ['device', 'project', 'fleet'] as const;

export const mirror = tidegate.table(
  'mirror',
  {
    id: uuid().primaryKey(),
    projectId: uuid('project_id')
      .notNull()
      .references(() => project.id),
    scope: text({ enum: MIRROR_SCOPES }).notNull(),
    scopeId: uuid('scope_id').notNull(),
    sourceTable: text('source_table').notNull(),
    generation: integer().notNull(),
    tableName: text('table_name').notNull().unique(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('mirror_source').on(t.scope, t.scopeId, t.sourceTable, t.generation),
    // Among a million mirrors of single devices, the few that are shared.
    index('mirror_shared')
      .on(t.projectId, t.sourceTable, t.id)
      .where(sql`${t.scope} <> 'device'`),
  ],
);

export const MIRROR_TYPES = [
  'bigint',
  'double precision',
  'text',
  'bytea',
  'numeric',
  'timestamptz',
] as const;
export type MirrorType = (typeof MIRROR_TYPES)[number];

export const mirrorColumn = tidegate.table(
  'mirror_column',
  {
    mirrorId: uuid('mirror_id')
      .notNull()
      .references(() => mirror.id, { onDelete: 'cascade' }),
    name: text().notNull(),
    position: integer().notNull(),
    type: text({ enum: MIRROR_TYPES }).notNull(),
    sourceColumnName: text('source_column_name').notNull(),
    /** 0 off the key, 1..N on it. */
    keyOrdinal: integer('key_ordinal').notNull(),
  },
  (t) => [primaryKey({ columns: [t.mirrorId, t.name] })],
);

export const COLUMN_ACTIONS = ['mirror', 'map', 'ignore', 'defer', 'auto_create_and_map'] as const;
export type ColumnActionKind = (typeof COLUMN_ACTIONS)[number];

export const columnBinding = tidegate.table(
  'column_binding',
  {
    lineageId: uuid('lineage_id')
      .notNull()
      .references(() => lineage.id, { onDelete: 'cascade' }),
    schemaHash: text('schema_hash').notNull(),
    sourceColumnName: text('source_column_name').notNull(),
    action: text({ enum: COLUMN_ACTIONS }).notNull(),
    mirrorId: uuid('mirror_id').references(() => mirror.id),
    mirrorColumnName: text('mirror_column_name'),
    /** Where a value that does not fit the mirror column is written as text; null where such a row fails. */
    textColumnName: text('text_column_name'),
    deviceDataPointId: uuid('device_data_point_id'),
    /** The column that says when a row's mapped values were measured; at most one of a schema hash. */
    isTimeColumn: boolean('is_time_column').notNull().default(false),
  },
  (t) => [
    primaryKey({ columns: [t.lineageId, t.schemaHash, t.sourceColumnName] }),
    // Who writes to a mirror: asked before one is dropped.
    index('column_binding_mirror').on(t.mirrorId, t.lineageId),
  ],
);

/**
 * A row that is in the mirror without the columns that were deferred, as it was received. It belongs to the
 * mirror row of the same version: a newer write or a delete of the key takes it away.
 */
export const deferredRow = tidegate.table(
  'deferred_row',
  {
    mirrorId: uuid('mirror_id')
      .notNull()
      .references(() => mirror.id, { onDelete: 'cascade' }),
    lineageId: uuid('lineage_id')
      .notNull()
      .references(() => lineage.id, { onDelete: 'cascade' }),
    /** SHA-256 of the typed key, first 16 bytes, as in a tombstone. */
    keyHash: bytea('key_hash').notNull(),
    versionEpoch: seq('version_epoch').notNull(),
    versionSeq: seq('version_seq').notNull(),
    schemaHash: text('schema_hash').notNull(),
    journalEpoch: uuid('journal_epoch'),
    eventTs: text('event_ts'),
    pkHash: bytea('pk_hash').notNull(),
    op: text({ enum: ROW_OPS }).notNull(),
    pk: text().notNull(),
    row: text().notNull(),
    receivedAt: at('received_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.mirrorId, t.lineageId, t.keyHash] }),
    index('deferred_row_schema').on(t.lineageId, t.schemaHash),
  ],
);

/** A deleted key's version, so that an older write that arrives late does not bring the row back. */
export const mirrorTombstone = tidegate.table(
  'mirror_tombstone',
  {
    mirrorId: uuid('mirror_id')
      .notNull()
      .references(() => mirror.id, { onDelete: 'cascade' }),
    deviceId: uuid('device_id').notNull(),
    /** SHA-256 of the typed key, first 16 bytes. */
    keyHash: bytea('key_hash').notNull(),
    versionEpoch: seq('version_epoch').notNull(),
    versionSeq: seq('version_seq').notNull(),
    deletedAt: at('deleted_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.mirrorId, t.deviceId, t.keyHash] })],
);

export const REPLAY_STATUSES = ['pending', 'running', 'completed', 'failed'] as const;

export const replayIntent = tidegate.table(
  'replay_intent',
  {
    id: uuid().primaryKey(),
    lineageId: uuid('lineage_id')
      .notNull()
      .references(() => lineage.id, { onDelete: 'cascade' }),
    reviewId: uuid('review_id').references(() => schemaReview.id, { onDelete: 'set null' }),
    /** The registry review whose approval scheduled it, together with those of the other waiting lineages. */
    registryReviewId: uuid('registry_review_id'),
    actionKind: text('action_kind', { enum: ['approve', 'amend', 'resume', 'reset', 'retry'] }).notNull(),
    actionVersion: integer('action_version').notNull(),
    status: text({ enum: REPLAY_STATUSES }).notNull(),
    totalRows: bigint('total_rows', { mode: 'number' }).notNull(),
    doneRows: bigint('done_rows', { mode: 'number' }).notNull().default(0),
    failedRows: bigint('failed_rows', { mode: 'number' }).notNull().default(0),
    /** Transient failures in a row, for the backoff. */
    attempts: integer().notNull().default(0),
    lastError: text('last_error'),
    cursorOrdinal: seq('cursor_ordinal'),
    cursorSeq: seq('cursor_seq'),
    cursorPkHash: bytea('cursor_pk_hash'),
    notBefore: at('not_before').notNull(),
    startedAt: at('started_at'),
    finishedAt: at('finished_at'),
    createdAt: createdAt(),
    updatedAt: at('updated_at').notNull().defaultNow(),
  },
  (t) => [
    index('replay_intent_lineage').on(t.lineageId, t.createdAt),
    index('replay_intent_open').on(t.status, t.notBefore),
    index('replay_intent_registry')
      .on(t.registryReviewId)
      .where(sql`${t.registryReviewId} is not null`),
  ],
);

/**
 * Accepted batches. The table is partitioned by week of `received_at`, which a migration makes in SQL: old
 * entries leave with their partition, and the key has to hold the column that decides the partition.
 */
export const batchLedger = tidegate.table(
  'batch_ledger',
  {
    id: bigint({ mode: 'number' }).generatedAlwaysAsIdentity(),
    batchId: uuid('batch_id').notNull(),
    kind: text({ enum: ['rows', 'telemetry'] }).notNull(),
    deviceId: uuid('device_id')
      .notNull()
      .references(() => device.id, { onDelete: 'cascade' }),
    lineageId: uuid('lineage_id').notNull(),
    schemaHash: text('schema_hash').notNull(),
    journalEpoch: uuid('journal_epoch'),
    firstSeq: seq('first_seq').notNull(),
    lastSeq: seq('last_seq').notNull(),
    rows: integer().notNull(),
    duplicates: integer().notNull(),
    bytes: integer().notNull(),
    outcome: text({ enum: ['mirrored', 'staged', 'mixed'] }).notNull(),
    receivedAt: at('received_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.receivedAt, t.id] }),
    index('batch_ledger_lineage').on(t.lineageId, t.id),
    index('batch_ledger_age').on(t.receivedAt),
    index('batch_ledger_batch').on(t.deviceId, t.batchId),
  ],
);

export const rejectedBatch = tidegate.table(
  'rejected_batch',
  {
    id: uuid().primaryKey(),
    orgId: uuid('org_id'),
    projectId: uuid('project_id'),
    deviceId: uuid('device_id'),
    topic: text().notNull(),
    code: text().notNull(),
    detail: text().notNull(),
    path: text(),
    batchId: text('batch_id'),
    sourceTable: text('source_table'),
    payload: bytea().notNull(),
    bytes: integer().notNull(),
    receivedAt: at('received_at').notNull(),
    retriedAt: at('retried_at'),
    retryOutcome: text('retry_outcome', { enum: ['accepted', 'rejected'] }),
    /** Where in the payload, whichever the row: `rows[*].op`. Cut, since names in it can be of any length. */
    place: text().generatedAlwaysAs(sql`left(regexp_replace(path, '\\[\\d+\\]', '[*]', 'g'), 200)`),
    /** Batches of one cause were refused for the same reason in the same place of the same table. */
    cause: text()
      .notNull()
      .generatedAlwaysAs(
        sql`left(md5(code || '/' || coalesce(source_table, '') || '/' || coalesce(left(regexp_replace(path, '\\[\\d+\\]', '[*]', 'g'), 200), '')), 16)`,
      ),
  },
  (t) => [
    index('rejected_batch_inbox').on(t.projectId, t.receivedAt, t.id),
    // Groups are counted from it alone.
    index('rejected_batch_cause').on(t.projectId, t.cause, t.deviceId, t.receivedAt, t.retryOutcome),
    index('rejected_batch_device').on(t.deviceId, t.receivedAt),
    index('rejected_batch_age').on(t.receivedAt),
  ],
);

export const control = tidegate.table(
  'control',
  {
    id: uuid().primaryKey(),
    deviceId: uuid('device_id')
      .notNull()
      .references(() => device.id, { onDelete: 'cascade' }),
    lineageId: uuid('lineage_id').references(() => lineage.id, { onDelete: 'cascade' }),
    sourceTable: text('source_table'),
    controlKind: text('control_kind', {
      enum: ['pause_lineage', 'resume_lineage', 'url_grant', 'state_write'],
    }).notNull(),
    serverWatermark: seq('server_watermark'),
    reason: text(),
    body: jsonb().$type<Record<string, unknown>>(),
    attempts: integer().notNull().default(0),
    createdAt: createdAt(),
    sentAt: at('sent_at'),
    nextSendAt: at('next_send_at').notNull(),
    acknowledgedAt: at('acknowledged_at'),
    supersededAt: at('superseded_at'),
  },
  (t) => [
    index('control_device').on(t.deviceId, t.createdAt),
    index('control_lineage').on(t.lineageId, t.createdAt),
    index('control_newest').on(t.createdAt, t.id),
    // Only what is still to be sent: settled controls stay for the history and must not slow the next second.
    index('control_due')
      .on(t.nextSendAt)
      .where(sql`${t.acknowledgedAt} is null and ${t.supersededAt} is null`),
  ],
);

/** Receipts that are due outside the consumer's own connection, as after a retried rejection. */
export const receiptOutbox = tidegate.table('receipt_outbox', {
  id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  topic: text().notNull(),
  payload: text().notNull(),
  createdAt: createdAt(),
});

export const event = tidegate.table(
  'event',
  {
    /** Given before the commit: of two events the lower one may become visible later. */
    seq: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    /** The transaction that wrote it: below the oldest one still open nothing more can appear. */
    tx: xid8()
      .notNull()
      .default(sql`pg_current_xact_id()`),
    id: uuid().notNull().unique(),
    kind: text().notNull(),
    at: at('at').notNull(),
    orgId: uuid('org_id'),
    projectId: uuid('project_id'),
    fleetId: uuid('fleet_id'),
    deviceId: uuid('device_id'),
    lineageId: uuid('lineage_id'),
    actorKind: text('actor_kind', { enum: ['user', 'system', 'device'] }).notNull(),
    actorId: text('actor_id').notNull(),
    actorLabel: text('actor_label').notNull(),
    /** The personal token that was used; null for a session, an OIDC token, a device or the system. */
    tokenId: uuid('token_id'),
    /** The caller's network address; null where nobody called over the network. */
    address: text(),
    subjectKind: text('subject_kind').notNull(),
    subjectId: text('subject_id').notNull(),
    data: jsonb().$type<Record<string, unknown>>().notNull(),
    correlationId: text('correlation_id').notNull(),
  },
  (t) => [
    index('event_project').on(t.projectId, t.seq),
    index('event_kind').on(t.projectId, t.kind, t.seq),
    index('event_at').on(t.projectId, t.at),
    index('event_fleet').on(t.fleetId, t.seq),
    index('event_stream').on(t.projectId, t.tx, t.seq),
    index('event_device').on(t.deviceId, t.seq),
    index('event_lineage').on(t.lineageId, t.seq),
    index('event_actor').on(t.projectId, t.actorId, t.seq),
    index('event_correlation').on(t.correlationId),
    index('event_subject').on(t.subjectKind, t.subjectId, t.seq),
  ],
);

/**
 * Totals of a project, taken once a minute. Totals and not increments: a worker that was away leaves a gap
 * between two samples, and what came in over it is still known.
 */
export const activitySample = tidegate.table(
  'activity_sample',
  {
    projectId: uuid('project_id')
      .notNull()
      .references(() => project.id, { onDelete: 'cascade' }),
    /** A full minute. */
    at: at('at').notNull(),
    acceptedRows: bigint('accepted_rows', { mode: 'number' }).notNull(),
    stagedRows: bigint('staged_rows', { mode: 'number' }).notNull(),
    stagedBytes: bigint('staged_bytes', { mode: 'number' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.projectId, t.at] }), index('activity_sample_age').on(t.at)],
);

export const workerSlot = tidegate.table('worker_slot', {
  slot: text().primaryKey(),
  pid: integer().notNull(),
  version: text().notNull(),
  startedAt: at('started_at').notNull(),
  beatAt: at('beat_at').notNull(),
  brokerConnected: text('broker_connected', { enum: ['yes', 'no'] }).notNull(),
  brokerDetail: text('broker_detail'),
  /** What the process measured of itself, as the metrics page reads it. */
  figures: jsonb().$type<unknown[]>(),
});

export const ACCESS_KINDS = [
  'connected',
  'disconnected',
  'auth_failed',
  'publish_denied',
  'subscribe_denied',
] as const;

/** What one round of the retention took away; rounds that took nothing away renew the newest row that did not. */
export const retentionRound = tidegate.table(
  'retention_round',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    at: at('at').notNull(),
    /** What the installation's settings say. */
    telemetryDays: integer('telemetry_days').notNull(),
    ledgerDays: integer('ledger_days').notNull(),
    partitionsDropped: text('partitions_dropped').array().notNull(),
    rowsDeleted: jsonb('rows_deleted').$type<Record<string, number>>().notNull(),
    tookAny: boolean('took_any').notNull(),
    error: text(),
  },
  (t) => [index('retention_round_at').on(t.at)],
);

/** What the broker let in and what it turned away. Never a password, and of a publish only its topic. */
export const mqttAccessEvent = tidegate.table(
  'mqtt_access_event',
  {
    seq: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    id: uuid().notNull().unique(),
    kind: text({ enum: ACCESS_KINDS }).notNull(),
    at: at('at').notNull(),
    /** Null where the username belongs to no project. */
    projectId: uuid('project_id'),
    fleetId: uuid('fleet_id'),
    deviceId: uuid('device_id'),
    username: text().notNull(),
    topic: text(),
    reason: text(),
  },
  (t) => [
    index('mqtt_access_event_project').on(t.projectId, t.seq),
    index('mqtt_access_event_device').on(t.deviceId, t.seq),
    index('mqtt_access_event_age').on(t.at),
  ],
);
