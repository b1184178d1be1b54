import { methods } from '@/server/http/methods';
import { getProjectPolicy, patchProjectPolicy } from '@/server/http/routes/records';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods([getProjectPolicy, patchProjectPolicy]);
