import {
  createWebhookInput,
  WEBHOOKS_PER_PROJECT_MAX,
  type CreateWebhookInput,
  type WebhookWithSecret,
} from '@/server/contract/webhooks';
import { webhook } from '@/server/db/schema/webhooks';
import { uuidV4 } from '@/server/lib/uuid';
import { requirePermission } from '../auth/permissions';
import { requireProject } from '../auth/project-scope';
import { inTransaction, type Ctx } from '../context/context';
import { conflict } from '../errors/errors';
import { parseInput } from '../errors/parse-input';
import { recordEvent } from '../events/record-event';
import { newWebhookSecret } from './signature';
import { requireUsableUrl, requireWebhook, toWebhook } from './webhook-row';

/** Answers the secret, this once. 422 `invalid_webhook_url`, 409 `too_many_webhooks`. */
export async function createWebhook({
  ctx,
  projectId,
  input,
  mayReachPrivate,
}: {
  ctx: Ctx;
  projectId: string;
  input: CreateWebhookInput;
  mayReachPrivate: boolean;
}): Promise<WebhookWithSecret> {
  requirePermission(ctx, 'ORG_CAN_ADMIN');
  const { name, url, kinds } = parseInput(createWebhookInput, input, 'body');
  requireUsableUrl(url, mayReachPrivate);
  const project = await requireProject(ctx, projectId);
  const [id, secret] = [uuidV4(), newWebhookSecret()];
  return inTransaction(ctx, async (tx) => {
    await requireRoom(tx, project.id);
    const now = tx.clock.now();
    await tx.db.orm.insert(webhook).values({
      id,
      orgId: project.orgId,
      projectId: project.id,
      name,
      url,
      kinds,
      enabled: true,
      secret,
      createdBy: tx.actor.id,
      createdByLabel: tx.actor.label,
      createdAt: now,
      updatedAt: now,
    });
    await recordEvent(tx, {
      kind: 'webhook.created',
      orgId: project.orgId,
      projectId: project.id,
      subject: { kind: 'webhook', id },
      // Of the URL only where it goes: its path can be a secret.
      data: { name, host: new URL(url).host, kinds },
    });
    return { ...toWebhook(await requireWebhook(tx, project, id)), secret };
  });
}

async function requireRoom({ db: { sql } }: Ctx, projectId: string): Promise<void> {
  await sql`select 1 from tidegate.project where id = ${projectId} for no key update`;
  const [row] = await sql<{ n: number }[]>`
    select count(*)::int as n from tidegate.webhook where project_id = ${projectId}`;
  if ((row?.n ?? 0) < WEBHOOKS_PER_PROJECT_MAX) return;
  throw conflict(
    'too_many_webhooks',
    `The project has ${WEBHOOKS_PER_PROJECT_MAX} webhooks, which is the most. Delete one, or let one receiver pass messages on.`,
  );
}
