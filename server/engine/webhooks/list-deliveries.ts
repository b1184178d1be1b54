import type { Page } from '@/server/contract/common';
import {
  listDeliveriesInput,
  type ListDeliveriesInput,
  type WebhookDelivery,
} from '@/server/contract/webhooks';
import { requirePermission } from '../auth/permissions';
import { requireProject } from '../auth/project-scope';
import type { Ctx } from '../context/context';
import { parseInput } from '../errors/parse-input';
import { listPage } from '../paging/list-page';
import { deliveryColumns, toDelivery, type DeliveryRow } from './delivery-row';
import { requireWebhook } from './webhook-row';

/** What a webhook was sent, newest first. */
export async function listDeliveries({
  ctx,
  projectId,
  webhookId,
  input,
}: {
  ctx: Ctx;
  projectId: string;
  webhookId: string;
  input: ListDeliveriesInput;
}): Promise<Page<WebhookDelivery>> {
  requirePermission(ctx, 'ORG_CAN_ADMIN');
  const query = parseInput(listDeliveriesInput, input, 'query');
  const webhook = await requireWebhook(ctx, await requireProject(ctx, projectId), webhookId);
  const { sql } = ctx.db;
  return listPage<DeliveryRow, WebhookDelivery>({
    db: ctx.db,
    page: query,
    columns: deliveryColumns(sql),
    from: sql`tidegate.webhook_delivery d`,
    where: [
      sql`d.webhook_id = ${webhook.id}`,
      ...(query.status === undefined ? [] : [sql`d.status = ${query.status}`]),
      ...(query.kind === undefined ? [] : [sql`d.kind = ${query.kind}`]),
    ],
    order: {
      name: '-created_at',
      descending: true,
      keys: [
        { expression: sql`d.created_at`, type: 'timestamptz' },
        { expression: sql`d.id`, type: 'uuid' },
      ],
    },
    toItem: toDelivery,
  });
}
