import { changeWebhookInput, type ChangeWebhookInput, type Webhook } from '@/server/contract/webhooks';
import { ring } from '@/server/db/notify';
import { requirePermission } from '../auth/permissions';
import { requireProject } from '../auth/project-scope';
import { inTransaction, type Ctx } from '../context/context';
import { parseInput } from '../errors/parse-input';
import { recordEvent } from '../events/record-event';
import { requireUsableUrl, requireWebhook, toWebhook, type WebhookRow } from './webhook-row';

/** Name, address, kinds, on or off. What is pending goes to the new address. 422 `invalid_webhook_url`. */
export async function changeWebhook({
  ctx,
  projectId,
  webhookId,
  input,
  mayReachPrivate,
}: {
  ctx: Ctx;
  projectId: string;
  webhookId: string;
  input: ChangeWebhookInput;
  mayReachPrivate: boolean;
}): Promise<Webhook> {
  requirePermission(ctx, 'ORG_CAN_ADMIN');
  const change = parseInput(changeWebhookInput, input, 'body');
  if (change.url !== undefined) requireUsableUrl(change.url, mayReachPrivate);
  const project = await requireProject(ctx, projectId);
  return inTransaction(ctx, async (tx) => {
    const { sql } = tx.db;
    const before = await requireWebhook(tx, project, webhookId, { lock: true });
    const after = {
      name: change.name ?? before.name,
      url: change.url ?? before.url,
      kinds: change.kinds ?? before.kinds,
      enabled: change.enabled ?? before.enabled,
    };
    await sql`
      update tidegate.webhook
      set name = ${after.name}, url = ${after.url}, kinds = ${after.kinds}, enabled = ${after.enabled},
        disabled_reason = case when ${change.enabled !== undefined}::boolean then null else disabled_reason end,
        updated_at = ${tx.clock.now().toISOString()}
      where id = ${before.id}`;
    await ring(tx.db, 'webhook');
    await recordEvent(tx, {
      kind: 'webhook.changed',
      orgId: project.orgId,
      projectId: project.id,
      subject: { kind: 'webhook', id: before.id },
      data: {
        name: before.name,
        before: shown(before),
        after: shown(after),
        url_changed: before.url !== after.url,
      },
    });
    return toWebhook(await requireWebhook(tx, project, before.id));
  });
}

/** Of the URL only where it goes: its path can be a secret. */
const shown = ({ name, url, kinds, enabled }: Pick<WebhookRow, 'name' | 'url' | 'kinds' | 'enabled'>) => ({
  name,
  host: new URL(url).host,
  kinds,
  enabled,
});
