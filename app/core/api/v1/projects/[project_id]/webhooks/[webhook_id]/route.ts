import { methods } from '@/server/http/methods';
import { deleteWebhook, getWebhook, patchWebhook } from '@/server/http/routes/webhooks';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods([deleteWebhook, getWebhook, patchWebhook]);
