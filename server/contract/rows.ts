// Staged rows, mirror rows and rejected batches as lists.
import { z } from 'zod';
import { pageQuery, time, uuid } from './common';

/** A scalar of a row. Numbers that a double cannot hold exactly, and NUMERIC values, are strings. */
const scalar = z.union([z.null(), z.boolean(), z.number(), z.string()]);
const record = z.record(z.string(), scalar);

export const stagedRow = z.object({
  id: z.string(),
  source_table: z.string(),
  schema_hash: z.string(),
  journal_epoch: z.string().nullable(),
  commit_seq: z.string().nullable(),
  event_ts: time.nullable(),
  op: z.enum(['insert', 'update', 'delete']),
  pk: record,
  row: record.nullable(),
  staging_reason: z.enum(['schema_review', 'lineage_paused', 'materialization_failed']),
  error: z.string().nullable(),
  received_at: time,
});
export type StagedRow = z.infer<typeof stagedRow>;

export const listStagedRowsInput = pageQuery.extend({
  staging_reason: stagedRow.shape.staging_reason.optional(),
  schema_hash: z.string().optional(),
  op: stagedRow.shape.op.optional(),
});
export type ListStagedRowsInput = z.infer<typeof listStagedRowsInput>;

export const mirrorRow = z.object({
  device_id: uuid,
  materialized_at: z.object({ created_at: time, updated_at: time }),
  data: record,
});
export type MirrorRow = z.infer<typeof mirrorRow>;

export const mirrorRows = z.object({
  mirror_table_name: z.string(),
  source: z.enum(['mirror', 'coalesced']),
  columns: z.array(z.object({ name: z.string(), type: z.string(), source_column_name: z.string() })),
  rows: z.array(mirrorRow),
});
export type MirrorRows = z.infer<typeof mirrorRows>;

export const listMirrorRowsInput = pageQuery.extend({
  columns: z.string().optional(),
  /** `column:value`, equality on a mirror column. */
  filter: z.string().max(1000).optional(),
  /** A mirror column, with a leading `-` for descending. */
  sort: z.string().max(200).optional(),
});
export type ListMirrorRowsInput = z.infer<typeof listMirrorRowsInput>;

export const rejectedBatch = z.object({
  id: uuid,
  code: z.string(),
  meaning: z.string(),
  remedy: z.string(),
  detail: z.string(),
  path: z.string().nullable(),
  device_id: uuid.nullable(),
  device_name: z.string().nullable(),
  topic: z.string(),
  batch_id: z.string().nullable(),
  source_table: z.string().nullable(),
  received_at: time,
  bytes: z.number().int(),
  retried_at: time.nullable(),
  retry_outcome: z.enum(['accepted', 'rejected']).nullable(),
});
export type RejectedBatch = z.infer<typeof rejectedBatch>;

/** `payload` is text where it is UTF-8, else base64 with `payload_encoding` saying so. */
export const rejectedBatchDetail = rejectedBatch.extend({
  payload: z.string(),
  payload_encoding: z.enum(['utf-8', 'base64']),
});
export type RejectedBatchDetail = z.infer<typeof rejectedBatchDetail>;

export const listRejectedBatchesInput = pageQuery.extend({
  code: z.string().optional(),
  device_id: z.string().optional(),
  since: time.optional(),
});
export type ListRejectedBatchesInput = z.infer<typeof listRejectedBatchesInput>;
