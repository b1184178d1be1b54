// What a change of a policy would set in motion, asked for before it is saved.
import { z } from 'zod';
import { time, uuid } from './common';
import { POLICY_DEFAULTS, policyFields, type PolicyFields } from './fleet';

export type PolicyFieldName = keyof PolicyFields;
const FIELD_NAMES = Object.keys(POLICY_DEFAULTS) as PolicyFieldName[];
/** Whether a policy has a field of this name. */
export const isField = (name: string): name is PolicyFieldName => (FIELD_NAMES as string[]).includes(name);

const flag = z.enum(['true', 'false']);
const { shape } = policyFields;
const number = (name: Exclude<PolicyFieldName, 'schema_coalescing_mode' | `allow_${string}`>) =>
  z.coerce.number().pipe(shape[name]).optional();

/** The values to look at, as query parameters; those that are left out stay as they are. */
export const previewPolicyInput = z.strictObject({
  schema_coalescing_mode: shape.schema_coalescing_mode.optional(),
  allow_additive_continue: flag.optional(),
  allow_auto_create_device_data_points: flag.optional(),
  max_pending_rows_per_lineage: number('max_pending_rows_per_lineage'),
  max_pending_bytes_per_lineage: number('max_pending_bytes_per_lineage'),
  resume_threshold_percent: number('resume_threshold_percent'),
  rejected_batch_retention_days: number('rejected_batch_retention_days'),
  tombstone_retention_days: number('tombstone_retention_days'),
  /** Fields that go back to what is inherited, by name, with commas between. */
  inherit: z
    .string()
    .max(500)
    .refine(
      (text) => text.split(',').every(isField),
      'Only names of fields of a policy, with commas between.',
    )
    .optional(),
});

const heldLineage = z.object({
  lineage_id: uuid,
  device_id: uuid,
  device_name: z.string(),
  source_table: z.string(),
  staged_row_count: z.number().int(),
  staged_bytes: z.number().int(),
  /** Whether the device would be sent a control, or has been told already, or has another reason to wait. */
  device_told: z.boolean(),
  /** Other reasons for which it is paused, and stays so. */
  other_causes: z.array(z.string()),
});

const heldLineages = z.object({
  count: z.number().int(),
  devices_told: z.number().int(),
  /** Those with the most staged rows; at most 20. */
  items: z.array(heldLineage),
});
export type HeldLineages = z.infer<typeof heldLineages>;

/** A part is null where the change does not touch it. */
export const policyEffect = z.object({
  /** Devices for which a value would change. */
  devices: z.number().int(),
  /** Fleets that keep a value of their own. */
  unaffected_fleets: z.array(
    z.object({ fleet_id: uuid, fleet_name: z.string(), fields: z.array(z.string()) }),
  ),
  /** Values in force after the change, of the fields that were asked about. */
  after: policyFields.partial(),
  backlog: z
    .object({
      /** Over the new caps and not paused for their backlog: with their next batch they are. */
      paused: heldLineages,
      /** Paused for their backlog and below the new threshold: at the next sweep, within seconds, they go on. */
      resumed: heldLineages,
    })
    .nullable(),
  rejected_batches: z
    .object({
      /** Deleted at the next sweep, within a minute, beside what would have been anyway. */
      dropped: z.number().int(),
      /** Of these, those that no retry has landed. */
      unhandled: z.number().int(),
      bytes: z.number().int(),
      /** True where there are more than were counted. */
      is_at_least: z.boolean(),
      oldest_at: time.nullable(),
    })
    .nullable(),
  tombstones: z
    .object({
      /** Forgotten at the next sweep unless something older still waits; null where counting took too long. */
      dropped: z.number().int().nullable(),
      is_at_least: z.boolean(),
    })
    .nullable(),
  additive: z
    .object({
      /** Open reviews of such a change: they stay open. */
      open_reviews: z.number().int(),
      /** In the last 30 days: reviews that such a change asked for, and changes that went on without one. */
      reviewed: z.number().int(),
      continued: z.number().int(),
    })
    .nullable(),
  data_points: z
    .object({
      existing: z.number().int(),
      /** Open reviews whose draft makes data points. */
      open_drafts: z.number().int(),
    })
    .nullable(),
});
export type PolicyEffect = z.infer<typeof policyEffect>;
