// Lineages, their schema versions, reviews and pause causes.
// There is no column for a lineage's status: it is paused exactly while it has a row in pause_cause.
import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { SchemaColumn } from '@/server/protocol/fingerprint';
import type { ColumnAction, SchemaChangeReason } from '@/server/contract/governance';
import { device, fleet, org, project, tidegate } from './tenancy';

const at = (name: string) => timestamp(name, { withTimezone: true, precision: 6, mode: 'date' });
const createdAt = () => at('created_at').notNull().defaultNow();
const count = (name: string) => bigint(name, { mode: 'number' }).notNull().default(0);

export const PAUSE_CAUSES = ['schema_review', 'operator', 'backpressure', 'circuit_breaker'] as const;
export type PauseCauseKind = (typeof PAUSE_CAUSES)[number];

export const CLASSIFICATIONS = [
  'ambiguous',
  'compatible_mapped',
  'compatible_additive',
  'breaking',
  'unknown',
] as const;
export type Classification = (typeof CLASSIFICATIONS)[number];

export const VERSION_STATUSES = ['pending', 'approved', 'deferred', 'rejected'] as const;
export type VersionStatus = (typeof VERSION_STATUSES)[number];

export const REVIEW_STATUSES = [
  'queued',
  'in_review',
  'approved',
  'rejected',
  'abandoned',
  'superseded',
] as const;
export type ReviewStatus = (typeof REVIEW_STATUSES)[number];

export const CAPTURES = ['rows', 'telemetry'] as const;
export type Capture = (typeof CAPTURES)[number];

export const lineage = tidegate.table(
  'lineage',
  {
    id: uuid().primaryKey(),
    orgId: uuid('org_id')
      .notNull()
      .references(() => org.id),
    projectId: uuid('project_id')
      .notNull()
      .references(() => project.id),
    fleetId: uuid('fleet_id')
      .notNull()
      .references(() => fleet.id),
    deviceId: uuid('device_id')
      .notNull()
      .references(() => device.id),
    sourceTable: text('source_table').notNull(),
    /** Which kind of batch made it; the other kind is refused, since their versions cannot be compared. */
    capture: text({ enum: CAPTURES }).notNull().default('rows'),
    /** The hash of the last accepted batch. */
    currentSchemaHash: text('current_schema_hash').notNull(),
    lastBatchAt: at('last_batch_at').notNull(),
    /** When rows were last put into staging, and last landed. Kept here: the ledger forgets, and has no order to find it by. */
    lastStagedAt: at('last_staged_at'),
    lastWrittenAt: at('last_written_at'),
    acceptedRows: count('accepted_rows'),
    duplicateRows: count('duplicate_rows'),
    rejectedRows: count('rejected_rows'),
    stagedRows: count('staged_rows'),
    stagedBytes: count('staged_bytes'),
    watermarkEpoch: uuid('watermark_epoch'),
    watermarkOrdinal: bigint('watermark_ordinal', { mode: 'bigint' }),
    watermarkSeq: bigint('watermark_seq', { mode: 'bigint' }),
    watermarkBatchSeq: bigint('watermark_batch_seq', { mode: 'bigint' }),
    /** The device's last `delivered_through`: it has had the receipt of every change up to this version. */
    deliveredOrdinal: bigint('delivered_ordinal', { mode: 'bigint' }),
    deliveredSeq: bigint('delivered_seq', { mode: 'bigint' }),
    failureCount: integer('failure_count').notNull().default(0),
    lastError: text('last_error'),
    lastErrorAt: at('last_error_at'),
    createdAt: createdAt(),
    updatedAt: at('updated_at').notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex('lineage_device_table').on(t.deviceId, t.sourceTable),
    index('lineage_project_updated').on(t.projectId, t.lastBatchAt, t.id),
    index('lineage_project_staged').on(t.projectId, t.stagedRows, t.id),
    index('lineage_project_table').on(t.projectId, t.sourceTable, t.id),
    index('lineage_project_failed')
      .on(t.projectId, t.lastErrorAt, t.id)
      .where(sql`${t.lastErrorAt} is not null`),
    check('lineage_staged_not_negative', sql`${t.stagedRows} >= 0 and ${t.stagedBytes} >= 0`),
  ],
);

export const pauseCause = tidegate.table(
  'pause_cause',
  {
    lineageId: uuid('lineage_id')
      .notNull()
      .references(() => lineage.id, { onDelete: 'cascade' }),
    cause: text({ enum: PAUSE_CAUSES }).notNull(),
    since: at('since').notNull(),
    detail: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.lineageId, t.cause] }),
    index('pause_cause_by_cause').on(t.cause, t.lineageId),
  ],
);

export const journalEpoch = tidegate.table(
  'journal_epoch',
  {
    lineageId: uuid('lineage_id')
      .notNull()
      .references(() => lineage.id, { onDelete: 'cascade' }),
    epoch: uuid().notNull(),
    ordinal: bigint({ mode: 'bigint' }).notNull(),
    firstSeenAt: at('first_seen_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.lineageId, t.epoch] }),
    uniqueIndex('journal_epoch_ordinal').on(t.lineageId, t.ordinal),
  ],
);

export const schemaVersion = tidegate.table(
  'schema_version',
  {
    id: uuid().primaryKey(),
    lineageId: uuid('lineage_id')
      .notNull()
      .references(() => lineage.id, { onDelete: 'cascade' }),
    schemaHash: text('schema_hash').notNull(),
    classification: text({ enum: CLASSIFICATIONS }).notNull(),
    verified: boolean().notNull(),
    /** Null while only the hash is known. */
    columns: jsonb().$type<SchemaColumn[]>(),
    /** The fingerprint that the columns do have; another than `schema_hash` where they are not verified. */
    columnsHash: text('columns_hash'),
    reasons: jsonb().$type<SchemaChangeReason[]>().notNull(),
    status: text({ enum: VERSION_STATUSES }).notNull(),
    /** The registry entry that decides it in the device's place; null where a device review does. */
    registryEntryId: uuid('registry_entry_id'),
    /**
     * True for the version of the lineage's last batch. Two triggers keep it beside `lineage.current_schema_hash`, so
     * that the devices of a registry entry are counted in the index below and no lineage is read for it.
     */
    isCurrent: boolean('is_current').notNull().default(false),
    stagedRows: count('staged_rows'),
    stagedBytes: count('staged_bytes'),
    firstSeenAt: at('first_seen_at').notNull(),
  },
  (t) => [
    uniqueIndex('schema_version_hash').on(t.lineageId, t.schemaHash),
    index('schema_version_registry')
      .on(t.registryEntryId, t.status, t.isCurrent, t.lineageId)
      .where(sql`${t.registryEntryId} is not null`),
  ],
);

/** The facts of a review that a decision rests on. */
export interface DraftBasis {
  /** The hash that was approved last, which the review compares with. */
  approvedHash: string | null;
  /** Every hash that the lineage had. */
  hashes: string[];
  columnsHash: string | null;
  /** Their names, in order; read off the rows where only the hash is known. */
  columns: string[];
  hadRows: boolean;
  /** Columns of which a received value did not fit. */
  misfits: string[];
}

export const schemaReview = tidegate.table(
  'schema_review',
  {
    id: uuid().primaryKey(),
    orgId: uuid('org_id').notNull(),
    projectId: uuid('project_id').notNull(),
    fleetId: uuid('fleet_id').notNull(),
    deviceId: uuid('device_id').notNull(),
    lineageId: uuid('lineage_id')
      .notNull()
      .references(() => lineage.id, { onDelete: 'cascade' }),
    schemaVersionId: uuid('schema_version_id')
      .notNull()
      .references(() => schemaVersion.id, { onDelete: 'cascade' }),
    sourceTable: text('source_table').notNull(),
    schemaHash: text('schema_hash').notNull(),
    classification: text({ enum: CLASSIFICATIONS }).notNull(),
    reasons: jsonb().$type<SchemaChangeReason[]>().notNull(),
    status: text({ enum: REVIEW_STATUSES }).notNull(),
    actionVersion: integer('action_version').notNull().default(1),
    claimedBy: uuid('claimed_by'),
    claimedAt: at('claimed_at'),
    draft: jsonb().$type<ColumnAction[]>(),
    draftAt: at('draft_at'),
    /** What the claimant saw when the draft was saved: what has changed since makes it stale. */
    draftBasis: jsonb('draft_basis').$type<DraftBasis>(),
    columnActions: jsonb('column_actions').$type<ColumnAction[]>(),
    /** Why it was rejected. */
    reason: text(),
    /** The registry review whose approval decided it. */
    supersededBy: uuid('superseded_by'),
    decidedBy: uuid('decided_by'),
    decidedAt: at('decided_at'),
    createdAt: createdAt(),
    updatedAt: at('updated_at').notNull().defaultNow(),
  },
  (t) => [
    index('schema_review_queue').on(t.projectId, t.status, t.createdAt, t.id),
    index('schema_review_lineage').on(t.lineageId),
    index('schema_review_version').on(t.schemaVersionId),
    index('schema_review_project').on(t.projectId, t.createdAt, t.id),
    // The longest waiting first: years of decided ones stand before them in the index above.
    index('schema_review_longest')
      .on(t.projectId, t.createdAt, t.id)
      .where(sql`${t.status} in ('queued', 'in_review')`),
    // One open review per lineage and hash: two operators never decide the same thing twice.
    uniqueIndex('schema_review_open')
      .on(t.lineageId, t.schemaHash)
      .where(sql`${t.status} in ('queued', 'in_review')`),
    // Who else waits for the same columns.
    index('schema_review_waiting')
      .on(t.projectId, t.sourceTable, t.schemaHash)
      .where(sql`${t.status} in ('queued', 'in_review')`),
  ],
);

/** What is said about a review. Plain text, never changed. */
export const reviewComment = tidegate.table(
  'review_comment',
  {
    id: uuid().primaryKey(),
    reviewId: uuid('review_id')
      .notNull()
      .references(() => schemaReview.id, { onDelete: 'cascade' }),
    authorId: text('author_id').notNull(),
    authorLabel: text('author_label').notNull(),
    body: text().notNull(),
    createdAt: createdAt(),
  },
  (t) => [index('review_comment_review').on(t.reviewId, t.createdAt, t.id)],
);

/** The newest fingerprint that a device says a table has. Advice: it classifies nothing. */
export const schemaObservation = tidegate.table(
  'schema_observation',
  {
    deviceId: uuid('device_id')
      .notNull()
      .references(() => device.id, { onDelete: 'cascade' }),
    sourceTable: text('source_table').notNull(),
    schemaHash: text('schema_hash').notNull(),
    /** Only columns that hash to `schema_hash`; null where it came alone or with others. */
    columns: jsonb().$type<SchemaColumn[]>(),
    /** By the device's clock. */
    observedAt: at('observed_at').notNull(),
    receivedAt: at('received_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.deviceId, t.sourceTable] })],
);

export const POLICY_SCOPES = ['project', 'fleet'] as const;

export const policy = tidegate.table(
  'policy',
  {
    scope: text({ enum: POLICY_SCOPES }).notNull(),
    scopeId: uuid('scope_id').notNull(),
    /** Only the fields that were set at this scope; the others are inherited. */
    fields: jsonb().$type<Record<string, string | number | boolean>>().notNull(),
    updatedAt: at('updated_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.scope, t.scopeId] })],
);
