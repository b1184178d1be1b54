import type { z } from 'zod';
import type { deletedWebhook } from '@/server/contract/webhooks';
import { requirePermission } from '../auth/permissions';
import { requireProject } from '../auth/project-scope';
import { inTransaction, type Ctx } from '../context/context';
import { recordEvent } from '../events/record-event';
import { requireWebhook } from './webhook-row';

/** Takes its log and what is pending with it. */
export async function deleteWebhook({
  ctx,
  projectId,
  webhookId,
}: {
  ctx: Ctx;
  projectId: string;
  webhookId: string;
}): Promise<z.infer<typeof deletedWebhook>> {
  requirePermission(ctx, 'ORG_CAN_ADMIN');
  const project = await requireProject(ctx, projectId);
  return inTransaction(ctx, async (tx) => {
    const { sql } = tx.db;
    const { id, name, url } = await requireWebhook(tx, project, webhookId, { lock: true });
    const deliveries = await sql`delete from tidegate.webhook_delivery where webhook_id = ${id}`;
    await sql`delete from tidegate.webhook where id = ${id}`;
    await recordEvent(tx, {
      kind: 'webhook.deleted',
      orgId: project.orgId,
      projectId: project.id,
      subject: { kind: 'webhook', id },
      data: { name, host: new URL(url).host, deliveries: deliveries.count },
    });
    return { id, deleted_deliveries: deliveries.count };
  });
}
