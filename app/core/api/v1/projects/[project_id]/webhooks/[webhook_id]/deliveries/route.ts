import { methods } from '@/server/http/methods';
import { getWebhookDeliveries } from '@/server/http/routes/webhooks';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods([getWebhookDeliveries]);
