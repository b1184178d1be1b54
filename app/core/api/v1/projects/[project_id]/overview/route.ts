import { methods } from '@/server/http/methods';
import { getOverview } from '@/server/http/routes/records';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods([getOverview]);
