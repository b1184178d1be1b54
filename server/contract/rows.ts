// Staged rows, mirror rows and rejected batches as lists.
import { z } from 'zod';
import { pageQuery, time, uuid } from './common';
import { FAILURE_KINDS } from './failure-kinds';
import { ROW_OPERATORS } from './row-operators';

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

export const REMEDIES = ['as_is', 'null_value', 'text_column'] as const;
export type Remedy = (typeof REMEDIES)[number];

/** Failed rows of one schema that have the same column and kind of error. */
export const failureGroup = z.object({
  id: z.string(),
  schema_hash: z.string(),
  /** Null where no single column is at fault. */
  column: z.string().nullable(),
  /** Null for rows that failed before kinds were recorded. */
  kind: z.enum(FAILURE_KINDS).nullable(),
  rows: z.number().int(),
  /** Left out for a caller who may not read rows. */
  example: z.object({ commit_seq: z.string(), pk: z.string(), error: z.string() }).nullable(),
  /** What can be done, and why not where it cannot. */
  remedies: z.array(z.object({ remedy: z.enum(REMEDIES), refused: z.string().nullable() })),
});
export type FailureGroup = z.infer<typeof failureGroup>;

export const retryFailuresInput = z.strictObject({ remedy: z.enum(REMEDIES) });
export const retriedFailures = z.object({
  group_id: z.string(),
  remedy: z.enum(REMEDIES),
  rows: z.number().int(),
  /** The mirror column that takes the values as text; null for the other remedies. */
  text_column_name: z.string().nullable(),
  /** The pause causes that the replay has to wait for. */
  waits_for: z.array(z.string()),
});
export type RetriedFailures = z.infer<typeof retriedFailures>;

export const rowCondition = z.strictObject({
  column: z.string().min(1).max(1000),
  op: z.enum(ROW_OPERATORS),
  /** As text; left out for `is_null` and `not_null`. */
  value: z.string().max(10_000).optional(),
});
export type RowCondition = z.infer<typeof rowCondition>;

/** Rows are walked in both directions, from any place: the key of a row can be long. */
const rowPageQuery = pageQuery.extend({
  /** `backward` reads the page before `cursor`; without a cursor, the last page. */
  direction: z.enum(['forward', 'backward']).default('forward'),
  /** JSON: `[{"column":"mode","op":"eq","value":"cooling"}]`, at most 10, all of which hold. */
  where: z.string().max(12_000).optional(),
});

const stagedRowFilter = {
  staging_reason: stagedRow.shape.staging_reason.optional(),
  schema_hash: z.string().optional(),
  op: stagedRow.shape.op.optional(),
};
const STAGED_SORTS = ['commit_seq', '-commit_seq'] as const;

export const listStagedRowsInput = rowPageQuery.extend({
  ...stagedRowFilter,
  /** Version order is the only one that an index has: oldest change first, or newest first. */
  sort: z.enum(STAGED_SORTS).default('commit_seq'),
  /** A commit seq, or a row's `id`: the page begins at the first row from there on. */
  seek: z.string().max(200).optional(),
});
export type ListStagedRowsInput = z.infer<typeof listStagedRowsInput>;

const exportFormat = z.enum(['csv', 'jsonl']).default('csv');

export const exportStagedRowsInput = z.strictObject({
  format: exportFormat,
  ...stagedRowFilter,
  where: rowPageQuery.shape.where,
  sort: z.enum(STAGED_SORTS).default('commit_seq'),
});
export type ExportStagedRowsInput = z.infer<typeof exportStagedRowsInput>;

export const mirrorRow = z.object({
  device_id: uuid,
  /** Of a shared mirror's rows, where the device is still there. */
  device_name: z.string().nullable().optional(),
  materialized_at: z.object({ created_at: time, updated_at: time }),
  /** The key's values as text in key order, null for NULL: what `seek` and the key's history take. */
  key: z.array(z.string().nullable()),
  data: record,
});
export type MirrorRow = z.infer<typeof mirrorRow>;

export const mirrorRows = z.object({
  mirror_table_name: z.string(),
  source: z.enum(['mirror', 'coalesced']),
  columns: z.array(z.object({ name: z.string(), type: z.string(), source_column_name: z.string() })),
  /** The mirror columns of the key, in key order. */
  key_columns: z.array(z.string()),
  /** Whether an index answers the order and the conditions. Where not, rows are looked through for at most 5 s. */
  by_index: z.object({ sort: z.boolean(), filter: z.boolean() }),
  rows: z.array(mirrorRow),
});
export type MirrorRows = z.infer<typeof mirrorRows>;

const mirrorRowFilter = {
  columns: z.string().max(12_000).optional(),
  /** `column:value`, equality on a mirror column. */
  filter: z.string().max(1000).optional(),
  /** A mirror column, with a leading `-` for descending. */
  sort: z.string().max(200).optional(),
};

export const listMirrorRowsInput = rowPageQuery.extend({
  ...mirrorRowFilter,
  /**
   * JSON array of key values as text, null for NULL, as many from the left as are known: the page begins at the
   * first row from there on. Only in the order of the key. Of a mirror of many devices the device comes first.
   */
  seek: z.string().max(12_000).optional(),
});
export type ListMirrorRowsInput = z.infer<typeof listMirrorRowsInput>;

export const exportMirrorRowsInput = z.strictObject({
  format: exportFormat,
  ...mirrorRowFilter,
  where: rowPageQuery.shape.where,
});
export type ExportMirrorRowsInput = z.infer<typeof exportMirrorRowsInput>;

/** The key by its source columns as JSON (`{"id":1}`), or by a mirror row's `key`. */
export const keyHistoryInput = z.strictObject({
  pk: z.string().max(12_000).optional(),
  key: z.string().max(12_000).optional(),
});

const rowVersion = z.object({ journal_epoch: uuid.nullable(), commit_seq: z.string() });

/** What is still kept of one key, and what is not. */
export const keyHistory = z.object({
  /** The key by source columns; null where it cannot be told from the mirror's. */
  pk: record.nullable(),
  /** Accepted batches that brought one of the versions below, newest first. */
  batches: z.array(
    z.object({
      batch_id: uuid,
      received_at: time,
      rows: z.number().int(),
      outcome: z.enum(['mirrored', 'staged', 'mixed']),
      brought: rowVersion,
    }),
  ),
  /** Changes that wait, in version order. */
  staged: z.array(stagedRow),
  written: z.object({ version: rowVersion, created_at: time, updated_at: time, data: record }).nullable(),
  deleted: z.object({ version: rowVersion, deleted_at: time }).nullable(),
  /** What is no longer kept, or never was, as sentences. */
  not_kept: z.array(z.string()),
});
export type KeyHistory = z.infer<typeof keyHistory>;

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
  /** The same for batches refused for the same reason in the same place of the same table. */
  cause: z.string(),
});
export type RejectedBatch = z.infer<typeof rejectedBatch>;

/** `payload` is text where it is UTF-8, else base64 with `payload_encoding` saying so. */
export const rejectedBatchDetail = rejectedBatch.extend({
  payload: z.string(),
  payload_encoding: z.enum(['utf-8', 'base64']),
});
export type RejectedBatchDetail = z.infer<typeof rejectedBatchDetail>;

/** Which rejected batches. */
const rejectedBatchFilter = z.strictObject({
  code: z.string().optional(),
  device_id: z.string().optional(),
  since: time.optional(),
  /** Received within so many hours before now. */
  within_hours: z.coerce.number().int().min(1).max(100_000).optional(),
  cause: z.string().max(100).optional(),
  /** Of batches whose table could be read. */
  source_table: z.string().optional(),
  /** `waiting`: no retry has brought it in yet. */
  state: z.enum(['waiting', 'accepted']).optional(),
});
export type RejectedBatchFilter = z.infer<typeof rejectedBatchFilter>;

export const listRejectedBatchesInput = pageQuery.extend(rejectedBatchFilter.shape);
export type ListRejectedBatchesInput = z.infer<typeof listRejectedBatchesInput>;

export const rejectedGroupsInput = rejectedBatchFilter.extend({
  /** `cause`: all devices together, as a firmware fails. `device`: each cause of each device. */
  by: z.enum(['cause', 'device']).default('cause'),
});

/** Batches of one cause, of one device where they are grouped by it. Counts are exact. */
export const rejectedGroup = z.object({
  cause: z.string(),
  code: z.string(),
  meaning: z.string(),
  remedy: z.string(),
  source_table: z.string().nullable(),
  /** `rows[*].op`; null where the whole payload is meant. */
  place: z.string().nullable(),
  /** Of the newest one. */
  detail: z.string(),
  devices: z.number().int(),
  /** Null where the group has several, or one that is not registered. */
  device_id: uuid.nullable(),
  device_name: z.string().nullable(),
  batches: z.number().int(),
  /** Those that no retry has brought in. */
  waiting: z.number().int(),
  first_at: time,
  last_at: time,
  newest_id: uuid,
});
export type RejectedGroup = z.infer<typeof rejectedGroup>;

export const rejectedGroups = z.object({
  groups: z.array(rejectedGroup),
  /** All groups there are; `groups` has the last seen. */
  total_groups: z.number().int(),
  total_batches: z.number().int(),
});
export type RejectedGroups = z.infer<typeof rejectedGroups>;

export const exportRejectedInput = rejectedBatchFilter.extend({
  format: z.enum(['csv', 'jsonl']).default('jsonl'),
});

/** Retries some of a kind, oldest first. Call it again with `after` until it is null. */
export const retryKindInput = z.strictObject({
  cause: z.string().max(100),
  device_id: uuid.optional(),
  after: uuid.nullable().optional(),
  limit: z.number().int().min(1).max(50).default(20),
});
export type RetryKindInput = z.input<typeof retryKindInput>;
