import { methods } from '@/server/http/methods';
import { getWebhookDelivery } from '@/server/http/routes/webhooks';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods([getWebhookDelivery]);
