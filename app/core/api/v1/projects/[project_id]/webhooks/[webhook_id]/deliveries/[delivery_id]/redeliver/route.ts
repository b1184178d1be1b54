import { methods } from '@/server/http/methods';
import { postRedeliver } from '@/server/http/routes/webhooks';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods([postRedeliver]);
