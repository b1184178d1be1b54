import type { WebhookAttempt, WebhookDeliveryDetail } from '@/server/contract/webhooks';
import { rfc3339, rfc3339OrNull } from '@/server/db/time';
import { requirePermission } from '../auth/permissions';
import { requireProject } from '../auth/project-scope';
import type { Ctx } from '../context/context';
import { requireDelivery, toDelivery } from './delivery-row';
import { requireWebhook } from './webhook-row';

/** One message with what was sent and every attempt, the last first. */
export async function getDelivery({
  ctx,
  projectId,
  webhookId,
  deliveryId,
}: {
  ctx: Ctx;
  projectId: string;
  webhookId: string;
  deliveryId: string;
}): Promise<WebhookDeliveryDetail> {
  requirePermission(ctx, 'ORG_CAN_ADMIN');
  const webhook = await requireWebhook(ctx, await requireProject(ctx, projectId), webhookId);
  const delivery = toDelivery(await requireDelivery(ctx, webhook.id, deliveryId));
  const { sql } = ctx.db;
  const [sent] = await sql<{ body: string }[]>`
    select body from tidegate.webhook_delivery where id = ${delivery.id}`;
  const attempts = await sql<WebhookAttempt[]>`
    select attempt, started_at, finished_at, duration_ms, response_code, response_excerpt, error
    from tidegate.webhook_attempt where delivery_id = ${delivery.id} order by attempt desc`;
  return {
    ...delivery,
    body: sent?.body ?? '',
    attempt_log: attempts.map((one) => ({
      ...one,
      started_at: rfc3339(one.started_at),
      finished_at: rfc3339OrNull(one.finished_at),
    })),
  };
}
