import { methods } from '@/server/http/methods';
import { getRetention } from '@/server/http/routes/settings';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods([getRetention]);
