// Webhooks: subscriptions, what each has been told of, the messages and every attempt to deliver one.
import { sql } from 'drizzle-orm';
import { boolean, index, integer, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { DELIVERY_STATUSES, MESSAGE_KINDS, WEBHOOK_KINDS } from '@/server/contract/webhook-kinds';
import { org, project, tidegate } from './tenancy';

const at = (name: string) => timestamp(name, { withTimezone: true, precision: 6, mode: 'date' });

export const webhook = tidegate.table(
  'webhook',
  {
    id: uuid().primaryKey(),
    orgId: uuid('org_id')
      .notNull()
      .references(() => org.id),
    projectId: uuid('project_id')
      .notNull()
      .references(() => project.id),
    name: text().notNull(),
    url: text().notNull(),
    kinds: text({ enum: WEBHOOK_KINDS }).array().notNull(),
    enabled: boolean().notNull(),
    disabledReason: text('disabled_reason'),
    /** Kept as it is and not hashed: every message is signed with it. */
    secret: text().notNull(),
    previousSecret: text('previous_secret'),
    previousSecretUntil: at('previous_secret_until'),
    failingSince: at('failing_since'),
    lastDeliveredAt: at('last_delivered_at'),
    createdBy: text('created_by').notNull(),
    createdByLabel: text('created_by_label').notNull(),
    createdAt: at('created_at').notNull(),
    updatedAt: at('updated_at').notNull(),
  },
  (t) => [index('webhook_project').on(t.projectId, t.createdAt, t.id)],
);

/** What a webhook has been told of: while it lasts, and for a while after, it is not told again. */
export const webhookNotice = tidegate.table(
  'webhook_notice',
  {
    webhookId: uuid('webhook_id')
      .notNull()
      .references(() => webhook.id, { onDelete: 'cascade' }),
    kind: text({ enum: WEBHOOK_KINDS }).notNull(),
    /** The fingerprint: a table with its schema hash; of silent devices, their fleet. */
    key: text().notNull(),
    toldAt: at('told_at').notNull(),
    /** Null while it lasts. */
    endedAt: at('ended_at'),
  },
  (t) => [primaryKey({ columns: [t.webhookId, t.kind, t.key] })],
);

export const webhookDelivery = tidegate.table(
  'webhook_delivery',
  {
    id: uuid().primaryKey(),
    webhookId: uuid('webhook_id')
      .notNull()
      .references(() => webhook.id, { onDelete: 'cascade' }),
    kind: text({ enum: MESSAGE_KINDS }).notNull(),
    text: text().notNull(),
    body: text().notNull(),
    status: text({ enum: DELIVERY_STATUSES }).notNull(),
    /** Attempts of the present round: a redelivery begins a new one. */
    tries: integer().notNull().default(0),
    /** Attempts ever, which numbers them. */
    attempts: integer().notNull().default(0),
    nextAttemptAt: at('next_attempt_at'),
    /** Until then one worker alone sends it; after a crash another takes it up. */
    claimedUntil: at('claimed_until'),
    createdAt: at('created_at').notNull(),
    finishedAt: at('finished_at'),
  },
  (t) => [
    index('webhook_delivery_log').on(t.webhookId, t.createdAt, t.id),
    index('webhook_delivery_age').on(t.createdAt),
    index('webhook_delivery_due')
      .on(t.nextAttemptAt)
      .where(sql`${t.status} = 'pending'`),
  ],
);

export const webhookAttempt = tidegate.table(
  'webhook_attempt',
  {
    deliveryId: uuid('delivery_id')
      .notNull()
      .references(() => webhookDelivery.id, { onDelete: 'cascade' }),
    attempt: integer().notNull(),
    /** Written before the message is sent, so that an attempt whose worker died shows. */
    startedAt: at('started_at').notNull(),
    finishedAt: at('finished_at'),
    durationMs: integer('duration_ms'),
    responseCode: integer('response_code'),
    responseExcerpt: text('response_excerpt'),
    error: text(),
  },
  (t) => [primaryKey({ columns: [t.deliveryId, t.attempt] })],
);
