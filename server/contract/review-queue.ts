// Everything that waits for a decision, or has had one, in one queue: the reviews of devices and those of the registry.
import { z } from 'zod';
import { pageQuery, uuid } from './common';
import { listReviewsInput, schemaChangeReason, schemaReview } from './governance';
import { registryReview } from './registry';

/** What tells reviews apart; all given conditions hold at once. */
export const reviewFilter = z.strictObject({
  /** Whose: one device's, or the registry's for many. */
  kind: z.enum(['device', 'registry']).optional(),
  /** `open` is queued or in review. */
  status: listReviewsInput.shape.status,
  classification: schemaReview.shape.classification.optional(),
  source_table: z.string().optional(),
  schema_hash: z.string().max(64).optional(),
  /** Reviews of the device, and those of the registry that it waits for. */
  device_id: uuid.optional(),
  fleet_id: uuid.optional(),
  /** Who has claimed it: the caller, nobody, somebody else. */
  claimant: z.enum(['me', 'nobody', 'other']).optional(),
  /** A kind of change that at least one of its columns has. */
  change: schemaChangeReason.shape.change.optional(),
  /** Whether rows wait for it. */
  staged: z.enum(['some', 'none']).optional(),
  /** Waiting for at least so long. */
  min_age_minutes: z.coerce.number().int().min(1).max(5_256_000).optional(),
  /** In the table's or the device's name, the hash or the id. */
  q: z.string().max(200).optional(),
});
export type ReviewFilter = z.infer<typeof reviewFilter>;

export const listReviewQueueInput = pageQuery.extend({
  ...reviewFilter.shape,
  sort: z.enum(['created_at', '-created_at', 'source_table', '-source_table']).default('created_at'),
});
export type ListReviewQueueInput = z.infer<typeof listReviewQueueInput>;

/** A review as the queue shows it; `/edge/schema-reviews` and `/edge/registry-reviews` have all of it. */
export const queuedReview = schemaReview
  .pick({
    id: true,
    source_table: true,
    schema_hash: true,
    classification: true,
    verified: true,
    reasons: true,
    status: true,
    action_version: true,
    claimed_by: true,
    claimed_by_name: true,
    claimed_at: true,
    staged_row_count: true,
    use_registry_review_id: true,
    created_at: true,
    updated_at: true,
  })
  .extend({
    kind: z.enum(['device', 'registry']),
    /** Null for a review of the registry, as the next two. */
    device_id: uuid.nullable(),
    device_name: z.string().nullable(),
    lineage_id: uuid.nullable(),
    /** Null for a review of a device, as the next two. */
    registry_id: uuid.nullable(),
    scope: registryReview.shape.scope.nullable(),
    waiting_lineages: z.number().int().nullable(),
    /** Null at project scope. */
    fleet_id: uuid.nullable(),
    fleet_name: z.string().nullable(),
  });
export type QueuedReview = z.infer<typeof queuedReview>;
