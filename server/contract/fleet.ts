// Organisations, projects, fleets, devices, policy and events.
import { z } from 'zod';
import {
  STAGED_BYTES_MAX_DEFAULT,
  STAGED_RESUME_RATIO,
  STAGED_ROWS_MAX_DEFAULT,
} from '@/server/protocol/limits';
import { pageQuery, time, uuid } from './common';
import { DEVICE_COUNTS, DEVICE_SORTS, PRESENCES } from './device-states';
import { POLICY_BOUNDS } from './policy-bounds';

export const org = z.object({
  id: uuid,
  name: z.string(),
  role: z.enum(['viewer', 'operator', 'admin', 'owner']),
});
export type Org = z.infer<typeof org>;

export const project = z.object({
  id: uuid,
  org_id: uuid,
  name: z.string(),
  topic_slug: z.string().nullable(),
  created_at: time,
});
export type Project = z.infer<typeof project>;

const name = z.string().trim().min(1).max(100);
/** A topic level: it may not hold the separators of MQTT. */
const topicSlug = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'lower-case letters, digits and hyphens, at most 63');
export const createProjectInput = z.strictObject({ name, topic_slug: topicSlug.optional() });
export const createFleetInput = z.strictObject({ name });
export const renameFleetInput = z.strictObject({ name });
export const listFleetsInput = pageQuery;

export const fleet = z.object({
  id: uuid,
  project_id: uuid,
  name: z.string(),
  device_count: z.number().int(),
  connected_count: z.number().int(),
  /** Heard once, and not for 15 minutes. */
  silent_count: z.number().int(),
  created_at: time,
});
export type Fleet = z.infer<typeof fleet>;

export const deletedFleet = z.object({ id: uuid });
export type DeletedFleet = z.infer<typeof deletedFleet>;

export const device = z.object({
  id: uuid,
  name: z.string(),
  fleet_id: uuid,
  project_id: uuid,
  root_topic: z.string(),
  is_demo: z.boolean(),
  connected: z.boolean(),
  last_seen_at: time.nullable(),
  created_at: time,
});
export type Device = z.infer<typeof device>;

export const presence = z.enum(PRESENCES);
export const deviceCount = z.enum(DEVICE_COUNTS);
export type DeviceCount = z.infer<typeof deviceCount>;

/** A device as lists show it. */
export const listedDevice = device.extend({
  fleet_name: z.string(),
  lineage_count: z.number().int(),
  paused_lineage_count: z.number().int(),
  /** Kept and not landed by a retry; counted up to 1,000. */
  rejected_batch_count: z.number().int(),
  pending_control_count: z.number().int(),
});
export type ListedDevice = z.infer<typeof listedDevice>;

export const listDevicesInput = pageQuery.extend({
  q: z.string().max(200).optional(),
  name: z.string().optional(),
  fleet_id: uuid.optional(),
  connected: z.enum(['true', 'false']).optional(),
  presence: presence.optional(),
  /** Devices that have any of what is named. */
  having: deviceCount.optional(),
  /** A device that was never seen comes before all others by `last_seen_at`. */
  sort: z.enum(DEVICE_SORTS).default('name'),
});
export type ListDevicesInput = z.infer<typeof listDevicesInput>;

export const registerDeviceInput = z.strictObject({ name: z.string() });

export const mqttConnection = z.object({
  broker_url: z.string(),
  client_id: z.string(),
  username: z.string(),
  password: z.string(),
  root_topic: z.string(),
});
export type MqttConnection = z.infer<typeof mqttConnection>;
export const registeredDevice = z.object({ device, mqtt: mqttConnection });
export type RegisteredDevice = z.infer<typeof registeredDevice>;

export const mqttConnectionDetails = z.object({
  broker_url: z.string(),
  client_id: z.string(),
  username: z.string(),
  root_topic: z.string(),
  publish_filters: z.array(z.string()),
  subscribe_filters: z.array(z.string()),
  certificate_status: z.enum(['none']),
});

/** The fields of a policy, their defaults and bounds: governance, "Policy". */
export const POLICY_DEFAULTS = {
  schema_coalescing_mode: 'none',
  allow_additive_continue: false,
  allow_auto_create_device_data_points: false,
  max_pending_rows_per_lineage: STAGED_ROWS_MAX_DEFAULT,
  max_pending_bytes_per_lineage: STAGED_BYTES_MAX_DEFAULT,
  resume_threshold_percent: STAGED_RESUME_RATIO * 100,
  rejected_batch_retention_days: 14,
  tombstone_retention_days: 90,
} as const;

const whole = ([least, most]: readonly [number, number]) => z.number().int().min(least).max(most);

export const policyFields = z.strictObject({
  schema_coalescing_mode: z.enum(['none', 'project', 'fleet']),
  allow_additive_continue: z.boolean(),
  allow_auto_create_device_data_points: z.boolean(),
  max_pending_rows_per_lineage: whole(POLICY_BOUNDS.max_pending_rows_per_lineage),
  max_pending_bytes_per_lineage: whole(POLICY_BOUNDS.max_pending_bytes_per_lineage),
  resume_threshold_percent: whole(POLICY_BOUNDS.resume_threshold_percent),
  rejected_batch_retention_days: whole(POLICY_BOUNDS.rejected_batch_retention_days),
  tombstone_retention_days: whole(POLICY_BOUNDS.tombstone_retention_days),
});
export type PolicyFields = z.infer<typeof policyFields>;

/** A change of some fields; null takes a field back to what is inherited. `per_device` is `none`. */
export const patchPolicyInput = z
  .strictObject(
    Object.fromEntries(Object.entries(policyFields.shape).map(([k, v]) => [k, v.nullable().optional()])) as {
      [K in keyof PolicyFields]: z.ZodOptional<z.ZodNullable<(typeof policyFields.shape)[K]>>;
    },
  )
  .extend({
    schema_coalescing_mode: z
      .enum(['none', 'per_device', 'project', 'fleet'])
      .transform((mode) => (mode === 'per_device' ? 'none' : mode))
      .nullable()
      .optional(),
  });
export type PatchPolicyInput = z.input<typeof patchPolicyInput>;

export const policy = policyFields.extend({
  origins: z.record(z.string(), z.enum(['default', 'project', 'fleet'])),
});
export type Policy = z.infer<typeof policy>;

export const event = z.object({
  id: uuid,
  kind: z.string(),
  at: time,
  actor: z.object({ kind: z.enum(['user', 'system', 'device']), id: z.string(), label: z.string() }),
  subject: z.object({ kind: z.string(), id: z.string() }),
  fleet_id: uuid.nullable(),
  device_id: uuid.nullable(),
  lineage_id: uuid.nullable(),
  /** The names behind the ids, as they are now; null where there is none, or what had it is gone. */
  fleet_name: z.string().nullable(),
  device_name: z.string().nullable(),
  source_table: z.string().nullable(),
  data: z.record(z.string(), z.unknown()),
  correlation_id: z.string(),
  /** The personal token that was used, where one was. */
  token_id: uuid.nullable(),
  /** Where the call came from, where there was one. */
  address: z.string().nullable(),
});
export type Event = z.infer<typeof event>;

/** Which events; `kind` may end in `*`. */
export const eventFilter = z.strictObject({
  kind: z.string().optional(),
  device_id: z.string().optional(),
  fleet_id: uuid.optional(),
  lineage_id: uuid.optional(),
  /** One thing, or several separated by commas. */
  subject_id: z.string().max(4000).optional(),
  /** A user's or device's UUID, or the name of a process. */
  actor_id: z.string().max(200).optional(),
  /** Everything that one call, or one round of the worker, has done. */
  correlation_id: z.string().max(200).optional(),
  since: time.optional(),
  until: time.optional(),
});
export type EventFilter = z.infer<typeof eventFilter>;

export const listEventsInput = pageQuery.extend({
  ...eventFilter.shape,
  /** One event: what a link to it names. */
  event_id: uuid.optional(),
});

export const exportEventsInput = eventFilter.extend({ format: z.enum(['csv', 'jsonl']).default('jsonl') });

export const streamEventsInput = eventFilter.extend({
  /** As the header Last-Event-ID, for a client that cannot set it. */
  last_event_id: z.string().max(50).optional(),
});

/** What needs a person now, and the rates behind it. */
export const overview = z.object({
  /** Open reviews of devices and of the registry. */
  reviews_waiting: z.number().int(),
  oldest_review_at: time.nullable(),
  lineages: z.number().int(),
  lineages_paused: z.number().int(),
  breakers_open: z.number().int(),
  backpressure: z.number().int(),
  devices: z.number().int(),
  devices_connected: z.number().int(),
  /** Heard once, not connected, and not heard for 15 minutes. */
  devices_silent: z.number().int(),
  /** Registered, and never connected. */
  devices_never_seen: z.number().int(),
  rejected_batches_24h: z.number().int(),
  staged_rows: z.number().int(),
  rows_last_hour: z.number().int(),
  workers: z.array(
    z.object({ slot: z.string(), alive: z.boolean(), broker_connected: z.boolean(), beat_at: time }),
  ),
});
export type Overview = z.infer<typeof overview>;
