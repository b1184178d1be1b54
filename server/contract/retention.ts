// What is kept for how long, and what the last round of the retention took away.
import { z } from 'zod';
import { time } from './common';

/** What is the same for every installation, in days. */
export const KEPT_DAYS = {
  idempotency_keys: 1,
  tokens: 30,
  webhook_deliveries: 30,
  /** Bulk operations that are over, with the result of each item. */
  bulk_jobs: 30,
  /** Bulk operations that were counted and never started. */
  bulk_previews: 7,
  access_events: 14,
} as const;

export const keptThing = z.enum([
  'telemetry_values',
  'batch_ledger',
  'rejected_batches',
  'tombstones',
  'webhook_deliveries',
  'bulk_jobs',
  'bulk_previews',
  'access_events',
  'tokens',
  'idempotency_keys',
  'events',
]);
export type KeptThing = z.infer<typeof keptThing>;

/** What a round took away: partitions by name, rows by count. */
const removal = z.object({
  at: time,
  partitions_dropped: z.array(z.string()),
  rows_deleted: z.record(z.string(), z.number().int()),
});
export type Removal = z.infer<typeof removal>;

export const retentionStatus = z.object({
  kept: z.array(
    z.object({
      what: keptThing,
      /** Null where it is kept for ever, or where no worker has said so yet. */
      days: z.number().int().nullable(),
      /** Where the days come from. */
      from: z.enum(['fixed', 'installation', 'policy']),
      /** Of a policy: fleets with days of their own. */
      fleets: z.array(z.object({ fleet_id: z.uuid(), fleet_name: z.string(), days: z.number().int() })),
    }),
  ),
  /** The last round of any worker; null before the first. */
  last_round: z
    .object({
      at: time,
      /** Why a step of it failed, which the next round tries again; null where none did. */
      error: z.string().nullable(),
    })
    .nullable(),
  /** The last round that took anything away. */
  last_removal: removal.nullable(),
  /** Of all rounds of the last 24 hours. */
  removed_24h: z.record(z.string(), z.number().int()),
});
export type RetentionStatus = z.infer<typeof retentionStatus>;
