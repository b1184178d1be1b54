// Bulk operations over a frozen set: what is asked for, what was counted, and what became of each item.
import { z } from 'zod';
import { BULK_IDS_MAX } from './bulk-limits';
import { pageQuery, time, uuid } from './common';
import {
  columnAction,
  listLineagesInput,
  rejectReviewInput,
  reviewPreview,
  schemaColumn,
} from './governance';
import { reviewFilter } from './review-queue';

const ids = z.array(uuid).min(1).max(BULK_IDS_MAX).optional();
/** Of the reviews that match, those named by `ids` where it is given. Decided reviews are never among them. */
export const bulkReviewFilter = reviewFilter.extend({ ids });
/** The filters of the list of lineages, and `ids`. */
export const bulkLineageFilter = listLineagesInput
  .pick({ fleet_id: true, status: true, pause_cause: true, source_table: true, failing: true, q: true })
  .extend({ device_id: uuid.optional(), ids });

const takeOver = z.boolean().default(false);
export const previewBulkInput = z.discriminatedUnion('action', [
  z.strictObject({
    action: z.literal('claim'),
    filter: bulkReviewFilter,
    /** Also what another operator has claimed. */
    take_over: takeOver,
  }),
  z.strictObject({ action: z.literal('approve'), filter: bulkReviewFilter, take_over: takeOver }),
  z.strictObject({
    action: z.literal('reject'),
    filter: bulkReviewFilter,
    take_over: takeOver,
    reason: rejectReviewInput.shape.reason,
  }),
  z.strictObject({ action: z.literal('reset'), filter: bulkLineageFilter }),
]);
export type PreviewBulkInput = z.output<typeof previewBulkInput>;

export interface BulkParams {
  take_over?: boolean;
  reason?: string;
}

/** What simulating the decision on one review of a shape found. */
const shapePreview = z.object({
  review_id: uuid,
  /** Its counts are those of then: rows that come in later are not among them. */
  tried_at: time,
  ...reviewPreview.omit({ bindings: true }).shape,
});

const subjectKind = z.enum(['schema_review', 'registry_review', 'lineage']);

/** One source table with one schema hash among the items. */
export const bulkShape = z.object({
  kind: subjectKind,
  source_table: z.string(),
  schema_hash: z.string(),
  items: z.number().int(),
  /** When the set was counted, which is when the job was made. */
  staged_row_count: z.number().int(),
  /** Null where only the hash is known, and of lineages. */
  columns: z.array(schemaColumn).nullable(),
  verified: z.boolean(),
  /** Of an approval, what happens to each column; null where it cannot be said. */
  decision: z.array(columnAction).nullable(),
  /** Null where nothing was simulated; a refused simulation says why in `problem`. */
  preview: shapePreview.nullable(),
  problem: z.string().nullable(),
});
export type BulkShape = z.infer<typeof bulkShape>;

export const bulkStatus = z.enum(['previewed', 'running', 'completed', 'cancelled']);
const bulkAction = z.enum(['claim', 'approve', 'reject', 'reset']);

export const bulkJob = z.object({
  id: uuid,
  action: bulkAction,
  status: bulkStatus,
  /** What was counted, in words: `143 reviews, 3 shapes`. */
  summary: z.string(),
  filter: z.record(z.string(), z.unknown()),
  take_over: z.boolean(),
  /** Of a rejection. */
  reason: z.string().nullable(),
  shapes: z.array(bulkShape),
  total_items: z.number().int(),
  pending_items: z.number().int(),
  done_items: z.number().int(),
  failed_items: z.number().int(),
  cancelled_items: z.number().int(),
  created_by: uuid,
  created_by_label: z.string(),
  created_at: time,
  /** In whose name the items are done; null before the start. */
  started_by: uuid.nullable(),
  started_by_label: z.string().nullable(),
  started_at: time.nullable(),
  finished_at: time.nullable(),
  updated_at: time,
});
export type BulkJob = z.infer<typeof bulkJob>;

export const listBulkJobsInput = pageQuery.extend({
  status: bulkStatus.optional(),
  action: bulkAction.optional(),
});

/** The count that was confirmed. */
export const startBulkInput = z.strictObject({ expected_items: z.number().int().min(1) });

export const decideShapeInput = z.strictObject({
  source_table: z.string(),
  schema_hash: z.string().max(64),
  kind: subjectKind.exclude(['lineage']),
  column_actions: z.array(columnAction).min(1).max(2000),
});

export const bulkItemStatus = z.enum(['pending', 'done', 'failed', 'cancelled']);

export const bulkItem = z.object({
  position: z.number().int(),
  kind: subjectKind,
  /** A review's id; of a reset, a lineage's. */
  subject_id: uuid,
  /** Of a review of the registry, its scope in words. */
  device_name: z.string(),
  source_table: z.string(),
  schema_hash: z.string(),
  status: bulkItemStatus,
  /** Why it failed, or what is remarkable about its success. */
  code: z.string().nullable(),
  detail: z.string().nullable(),
  attempts: z.number().int(),
  finished_at: time.nullable(),
});
export type BulkItem = z.infer<typeof bulkItem>;

export const listBulkItemsInput = pageQuery.extend({ status: bulkItemStatus.optional() });
