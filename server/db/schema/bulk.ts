// Bulk operations: a set that was frozen when it was counted, and one result per item. An item is done in one
// transaction together with its result, so that no restart can do it twice.
import { index, integer, jsonb, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import type { BulkParams, BulkShape } from '@/server/contract/bulk';
import { org, project, tidegate } from './tenancy';

const at = (name: string) => timestamp(name, { withTimezone: true, precision: 6, mode: 'date' });

export const bulkJob = tidegate.table(
  'bulk_job',
  {
    id: uuid().primaryKey(),
    orgId: uuid('org_id')
      .notNull()
      .references(() => org.id),
    projectId: uuid('project_id')
      .notNull()
      .references(() => project.id),
    action: text({ enum: ['claim', 'approve', 'reject', 'reset'] }).notNull(),
    /** As it was asked for; the items are what it found. */
    filter: jsonb().$type<Record<string, unknown>>().notNull(),
    params: jsonb().$type<BulkParams>().notNull(),
    shapes: jsonb().$type<BulkShape[]>().notNull(),
    status: text({ enum: ['previewed', 'running', 'completed', 'cancelled'] }).notNull(),
    totalItems: integer('total_items').notNull(),
    createdBy: uuid('created_by').notNull(),
    createdByLabel: text('created_by_label').notNull(),
    /** In whose name the items are done. */
    startedBy: uuid('started_by'),
    startedByLabel: text('started_by_label'),
    /** What they were allowed to do at the start; what they still may do is looked up for each item. */
    permissions: text().array().notNull(),
    createdAt: at('created_at').notNull(),
    startedAt: at('started_at'),
    finishedAt: at('finished_at'),
    updatedAt: at('updated_at').notNull(),
  },
  (t) => [
    index('bulk_job_project').on(t.projectId, t.createdAt, t.id),
    index('bulk_job_running')
      .on(t.startedAt)
      .where(sql`${t.status} = 'running'`),
  ],
);

export const bulkJobItem = tidegate.table(
  'bulk_job_item',
  {
    jobId: uuid('job_id')
      .notNull()
      .references(() => bulkJob.id, { onDelete: 'cascade' }),
    position: integer().notNull(),
    subjectKind: text('subject_kind', { enum: ['schema_review', 'registry_review', 'lineage'] }).notNull(),
    /** A review's id, of a reset a lineage's. */
    subjectId: uuid('subject_id').notNull(),
    /** Of a review of the registry, its scope in words. */
    deviceName: text('device_name').notNull(),
    sourceTable: text('source_table').notNull(),
    schemaHash: text('schema_hash').notNull(),
    /** The version of the review that was counted; null for a lineage. */
    actionVersion: integer('action_version'),
    status: text({ enum: ['pending', 'done', 'failed', 'cancelled'] }).notNull(),
    code: text(),
    detail: text(),
    attempts: integer().notNull().default(0),
    finishedAt: at('finished_at'),
  },
  (t) => [
    primaryKey({ columns: [t.jobId, t.position] }),
    index('bulk_job_item_pending')
      .on(t.jobId, t.position)
      .where(sql`${t.status} = 'pending'`),
    index('bulk_job_item_status').on(t.jobId, t.status, t.position),
  ],
);
