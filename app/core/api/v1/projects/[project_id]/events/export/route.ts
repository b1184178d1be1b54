import { methods } from '@/server/http/methods';
import { getEventExport } from '@/server/http/routes/events';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods([getEventExport]);
