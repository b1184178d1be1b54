// Reviews, decisions, lineages: what goes in and out of the governance verbs.
import { z } from 'zod';
import { pageQuery, time, uuid } from './common';
import { FAILURE_KINDS } from './failure-kinds';

export const AFFINITIES = ['INTEGER', 'TEXT', 'REAL', 'BLOB', 'NUMERIC'] as const;

export const schemaColumn = z.strictObject({
  name: z.string(),
  decl_type_affinity: z.enum(AFFINITIES),
  pk_ordinal: z.number().int().min(0),
  not_null: z.boolean(),
});

export const columnAction = z.strictObject({
  source_column_name: z.string(),
  action: z.enum(['mirror', 'map', 'ignore', 'defer', 'auto_create_and_map']),
  mirror_column_name: z.string().optional(),
  mirror_table_name: z.string().optional(),
  device_data_point_id: uuid.optional(),
  /** The column that says when the row's mapped values were measured; else the time of receipt does. */
  is_time_column: z.boolean().optional(),
  rename_of: z.string().optional(),
  widen: z.boolean().optional(),
});
export type ColumnAction = z.infer<typeof columnAction>;

/** One column's difference against the last approved version; `from` and `to` say what changed. */
export const schemaChangeReason = z.object({
  column: z.string(),
  change: z.enum([
    'first_schema',
    'added',
    'added_not_null',
    'removed',
    'type_changed',
    'key_changed',
    'nullability_changed',
    'unverified',
    'columns_unknown',
  ]),
  from: z.string().optional(),
  to: z.string().optional(),
});
export type SchemaChangeReason = z.infer<typeof schemaChangeReason>;

const classification = z.enum([
  'ambiguous',
  'compatible_mapped',
  'compatible_additive',
  'breaking',
  'unknown',
]);
const reviewStatus = z.enum(['queued', 'in_review', 'approved', 'rejected', 'abandoned', 'superseded']);

const versionStatus = z.enum(['pending', 'approved', 'deferred', 'rejected']);

const sameColumns = z.object({
  schema_hash: z.string(),
  verified: z.boolean(),
  status: versionStatus,
  /** Its newest review; null where it needed none. */
  review_id: uuid.nullable(),
});

export const schemaReview = z.object({
  id: uuid,
  lineage_id: uuid,
  device_id: uuid,
  device_name: z.string(),
  fleet_id: uuid,
  source_table: z.string(),
  schema_hash: z.string(),
  classification,
  verified: z.boolean(),
  reasons: z.array(schemaChangeReason),
  status: reviewStatus,
  action_version: z.number().int(),
  claimed_by: uuid.nullable(),
  claimed_by_name: z.string().nullable(),
  claimed_at: time.nullable(),
  staged_row_count: z.number().int(),
  /** The same columns under another hash of this lineage. Approving one approves the open others. */
  same_columns_as: z.array(sameColumns),
  column_actions: z.array(columnAction).nullable(),
  /** Why it was rejected, or why it closed itself. */
  reason: z.string().nullable(),
  /** The open registry review that decides this schema in the review's place: approve there. */
  use_registry_review_id: uuid.nullable(),
  /** The registry review whose approval decided it. */
  superseded_by: uuid.nullable(),
  decided_at: time.nullable(),
  created_at: time,
  updated_at: time,
});
export type SchemaReview = z.infer<typeof schemaReview>;

/** A column as the review shows it: what it is, what it was, what is proposed and why. */
export const reviewColumn = schemaColumn.extend({
  before: schemaColumn.nullable(),
  proposed: columnAction,
  proposal_reason: z.string(),
  mirror_type: z.string(),
  /** Up to 5 received values, as JSON text. */
  samples: z.array(z.string()),
  sampled_rows: z.number().int(),
  null_share: z.number().min(0).max(1),
  misfit_rows: z.number().int(),
  misfit_example: z.string().nullable(),
});
export type ReviewColumn = z.infer<typeof reviewColumn>;

export const replayIntent = z.object({
  id: uuid,
  status: z.enum(['pending', 'running', 'completed', 'failed']),
  action_kind: z.string(),
  action_version: z.number().int(),
  total_rows: z.number().int(),
  done_rows: z.number().int(),
  failure_count: z.number().int(),
  last_error: z.string().nullable(),
  created_at: time,
  updated_at: time,
});
export type ReplayIntent = z.infer<typeof replayIntent>;

/** A column that went and one that came, and how many of the values for the same keys agree. */
export const renameProposal = z.object({
  from: z.string(),
  to: z.string(),
  compared: z.number().int(),
  agreeing: z.number().int(),
  share: z.number().min(0).max(1),
});
export type RenameProposal = z.infer<typeof renameProposal>;

/** One review with everything its page needs. */
export const reviewDetail = schemaReview.extend({
  columns: z.array(reviewColumn),
  /** Columns of the approved version that this one no longer has. */
  removed_columns: z.array(schemaColumn),
  /** True where only the hash is known and the columns were read off the staged rows. */
  columns_inferred: z.boolean(),
  /** Fields of received rows that the claimed columns do not name; looked for where they are not verified. */
  unlisted_fields: z.array(z.string()),
  /** Accept one by `rename_of` on the new column. */
  rename_proposals: z.array(renameProposal),
  draft: z.array(columnAction).nullable(),
  /** Why the draft has to be looked at again: what it rests on has changed. A save with `stale_seen` ends it. */
  draft_stale: z.object({ reason: z.string() }).nullable(),
  mirror_table_name: z.string(),
  replay: replayIntent.nullable(),
});
export type ReviewDetail = z.infer<typeof reviewDetail>;

export const pauseCause = z.object({
  cause: z.enum(['schema_review', 'operator', 'backpressure', 'circuit_breaker']),
  since: time,
  detail: z.string(),
  device_told: z.boolean(),
  acknowledged_at: time.nullable(),
});

export const lineage = z.object({
  id: uuid,
  org_id: uuid,
  project_id: uuid,
  fleet_id: uuid,
  device_id: uuid,
  device_name: z.string(),
  source_table: z.string(),
  status: z.enum(['active', 'paused']),
  pause_causes: z.array(pauseCause),
  staged_row_count: z.number().int(),
  staged_bytes: z.number().int(),
  /** What the policy lets be staged before the device is paused. */
  staged_rows_max: z.number().int(),
  staged_bytes_max: z.number().int(),
  accepted_row_count: z.number().int(),
  /** New rows a minute over the last 15. */
  rows_per_minute: z.number(),
  duplicate_row_count: z.number().int(),
  rejected_row_count: z.number().int(),
  watermark: z.object({
    journal_epoch: z.string().optional(),
    commit_seq: z.string().optional(),
    batch_seq: z.string().optional(),
  }),
  last_batch_at: time,
  /** When rows were last put into staging; null where none ever was. */
  last_staged_at: time.nullable(),
  /** When rows last landed in the mirror, or in data points, live or by a replay; null where none ever did. */
  last_written_at: time.nullable(),
  current_schema_hash: z.string(),
  mirror_id: uuid.nullable(),
  materialization_failure_count: z.number().int(),
  materialization_last_error: z.string().nullable(),
  created_at: time,
  updated_at: time,
});
export type Lineage = z.infer<typeof lineage>;

export const schemaVersion = z.object({
  id: uuid,
  lineage_id: uuid,
  schema_hash: z.string(),
  classification,
  verified: z.boolean(),
  columns: z.array(schemaColumn).nullable(),
  status: versionStatus,
  /** The registry entry that decides it in the device's place; null where a review of its own does. */
  registry_id: uuid.nullable(),
  staged_row_count: z.number().int(),
  first_seen_at: time,
});

export const columnBinding = z.object({
  source_column_name: z.string(),
  action: columnAction.shape.action,
  mirror_column_name: z.string().nullable(),
  device_data_point_id: uuid.nullable(),
  schema_hash: z.string(),
});

export const mirror = z.object({
  id: uuid,
  mirror_table_name: z.string(),
  source: z.enum(['mirror', 'coalesced']),
  scope: z.enum(['device', 'project', 'fleet']),
  scope_id: uuid,
  source_table: z.string(),
  generation: z.number().int(),
  columns: z.array(z.object({ name: z.string(), type: z.string(), source_column_name: z.string() })),
  row_count_estimate: z.number().int(),
});
export type Mirror = z.infer<typeof mirror>;

export const control = z.object({
  control_id: uuid,
  control_kind: z.enum(['pause_lineage', 'resume_lineage', 'url_grant', 'state_write']),
  device_id: uuid,
  source_table: z.string().nullable(),
  server_watermark: z.string().nullable(),
  reason: z.string().nullable(),
  attempts: z.number().int(),
  sent_at: time.nullable(),
  acknowledged_at: time.nullable(),
});

export const lineageDetail = z.object({
  lineage,
  schema_versions: z.array(schemaVersion),
  column_bindings: z.array(columnBinding),
  replay_intent: replayIntent.nullable(),
  pending_controls: z.array(control),
  mirror: mirror.nullable(),
  open_review: schemaReview.nullable(),
  /** The open review of the registry that it waits for, or that decides in the place of `open_review`. */
  registry_review_id: uuid.nullable(),
  /** Batches of its table that were refused in the last 24 hours and that no retry has landed; counted up to 1,000. */
  refused_batches: z.object({ waiting: z.number().int(), last_at: time.nullable() }),
  /** Staged rows that could not be written; counted up to 10,000. */
  failed_row_count: z.number().int(),
});
export type LineageDetail = z.infer<typeof lineageDetail>;

const lineageFilter = z.strictObject({
  device_id: z.string().optional(),
  fleet_id: uuid.optional(),
  status: z.enum(['active', 'paused']).optional(),
  pause_cause: z.enum(['schema_review', 'operator', 'backpressure', 'circuit_breaker']).optional(),
  source_table: z.string().optional(),
  /** `true` keeps those whose last write failed. */
  failing: z.literal('true').optional(),
  q: z.string().max(200).optional(),
  sort: z
    .enum([
      'last_batch_at',
      '-last_batch_at',
      'source_table',
      '-source_table',
      'device_name',
      '-device_name',
      'staged_row_count',
      '-staged_row_count',
      // Keeps those whose last write failed.
      'last_error_at',
      '-last_error_at',
    ])
    .default('-last_batch_at'),
});
export type LineageFilter = z.infer<typeof lineageFilter>;

export const listLineagesInput = pageQuery.extend(lineageFilter.shape);
export type ListLineagesInput = z.infer<typeof listLineagesInput>;

export const exportLineagesInput = lineageFilter.extend({ format: z.enum(['csv', 'jsonl']).default('csv') });

export const listReviewsInput = pageQuery.extend({
  /** `open` is queued or in review: everything that still waits for a decision. */
  status: reviewStatus.or(z.literal('open')).optional(),
  lineage_id: uuid.optional(),
  device_id: z.string().optional(),
  fleet_id: uuid.optional(),
  source_table: z.string().optional(),
  schema_hash: z.string().max(64).optional(),
  classification: classification.optional(),
  claimed_by: uuid.optional(),
  q: z.string().max(200).optional(),
  sort: z.enum(['created_at', '-created_at', 'source_table', '-source_table']).default('created_at'),
});
export type ListReviewsInput = z.infer<typeof listReviewsInput>;

const actionVersion = z.number().int().min(1);
export const claimReviewInput = z.strictObject({
  action_version: actionVersion,
  take_over: z.boolean().default(false),
});
export const releaseReviewInput = z.strictObject({ action_version: actionVersion });
export const approveReviewInput = z.strictObject({
  action_version: actionVersion,
  column_actions: z.array(columnAction).min(1).max(2000),
});
/** The whole decision as it shall be: what was deferred or ignored may change, the rest has to stay. */
export const amendReviewInput = approveReviewInput;
export const rejectReviewInput = z.strictObject({
  action_version: actionVersion,
  reason: z.string().trim().min(1).max(2000),
});
export const reopenReviewInput = z.strictObject({ action_version: actionVersion });
export const saveDraftInput = z.strictObject({
  column_actions: z.array(columnAction).max(2000),
  /** The claimant has seen why the draft was stale, and it is made anew on what is there now. */
  stale_seen: z.boolean().default(false),
});

/** What an approval would do, found out by doing it in a transaction that is rolled back. */
export const reviewPreview = z.object({
  ddl: z.array(z.string()),
  bindings: z.array(columnBinding),
  warnings: z.array(z.string()),
  staged_rows: z.number().int(),
  tried_rows: z.number().int(),
  landing_rows: z.number().int(),
  /** Rows that would not land, by column and kind of error. */
  failures: z.array(
    z.object({
      /** The source column at fault; null where it is not one column's. */
      column: z.string().nullable(),
      kind: z.enum(FAILURE_KINDS),
      rows: z.number().int(),
      /** The first of them. Both parts quote what was received: null for a caller who may not read rows. */
      example: z.object({ error: z.string(), row: z.string() }).nullable(),
    }),
  ),
});
export type ReviewPreview = z.infer<typeof reviewPreview>;
