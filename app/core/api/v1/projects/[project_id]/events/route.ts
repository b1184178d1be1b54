import { methods } from '@/server/http/methods';
import { getEvents } from '@/server/http/routes/events';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods([getEvents]);
