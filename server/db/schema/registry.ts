// Schemas that are decided once for many devices: the registry, its reviews, and the jobs that bring mirrors of
// single devices into a shared one. A lineage joins an entry through `schema_version.registry_entry_id`.
import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { ColumnAction, SchemaChangeReason } from '@/server/contract/governance';
import type { SchemaColumn } from '@/server/protocol/fingerprint';
import { CAPTURES, CLASSIFICATIONS, REVIEW_STATUSES, type DraftBasis } from './governance';
import { mirror, type ColumnActionKind } from './mirrors';
import { fleet, org, project, tidegate } from './tenancy';

const at = (name: string) => timestamp(name, { withTimezone: true, precision: 6, mode: 'date' });
const createdAt = () => at('created_at').notNull().defaultNow();
const count = (name: string) => bigint(name, { mode: 'number' }).notNull().default(0);

export const REGISTRY_SCOPES = ['project', 'fleet'] as const;
export type RegistryScopeKind = (typeof REGISTRY_SCOPES)[number];

export const REGISTRY_STATUSES = ['pending', 'approved', 'rejected'] as const;

/** Where an entry, its reviews and its jobs belong: a project, or one fleet of it. */
const scopeColumns = () => ({
  orgId: uuid('org_id')
    .notNull()
    .references(() => org.id),
  projectId: uuid('project_id')
    .notNull()
    .references(() => project.id),
  /** Null at project scope. */
  fleetId: uuid('fleet_id').references(() => fleet.id),
  scope: text({ enum: REGISTRY_SCOPES }).notNull(),
  scopeId: uuid('scope_id').notNull(),
  sourceTable: text('source_table').notNull(),
});

/** What a decision binds one source column to. */
export interface SharedBinding {
  sourceColumnName: string;
  action: ColumnActionKind;
  mirrorColumnName: string | null;
}

/** One schema hash of a source table, decided once for its scope. */
export const registryEntry = tidegate.table(
  'registry_entry',
  {
    id: uuid().primaryKey(),
    ...scopeColumns(),
    schemaHash: text('schema_hash').notNull(),
    capture: text({ enum: CAPTURES }).notNull(),
    classification: text({ enum: CLASSIFICATIONS }).notNull(),
    verified: boolean().notNull(),
    /** Null while only the hash is known. */
    columns: jsonb().$type<SchemaColumn[]>(),
    reasons: jsonb().$type<SchemaChangeReason[]>().notNull(),
    status: text({ enum: REGISTRY_STATUSES }).notNull(),
    /** The decision in force; null before one. */
    columnActions: jsonb('column_actions').$type<ColumnAction[]>(),
    /** The same with the mirror columns it came to: what a lineage that joins is bound by. */
    bindings: jsonb().$type<SharedBinding[]>(),
    timeColumn: text('time_column'),
    /** Null before a decision, and where it ignores every column. */
    mirrorId: uuid('mirror_id').references(() => mirror.id),
    decidedAt: at('decided_at'),
    createdAt: createdAt(),
    updatedAt: at('updated_at').notNull().defaultNow(),
  },
  (t) => [
    // Two devices that bring a new hash at the same time meet here: one entry, one review.
    uniqueIndex('registry_entry_hash').on(t.scope, t.scopeId, t.sourceTable, t.schemaHash),
    index('registry_entry_project').on(t.projectId, t.createdAt, t.id),
    index('registry_entry_mirror').on(t.mirrorId),
  ],
);

export const registryReview = tidegate.table(
  'registry_review',
  {
    id: uuid().primaryKey(),
    ...scopeColumns(),
    registryId: uuid('registry_id')
      .notNull()
      .references(() => registryEntry.id),
    schemaHash: text('schema_hash').notNull(),
    classification: text({ enum: CLASSIFICATIONS }).notNull(),
    reasons: jsonb().$type<SchemaChangeReason[]>().notNull(),
    status: text({ enum: REVIEW_STATUSES }).notNull(),
    actionVersion: integer('action_version').notNull().default(1),
    claimedBy: uuid('claimed_by'),
    claimedAt: at('claimed_at'),
    draft: jsonb().$type<ColumnAction[]>(),
    draftAt: at('draft_at'),
    /** As of a device's review; the table's other hashes are left out, which other devices may well send. */
    draftBasis: jsonb('draft_basis').$type<DraftBasis>(),
    columnActions: jsonb('column_actions').$type<ColumnAction[]>(),
    /** Why it was rejected or abandoned. */
    reason: text(),
    decidedBy: uuid('decided_by'),
    decidedAt: at('decided_at'),
    createdAt: createdAt(),
    updatedAt: at('updated_at').notNull().defaultNow(),
  },
  (t) => [
    index('registry_review_queue').on(t.projectId, t.status, t.createdAt, t.id),
    index('registry_review_project').on(t.projectId, t.createdAt, t.id),
    // The longest waiting first: years of decided ones stand before them in the index above.
    index('registry_review_longest')
      .on(t.projectId, t.createdAt, t.id)
      .where(sql`${t.status} in ('queued', 'in_review')`),
    index('registry_review_entry').on(t.registryId, t.createdAt),
    uniqueIndex('registry_review_open')
      .on(t.registryId)
      .where(sql`${t.status} in ('queued', 'in_review')`),
  ],
);

/** What is said about a review. Plain text, never changed. */
export const registryReviewComment = tidegate.table(
  'registry_review_comment',
  {
    id: uuid().primaryKey(),
    reviewId: uuid('review_id')
      .notNull()
      .references(() => registryReview.id, { onDelete: 'cascade' }),
    authorId: text('author_id').notNull(),
    authorLabel: text('author_label').notNull(),
    body: text().notNull(),
    createdAt: createdAt(),
  },
  (t) => [index('registry_review_comment_review').on(t.reviewId, t.createdAt, t.id)],
);

export const CONSOLIDATION_STATUSES = ['pending', 'running', 'stopped', 'completed'] as const;
/** `copying`: bound to the shared mirror, with rows of the old one still to come. */
export const CONSOLIDATION_DEVICE_STATUSES = ['pending', 'copying', 'moved', 'skipped'] as const;

/** A job that copies the mirrors of single devices into the shared one, device by device. */
export const consolidation = tidegate.table(
  'consolidation',
  {
    id: uuid().primaryKey(),
    ...scopeColumns(),
    status: text({ enum: CONSOLIDATION_STATUSES }).notNull(),
    /** Transient failures in a row, for the backoff. */
    attempts: integer().notNull().default(0),
    lastError: text('last_error'),
    notBefore: at('not_before').notNull(),
    startedAt: at('started_at'),
    finishedAt: at('finished_at'),
    createdAt: createdAt(),
    updatedAt: at('updated_at').notNull().defaultNow(),
  },
  (t) => [
    index('consolidation_project').on(t.projectId, t.createdAt, t.id),
    index('consolidation_due')
      .on(t.notBefore)
      .where(sql`${t.status} in ('pending', 'running')`),
    // One job at a time moves a table: two would copy every row twice.
    uniqueIndex('consolidation_open')
      .on(t.scope, t.scopeId, t.sourceTable)
      .where(sql`${t.status} <> 'completed'`),
  ],
);

/** Where the rows of one mirror go: its columns, and those of the shared mirror that take them. */
export interface MirrorMove {
  fromMirrorId: string;
  toMirrorId: string;
  columns: { from: string; to: string }[];
}

/** How far a job is with one device. */
export const consolidationDevice = tidegate.table(
  'consolidation_device',
  {
    consolidationId: uuid('consolidation_id')
      .notNull()
      .references(() => consolidation.id, { onDelete: 'cascade' }),
    lineageId: uuid('lineage_id').notNull(),
    deviceId: uuid('device_id').notNull(),
    deviceName: text('device_name').notNull(),
    status: text({ enum: CONSOLIDATION_DEVICE_STATUSES }).notNull(),
    /** Why it was skipped. */
    detail: text(),
    copiedRows: count('copied_rows'),
    copiedTombstones: count('copied_tombstones'),
    /** The mirrors that are copied, the columns of each, and the key of the last row that was. */
    moves: jsonb().$type<MirrorMove[]>(),
    cursor: jsonb().$type<{ mirrorId: string; key: (string | null)[] }>(),
    updatedAt: at('updated_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.consolidationId, t.lineageId] }),
    // While rows are to come, tombstones of the device have to stay: one that went would let its row come back.
    index('consolidation_device_copying')
      .on(t.deviceId)
      .where(sql`${t.status} = 'copying'`),
  ],
);
