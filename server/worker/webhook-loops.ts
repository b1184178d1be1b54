// Webhooks in two loops: looking for what there is to tell, and sending it. A receiver that hangs must not keep the
// next thing from being noticed.
import type { Ctx } from '@/server/engine/context/context';
import { deliverDue } from '@/server/engine/webhooks/deliver-due';
import { tellWebhooks } from '@/server/engine/webhooks/tell-webhooks';
import { startLoop, type Loop, type LoopOptions } from '@/server/lib/loop';
import { uuidV7 } from '@/server/lib/uuid';

export interface WebhookSettings {
  /** Where links begin, without a slash at the end. */
  consoleUrl: string;
  mayReachPrivate: boolean;
}

const LOOK_EVERY_MS = 5_000;
const SEND_POLL_MS = 5_000;
const ATTEMPT_MS_MAX = 10_000;

/** `wake` says that something is due. */
export function startWebhookLoops(
  ctx: Ctx,
  { consoleUrl, mayReachPrivate }: WebhookSettings,
  onError: LoopOptions['onError'],
): { loops: readonly Loop[]; wake: () => void } {
  const round = () => ({ ...ctx, correlationId: uuidV7() });
  const look = startLoop({
    name: 'webhook notices',
    round: () => tellWebhooks(round(), consoleUrl).then(() => LOOK_EVERY_MS),
    onError,
  });
  const send = startLoop({
    name: 'webhook deliveries',
    round: async (signal) => {
      const attempts = await deliverDue(round(), { mayReachPrivate, timeoutMs: ATTEMPT_MS_MAX }, signal);
      return attempts > 0 ? 0 : SEND_POLL_MS;
    },
    onError,
  });
  return { loops: [look, send], wake: () => send.wake() };
}
