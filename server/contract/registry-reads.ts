// What the registry's pages ask beyond entries and reviews: who is on which version, what a shared mirror holds of
// whom, and whom a consolidation or another coalescing mode would concern.
import { z } from 'zod';
import { pageQuery, time, uuid } from './common';
import { policyFields } from './fleet';
import { mirror, schemaVersion } from './governance';
import { coalescedMirror, consolidation, registryEntry, registryScope } from './registry';
import { reviewFacts } from './review-facts';

/** Where something is decided together, by name: the project's, or the fleet's. */
const place = { scope: registryScope, scope_id: uuid, scope_name: z.string() };

/** One cell of the matrix. */
export const registryTableVersion = registryEntry
  .pick({
    id: true,
    schema_hash: true,
    status: true,
    classification: true,
    verified: true,
    waiting_lineages: true,
    open_review_id: true,
    decided_at: true,
    created_at: true,
  })
  .extend({
    /** Null while only the hash is known. */
    column_count: z.number().int().nullable(),
    /** Devices whose last batch had this schema. */
    device_count: z.number().int(),
    staged_row_count: z.number().int(),
  });

/** One source table of a scope: a row of the matrix. */
export const registryTable = z.object({
  ...place,
  source_table: z.string(),
  /** The shared mirror's newest generation; null before an approval. */
  mirror_id: uuid.nullable(),
  mirror_table_name: z.string().nullable(),
  device_count: z.number().int(),
  /** Of these, devices on a version that is older than the newest approved one. */
  straggler_count: z.number().int(),
  waiting_lineages: z.number().int(),
  staged_row_count: z.number().int(),
  version_count: z.number().int(),
  /** The newest first; at most 100. */
  versions: z.array(registryTableVersion),
});
export type RegistryTable = z.infer<typeof registryTable>;

export const listRegistryTablesInput = pageQuery.extend({
  scope: registryScope.optional(),
  /** Tables of which a version has this status. */
  status: registryEntry.shape.status.optional(),
  /** Part of a table's name, or the beginning of a hash. */
  q: z.string().trim().max(200).optional(),
  sort: z.enum(['source_table', '-source_table']).default('source_table'),
});
export type ListRegistryTablesInput = z.infer<typeof listRegistryTablesInput>;

/** A device that has had a schema of the registry. */
export const registryDevice = z.object({
  lineage_id: uuid,
  device_id: uuid,
  device_name: z.string(),
  fleet_id: uuid,
  fleet_name: z.string(),
  connected: z.boolean(),
  /** The version of the device's that is listed, and what is decided for it. */
  registry_id: uuid,
  schema_hash: z.string(),
  status: schemaVersion.shape.status,
  /** False where its last batch had another schema. */
  is_current: z.boolean(),
  staged_row_count: z.number().int(),
  last_batch_at: time,
});
export type RegistryDevice = z.infer<typeof registryDevice>;

export const listRegistryDevicesInput = pageQuery.extend({
  /**
   * `current`: on it by their last batch. `waiting`: undecided or held. `left`: on another by now. `older`: on an
   * earlier version of the same table.
   */
  on: z.enum(['any', 'current', 'waiting', 'left', 'older']).default('any'),
  /** Part of a device's name. */
  q: z.string().trim().max(200).optional(),
});
export type ListRegistryDevicesInput = z.infer<typeof listRegistryDevicesInput>;

/** Where a mirror column came from. */
const columnSince = z.object({ registry_id: uuid, schema_hash: z.string(), decided_at: time });

export const coalescedMirrorDetail = coalescedMirror.extend({
  /** Counted only where it is asked for. */
  row_count: z.number().int().nullable(),
  columns: z.array(
    mirror.shape.columns.element.extend({
      /** 0 off the key, 1..N on it. */
      key_ordinal: z.number().int(),
      /** The first approval that wrote to it; null where no entry of the registry does. */
      since: columnSince.nullable(),
    }),
  ),
  /** Other generations of the table's mirror in this scope, the newest first. */
  generations: z.array(z.object({ id: uuid, generation: z.number().int(), mirror_table_name: z.string() })),
});
export type CoalescedMirrorDetail = z.infer<typeof coalescedMirrorDetail>;

export const getCoalescedMirrorInput = z.strictObject({ count: z.literal('exact').optional() });

/** How much of a shared mirror is of one device. */
export const mirrorDevice = z.object({
  lineage_id: uuid,
  device_id: uuid,
  device_name: z.string(),
  fleet_id: uuid,
  connected: z.boolean(),
  row_count: z.number().int(),
  row_count_estimated: z.boolean(),
  last_batch_at: time,
});
export type MirrorDevice = z.infer<typeof mirrorDevice>;

export const listMirrorDevicesInput = pageQuery.extend({ q: z.string().trim().max(200).optional() });
export type ListMirrorDevicesInput = z.infer<typeof listMirrorDevicesInput>;

/** A table whose devices still write mirrors of their own although their mode shares one. */
export const consolidationCandidate = z.object({
  ...place,
  source_table: z.string(),
  devices: z.number().int(),
  mirrors: z.number().int(),
  /** The job under way, or stopped; null where a run can be started. */
  open_job_id: uuid.nullable(),
  open_job_status: consolidation.shape.status.nullable(),
});
export type ConsolidationCandidate = z.infer<typeof consolidationCandidate>;

export const listConsolidationCandidatesInput = pageQuery.extend({
  scope: registryScope.optional(),
  source_table: z.string().optional(),
});

/** As for a device's review, counted over the devices of the scope with the most rows waiting. */
export const registryReviewFacts = reviewFacts.extend({ examined_lineages: z.number().int() });
export type RegistryReviewFacts = z.infer<typeof registryReviewFacts>;

export const previewModeInput = z.strictObject({
  /** The mode to look at; without it, the inherited one. */
  schema_coalescing_mode: policyFields.shape.schema_coalescing_mode.optional(),
});

const tableEffect = z.object({
  source_table: z.string(),
  devices: z.number().int(),
  /** Mirror tables of single devices: they stay until they are consolidated. */
  own_mirrors: z.number().int(),
  open_device_reviews: z.number().int(),
  open_registry_reviews: z.number().int(),
});

/** What a change of the coalescing mode would concern, counted now. */
export const modeEffect = z.object({
  from: policyFields.shape.schema_coalescing_mode,
  to: policyFields.shape.schema_coalescing_mode,
  /** Devices whose mode would change, and those of fleets with a mode of their own, which stay as they are. */
  devices: z.number().int(),
  unaffected_fleets: z.array(z.object({ fleet_id: uuid, fleet_name: z.string(), mode: z.string() })),
  table_count: z.number().int(),
  own_mirrors: z.number().int(),
  open_device_reviews: z.number().int(),
  /** Of these, those whose schema the registry of the new scope decides already, or is asked about. */
  decided_in_registry: z.number().int(),
  /** Reviews of the registry that devices concerned wait for: they stay open, and decide as before. */
  open_registry_reviews: z.number().int(),
  /** Those with the most devices; at most 100. */
  tables: z.array(tableEffect),
});
export type ModeEffect = z.infer<typeof modeEffect>;
