import { methods } from '@/server/http/methods';
import { postTestWebhook } from '@/server/http/routes/webhooks';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods([postTestWebhook]);
