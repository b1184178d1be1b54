// The registry, its reviews and the shared mirrors: what goes in and out.
import { z } from 'zod';
import { pageQuery, time, uuid } from './common';
import {
  approveReviewInput,
  columnAction,
  mirror,
  reviewColumn,
  reviewPreview,
  schemaColumn,
  schemaReview,
} from './governance';

export const registryScope = z.enum(['project', 'fleet']);

export const registryEntry = z.object({
  id: uuid,
  scope: registryScope,
  scope_id: uuid,
  /** The project's name, or the fleet's. */
  scope_name: z.string(),
  source_table: z.string(),
  schema_hash: z.string(),
  status: z.enum(['pending', 'approved', 'rejected']),
  classification: schemaReview.shape.classification,
  verified: z.boolean(),
  /** Devices whose lineage has this schema, waiting or approved. */
  device_count: z.number().int(),
  waiting_lineages: z.number().int(),
  /** Rows that those have staged. */
  staged_row_count: z.number().int(),
  columns: z.array(schemaColumn).nullable(),
  column_actions: z.array(columnAction).nullable(),
  mirror_id: uuid.nullable(),
  mirror_table_name: z.string().nullable(),
  /** The review that is open on it; null where nobody is asked now. */
  open_review_id: uuid.nullable(),
  decided_at: time.nullable(),
  created_at: time,
  updated_at: time,
});
export type RegistryEntry = z.infer<typeof registryEntry>;

export const listRegistryInput = pageQuery.extend({
  scope: registryScope.optional(),
  status: registryEntry.shape.status.optional(),
  scope_id: uuid.optional(),
  source_table: z.string().optional(),
  sort: z.enum(['created_at', '-created_at', 'source_table', '-source_table']).default('-created_at'),
});
export type ListRegistryInput = z.infer<typeof listRegistryInput>;

export const registryReview = schemaReview
  .omit({
    lineage_id: true,
    device_id: true,
    device_name: true,
    fleet_id: true,
    use_registry_review_id: true,
    superseded_by: true,
    same_columns_as: true,
  })
  .extend({
    registry_id: uuid,
    scope: registryScope,
    scope_id: uuid,
    scope_name: z.string(),
    /** Devices that wait for this decision. */
    waiting_lineages: z.number().int(),
  });
export type RegistryReview = z.infer<typeof registryReview>;

export const registryReviewDetail = registryReview.extend({
  columns: z.array(reviewColumn),
  /** Columns of the schema approved before that this one no longer has. */
  removed_columns: z.array(schemaColumn),
  columns_inferred: z.boolean(),
  draft: z.array(columnAction).nullable(),
  /** Why the draft has to be looked at again: what it rests on has changed. A save with `stale_seen` ends it. */
  draft_stale: z.object({ reason: z.string() }).nullable(),
  mirror_table_name: z.string(),
  /** How far the replays are that its approval scheduled; null before one. */
  replay: z
    .object({
      lineages: z.number().int(),
      completed: z.number().int(),
      total_rows: z.number().int(),
      done_rows: z.number().int(),
    })
    .nullable(),
});
export type RegistryReviewDetail = z.infer<typeof registryReviewDetail>;

export const listRegistryReviewsInput = pageQuery.extend({
  /** `open` is queued or in review. */
  status: schemaReview.shape.status.or(z.literal('open')).optional(),
  scope: registryScope.optional(),
  registry_id: uuid.optional(),
  source_table: z.string().optional(),
  classification: schemaReview.shape.classification.optional(),
  claimed_by: uuid.optional(),
  sort: z.enum(['created_at', '-created_at', 'source_table', '-source_table']).default('created_at'),
});
export type ListRegistryReviewsInput = z.infer<typeof listRegistryReviewsInput>;

const actionVersion = approveReviewInput.shape.action_version;
export const abandonReviewInput = z.strictObject({
  action_version: actionVersion,
  reason: z.string().trim().min(1).max(2000),
});

/** As for a device's review, tried with rows of some of the waiting devices. */
export const registryReviewPreview = reviewPreview.extend({
  waiting_lineages: z.number().int(),
  tried_lineages: z.number().int(),
});
export type RegistryReviewPreview = z.infer<typeof registryReviewPreview>;

/** With `dry_run`, what it would do is found out and nothing is done. */
export const reconcileInput = z.strictObject({ dry_run: z.boolean().default(false) });

/** What a reconcile found and did, or would do. */
export const reconciled = z.object({
  dry_run: z.boolean(),
  registry_id: uuid,
  /** Lineages on this hash, in scope or bound by the entry. */
  lineages: z.number().int(),
  bound: z.number().int(),
  replays: z.number().int(),
  staged_rows: z.number().int(),
  /** Lineages that were left alone, and why. */
  skipped: z.array(z.object({ lineage_id: uuid, device_name: z.string(), reason: z.string() })),
});
export type Reconciled = z.infer<typeof reconciled>;

export const coalescedMirror = mirror.extend({
  scope: registryScope,
  scope_name: z.string(),
  /** Lineages with a schema that lands here. */
  device_count: z.number().int(),
  schema_hashes: z.array(z.string()),
});
export type CoalescedMirror = z.infer<typeof coalescedMirror>;

export const listCoalescedMirrorsInput = pageQuery.extend({
  scope: registryScope.optional(),
  source_table: z.string().optional(),
});
export type ListCoalescedMirrorsInput = z.infer<typeof listCoalescedMirrorsInput>;

export const consolidateInput = z.strictObject({ dry_run: z.boolean() });

/** What a consolidation would do with one device. */
export const consolidationPlanLine = z.object({
  lineage_id: uuid,
  device_id: uuid,
  device_name: z.string(),
  /** The device's own mirror tables that would be copied. */
  mirror_table_names: z.array(z.string()),
  rows: z.number().int(),
  tombstones: z.number().int(),
  /** Why it would be left alone, column by column; empty where it would move. */
  conflicts: z.array(z.string()),
});

export const consolidation = z.object({
  id: uuid,
  scope: registryScope,
  scope_id: uuid,
  scope_name: z.string(),
  source_table: z.string(),
  status: z.enum(['pending', 'running', 'stopped', 'completed']),
  devices: z.number().int(),
  moved_devices: z.number().int(),
  skipped_devices: z.number().int(),
  copied_rows: z.number().int(),
  copied_tombstones: z.number().int(),
  /** Tables that nothing writes to any more and that have not been dropped. */
  old_mirrors: z.array(z.string()),
  last_error: z.string().nullable(),
  created_at: time,
  updated_at: time,
  finished_at: time.nullable(),
});
export type Consolidation = z.infer<typeof consolidation>;

/** A dry run has the lines, a run has the job. */
export const consolidateResult = z.object({
  dry_run: z.boolean(),
  source_table: z.string(),
  devices: z.number().int(),
  rows: z.number().int(),
  conflicting_devices: z.number().int(),
  lines: z.array(consolidationPlanLine),
  /** Schemas that would be taken into the registry, since these devices were approved one by one. */
  new_schema_hashes: z.array(z.string()),
  job: consolidation.nullable(),
});
export type ConsolidateResult = z.infer<typeof consolidateResult>;

export const consolidationDevice = z.object({
  lineage_id: uuid,
  device_id: uuid,
  device_name: z.string(),
  status: z.enum(['pending', 'copying', 'moved', 'skipped']),
  detail: z.string().nullable(),
  copied_rows: z.number().int(),
  copied_tombstones: z.number().int(),
  updated_at: time,
});

export const listConsolidationsInput = pageQuery.extend({
  scope: registryScope.optional(),
  source_table: z.string().optional(),
});
export const listConsolidationDevicesInput = pageQuery.extend({
  status: consolidationDevice.shape.status.optional(),
});

/** The number of tables that is confirmed: what has come since is not dropped unseen. */
export const dropOldMirrorsInput = z.strictObject({ expected_mirrors: z.number().int().min(0) });

export const droppedMirrors = z.object({ dropped: z.array(z.string()), remaining: z.number().int() });
