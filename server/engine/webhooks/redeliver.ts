import type { WebhookDelivery } from '@/server/contract/webhooks';
import { ring } from '@/server/db/notify';
import { requirePermission } from '../auth/permissions';
import { requireProject } from '../auth/project-scope';
import { inTransaction, type Ctx } from '../context/context';
import { recordEvent } from '../events/record-event';
import { requireDelivery, toDelivery } from './delivery-row';
import { requireWebhook } from './webhook-row';

/**
 * Sends a message again, at once and under the same id: one that has arrived, one that was given up, or one that would
 * wait longer. One that is being sent just now is left to its attempt.
 */
export async function redeliver({
  ctx,
  projectId,
  webhookId,
  deliveryId,
}: {
  ctx: Ctx;
  projectId: string;
  webhookId: string;
  deliveryId: string;
}): Promise<WebhookDelivery> {
  requirePermission(ctx, 'ORG_CAN_ADMIN');
  const project = await requireProject(ctx, projectId);
  return inTransaction(ctx, async (tx) => {
    const webhook = await requireWebhook(tx, project, webhookId, { lock: true });
    const before = await requireDelivery(tx, webhook.id, deliveryId);
    await tx.db.sql`
      update tidegate.webhook_delivery
      set status = 'pending', tries = 0, next_attempt_at = ${tx.clock.now().toISOString()}, finished_at = null
      where id = ${before.id} and (claimed_until is null or claimed_until <= ${tx.clock.now().toISOString()})`;
    await ring(tx.db, 'webhook');
    await recordEvent(tx, {
      kind: 'webhook.redelivered',
      orgId: project.orgId,
      projectId: project.id,
      subject: { kind: 'webhook', id: webhook.id },
      data: { name: webhook.name, delivery_id: before.id, status: before.status },
    });
    return toDelivery(await requireDelivery(tx, webhook.id, before.id));
  });
}
