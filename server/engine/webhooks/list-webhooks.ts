import type { z } from 'zod';
import type { Page } from '@/server/contract/common';
import { listWebhooksInput, type Webhook } from '@/server/contract/webhooks';
import { requirePermission } from '../auth/permissions';
import { requireProject } from '../auth/project-scope';
import type { Ctx } from '../context/context';
import { parseInput } from '../errors/parse-input';
import { listPage } from '../paging/list-page';
import { toWebhook, webhookColumns, type WebhookRow } from './webhook-row';

/** The webhooks of a project, oldest first. */
export async function listWebhooks({
  ctx,
  projectId,
  input,
}: {
  ctx: Ctx;
  projectId: string;
  input: z.input<typeof listWebhooksInput>;
}): Promise<Page<Webhook>> {
  requirePermission(ctx, 'ORG_CAN_ADMIN');
  const query = parseInput(listWebhooksInput, input, 'query');
  const project = await requireProject(ctx, projectId);
  const { sql } = ctx.db;
  return listPage<WebhookRow, Webhook>({
    db: ctx.db,
    page: query,
    columns: webhookColumns(sql),
    from: sql`tidegate.webhook w`,
    where: [sql`w.project_id = ${project.id}`, sql`w.org_id = ${project.orgId}`],
    order: {
      name: 'created_at',
      descending: false,
      keys: [
        { expression: sql`w.created_at`, type: 'timestamptz' },
        { expression: sql`w.id`, type: 'uuid' },
      ],
    },
    toItem: toWebhook,
  });
}
