// What goes down to devices: controls until they are acknowledged, and receipts that are due.
import { sql } from 'drizzle-orm';
import { bigint, index, integer, jsonb, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { lineage } from './governance';
import { device, tidegate } from './tenancy';

const at = (name: string) => timestamp(name, { withTimezone: true, precision: 6, mode: 'date' });
const createdAt = () => at('created_at').notNull().defaultNow();
const seq = (name: string) => bigint(name, { mode: 'bigint' });

export const control = tidegate.table(
  'control',
  {
    id: uuid().primaryKey(),
    deviceId: uuid('device_id')
      .notNull()
      .references(() => device.id, { onDelete: 'cascade' }),
    lineageId: uuid('lineage_id').references(() => lineage.id, { onDelete: 'cascade' }),
    sourceTable: text('source_table'),
    controlKind: text('control_kind', {
      enum: ['pause_lineage', 'resume_lineage', 'url_grant', 'state_write'],
    }).notNull(),
    serverWatermark: seq('server_watermark'),
    reason: text(),
    body: jsonb().$type<Record<string, unknown>>(),
    attempts: integer().notNull().default(0),
    createdAt: createdAt(),
    sentAt: at('sent_at'),
    nextSendAt: at('next_send_at').notNull(),
    acknowledgedAt: at('acknowledged_at'),
    supersededAt: at('superseded_at'),
  },
  (t) => [
    index('control_device').on(t.deviceId, t.createdAt),
    index('control_lineage').on(t.lineageId, t.createdAt),
    index('control_newest').on(t.createdAt, t.id),
    // Only what is still to be sent: settled controls stay for the history and must not slow the next second.
    index('control_due')
      .on(t.nextSendAt)
      .where(sql`${t.acknowledgedAt} is null and ${t.supersededAt} is null`),
  ],
);

/** Receipts that are due outside the consumer's own connection, as after a retried rejection. */
export const receiptOutbox = tidegate.table('receipt_outbox', {
  id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  topic: text().notNull(),
  payload: text().notNull(),
  createdAt: createdAt(),
});
