import { methods } from '@/server/http/methods';
import { getWebhooks, postWebhook } from '@/server/http/routes/webhooks';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods([getWebhooks, postWebhook]);
