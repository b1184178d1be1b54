import { methods } from '@/server/http/methods';
import { getMqttAccessEvents } from '@/server/http/routes/events';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods([getMqttAccessEvents]);
