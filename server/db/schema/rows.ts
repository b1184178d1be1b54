// Where received rows are kept until they are written: staging, replays, the ledger of batches, rejected batches.
import { sql } from 'drizzle-orm';
import {
  bigint,
  customType,
  index,
  integer,
  jsonb,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core';
import { lineage, schemaReview } from './governance';
import { device, tidegate } from './tenancy';

const at = (name: string) => timestamp(name, { withTimezone: true, precision: 6, mode: 'date' });
const createdAt = () => at('created_at').notNull().defaultNow();
const seq = (name: string) => bigint(name, { mode: 'bigint' });
const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });

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
