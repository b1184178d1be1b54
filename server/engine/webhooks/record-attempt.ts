// Writes down what came of an attempt. Whoever's lease has run out meanwhile changes nothing but the attempt's own
// row: the delivery is another's.
import type { Ctx } from '../context/context';
import { inTransaction } from '../context/context';
import { recordEvent } from '../events/record-event';
import type { ClaimedDelivery } from './claim-delivery';
import { judgeAttempt, type AttemptResult, type Verdict } from './judge-attempt';

/** Returns what has become of the delivery. */
export function recordAttempt(ctx: Ctx, claimed: ClaimedDelivery, result: AttemptResult): Promise<Verdict> {
  const verdict = judgeAttempt(result, claimed.tries);
  return inTransaction(ctx, async (tx) => {
    const { sql } = tx.db;
    const now = tx.clock.now();
    const error = verdict.status === 'delivered' ? null : verdict.error;
    await sql`
      update tidegate.webhook_attempt
      set finished_at = ${now.toISOString()}, duration_ms = ${result.durationMs}, error = ${error},
        response_code = ${result.responseCode}, response_excerpt = ${result.responseExcerpt}
      where delivery_id = ${claimed.id} and attempt = ${claimed.attempt}`;
    const next = verdict.status === 'pending' ? new Date(now.getTime() + verdict.waitMs).toISOString() : null;
    const finished = verdict.status === 'pending' ? null : now.toISOString();
    const own = await sql`
      update tidegate.webhook_delivery
      set status = ${verdict.status}, claimed_until = null, next_attempt_at = ${next}, finished_at = ${finished}
      where id = ${claimed.id} and attempts = ${claimed.attempt} and status = 'pending'`;
    if (own.count === 1) await noteOnWebhook(tx, claimed, verdict);
    return verdict;
  });
}

async function noteOnWebhook(ctx: Ctx, claimed: ClaimedDelivery, verdict: Verdict): Promise<void> {
  const { sql } = ctx.db;
  const now = ctx.clock.now().toISOString();
  if (verdict.status === 'delivered') {
    await sql`
      update tidegate.webhook set failing_since = null, last_delivered_at = ${now} where id = ${claimed.webhookId}`;
    return;
  }
  const isGone = verdict.status === 'failed' && verdict.isGone;
  const [webhook] = await sql<{ org_id: string; project_id: string; name: string }[]>`
    update tidegate.webhook
    set failing_since = coalesce(failing_since, ${now}::text::timestamptz), enabled = enabled and not ${isGone}::boolean,
      disabled_reason = case when ${isGone}::boolean and enabled then ${verdict.error} else disabled_reason end
    where id = ${claimed.webhookId} returning org_id, project_id, name`;
  if (verdict.status !== 'failed' || webhook === undefined) return;
  const of = {
    subject: { kind: 'webhook', id: claimed.webhookId },
    orgId: webhook.org_id,
    projectId: webhook.project_id,
  };
  const { name } = webhook;
  await recordEvent(ctx, {
    kind: 'webhook.delivery_failed',
    ...of,
    data: { name, delivery_id: claimed.id, attempts: claimed.attempt, detail: verdict.error },
  });
  if (!isGone) return;
  await recordEvent(ctx, {
    kind: 'webhook.changed',
    ...of,
    data: { name, detail: verdict.error, before: { enabled: true }, after: { enabled: false } },
  });
}
