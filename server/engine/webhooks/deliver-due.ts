// Sends what is due, webhook by webhook side by side: a receiver that hangs holds up its own messages alone.
import type { Ctx } from '../context/context';
import { claimDelivery, dueWebhooks } from './claim-delivery';
import { postMessage } from './post-message';
import { recordAttempt } from './record-attempt';
import { signedHeaders } from './signature';

export interface DeliverySettings {
  mayReachPrivate: boolean;
  /** For an attempt; far below the lease of a claim. */
  timeoutMs: number;
}

/** Messages of one webhook in one round. */
const IN_A_ROW = 20;

/** One round; a stop is heard between two messages. Returns how many attempts were made. */
export async function deliverDue(ctx: Ctx, settings: DeliverySettings, signal: AbortSignal): Promise<number> {
  const webhooks = await dueWebhooks(ctx);
  const attempts = await Promise.all(webhooks.map((id) => deliverFor(ctx, id, settings, signal)));
  return attempts.reduce((sum, n) => sum + n, 0);
}

async function deliverFor(
  ctx: Ctx,
  webhookId: string,
  settings: DeliverySettings,
  signal: AbortSignal,
): Promise<number> {
  for (let sent = 0; sent < IN_A_ROW; sent += 1) {
    const claimed = signal.aborted ? null : await claimDelivery(ctx, webhookId);
    if (claimed === null) return sent;
    const { id, body, url, secrets } = claimed;
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'Tidegate-Webhook/1',
      ...signedHeaders(secrets, { id, at: ctx.clock.now(), body }),
    };
    const result = await postMessage({ url, headers, body }, settings);
    const verdict = await recordAttempt(ctx, claimed, result);
    // The next one would most likely fare no better, and has its own turn in the next round.
    if (verdict.status !== 'delivered') return sent + 1;
  }
  return IN_A_ROW;
}
