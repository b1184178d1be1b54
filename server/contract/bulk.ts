// Bulk operations over a frozen set: what is asked for, what was counted, and what became of each item.
import { z } from 'zod';
import { pageQuery, time, uuid } from './common';
import { schemaColumn, type columnAction } from './governance';

export interface BulkParams {
  take_over?: boolean;
  reason?: string;
  mirror_all?: boolean;
  /** Schema hash to decision. */
  shapes?: Record<string, z.infer<typeof columnAction>[]>;
}

/** What simulating the decision on one review of a shape found. */
const shapePreview = z.object({
  review_id: uuid,
  staged_rows: z.number().int(),
  tried_rows: z.number().int(),
  landing_rows: z.number().int(),
  ddl: z.array(z.string()),
  warnings: z.array(z.string()),
});

/** One source table with one schema hash among the items. */
export const bulkShape = z.object({
  source_table: z.string(),
  schema_hash: z.string(),
  items: z.number().int(),
  staged_row_count: z.number().int(),
  /** Null where only the hash is known. */
  columns: z.array(schemaColumn).nullable(),
  verified: z.boolean(),
  /** Of an approval: whether it is said what happens to each column. */
  decided: z.boolean(),
  /** Null where nothing was simulated; a refused simulation says why in `problem`. */
  preview: shapePreview.nullable(),
  problem: z.string().nullable(),
});
export type BulkShape = z.infer<typeof bulkShape>;

const bulkStatus = z.enum(['previewed', 'running', 'completed', 'cancelled']);
const bulkAction = z.enum(['claim', 'approve', 'reject', 'reset']);

export const bulkJob = z.object({
  id: uuid,
  action: bulkAction,
  status: bulkStatus,
  /** What was counted, in words: `143 reviews, 3 shapes`. */
  summary: z.string(),
  filter: z.record(z.string(), z.unknown()),
  shapes: z.array(bulkShape),
  total_items: z.number().int(),
  pending_items: z.number().int(),
  done_items: z.number().int(),
  failed_items: z.number().int(),
  cancelled_items: z.number().int(),
  created_by: uuid,
  created_by_label: z.string(),
  created_at: time,
  started_at: time.nullable(),
  finished_at: time.nullable(),
  updated_at: time,
});
export type BulkJob = z.infer<typeof bulkJob>;

const itemStatus = z.enum(['pending', 'done', 'failed', 'cancelled']);

export const bulkItem = z.object({
  position: z.number().int(),
  /** A review's id; of a reset, a lineage's. */
  subject_id: uuid,
  device_name: z.string(),
  source_table: z.string(),
  schema_hash: z.string(),
  status: itemStatus,
  /** Why it failed, or what is remarkable about its success. */
  code: z.string().nullable(),
  detail: z.string().nullable(),
  attempts: z.number().int(),
  finished_at: time.nullable(),
});
export type BulkItem = z.infer<typeof bulkItem>;

export const listBulkItemsInput = pageQuery.extend({ status: itemStatus.optional() });
export type ListBulkItemsInput = z.infer<typeof listBulkItemsInput>;
