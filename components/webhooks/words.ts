// What the codes of webhooks mean, in an operator's words. Pure.
import type { DeliveryStatus, MessageKind, WebhookKind } from '@/server/contract/webhook-kinds';
import type { Webhook, WebhookAttempt } from '@/server/contract/webhooks';
import type { Tone } from '@/components/ui/status-chip';

export const KIND: Record<WebhookKind, { label: string; meaning: string }> = {
  review_waits: { label: 'A review waits', meaning: 'a schema waits for a decision, and nobody is at it' },
  review_unclaimed: { label: 'Unclaimed for an hour', meaning: 'a review has been queued for an hour' },
  breaker_opened: { label: 'Breaker opened', meaning: 'a mirror has refused five batches in a row' },
  backpressure_forecast: {
    label: 'Backpressure forecast',
    meaning: 'a backlog reaches its cap within six hours, or has reached it',
  },
  device_silent: { label: 'Device silent', meaning: 'a device has been away for 15 minutes' },
};

/** A message's kind, shortly. */
export const messageLabel = (kind: MessageKind): string => (kind === 'test' ? 'Test' : KIND[kind].label);

export const STATUS: Record<DeliveryStatus, { label: string; tone: Tone }> = {
  pending: { label: 'Waits', tone: 'wait' },
  delivered: { label: 'Delivered', tone: 'ok' },
  failed: { label: 'Given up', tone: 'bad' },
};

/** Whether a webhook does what it is for. */
export function stateOf({
  enabled,
  disabled_reason: reason,
  failing_since: failing,
}: Pick<Webhook, 'enabled' | 'disabled_reason' | 'failing_since'>): { label: string; tone: Tone } {
  if (!enabled)
    return { label: reason === null ? 'Off' : 'Switched off', tone: reason === null ? 'idle' : 'bad' };
  return failing === null ? { label: 'On', tone: 'ok' } : { label: 'Failing', tone: 'bad' };
}

/** What an attempt came to: the error, and the beginning of what was answered. */
export const outcomeOf = ({
  error,
  finished_at: finished,
  response_excerpt: excerpt,
}: WebhookAttempt): string => {
  if (finished === null) return 'Under way, or its worker has died before the end';
  return [error, excerpt].filter((part) => part !== null && part !== '').join(' ');
};
