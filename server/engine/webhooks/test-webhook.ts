import type { WebhookDelivery } from '@/server/contract/webhooks';
import { ring } from '@/server/db/notify';
import { requirePermission } from '../auth/permissions';
import { requireProject } from '../auth/project-scope';
import { inTransaction, type Ctx } from '../context/context';
import { recordEvent } from '../events/record-event';
import { requireDelivery, toDelivery } from './delivery-row';
import { testMessage } from './message';
import { queueDelivery } from './tell-webhooks';
import { requireWebhook } from './webhook-row';

/** Queues a test message, which goes out also where the webhook is off. */
export async function testWebhook({
  ctx,
  projectId,
  webhookId,
  consoleUrl,
}: {
  ctx: Ctx;
  projectId: string;
  webhookId: string;
  consoleUrl: string;
}): Promise<WebhookDelivery> {
  requirePermission(ctx, 'ORG_CAN_ADMIN');
  const project = await requireProject(ctx, projectId);
  return inTransaction(ctx, async (tx) => {
    const { id, name } = await requireWebhook(tx, project, webhookId, { lock: true });
    const place = { project: { id: project.id, name: project.name }, consoleUrl, now: tx.clock.now() };
    const deliveryId = await queueDelivery(tx, id, testMessage(name, tx.actor.label, place));
    await ring(tx.db, 'webhook');
    await recordEvent(tx, {
      kind: 'webhook.tested',
      orgId: project.orgId,
      projectId: project.id,
      subject: { kind: 'webhook', id },
      data: { name, delivery_id: deliveryId },
    });
    return toDelivery(await requireDelivery(tx, id, deliveryId));
  });
}
