import type { WebhookWithSecret } from '@/server/contract/webhooks';
import { requirePermission } from '../auth/permissions';
import { requireProject } from '../auth/project-scope';
import { inTransaction, type Ctx } from '../context/context';
import { recordEvent } from '../events/record-event';
import { newWebhookSecret } from './signature';
import { requireWebhook, toWebhook } from './webhook-row';

/** How long messages carry a signature of the replaced secret too, so that a receiver can change in its own time. */
const BOTH_MS = 24 * 3_600_000;

/** A new secret, in this answer and in no other. For a day messages are signed with both. */
export async function rotateWebhookSecret({
  ctx,
  projectId,
  webhookId,
}: {
  ctx: Ctx;
  projectId: string;
  webhookId: string;
}): Promise<WebhookWithSecret> {
  requirePermission(ctx, 'ORG_CAN_ADMIN');
  const project = await requireProject(ctx, projectId);
  const secret = newWebhookSecret();
  return inTransaction(ctx, async (tx) => {
    const now = tx.clock.now();
    const until = new Date(now.getTime() + BOTH_MS).toISOString();
    const { id, name } = await requireWebhook(tx, project, webhookId, { lock: true });
    await tx.db.sql`
      update tidegate.webhook
      set previous_secret = secret, previous_secret_until = ${until}, secret = ${secret},
        updated_at = ${now.toISOString()}
      where id = ${id}`;
    await recordEvent(tx, {
      kind: 'webhook.secret_rotated',
      orgId: project.orgId,
      projectId: project.id,
      subject: { kind: 'webhook', id },
      data: { name, previous_until: until },
    });
    return { ...toWebhook(await requireWebhook(tx, project, id)), secret };
  });
}
