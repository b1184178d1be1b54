// What the broker let in and what it turned away.
import { z } from 'zod';
import { pageQuery, time, uuid } from './common';

const ACCESS_KINDS = [
  'connected',
  'disconnected',
  'auth_failed',
  'publish_denied',
  'subscribe_denied',
] as const;

export const mqttAccessEvent = z.object({
  id: uuid,
  kind: z.enum(ACCESS_KINDS),
  at: time,
  fleet_id: uuid.nullable(),
  device_id: uuid.nullable(),
  username: z.string(),
  /** The topic, or the filter of a subscription; null for a connection. */
  topic: z.string().nullable(),
  reason: z.string().nullable(),
});
export type MqttAccessEvent = z.infer<typeof mqttAccessEvent>;

export const listAccessEventsInput = pageQuery.extend({
  kind: z.enum(ACCESS_KINDS).optional(),
  device_id: z.string().optional(),
  fleet_id: uuid.optional(),
  since: time.optional(),
});
