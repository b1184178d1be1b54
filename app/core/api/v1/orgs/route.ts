import { methods } from '@/server/http/methods';
import { getOrgs } from '@/server/http/routes/tenancy';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods([getOrgs]);
