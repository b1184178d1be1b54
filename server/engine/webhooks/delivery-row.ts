import type { DeliveryStatus, MessageKind } from '@/server/contract/webhook-kinds';
import type { WebhookDelivery } from '@/server/contract/webhooks';
import type { Sql } from '@/server/db/client';
import { rfc3339, rfc3339OrNull } from '@/server/db/time';
import { isUuid } from '@/server/lib/uuid';
import type { Ctx } from '../context/context';
import { notFound } from '../errors/errors';
import { TRIES_MAX } from './judge-attempt';

export interface DeliveryRow {
  id: string;
  webhook_id: string;
  kind: MessageKind;
  text: string;
  status: DeliveryStatus;
  attempts: number;
  tries: number;
  next_attempt_at: string | null;
  response_code: number | null;
  created_at: string;
  finished_at: string | null;
}

/** The columns of `tidegate.webhook_delivery d`, but for what is sent. */
export const deliveryColumns = (sql: Sql) => sql`
  d.id, d.webhook_id, d.kind, d.text, d.status, d.attempts, d.tries, d.next_attempt_at, d.created_at, d.finished_at,
  (select a.response_code from tidegate.webhook_attempt a
   where a.delivery_id = d.id order by a.attempt desc limit 1) as response_code`;

/** The contract's shape of a row. */
export const toDelivery = ({ tries, ...row }: DeliveryRow): WebhookDelivery => ({
  ...row,
  // A redelivery has as many tries as the first round had.
  attempts_max: row.attempts - tries + TRIES_MAX,
  next_attempt_at: rfc3339OrNull(row.next_attempt_at),
  created_at: rfc3339(row.created_at),
  finished_at: rfc3339OrNull(row.finished_at),
});

/** The delivery of that webhook, or 404 `delivery_not_found`. */
export async function requireDelivery(
  { db: { sql } }: Ctx,
  webhookId: string,
  deliveryId: string,
): Promise<DeliveryRow> {
  if (!isUuid(deliveryId)) throw notFound('delivery', deliveryId);
  const [row] = await sql<DeliveryRow[]>`
    select ${deliveryColumns(sql)} from tidegate.webhook_delivery d
    where d.id = ${deliveryId} and d.webhook_id = ${webhookId}`;
  if (row === undefined) throw notFound('delivery', deliveryId);
  return row;
}
