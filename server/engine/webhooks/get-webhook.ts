import type { Webhook } from '@/server/contract/webhooks';
import { requirePermission } from '../auth/permissions';
import { requireProject } from '../auth/project-scope';
import type { Ctx } from '../context/context';
import { requireWebhook, toWebhook } from './webhook-row';

/** One webhook of a project. */
export async function getWebhook({
  ctx,
  projectId,
  webhookId,
}: {
  ctx: Ctx;
  projectId: string;
  webhookId: string;
}): Promise<Webhook> {
  requirePermission(ctx, 'ORG_CAN_ADMIN');
  return toWebhook(await requireWebhook(ctx, await requireProject(ctx, projectId), webhookId));
}
