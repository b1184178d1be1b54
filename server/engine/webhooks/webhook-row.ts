// A webhook as its administrators see it: never with its secret.
import type { WebhookKind } from '@/server/contract/webhook-kinds';
import type { Webhook } from '@/server/contract/webhooks';
import type { Sql } from '@/server/db/client';
import { rfc3339, rfc3339OrNull } from '@/server/db/time';
import { isUuid } from '@/server/lib/uuid';
import type { ProjectScope } from '../auth/project-scope';
import type { Ctx } from '../context/context';
import { notFound, unacceptable } from '../errors/errors';
import { urlProblem } from './target-address';

export interface WebhookRow {
  id: string;
  project_id: string;
  name: string;
  url: string;
  kinds: WebhookKind[];
  enabled: boolean;
  disabled_reason: string | null;
  failing_since: string | null;
  last_delivered_at: string | null;
  previous_secret_until: string | null;
  pending_deliveries: number;
  created_by_label: string;
  created_at: string;
  updated_at: string;
}

/** The columns of `tidegate.webhook w`. */
export const webhookColumns = (sql: Sql) => sql`
  w.id, w.project_id, w.name, w.url, w.kinds, w.enabled, w.disabled_reason, w.failing_since, w.last_delivered_at,
  w.previous_secret_until, w.created_by_label, w.created_at, w.updated_at,
  (select count(*)::int from tidegate.webhook_delivery d
   where d.webhook_id = w.id and d.status = 'pending') as pending_deliveries`;

/** The contract's shape of a row. */
export const toWebhook = (row: WebhookRow): Webhook => ({
  ...row,
  failing_since: rfc3339OrNull(row.failing_since),
  last_delivered_at: rfc3339OrNull(row.last_delivered_at),
  previous_secret_until: rfc3339OrNull(row.previous_secret_until),
  created_at: rfc3339(row.created_at),
  updated_at: rfc3339(row.updated_at),
});

/** The webhook of that project, or 404 `webhook_not_found`. In a transaction, `lock` keeps it from changing. */
export async function requireWebhook(
  { db: { sql } }: Ctx,
  project: ProjectScope,
  webhookId: string,
  { lock = false }: { lock?: boolean } = {},
): Promise<WebhookRow> {
  if (!isUuid(webhookId)) throw notFound('webhook', webhookId);
  const [row] = await sql<WebhookRow[]>`
    select ${webhookColumns(sql)} from tidegate.webhook w
    where w.id = ${webhookId} and w.project_id = ${project.id} and w.org_id = ${project.orgId}
    ${lock ? sql`for update of w` : sql``}`;
  if (row === undefined) throw notFound('webhook', webhookId);
  return row;
}

/** 422 `invalid_webhook_url` where a webhook may not point there. */
export function requireUsableUrl(url: string, mayReachPrivate: boolean): void {
  const problem = urlProblem(url, { mayReachPrivate });
  if (problem === null) return;
  throw unacceptable('invalid_webhook_url', problem, [
    { path: 'url', code: 'invalid_webhook_url', detail: problem },
  ]);
}
