// Webhooks: who is told of what, and what became of each message.
import { z } from 'zod';
import { pageQuery, time, uuid } from './common';
import { DELIVERY_STATUSES, MESSAGE_KINDS, WEBHOOK_KINDS } from './webhook-kinds';

export const WEBHOOK_URL_CHARS_MAX = 2_000;
export const WEBHOOKS_PER_PROJECT_MAX = 20;

const kinds = z
  .array(z.enum(WEBHOOK_KINDS))
  .min(1)
  .transform((chosen) => WEBHOOK_KINDS.filter((kind) => chosen.includes(kind)));
const url = z.string().trim().min(1).max(WEBHOOK_URL_CHARS_MAX);
const name = z.string().trim().min(1).max(100);

export const createWebhookInput = z.strictObject({ name, url, kinds });
export type CreateWebhookInput = z.input<typeof createWebhookInput>;

export const changeWebhookInput = z.strictObject({
  name: name.optional(),
  url: url.optional(),
  kinds: kinds.optional(),
  enabled: z.boolean().optional(),
});
export type ChangeWebhookInput = z.input<typeof changeWebhookInput>;

export const listWebhooksInput = pageQuery;

export const webhook = z.object({
  id: uuid,
  project_id: uuid,
  name: z.string(),
  url: z.string(),
  kinds: z.array(z.enum(WEBHOOK_KINDS)),
  enabled: z.boolean(),
  /** Why it was switched off by itself; null where a person did, or where it is on. */
  disabled_reason: z.string().nullable(),
  /** The first failure since the last success; null where the last attempt succeeded or there was none. */
  failing_since: time.nullable(),
  last_delivered_at: time.nullable(),
  /** Until then messages are signed with the replaced secret too. */
  previous_secret_until: time.nullable(),
  pending_deliveries: z.number().int(),
  created_by_label: z.string(),
  created_at: time,
  updated_at: time,
});
export type Webhook = z.infer<typeof webhook>;

/** A webhook with its secret, which is in this answer and in no other. */
export const webhookWithSecret = webhook.extend({ secret: z.string() });
export type WebhookWithSecret = z.infer<typeof webhookWithSecret>;

export const deletedWebhook = z.object({ id: uuid, deleted_deliveries: z.number().int() });

export const listDeliveriesInput = pageQuery.extend({
  status: z.enum(DELIVERY_STATUSES).optional(),
  kind: z.enum(MESSAGE_KINDS).optional(),
});
export type ListDeliveriesInput = z.input<typeof listDeliveriesInput>;

export const webhookDelivery = z.object({
  /** Also the header `webhook-id`: every attempt has the same, and so has a redelivery. */
  id: uuid,
  webhook_id: uuid,
  kind: z.enum(MESSAGE_KINDS),
  /** The message in a sentence. */
  text: z.string(),
  status: z.enum(DELIVERY_STATUSES),
  attempts: z.number().int(),
  attempts_max: z.number().int(),
  /** When it is tried again; null once it is over. */
  next_attempt_at: time.nullable(),
  /** Of the last attempt; null before one, and where no answer came. */
  response_code: z.number().int().nullable(),
  created_at: time,
  finished_at: time.nullable(),
});
export type WebhookDelivery = z.infer<typeof webhookDelivery>;

export const webhookAttempt = z.object({
  attempt: z.number().int(),
  started_at: time,
  /** Null while it runs, and for ever where the worker died before it could write down the end. */
  finished_at: time.nullable(),
  duration_ms: z.number().int().nullable(),
  response_code: z.number().int().nullable(),
  /** The beginning of the answer's body. */
  response_excerpt: z.string().nullable(),
  /** Why there was no answer, or why it did not count. */
  error: z.string().nullable(),
});
export type WebhookAttempt = z.infer<typeof webhookAttempt>;

export const webhookDeliveryDetail = webhookDelivery.extend({
  /** Exactly what is sent. */
  body: z.string(),
  attempt_log: z.array(webhookAttempt),
});
export type WebhookDeliveryDetail = z.infer<typeof webhookDeliveryDetail>;
