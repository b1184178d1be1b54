// Webhooks of a project, and the log of what each was sent.
import {
  changeWebhookInput,
  createWebhookInput,
  deletedWebhook,
  listDeliveriesInput,
  listWebhooksInput,
  webhook,
  webhookDelivery,
  webhookDeliveryDetail,
  webhookWithSecret,
} from '@/server/contract/webhooks';
import { changeWebhook } from '@/server/engine/webhooks/change-webhook';
import { createWebhook } from '@/server/engine/webhooks/create-webhook';
import { deleteWebhook as removeWebhook } from '@/server/engine/webhooks/delete-webhook';
import { getDelivery } from '@/server/engine/webhooks/get-delivery';
import { getWebhook as readWebhook } from '@/server/engine/webhooks/get-webhook';
import { listDeliveries } from '@/server/engine/webhooks/list-deliveries';
import { listWebhooks } from '@/server/engine/webhooks/list-webhooks';
import { redeliver } from '@/server/engine/webhooks/redeliver';
import { rotateWebhookSecret } from '@/server/engine/webhooks/rotate-secret';
import { testWebhook } from '@/server/engine/webhooks/test-webhook';
import { route } from '../contract';
import { noQuery, paged, single } from './answers';

const WEBHOOKS = '/projects/{project_id}/webhooks';
const WEBHOOK = `${WEBHOOKS}/{webhook_id}`;
const DELIVERY = `${WEBHOOK}/deliveries/{delivery_id}`;

const admin = { permission: 'ORG_CAN_ADMIN', query: noQuery } as const;

type Param = (name: string) => string;
const place = (param: Param) => ({ projectId: param('project_id'), webhookId: param('webhook_id') });

export const getWebhooks = route(
  {
    ...admin,
    method: 'GET',
    path: WEBHOOKS,
    summary: 'The webhooks of the project',
    query: listWebhooksInput,
    body: null,
    output: webhook,
    isList: true,
  },
  ({ ctx, param, query }) => paged(listWebhooks({ ctx, projectId: param('project_id'), input: query })),
);

export const postWebhook = route(
  {
    ...admin,
    method: 'POST',
    path: WEBHOOKS,
    summary: 'Set up a webhook; its signing secret is shown this once',
    body: createWebhookInput,
    output: webhookWithSecret,
    status: 201,
  },
  ({ ctx, param, body, webhooks: { mayReachPrivate } }) =>
    single(createWebhook({ ctx, projectId: param('project_id'), input: body, mayReachPrivate })),
);

export const getWebhook = route(
  {
    ...admin,
    method: 'GET',
    path: WEBHOOK,
    summary: 'One webhook',
    body: null,
    output: webhook,
  },
  ({ ctx, param }) => single(readWebhook({ ctx, ...place(param) })),
);

export const patchWebhook = route(
  {
    ...admin,
    method: 'PATCH',
    path: WEBHOOK,
    summary: 'Change name, address or kinds, or switch it on or off',
    body: changeWebhookInput,
    output: webhook,
  },
  ({ ctx, param, body, webhooks: { mayReachPrivate } }) =>
    single(changeWebhook({ ctx, ...place(param), input: body, mayReachPrivate })),
);

export const deleteWebhook = route(
  {
    ...admin,
    method: 'DELETE',
    path: WEBHOOK,
    summary: 'Delete a webhook with its log and what is pending',
    body: null,
    output: deletedWebhook,
  },
  ({ ctx, param }) => single(removeWebhook({ ctx, ...place(param) })),
);

export const postRotateWebhookSecret = route(
  {
    ...admin,
    method: 'POST',
    path: `${WEBHOOK}/rotate-secret`,
    summary: 'A new signing secret, shown this once; for a day messages are signed with both',
    body: null,
    output: webhookWithSecret,
  },
  ({ ctx, param }) => single(rotateWebhookSecret({ ctx, ...place(param) })),
);

export const postTestWebhook = route(
  {
    ...admin,
    method: 'POST',
    path: `${WEBHOOK}/test`,
    summary: 'Send a test message; the log says what came of it',
    body: null,
    output: webhookDelivery,
  },
  ({ ctx, param, webhooks: { consoleUrl } }) => single(testWebhook({ ctx, ...place(param), consoleUrl })),
);

export const getWebhookDeliveries = route(
  {
    ...admin,
    method: 'GET',
    path: `${WEBHOOK}/deliveries`,
    summary: 'What the webhook was sent',
    query: listDeliveriesInput,
    body: null,
    output: webhookDelivery,
    isList: true,
  },
  ({ ctx, param, query }) => paged(listDeliveries({ ctx, ...place(param), input: query })),
);

export const getWebhookDelivery = route(
  {
    ...admin,
    method: 'GET',
    path: DELIVERY,
    summary: 'One message with every attempt to deliver it',
    body: null,
    output: webhookDeliveryDetail,
  },
  ({ ctx, param }) => single(getDelivery({ ctx, ...place(param), deliveryId: param('delivery_id') })),
);

export const postRedeliver = route(
  {
    ...admin,
    method: 'POST',
    path: `${DELIVERY}/redeliver`,
    summary: 'Send a message again, under its id',
    body: null,
    output: webhookDelivery,
  },
  ({ ctx, param }) => single(redeliver({ ctx, ...place(param), deliveryId: param('delivery_id') })),
);
