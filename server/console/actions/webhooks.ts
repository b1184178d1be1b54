'use server';
import { z } from 'zod';
import { uuid } from '@/server/contract/common';
import type { ChangeWebhookInput, CreateWebhookInput } from '@/server/contract/webhooks';
import { changeWebhook } from '@/server/engine/webhooks/change-webhook';
import { createWebhook } from '@/server/engine/webhooks/create-webhook';
import { deleteWebhook } from '@/server/engine/webhooks/delete-webhook';
import { redeliver } from '@/server/engine/webhooks/redeliver';
import { rotateWebhookSecret } from '@/server/engine/webhooks/rotate-secret';
import { testWebhook } from '@/server/engine/webhooks/test-webhook';
import { consoleUrlOf } from '@/server/lib/console-url';
import { webRuntime } from '@/server/runtime/web';
import { outcomeOf } from './outcome';

const shape = z.strictObject({ projectId: uuid, webhookId: uuid });
const deliveryShape = shape.extend({ deliveryId: uuid });
type WebhookTarget = z.infer<typeof shape>;

const mayReachPrivate = (): boolean => webRuntime().env.webhooksToPrivate;

/** Sets one up; the signing secret is in this answer and nowhere else. */
export async function createWebhookAction(projectId: string, input: CreateWebhookInput) {
  return outcomeOf(projectId, ({ ctx }) =>
    createWebhook({ ctx, projectId, input, mayReachPrivate: mayReachPrivate() }),
  );
}

/** Changes name, address or kinds, or switches it on or off. */
export async function changeWebhookAction(target: WebhookTarget, input: ChangeWebhookInput) {
  return outcomeOf(target.projectId, ({ ctx }) =>
    changeWebhook({ ctx, ...shape.parse(target), input, mayReachPrivate: mayReachPrivate() }),
  );
}

/** Deletes it with its log. */
export async function deleteWebhookAction(target: WebhookTarget) {
  return outcomeOf(target.projectId, ({ ctx }) => deleteWebhook({ ctx, ...shape.parse(target) }));
}

/** A new secret, in this answer and nowhere else. */
export async function rotateWebhookSecretAction(target: WebhookTarget) {
  return outcomeOf(target.projectId, ({ ctx }) => rotateWebhookSecret({ ctx, ...shape.parse(target) }));
}

/** Queues a test message. */
export async function testWebhookAction(target: WebhookTarget) {
  const { nextauthUrl, port } = webRuntime().env;
  return outcomeOf(target.projectId, ({ ctx }) =>
    testWebhook({ ctx, ...shape.parse(target), consoleUrl: consoleUrlOf(nextauthUrl, port) }),
  );
}

/** Sends a message again. */
export async function redeliverAction(target: z.infer<typeof deliveryShape>) {
  return outcomeOf(target.projectId, ({ ctx }) => redeliver({ ctx, ...deliveryShape.parse(target) }));
}
